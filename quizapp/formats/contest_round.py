"""A round of a contest file: a section → `RoundRules`, and back."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from quizapp.formats import contest_values as values
from quizapp.formats.contest_essay import read_essay, write_essay
from quizapp.formats.contest_paper import MOST_RIGHT, read_draws, read_papers, write_draws, write_papers
from quizapp.formats.marked_section import Section
from quizapp.rules.round_rules import (
    PRACTICE_ENDING,
    REHEARSAL_ENDING,
    AttemptsRule,
    PracticeRule,
    PredictionRule,
    RoundRules,
    ShowRule,
    Sittings,
)
from quizapp.vocabulary import (
    Counting,
    LimitPer,
    MultipleMarks,
    Order,
    PredictionTarget,
    ShownWhen,
    Weekday,
)

FIRST, LAST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 12, 31, tzinfo=UTC)
DAY = 24 * 60
MOST_ATTEMPTS = 1000
MOST_SECONDS = 3600
MOST_MARKS = 10_000_00
BELOW_NOTHING = re.compile(r"-([0-9]{1,3})(?:[.,]([0-9]{1,2}))?")
MINUTE = timedelta(minutes=1)


def read_round(section: Section, zone: ZoneInfo) -> RoundRules:
    opens, closes = section.instant("opens", zone, otherwise=FIRST), section.instant("closes", zone, otherwise=LAST)
    essay = read_essay(section, closes, zone)
    if closes <= opens:
        section.wrong("closes", "đợt thi phải đóng sau khi mở")
    order, marks = section.section("order"), section.section("marks")
    papers = read_papers(section)
    has_questions = bool(papers) or not (essay and section.is_none("paper"))
    rules = RoundRules(
        key=_key(section),
        title=section.text("title"),
        opens_at=opens,
        closes_at=closes,
        attempts=_attempts(section.section("attempts")),
        time_limit=None,
        draws=read_draws(section, required=has_questions and not papers),
        question_order=order.word("questions", Order, Order.SHUFFLED),
        option_order=order.word("options", Order, Order.SHUFFLED),
        right_mark=marks.hundredths("right", default=100, most=MOST_RIGHT),
        show=_show(section.section("show")),
        essay=essay,
        sittings=_sittings(section),
        papers=papers,
        chooses_paper=values.flag(section, "choose_paper"),
        avoid_seen=values.flag(section, "avoid_seen"),
        must_answer_all=values.flag(section, "must_answer_all"),
        wrong_mark=_wrong_mark(marks),
        multiple=marks.word("multiple", MultipleMarks, MultipleMarks.ALL_OR_NOTHING),
        scale_to=values.mark(marks, "scale_to", most=MOST_MARKS),
        prediction=_prediction(section),
        practice=_practice(section, zone),
    )
    _check_paper(section, rules)
    return _timed(section, rules)


def write_round(rules: RoundRules, zone: ZoneInfo) -> dict[str, Any]:
    """Return the keys of a round; of those that came after the first contests, only what says something."""
    written: dict[str, Any] = {
        "key": rules.key,
        "title": rules.title,
        "opens": values.local(rules.opens_at, zone),
        "closes": values.local_end(rules.closes_at, zone),
        "attempts": _written_attempts(rules.attempts),
        "time": _written_time(rules),
        "order": {"questions": rules.question_order.value, "options": rules.option_order.value},
        "marks": _written_marks(rules),
        "show": {"result": rules.show.result.value, "answers": rules.show.answers.value},
    }
    if rules.sittings:
        weekdays, spans = rules.sittings.weekdays, rules.sittings.hours
        written["sittings"] = {"weekdays": [each.value for each in weekdays], "hours": values.write_hours(spans)}
    if rules.papers:
        written["papers"] = write_papers(rules.papers)
    else:
        written["paper"] = write_draws(rules.draws) or None
    flags = {
        "choose_paper": rules.chooses_paper,
        "avoid_seen": rules.avoid_seen,
        "must_answer_all": rules.must_answer_all,
    }
    written |= {key: True for key, is_set in flags.items() if is_set}
    if rules.prediction:
        written["prediction"] = {"target": rules.prediction.target.value, "prompt": rules.prediction.prompt}
    if rules.practice:
        written["practice"] = _written_practice(rules.practice, zone)
    return written | ({"essay": write_essay(rules.essay, zone)} if rules.essay else {})


def _key(section: Section) -> str:
    """Return the name of a round; those of practice and rehearsal are kept for the rounds that are made for them."""
    key = values.name(section, "key")
    for ending, what in ((PRACTICE_ENDING, "thi thử"), (REHEARSAL_ENDING, "diễn tập")):
        if key.endswith(ending):
            section.wrong("key", f"“{key}” không được kết thúc bằng “{ending}”: đuôi này dành cho {what}")
    return key


def _attempts(section: Section) -> AttemptsRule:
    wait = values.count(section, "wait_minutes", most=31 * DAY)
    return AttemptsRule(
        limit=_limit(section),
        per=section.word("per", LimitPer, LimitPer.ROUND),
        counted=section.word("counted", Counting, Counting.BEST),
        wait=None if wait is None else wait * MINUTE,
    )


def _limit(section: Section) -> int | None:
    if section.is_none("limit"):
        return None
    return section.number("limit", least=1, most=MOST_ATTEMPTS, default=1, otherwise="none (không giới hạn)")


def _written_attempts(rule: AttemptsRule) -> dict[str, Any]:
    written = {"limit": rule.limit, "per": rule.per.value, "counted": rule.counted.value}
    return written | ({"wait_minutes": rule.wait // MINUTE} if rule.wait else {})


def _timed(section: Section, rules: RoundRules) -> RoundRules:
    """Return the round with its time: of the whole paper, of each question, or until the round closes."""
    if section.is_none("time"):
        return rules
    time = section.section("time")
    if time.is_none("seconds_per_question") or "seconds_per_question" not in time:
        return _limited(time, rules, "minutes", time.number("minutes", least=1, most=DAY) * MINUTE)
    seconds = time.number("seconds_per_question", least=1, most=MOST_SECONDS)
    time.refuse("minutes", "chỉ ghi một trong hai: minutes (cả bài) hoặc seconds_per_question (từng câu)")
    if rules.essay:
        time.wrong("seconds_per_question", "không dùng được khi đợt thi có bài viết (essay); xin ghi minutes")
        return rules
    timed = _limited(time, rules, "seconds_per_question", timedelta(seconds=seconds * rules.questions))
    return replace(timed, seconds_per_question=seconds)


def _limited(time: Section, rules: RoundRules, key: str, limit: timedelta) -> RoundRules:
    if timedelta() < rules.closes_at - rules.opens_at < limit:
        time.wrong(key, "thời gian làm bài dài hơn cả đợt thi; xin giảm thời gian hoặc lùi “closes”")
    return replace(rules, time_limit=limit)


def _written_time(rules: RoundRules) -> dict[str, int] | None:
    if rules.seconds_per_question:
        return {"seconds_per_question": rules.seconds_per_question}
    return None if rules.time_limit is None else {"minutes": rules.time_limit // MINUTE}


def _check_paper(section: Section, rules: RoundRules) -> None:
    if rules.papers and rules.draws:
        section.wrong("papers", "chỉ ghi một trong hai: paper (rút câu hỏi) hoặc papers (các đề cho sẵn)")
    if rules.chooses_paper and len(rules.papers) < 2:
        section.wrong("choose_paper", "chỉ dùng khi có từ hai đề trong “papers”; xin bỏ dòng này hoặc thêm đề")


def _wrong_mark(marks: Section) -> int:
    written = marks.text("wrong", "0")
    found = BELOW_NOTHING.fullmatch(written)
    if found:
        return -(int(found[1]) * 100 + int((found[2] or "").ljust(2, "0")))
    if not re.fullmatch(r"-?0(\.0{1,2})?", written or "0"):
        marks.wrong("wrong", f"“{written}” không hợp lệ; xin ghi 0, hoặc số điểm bị trừ như -0.25")
    return 0


def _written_marks(rules: RoundRules) -> dict[str, Any]:
    written: dict[str, Any] = {"right": values.decimal(rules.right_mark)}
    if rules.wrong_mark:
        written["wrong"] = values.decimal(rules.wrong_mark)
    if rules.scale_to is not None:
        written["scale_to"] = values.decimal(rules.scale_to)
    if rules.multiple is not MultipleMarks.ALL_OR_NOTHING:
        written["multiple"] = rules.multiple.value
    return written


def _show(section: Section) -> ShowRule:
    usual = ShowRule()
    return ShowRule(
        result=section.word("result", ShownWhen, usual.result),
        answers=section.word("answers", ShownWhen, usual.answers),
    )


def _sittings(section: Section) -> Sittings | None:
    if not values.is_given(section, "sittings"):
        return None
    sittings, usual = section.section("sittings"), Sittings()
    return Sittings(
        weekdays=values.sorted_words(sittings, "weekdays", Weekday) or usual.weekdays,
        hours=values.hours(sittings, "hours") or usual.hours,
    )


def _prediction(section: Section) -> PredictionRule | None:
    if not values.is_given(section, "prediction"):
        return None
    prediction = section.section("prediction")
    values.need(prediction, "target")
    target = prediction.word("target", PredictionTarget, PredictionTarget.ALL_RIGHT)
    return PredictionRule(target, prediction.text("prompt", f"Theo bạn, {target.label} là bao nhiêu?", most=500))


def _practice(section: Section, zone: ZoneInfo) -> PracticeRule | None:
    if not values.is_given(section, "practice"):
        return None
    practice = section.section("practice")
    return PracticeRule(
        attempts=values.count(practice, "attempts", most=MOST_ATTEMPTS),
        opens_at=values.instant(practice, "opens", zone),
        closes_at=values.instant(practice, "closes", zone),
        draws=read_draws(practice, required=False),
        answers=practice.word("answers", ShownWhen, None),
    )


def _written_practice(rule: PracticeRule, zone: ZoneInfo) -> dict[str, Any]:
    written: dict[str, Any] = {"attempts": rule.attempts}
    if rule.opens_at:
        written["opens"] = values.local(rule.opens_at, zone)
    if rule.closes_at:
        written["closes"] = values.local_end(rule.closes_at, zone)
    if rule.draws:
        written["paper"] = write_draws(rule.draws)
    if rule.answers:
        written["answers"] = rule.answers.value
    return written
