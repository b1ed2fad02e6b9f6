"""The essay of a round in a contest file: a section → `EssayRule`, and back."""

import re
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from quizapp.formats.contest_values import decimal
from quizapp.formats.marked_section import Section
from quizapp.rules.round_rules import EssayRule, FilesRule
from quizapp.rules.settling import judge_max_mark
from quizapp.rules.wording import hundredths
from quizapp.vocabulary import Combine, FeedbackWhen, FileKind, Giving, Resolution, WordUnit

MOST_MARKS = 1000_00
MOST_WORDS = 5000
MOST_JUDGES = 5
MOST_FILES = 20
MOST_MEBIBYTES = 10
PER_CENT = re.compile(r"([0-9]{1,3})[ ]?%")
GAP = "ghi số điểm như 1 hoặc 0.5, hoặc phần trăm điểm của bài viết như 20%"


def read_essay(section: Section, closes_at: datetime, zone: ZoneInfo) -> EssayRule | None:
    """Return the essay rule of a round's section, which closes then; None when it has no essay."""
    if section.is_none("essay") or "essay" not in section:
        return None
    essay = section.section("essay")
    max_mark = essay.hundredths("marks", most=MOST_MARKS)
    judges = essay.number("judges", least=1, most=MOST_JUDGES, default=2)
    combine = essay.word("combine", Combine, Combine.MEAN)
    if combine is Combine.SUM and max_mark % judges:
        essay.wrong(
            "marks", f"combine: sum chia đều điểm cho {judges} giám khảo; xin ghi số điểm chia hết cho {judges}"
        )
    words = essay.section("words")
    least, most = _words(words)
    return EssayRule(
        prompt=essay.text("prompt", most=4000),
        max_mark=max_mark,
        rubric=essay.text("rubric", "") or None,
        least_words=least,
        most_words=most,
        unit=words.word("count", WordUnit, WordUnit.CHU),
        judges=judges,
        gap=_gap(essay, max_mark, judges, judge_max_mark(max_mark, judges=judges, combine=combine)),
        combine=combine,
        resolution=_resolution(essay),
        files=_files(essay),
        hand_in_again=_hand_in_again(essay, is_alone=section.is_none("paper")),
        giving=essay.word("giving", Giving, Giving.PUSH),
        feedback=essay.word("feedback", FeedbackWhen, FeedbackWhen.NEVER),
        appeals_until=_appeals_until(essay, closes_at, zone),
    )


def write_essay(rule: EssayRule, zone: ZoneInfo) -> dict[str, Any]:
    """Return the keys of an essay, those that say nothing left out; instants in the contest's zone."""
    words = {"min": rule.least_words, "max": rule.most_words, "count": rule.unit.value}
    written: dict[str, Any] = {
        "prompt": rule.prompt,
        "marks": decimal(rule.max_mark),
        "words": {key: value for key, value in words.items() if value is not None},
        "rubric": rule.rubric,
        "judges": rule.judges,
        "gap": None if rule.gap is None else decimal(rule.gap),
        "combine": rule.combine.value,
    }
    if rule.gap is not None:
        written["resolution"] = rule.resolution.value
    if rule.files:
        written["files"] = {
            "kinds": [each.value for each in rule.files.kinds],
            "count": rule.files.count,
            "megabytes": rule.files.most_mebibytes,
        }
    if rule.hand_in_again:
        written["hand_in_again"] = True
    written |= {"giving": rule.giving.value, "feedback": rule.feedback.value}
    if rule.appeals_until:
        written["appeals"] = {"until": f"{rule.appeals_until.astimezone(zone):%Y-%m-%dT%H:%M:%S}"}
    return written


def _words(words: Section) -> tuple[int | None, int | None]:
    least, most = (
        None if words.is_none(key) or key not in words else words.number(key, least=1, most=MOST_WORDS)
        for key in ("min", "max")
    )
    if least and most and least > most:
        words.wrong("min", f"lớn hơn “max” ({most}); xin ghi “min” không quá “max”")
    return least, most


def _gap(essay: Section, max_mark: int, judges: int, one_judge: int) -> int | None:
    """Return the gap in hundredths; a per cent is of the essay's marks."""
    written = essay.text("gap", "")
    if not written:
        return None
    if judges != 2:
        essay.wrong(
            "gap", f"chỉ dùng khi có đúng hai giám khảo (ở đây judges: {judges}); xin ghi judges: 2 hoặc bỏ “gap”"
        )
        return None
    if percent := PER_CENT.fullmatch(written):
        gap = round(max_mark * int(percent[1]) / 100)
        if gap <= 0:
            essay.wrong("gap", f"“{written}” không hợp lệ; xin {GAP}, hoặc none nếu không chấm lần ba")
            return None
    else:
        gap = essay.hundredths("gap", most=MOST_MARKS, default=1)
    if gap >= one_judge:
        essay.wrong(
            "gap",
            f"hai giám khảo không bao giờ lệch nhau quá {hundredths(gap)} điểm vì mỗi người cho nhiều nhất "
            f"{hundredths(one_judge)} điểm; xin ghi số nhỏ hơn",
        )
    return gap


def _files(essay: Section) -> FilesRule | None:
    if "files" not in essay or essay.is_none("files"):
        return None
    files = essay.section("files")
    return FilesRule(
        kinds=files.words("kinds", FileKind, (FileKind.PHOTO,)),
        count=files.number("count", least=1, most=MOST_FILES, default=5),
        most_mebibytes=files.number("megabytes", least=1, most=MOST_MEBIBYTES, default=5),
    )


def _hand_in_again(essay: Section, *, is_alone: bool) -> bool:
    asked = essay.flag("hand_in_again") or False
    if asked and not is_alone:
        essay.wrong(
            "hand_in_again",
            "chỉ dùng cho đợt thi chỉ có bài viết (paper: none), vì nộp lại sẽ mở lại cả phần trắc nghiệm; "
            "xin bỏ dòng này hoặc tách bài viết thành một đợt riêng",
        )
    return asked


def _appeals_until(essay: Section, closes_at: datetime, zone: ZoneInfo) -> datetime | None:
    if "appeals" not in essay or essay.is_none("appeals"):
        return None
    appeals = essay.section("appeals")
    until = appeals.instant("until", zone, otherwise=closes_at)
    if until <= closes_at and "until" in appeals:
        appeals.wrong("until", "hạn phúc khảo phải sau khi đợt thi đóng; xin ghi ngày giờ muộn hơn “closes”")
    return until


def _resolution(essay: Section) -> Resolution:
    if "resolution" in essay and ("gap" not in essay or essay.is_none("gap")):
        essay.refuse("resolution", "chỉ dùng khi có “gap”; xin thêm “gap” hoặc bỏ dòng này")
        return Resolution.NEAREST
    return essay.word("resolution", Resolution, Resolution.NEAREST)
