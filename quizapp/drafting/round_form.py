"""What an organiser fills in of one round."""

from collections.abc import Mapping

from wtforms import Field

from quizapp.drafting.part_forms import Group, PartForm
from quizapp.drafting.row_forms import DrawForm, PaperForm, Rows
from quizapp.formats.contest_tree import Tree
from quizapp.vocabulary import (
    Combine,
    Counting,
    FeedbackWhen,
    FileKind,
    Giving,
    LimitPer,
    MultipleMarks,
    Order,
    PredictionTarget,
    Resolution,
    ShownWhen,
    Weekday,
    WordUnit,
)
from quizapp.web.tree_choices import ChoiceKey, NoneKey, SectionKey, SwitchKey, WordsKey
from quizapp.web.tree_fields import Choices, HoursKey, InstantKey, NumberKey, ParagraphKey, TextKey

EMPTY_ROWS = 2


class RoundForm(PartForm):
    title = TextKey("Tên đợt thi", description="Ví dụ: Tuần 1.")
    key = TextKey("Ký hiệu", description="Để trống thì máy đặt theo tên.")
    opens = InstantKey("Mở lúc")
    closes = InstantKey("Kết thúc lúc", description="24:00 là nửa đêm cuối ngày.")
    sittings__weekdays = WordsKey("Chỉ vào thi các ngày (không chọn: mọi ngày)", Weekday)
    sittings__hours = HoursKey("Chỉ vào thi trong khung giờ", description="Ví dụ 07:00-11:00, 13:30-17:00.")
    attempts__limit = NumberKey(
        "Số lượt thi", may_be_none=True, description="Để trống: một lượt. Có thể ghi “không giới hạn”."
    )
    attempts__per = ChoiceKey("Số lượt tính cho", LimitPer, usual="Mỗi đợt (thường dùng)")
    attempts__counted = ChoiceKey("Kết quả tính theo", Counting, usual="Lượt có kết quả cao nhất (thường dùng)")
    attempts__wait_minutes = NumberKey("Nghỉ giữa hai lượt (phút)")
    time__minutes = NumberKey("Thời gian làm bài (phút)")
    time__seconds_per_question = NumberKey(
        "Hoặc số giây cho mỗi câu", description="Từng câu một, hết giờ tự sang câu sau, không quay lại."
    )
    time = NoneKey("Không giới hạn thời gian, làm đến khi đợt thi kết thúc")
    paper = NoneKey("Đợt thi chỉ có bài viết, không có câu hỏi")
    avoid_seen = SwitchKey("Lượt sau không hỏi lại câu đã gặp, chừng nào ngân hàng còn câu")
    must_answer_all = SwitchKey("Phải trả lời hết mới nộp được bài")
    order__questions = ChoiceKey("Thứ tự câu hỏi", Order, usual="Xáo trộn (thường dùng)")
    order__options = ChoiceKey("Thứ tự phương án", Order, usual="Xáo trộn (thường dùng)")
    choose_paper = SwitchKey("Người dự thi tự chọn đề (không chọn: máy bốc thăm)")
    marks__right = NumberKey("Điểm một câu đúng", description="Để trống: 1 điểm.")
    marks__wrong = NumberKey("Điểm một câu sai", description="Để trống: 0. Trừ điểm thì ghi số âm, ví dụ -0,25.")
    marks__scale_to = NumberKey("Quy đổi về thang điểm", description="Ví dụ 10 hoặc 100; để trống: cộng điểm các câu.")
    marks__multiple = ChoiceKey("Câu nhiều đáp án", MultipleMarks, usual="Chỉ khi chọn đúng và đủ (thường dùng)")
    prediction__target = ChoiceKey("Câu hỏi dự đoán", PredictionTarget, usual="Không có")
    prediction__prompt = TextKey("Lời câu hỏi dự đoán", description="Để trống thì máy đặt.")
    practice__attempts = NumberKey("Số lượt thi thử", may_be_none=True, description="Để trống: không giới hạn.")
    practice__opens = InstantKey("Thi thử từ", description="Để trống: khi cuộc thi được công bố.")
    practice__closes = InstantKey("Thi thử đến", description="Để trống: khi đợt thi kết thúc.")
    practice__answers = ChoiceKey("Đáp án thi thử hiện", ShownWhen, usual="Như đợt thi")
    practice = SectionKey("Có thi thử", seed="attempts")
    show__result = ChoiceKey("Điểm hiện", ShownWhen, usual="Ngay sau khi nộp bài (thường dùng)")
    show__answers = ChoiceKey("Đáp án hiện", ShownWhen, usual="Sau khi cuộc thi kết thúc (thường dùng)")
    essay__prompt = ParagraphKey("Đề bài viết", description="Một đoạn văn; xuống dòng được ghép lại.")
    essay__marks = NumberKey("Điểm tối đa của bài viết")
    essay__words__min = NumberKey("Ít nhất (chữ)")
    essay__words__max = NumberKey("Nhiều nhất (chữ)")
    essay__words__count = ChoiceKey("Gọi đơn vị đếm là", WordUnit, usual="Chữ (thường dùng)")
    essay__rubric = ChoiceKey(
        "Phiếu chấm",
        of="rubrics",
        usual="Không có: giám khảo cho một điểm chung",
        description="Đề bài trong ngân hàng có ghi phiếu chấm gợi ý; trang Phiếu chấm có các phiếu mẫu để lấy về.",
    )
    essay__judges = NumberKey("Số giám khảo chấm mỗi bài", description="Để trống: hai.")
    essay__combine = ChoiceKey("Điểm của các giám khảo", Combine, usual="Trung bình cộng (thường dùng)")
    essay__gap = TextKey(
        "Lệch quá thì chấm lại", description="Số điểm hoặc phần trăm, ví dụ 1 hoặc 20%; chỉ với hai giám khảo."
    )
    essay__resolution = ChoiceKey("Khi lệch quá", Resolution, usual="Giám khảo thứ ba, lấy hai điểm gần nhau")
    essay__files__kinds = WordsKey("Được gửi kèm (không chọn: ảnh chụp, nếu có ghi số tệp)", FileKind)
    essay__files__count = NumberKey("Số ảnh, trang nhiều nhất")
    essay__files__megabytes = NumberKey("Mỗi tệp nhiều nhất (MB)")
    essay__hand_in_again = SwitchKey("Được nộp lại trước khi đợt thi kết thúc (đợt thi chỉ có bài viết)")
    essay__giving = ChoiceKey("Giao bài cho giám khảo", Giving, usual="Ban tổ chức phân bài (thường dùng)")
    essay__feedback = ChoiceKey("Người viết xem nhận xét", FeedbackWhen, usual="Không công bố (thường dùng)")
    essay__appeals__until = InstantKey("Nhận phúc khảo bài viết đến", description="Để trống: không nhận.")
    essay = SectionKey("Có bài viết", seed="prompt")

    groups = (
        Group("Thời gian mở", ("title", "opens", "closes")),
        Group("Lượt thi và giờ làm bài", ("attempts__limit", "attempts__counted", "time__minutes", "time")),
        Group("Đề thi", (), rows="paper"),
        Group("Các đề cho sẵn", ("choose_paper",), is_rare=True, rows="papers"),
        Group("Công bố với người dự thi", ("show__result", "show__answers")),
        Group("Câu hỏi dự đoán", ("prediction__target", "prediction__prompt"), is_rare=True),
        Group(
            "Thi thử",
            ("practice", "practice__attempts", "practice__opens", "practice__closes", "practice__answers"),
            is_rare=True,
            rows="practice.paper",
        ),
        Group("Điểm", ("marks__right", "marks__wrong", "marks__scale_to", "marks__multiple"), is_rare=True),
        Group(
            "Bài viết",
            (
                *("essay", "essay__prompt", "essay__marks", "essay__rubric", "essay__judges", "essay__combine"),
                *("essay__gap", "essay__resolution", "essay__words__min", "essay__words__max", "essay__words__count"),
                *("essay__files__kinds", "essay__files__count", "essay__files__megabytes", "essay__hand_in_again"),
                *("essay__giving", "essay__feedback", "essay__appeals__until"),
            ),
            is_rare=True,
        ),
        Group("Ca thi", ("sittings__weekdays", "sittings__hours"), is_rare=True),
        Group(
            "Thêm",
            (
                *("key", "attempts__per", "attempts__wait_minutes", "time__seconds_per_question", "avoid_seen"),
                *("must_answer_all", "order__questions", "order__options", "paper"),
            ),
            is_rare=True,
        ),
    )

    def __init__(self, tree: Tree, offers: Mapping[str, Choices], *, prefix: str = ""):
        super().__init__(tree, offers, prefix=prefix)
        self.rows = {
            each.path: each
            for each in (
                Rows(tree, "paper", DrawForm, offers, empty=EMPTY_ROWS),
                Rows(tree, "papers", PaperForm, offers, empty=EMPTY_ROWS),
                Rows(tree, "practice.paper", DrawForm, offers, empty=1),
            )
        }

    def write(self, tree: Tree) -> None:
        """Rows come before the boxes that say that there are none."""
        for each in self.rows.values():
            each.write(tree)
        super().write(tree)

    def tell(self, path: str, text: str) -> Field | None:
        rows = next((each for each in self.rows.values() if each.holds(path)), None)
        return rows.tell(path, text) if rows else super().tell(path, text)

    def says_in(self, group: Group) -> bool:
        return super().says_in(group) or bool(group.rows and self.rows[group.rows].says)
