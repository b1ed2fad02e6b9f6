"""What the minutes of a jury say, all taken at one instant; no writer is named."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from quizapp.essays import queries as essays
from quizapp.formats import minutes
from quizapp.formats.minutes import Decision, Juror, Line, Minutes
from quizapp.judging import states
from quizapp.judging.queries import essay_rule
from quizapp.models import Appeal, Round
from quizapp.papers import queries
from quizapp.papers.queries import Given, Layer
from quizapp.rules import essay_wording
from quizapp.rules.wording import moment, number, window
from quizapp.vocabulary import EssayState, Turn


def write(round_: Round, path: Path, *, now: datetime) -> None:
    """Write the minutes of a round as they stand; called inside one steady transaction."""
    minutes.write(taken(round_, now=now), path)


def taken(round_: Round, *, now: datetime) -> Minutes:
    """Return what the minutes say."""
    contest, rule = round_.contest, essay_rule(round_)
    zone = ZoneInfo(contest.rules.timezone)
    given, layers, counts = queries.finished(round_), queries.layers(round_), states.counts(round_)
    appeals = queries.appeals(round_)
    return Minutes(
        organiser=contest.organiser.name,
        contest=contest.title,
        round=round_.title,
        window=window(round_.opens_at, round_.closes_at, zone),
        made_at=now.astimezone(zone),
        rules=(
            essay_wording.task(rule),
            essay_wording.BLIND,
            essay_wording.judging(rule, queries.rubric_title(round_), zone),
            essay_wording.NOTHING_WRITTEN,
        ),
        max_mark=rule.max_mark,
        jury=tuple(_jury(round_, zone)),
        figures=tuple(_figures(round_, counts, given, layers, list(appeals))),
        decisions=tuple(_decisions(layers)),
        lines=tuple(_lines(round_, given)),
        unfinished=tuple(_unfinished(round_, counts, list(appeals), now)),
    )


def _jury(round_: Round, zone: ZoneInfo) -> Iterator[Juror]:
    for each in essays.jury(round_):
        seat = each.seat
        yield Juror(
            name=seat.person.full_name,
            is_chair=seat.is_chair,
            union=seat.person.union.name if seat.person.union else "",
            given=each.given,
            finished=each.finished,
            left=moment(seat.left_at, zone) if seat.left_at else "",
        )


def _figures(
    round_: Round, counts: dict[EssayState, int], given: list[Given], layers: list[Layer], appeals: list[Appeal]
) -> Iterator[tuple[str, int]]:
    judges, essays_count = essay_rule(round_).judges, sum(counts.values())
    first = [each.attempt_id for each in given if each.turn is Turn.FIRST]
    standing = [each for each in layers if each.settlement.superseded_at is None]
    decided = [each for each in layers if each.by and each.number == 1]
    yield "Bài đã nộp có nội dung", essays_count
    yield "Lượt nộp không viết gì (0 điểm, không chấm)", states.empty(round_)
    yield f"Bài đã đủ {judges} điểm chấm độc lập", sum(1 for each in set(first) if first.count(each) >= judges)
    yield "Bài đã chấm lần thứ ba", len({each.attempt_id for each in given if each.turn is Turn.THIRD})
    yield "Bài do Trưởng Ban Giám khảo hoặc Ban tổ chức quyết định điểm", len(decided)
    yield "Lần điều chỉnh điểm đã có, kể cả sau phúc khảo", sum(1 for each in layers if each.by and each.number > 1)
    yield "Bài có đơn phúc khảo", len(appeals)
    yield "Đơn phúc khảo đã trả lời", sum(1 for each in appeals if each.decided_at)
    yield "Bài đổi điểm sau phúc khảo", sum(1 for each in appeals if each.settlement_id)
    yield "Lượt chấm lặp để kiểm tra (không tính điểm)", sum(1 for each in given if each.turn is Turn.SEED)
    yield "Bài đã có điểm", len(standing)
    yield "Bài chưa có điểm", essays_count - counts[EssayState.SETTLED]


def _decisions(layers: list[Layer]) -> Iterator[Decision]:
    before: dict[str, int] = {}
    for each in layers:
        settled = each.settlement
        if each.by:
            office = f"{settled.how.get('rule', '')} ({each.by})"
            yield Decision(each.code, office, before.get(each.code), settled.mark, settled.reason)
        before[each.code] = settled.mark


def _lines(round_: Round, given: list[Given]) -> Iterator[Line]:
    totals: dict[tuple[int, Turn], list[int]] = {}
    for each in given:
        totals.setdefault((each.attempt_id, each.turn), []).append(each.total)
    wide = max([essay_rule(round_).judges, *(len(found) for (_, turn), found in totals.items() if turn is Turn.FIRST)])
    for essay in states.listed(round_):
        first = totals.get((essay.attempt_id, Turn.FIRST), [])
        third, appeal = (totals.get((essay.attempt_id, turn), []) for turn in (Turn.THIRD, Turn.APPEAL))
        padded = (*first, *[None] * (wide - len(first)))
        yield Line(essay.code, essay.words, padded, _last(third), _last(appeal), essay.mark)


def _unfinished(round_: Round, counts: dict[EssayState, int], appeals: list[Appeal], now: datetime) -> Iterator[str]:
    if now < round_.closes_at:
        yield "Đợt thi còn nhận bài."
    for state, count in counts.items():
        if count and state is not EssayState.SETTLED:
            yield f"{number(count)} bài: {str(state.label).lower()}."
    waiting = sum(1 for each in appeals if not each.decided_at)
    if waiting:
        yield f"{number(waiting)} đơn phúc khảo chưa trả lời."


def _last(totals: list[int]) -> int | None:
    return totals[-1] if totals else None
