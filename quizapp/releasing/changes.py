"""What changes between two trees of a contest, in the words of organisers: where, what stood there, what will."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from quizapp import vocabulary as words

LISTS = {  # of parts that have a key: how one of them is called
    "rounds": "Đợt thi",
    "standings": "Bảng xếp hạng",
    "prizes": "Giải thưởng",
    "divisions": "Bảng thi",
    "papers": "Đề",
}
NAMES = {
    "slug": "Tên trong địa chỉ",
    "title": "Tên",
    "organiser": "Đơn vị tổ chức",
    "timezone": "Múi giờ",
    "audience": "Đối tượng dự thi",
    "units": "Công đoàn",
    "roles": "Vai trò",
    "age": "Tuổi",
    "min": "Ít nhất",
    "max": "Nhiều nhất",
    "without_unit": "Người chưa có đơn vị được dự thi",
    "excluded": "Không được dự thi",
    "entry": "Vào thi",
    "code": "Mã dự thi",
    "registration": "Tự đăng ký",
    "identity": "Thông tin người dự thi",
    "kinds": "Loại đơn vị",
    "chosen": "Người dự thi tự chọn",
    "opens": "Mở lúc",
    "closes": "Đóng lúc",
    "sittings": "Ca thi",
    "weekdays": "Các ngày",
    "hours": "Các giờ",
    "attempts": "Lượt thi",
    "limit": "Số lượt",
    "per": "Tính theo",
    "counted": "Lượt được tính",
    "wait_minutes": "Số phút chờ giữa hai lượt",
    "time": "Thời gian làm bài",
    "minutes": "Số phút",
    "seconds_per_question": "Số giây mỗi câu",
    "paper": "Đề thi",
    "choose_paper": "Được chọn đề",
    "avoid_seen": "Tránh câu đã gặp",
    "must_answer_all": "Phải trả lời hết",
    "order": "Thứ tự",
    "questions": "Câu hỏi",
    "options": "Phương án",
    "marks": "Điểm",
    "right": "Câu đúng",
    "wrong": "Câu sai",
    "multiple": "Câu nhiều phương án đúng",
    "scale_to": "Quy về thang",
    "prediction": "Câu dự đoán",
    "target": "Đoán số người",
    "prompt": "Lời câu hỏi",
    "practice": "Thi thử",
    "show": "Cho người dự thi xem",
    "result": "Điểm",
    "answers": "Đáp án",
    "essay": "Bài viết",
    "words": "Độ dài",
    "count": "Số lượng",
    "rubric": "Phiếu chấm",
    "judges": "Số giám khảo",
    "gap": "Độ lệch phải chấm lại",
    "combine": "Cách gộp điểm",
    "resolution": "Cách xử lý khi lệch",
    "files": "Tệp kèm theo",
    "hand_in_again": "Được nộp lại",
    "giving": "Cách giao bài",
    "feedback": "Nhận xét của giám khảo",
    "appeals": "Phúc khảo",
    "until": "Hạn",
    "of": "Xếp hạng",
    "by_division": "Xếp riêng từng bảng",
    "only_if": "Điều kiện",
    "level": "Cấp",
    "measure": "Xếp theo",
    "top_k": "Số người lấy trung bình",
    "weights": "Hệ số",
    "standings": "Xét theo bảng",
    "value_vnd": "Giá trị (đồng)",
    "by": "Cách trao",
    "on_tie": "Khi bằng nhau",
    "side": "Giải phụ",
    "one_prize_per_person": "Số giải một người được nhận",
    "target_rate": "Chỉ tiêu tham gia",
    "publish": "Công bố",
    "board": "Bảng xếp hạng",
    "names": "Họ tên trên bảng",
    "freeze_at": "Dừng cập nhật bảng từ",
}
KINDS: Mapping[str, Any] = {
    "per": words.LimitPer,
    "counted": words.Counting,
    "combine": words.Counting,
    "board": words.BoardWhen,
    "names": words.Names,
    "result": words.ShownWhen,
    "answers": words.ShownWhen,
    "target": words.PredictionTarget,
    "measure": words.Measure,
    "of": words.StandingsOf,
    "by": words.PrizeBy,
    "on_tie": words.OnTie,
    "one_prize_per_person": words.OnePrize,
}
INSTANT = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::00)?")
NOTHING = "không"

Tree = Mapping[str, Any]


@dataclass(frozen=True)
class Change:
    """where: 'Đợt thi “Tuần 1” › Đóng lúc'; old or new None: it was not there, it will not be there."""

    where: str
    old: str | None
    new: str | None


def changes(old: Tree, new: Tree) -> list[Change]:
    """Return all that differs, in the order of the later tree, then what goes."""
    return list(_of_mapping(old, new, ""))


def _of_mapping(old: Tree, new: Tree, where: str) -> Iterator[Change]:
    for key in [*new, *(key for key in old if key not in new)]:
        before, after = old.get(key), new.get(key)
        if before == after:
            continue
        if key in LISTS and all(isinstance(each, list | None) for each in (before, after)):
            yield from _of_list(before or [], after or [], key, where)
        elif isinstance(before, dict) and isinstance(after, dict):
            yield from _of_mapping(before, after, f"{where}{NAMES.get(key, key)} › ")
        else:
            yield Change(f"{where}{NAMES.get(key, key)}", _told(before, key), _told(after, key))


def _of_list(old: list[Any], new: list[Any], key: str, where: str) -> Iterator[Change]:
    before, after = ({str(each.get("key")): each for each in parts} for parts in (old, new))
    for name, part in after.items():
        if name not in before:
            yield Change(_called(part, key, where), None, "thêm mới")
        else:
            yield from _of_mapping(before[name], part, f"{_called(before[name], key, where)} › ")
    for name, part in before.items():
        if name not in after:
            yield Change(_called(part, key, where), "đang có", None)
    kept = [name for name in after if name in before]
    if kept != [name for name in before if name in after]:
        yield Change(f"{where}{LISTS[key]} › Thứ tự", ", ".join(before), ", ".join(after))


def _called(part: Tree, key: str, where: str) -> str:
    return f"{where}{LISTS[key]} “{part.get('title') or part.get('key')}”"


def _told(value: Any, key: str) -> str:
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return "có" if value else NOTHING
    if isinstance(value, list):
        return "; ".join(_told(each, key) for each in value) or NOTHING
    if isinstance(value, dict):
        return ", ".join(f"{NAMES.get(name, name)}: {_told(each, name)}" for name, each in value.items())
    if found := INSTANT.fullmatch(str(value)):
        day = datetime.strptime(found[1], "%Y-%m-%d")
        return f"{found[2]} ngày {day:%d/%m/%Y}"
    kind = KINDS.get(key)
    return next((word.label for word in kind if word.value == str(value)), str(value)) if kind else str(value)
