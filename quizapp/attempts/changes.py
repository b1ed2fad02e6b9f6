"""The shape of what a phone sends: changes of answers, numbered by the phone."""

from dataclasses import dataclass, replace
from typing import Any, TypeGuard

from quizapp.errors import BadShape
from quizapp.rules.grading import TYPED, is_answer

# Each time a page takes an attempt over it gets the next block of numbers, so that later pages win over earlier ones.
BLOCK = 1_000_000
MOST_CHANGES = 500
STRANGE_NUMBER = "số thứ tự thay đổi không hợp lệ; xin tải lại trang."
MOST_MILLISECONDS = 253_402_300_799_000  # the year 9999, the last that a datetime can say


@dataclass(frozen=True, slots=True)
class Change:
    """One change: raw answer (places as shown, or what was typed), flag, and when it was written.

    written_ms: by the phone's clock, milliseconds since 1970.
    """

    slot: int
    number: int
    answer: str | None
    flagged: bool
    written_ms: int | None


def parse(sent: Any) -> tuple[int, list[Change]]:
    """Return the opening's base and the changes of a JSON body. Raises BadShape; nothing is taken on trust."""
    if not isinstance(sent, dict) or not isinstance(sent.get("changes"), list):
        raise BadShape(what="Nội dung gửi lên phải có danh sách “changes”.")
    if len(sent["changes"]) > MOST_CHANGES:
        raise BadShape(what=f"Mỗi lần gửi nhiều nhất {MOST_CHANGES} thay đổi.")
    opening = sent.get("opening")
    if not _is_whole(opening):
        raise BadShape(what="“opening” phải là số đã nhận khi mở bài thi.")
    return opening, [_change(each) for each in sent["changes"]]


def trimmed(changes: list[Change]) -> list[Change]:
    """Return changes of answers without blanks around what was typed: blanks alone are no answer."""
    return [replace(change, answer=change.answer.strip() or None) if change.answer else change for change in changes]


def check_places(changes: list[Change], shape: str) -> None:
    """Refuse changes for slots that the paper does not have, or answers that the slot cannot take. Raises BadShape."""
    shapes = shape.split()
    for change in changes:
        if not 1 <= change.slot <= len(shapes):
            raise BadShape(what=f"Đề thi này không có câu {change.slot}.")
        if not is_answer(change.answer, shapes[change.slot - 1]):
            raise BadShape(what=f"Câu {change.slot}: {_wrong(change.answer or '', shapes[change.slot - 1])}")
        if change.number < 1:
            raise BadShape(what=f"Câu {change.slot}: {STRANGE_NUMBER}")


def _wrong(answer: str, shape: str) -> str:
    if shape[0] == TYPED:
        return f"câu trả lời dài quá {shape[1:]} ký tự hoặc có ký tự điều khiển; xin viết gọn lại."
    return f"lựa chọn “{answer[:20]}” không có trong câu này."


def check_numbers(highest: int, takeovers: int) -> None:
    """Refuse numbers that no page which took the attempt over can have given out. Raises BadShape."""
    if highest >= BLOCK * (takeovers + 1):
        raise BadShape(what=f"Thay đổi số {highest}: {STRANGE_NUMBER}")


def newest(changes: list[Change]) -> list[Change]:
    """Return of each slot the change with the highest number."""
    return list({change.slot: change for change in sorted(changes, key=lambda each: each.number)}.values())


def _change(sent: Any) -> Change:
    if not isinstance(sent, dict) or not _is_whole(sent.get("slot")) or not _is_whole(sent.get("number")):
        raise BadShape(what="Mỗi thay đổi phải có “slot” và “number” là số nguyên.")
    answer, flagged, written = sent.get("answer"), sent.get("flagged", False), sent.get("written_at")
    if not (answer is None or isinstance(answer, str)) or not isinstance(flagged, bool):
        raise BadShape(what=f"Câu {sent['slot']}: “answer” phải là chữ, “flagged” là đúng hoặc sai.")
    if not (written is None or (_is_whole(written) and 0 <= written < MOST_MILLISECONDS)):
        written = None
    return Change(sent["slot"], sent["number"], answer or None, flagged, written)


def _is_whole(value: Any) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**53
