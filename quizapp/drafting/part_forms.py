"""What an organiser fills in of a contest, but for its rounds: who may enter, divisions, boards, prizes, publishing."""

from collections.abc import Sequence
from dataclasses import dataclass

from quizapp.vocabulary import (
    BoardWhen,
    Counting,
    EntrantRole,
    Excluded,
    IdentityField,
    Measure,
    Names,
    OnePrize,
    OnTie,
    PrizeBy,
    TieBreak,
    UnionKind,
    Workplace,
)
from quizapp.web.tree_choices import ChainKey, ChoiceKey, SwitchKey, WordsKey
from quizapp.web.tree_fields import CountKey, InstantKey, NumberKey, TextKey, UnitsKey
from quizapp.web.tree_forms import TreeForm

CODES = (
    "Tên (có dấu hay không dấu, một phần cũng được) hoặc mã, cách nhau bằng dấu phẩy; gồm cả các đơn vị bên dưới. "
    "Bấm “Lưu” thì máy tìm đơn vị."
)
PEOPLE_CHAINS = (
    "marks,seconds,submitted_at",
    "marks,submitted_at",
    "marks,submitted_at,seconds",
    "marks,prediction,seconds,submitted_at",
    "marks,prediction,submitted_at",
    "prediction,submitted_at",
    "prediction,seconds,submitted_at",
    "marks",
)
UNION_CHAINS = ("mean", "entrants", "sum", "rate", "mean,entrants", "entrants,mean", "rate,mean", "sum,entrants")
WEIGHTS = [f"weights__{each.value}" for each in Measure]
ON_WEIGHTS = (
    "Thay cho “Xếp theo” (khi đó để “Xếp theo” ở mục thường dùng): mỗi số liệu nhân với hệ số rồi cộng lại, "
    "ví dụ tổng điểm hệ số 1, số người dự thi hệ số 0,5. Số liệu nào để trống thì không tính."
)
OPEN = (("open", "Người chưa có tài khoản được tự đăng ký"), ("closed", "Chỉ người trong danh sách đã nạp"))


@dataclass(frozen=True)
class Group:
    """Fields that belong together; those of a rare group are folded away until they say something."""

    title: str
    names: Sequence[str]
    is_rare: bool = False
    about: str = ""
    rows: str = ""  # the path of a list whose rows are shown here, too


class PartForm(TreeForm):
    """A page of the form, its fields in groups."""

    groups: Sequence[Group]

    def says_in(self, group: Group) -> bool:
        return self.says(group.names)


class GeneralForm(PartForm):
    title = TextKey("Tên cuộc thi")
    slug = TextKey("Tên trong địa chỉ trang", description="Để trống thì máy đặt theo tên cuộc thi.")
    organiser = ChoiceKey("Công đoàn tổ chức", of="unions")
    audience__units = UnitsKey(
        "Công đoàn được dự thi", of="named_units", description=f"{CODES} Để trống: cả công đoàn tổ chức."
    )
    audience__without_unit = SwitchKey("Người không thuộc công đoàn nào cũng được dự thi")
    audience__roles = WordsKey("Chỉ những người này được dự thi (không chọn: tất cả)", EntrantRole)
    entry__registration = ChoiceKey("Đăng ký", OPEN, usual="Người chưa có tài khoản được tự đăng ký (thường dùng)")
    entry__code = TextKey("Mã dự thi", description="Hỏi trước khi vào thi; để trống: không hỏi.")
    identity = WordsKey("Thông tin người dự thi phải khai (không chọn: cả bốn)", IdentityField)
    audience__age__min = NumberKey("Tuổi ít nhất")
    audience__age__max = NumberKey("Tuổi nhiều nhất")
    audience__excluded = WordsKey("Không được dự thi", Excluded)
    timezone = TextKey("Múi giờ", description="Để trống: giờ Việt Nam.")

    groups = (
        Group("Cuộc thi", ("title", "slug", "organiser")),
        Group("Ai được dự thi", ("audience__units", "audience__without_unit", "entry__registration", "entry__code")),
        Group("Điều kiện khác", ("audience__roles", "identity", "audience__excluded"), is_rare=True),
        Group("Tuổi, múi giờ", ("audience__age__min", "audience__age__max", "timezone"), is_rare=True),
    )


class PublishForm(PartForm):
    publish__board = ChoiceKey("Bảng xếp hạng hiện", BoardWhen, usual="Khi Ban tổ chức công bố (thường dùng)")
    publish__names = ChoiceKey("Họ tên trên bảng công khai", Names, usual="Che bớt (thường dùng)")
    publish__freeze_at = InstantKey("Ngừng cập nhật bảng công khai từ", description="Để trống: không ngừng.")
    one_prize_per_person = ChoiceKey(
        "Một người được nhận", OnePrize, usual="Một giải cao nhất trong cả cuộc thi (thường dùng)"
    )
    appeals__until = InstantKey(
        "Nhận đề nghị phúc khảo câu hỏi đến", description="Sau khi đợt thi cuối kết thúc; để trống: không nhận."
    )
    target_rate = TextKey("Chỉ tiêu tỷ lệ tham gia", description="Ví dụ 80%; để trống: không đặt chỉ tiêu.")

    groups = (
        Group("Bảng xếp hạng", ("publish__board", "publish__names", "publish__freeze_at")),
        Group("Giải thưởng, phúc khảo, chỉ tiêu", ("one_prize_per_person", "appeals__until", "target_rate")),
    )


class DivisionForm(PartForm):
    title = TextKey("Tên bảng", description="Ví dụ: Bảng A – Khối doanh nghiệp.")
    key = TextKey("Ký hiệu", description="Chữ không dấu, chữ số, dấu “-”; ví dụ A.")
    chosen = SwitchKey("Người dự thi tự chọn bảng này")
    units = UnitsKey("Của các công đoàn", of="named_units", description=f"{CODES} Để trống: mọi công đoàn.")
    kinds = WordsKey(
        "Của các loại đơn vị (không chọn: mọi loại)", [*((w.value, w.label) for w in (*UnionKind, *Workplace))]
    )
    roles = WordsKey("Của những người này (không chọn: tất cả)", EntrantRole)

    groups = (Group("Bảng", ("title", "key", "chosen")), Group("Gồm những ai", ("units", "roles", "kinds")))


class PeopleBoardForm(PartForm):
    title = TextKey("Tên bảng xếp hạng", description="Để trống thì máy đặt, ví dụ: Cá nhân – Tuần 1.")
    key = TextKey("Ký hiệu", description="Để trống thì máy đặt theo tên.")
    rounds = WordsKey("Tính các đợt thi (không chọn: tất cả)", all_is="all", of="rounds")
    order = ChainKey(
        "Xếp theo",
        {each.value: each.label for each in TieBreak},
        PEOPLE_CHAINS,
        usual="Điểm, rồi thời gian làm bài, rồi nộp sớm (thường dùng)",
    )
    combine = ChoiceKey("Điểm của nhiều đợt thi", Counting, usual="Cộng lại (thường dùng)")
    by_division = SwitchKey("Xếp riêng từng bảng, khối")
    only_if__all_right = SwitchKey("Chỉ gồm người trả lời đúng tất cả")
    only_if__min_mark = NumberKey("Chỉ gồm người đạt ít nhất (điểm)")

    groups = (
        Group("Bảng xếp hạng cá nhân", ("title", "rounds", "order", "by_division")),
        Group("Thêm", ("key", "combine", "only_if__all_right", "only_if__min_mark"), is_rare=True),
    )


class UnionBoardForm(PartForm):
    title = TextKey("Tên bảng xếp hạng", description="Để trống thì máy đặt.")
    key = TextKey("Ký hiệu", description="Để trống thì máy đặt theo tên.")
    rounds = WordsKey("Tính các đợt thi (không chọn: tất cả)", all_is="all", of="rounds")
    level = ChoiceKey("Xếp hạng cấp", UnionKind, usual="Công đoàn cơ sở (thường dùng)")
    measure = ChoiceKey("Xếp theo", Measure, usual="Tỷ lệ tham gia (thường dùng)")
    top_k = NumberKey("Số người cao điểm nhất", description="Chỉ khi xếp theo điểm trung bình của những người đó.")
    order = ChainKey(
        "Khi bằng nhau, xét tiếp",
        {"measure": "số xếp hạng"} | {each.value: each.label for each in Measure},
        UNION_CHAINS,
        usual="Cùng hạng",
    )
    combine = ChoiceKey("Điểm của nhiều đợt thi", Counting, usual="Cộng lại (thường dùng)")
    by_division = SwitchKey("Xếp riêng từng bảng, khối")
    weights__entrants = NumberKey("Hệ số của số người dự thi")
    weights__attempts = NumberKey("Hệ số của số lượt thi")
    weights__rate = NumberKey("Hệ số của tỷ lệ tham gia")
    weights__winners = NumberKey("Hệ số của số giải cá nhân")
    weights__sum = NumberKey("Hệ số của tổng điểm")
    weights__mean = NumberKey("Hệ số của điểm trung bình")
    weights__top_k_mean = NumberKey("Hệ số của điểm trung bình của những người cao điểm nhất")
    only_if__rate_over = TextKey("Chỉ gồm đơn vị có tỷ lệ tham gia trên", description="Ví dụ 80%.")
    only_if__mean_marks_over = NumberKey("Chỉ gồm đơn vị có điểm trung bình trên")

    groups = (
        Group("Bảng xếp hạng đơn vị", ("title", "level", "measure", "top_k", "rounds")),
        Group("Điều kiện", ("only_if__rate_over", "only_if__mean_marks_over"), is_rare=True),
        Group("Điểm tổng hợp theo hệ số", WEIGHTS, is_rare=True, about=ON_WEIGHTS),
        Group("Thêm", ("key", "order", "combine", "by_division"), is_rare=True),
    )


class PrizeForm(PartForm):
    title = TextKey("Tên giải", description="Ví dụ: Giải Nhất.")
    standings = ChoiceKey("Trao theo bảng xếp hạng", of="boards")
    count = CountKey("Số giải", description="Để trống: một giải. Theo từng bảng, khối thì viết: A: 3, B: 4.")
    value_vnd = NumberKey("Trị giá mỗi giải (đồng)", description="Ví dụ 2.000.000; để trống: không ghi.")
    by = ChoiceKey("Cách chọn", PrizeBy, usual="Theo thứ hạng (thường dùng)")
    on_tie = ChoiceKey("Nhiều người bằng nhau hơn số giải còn lại", OnTie, usual="Ban tổ chức quyết định (thường dùng)")
    side = SwitchKey("Giải phụ, không tính vào một giải của mỗi người")
    key = TextKey("Ký hiệu", description="Để trống thì máy đặt theo tên.")

    groups = (
        Group("Giải thưởng", ("title", "standings", "count", "value_vnd")),
        Group("Thêm", ("by", "on_tie", "side", "key"), is_rare=True),
    )
