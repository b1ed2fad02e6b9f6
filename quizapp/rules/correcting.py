"""What a corrected key changes: of boards their ranks, of prizes who gets them; and the notice that tells it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from quizapp.rules.wording import number
from quizapp.vocabulary import KeyVerdict

SAID = {
    KeyVerdict.VOID: "không tính câu hỏi này; điểm của câu được chia đều cho các câu còn lại của đề",
    KeyVerdict.ALL_RIGHT: "tính đúng câu hỏi này cho mọi người dự thi có câu hỏi trong đề",
    KeyVerdict.NEW_KEY: "sửa đáp án của câu hỏi này",
}


@dataclass(frozen=True)
class RankChange:
    """Somebody's place on a board; None: not on the board."""

    name: str
    before: int | None
    after: int | None


def rank_changes(before: Mapping[int, tuple[int, str]], after: Mapping[int, tuple[int, str]]) -> Iterator[RankChange]:
    """Give whose rank changes, those that come to stand highest first. before, after: rank and name by id."""
    changed = [who for who in before.keys() | after.keys() if before.get(who, (0,))[0] != after.get(who, (0,))[0]]
    last = len(before) + len(after) + 1
    for who in sorted(
        changed, key=lambda each: (after.get(each, (last, ""))[0], before.get(each, (last, ""))[0], each)
    ):
        was, now = before.get(who), after.get(who)
        name = now[1] if now else was[1] if was else ""
        yield RankChange(name, was[0] if was else None, now[0] if now else None)


def notice(contest: str, prompt: str, verdict: KeyVerdict, key: str, reason: str, attempts: int) -> str:
    """Return a draft of what entrants are told. key: the new right options in words, '' when there is no new key."""
    told = f"; đáp án đúng: {key}" if key else ""
    marks = f"{number(attempts)} lượt thi có điểm thay đổi" if attempts else "không lượt thi nào thay đổi điểm"
    return (
        f"Thông báo về đáp án – {contest}\n\n"
        f"Câu hỏi: “{prompt}”\n"
        f"Ban tổ chức {SAID[verdict]}{told}.\n"
        f"Lý do: {reason}\n"
        f"Các lượt thi có câu hỏi này đã được chấm lại; {marks}. Bảng xếp hạng được tính lại theo điểm mới."
    )
