"""Whatever rules there are: what is written of them reads back as the same rules."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.formats.contest_file import read_contest
from quizapp.formats.contest_writing import write_contest
from quizapp.rules.contest_rules import (
    BoardRules,
    ContestRules,
    DivisionRules,
    EntrantsRule,
    EntryRule,
    OnlyIf,
    PrizeRules,
    PublishRule,
    Weight,
)
from quizapp.rules.round_rules import (
    AttemptsRule,
    Draw,
    EssayRule,
    FilesRule,
    FixedPaper,
    PracticeRule,
    PredictionRule,
    QuestionRef,
    RoundRules,
    ShowRule,
    Sittings,
)
from quizapp.rules.vietnamese import clean
from quizapp.vocabulary import (
    BoardWhen,
    Combine,
    Counting,
    EntrantRole,
    Excluded,
    FeedbackWhen,
    FileKind,
    Giving,
    IdentityField,
    Level,
    LimitPer,
    Measure,
    MultipleMarks,
    Names,
    OnePrize,
    OnTie,
    Order,
    PredictionTarget,
    PrizeBy,
    Resolution,
    ShownWhen,
    StandingsOf,
    TieBreak,
    UnionKind,
    Weekday,
    WordUnit,
    Workplace,
)

NOON = datetime(2026, 12, 1, 5, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)

titles = st.text(max_size=60).map(clean).filter(bool) | st.sampled_from(
    ["none", "NULL", "nULL", "no", "07:00", "~", "[a]"]
)
names = st.from_regex(r"[a-z0-9]{1,5}(-[a-z0-9]{1,5}){0,2}", fullmatch=True).filter(lambda name: name != "new")
marks = st.integers(1, 10_000)
draws = st.builds(
    Draw,
    bank=titles,
    count=st.integers(1, 200),
    topic=st.none() | titles,
    level=st.none() | st.sampled_from(Level),
    tag=st.none() | titles,
    section=st.none() | titles,
    right_mark=st.none() | marks,
)
hours = st.lists(st.integers(0, 1440), min_size=2, max_size=6, unique=True).map(
    lambda ends: tuple(zip(sorted(ends)[::2], sorted(ends)[1::2], strict=False))
)
refs = st.builds(
    QuestionRef, st.from_regex(r"[a-z0-9-]{1,6}", fullmatch=True), st.from_regex(r"[a-z0-9:-]{1,6}", fullmatch=True)
)


def subsets(kind, *, least=0):
    """Some words of a kind, in the kind's order."""
    found = st.sets(st.sampled_from(kind), min_size=least)
    return found.map(lambda some: tuple(each for each in kind if each in some))


@st.composite
def papers(draw: st.DrawFn) -> tuple[FixedPaper, ...]:
    each = st.lists(refs, min_size=2, max_size=2, unique=True).map(tuple)
    keys = draw(st.lists(names, min_size=1, max_size=3, unique=True))
    return tuple(FixedPaper(key, draw(titles), draw(each)) for key in keys)


practices = st.builds(
    PracticeRule,
    attempts=st.none() | st.integers(1, 1000),
    opens_at=st.none() | st.integers(1, 999).map(lambda minutes: NOON - minutes * MINUTE),
    closes_at=st.none() | st.integers(1, 999).map(lambda minutes: NOON + minutes * MINUTE),
    draws=st.lists(draws, min_size=1, max_size=2).map(tuple),
    answers=st.none() | st.sampled_from(ShownWhen),
)

files = st.builds(
    FilesRule,
    kinds=st.lists(st.sampled_from(FileKind), min_size=1, unique=True).map(tuple),
    count=st.integers(1, 20),
    most_mebibytes=st.integers(1, 10),
)
LATE = datetime(2028, 1, 1, tzinfo=UTC)


@st.composite
def essays(draw: st.DrawFn) -> EssayRule:
    judges, combine = draw(st.integers(1, 5)), draw(st.sampled_from(Combine))
    max_mark = draw(st.integers(1, 4000)) * (judges if combine is Combine.SUM else 5)
    most = draw(st.none() | st.integers(1, 5000))
    one_judge = max_mark // judges if combine is Combine.SUM else max_mark
    gap = draw(st.none() | st.integers(1, one_judge - 1)) if judges == 2 and one_judge > 1 else None
    return EssayRule(
        prompt=draw(titles),
        max_mark=max_mark,
        rubric=draw(st.none() | titles),
        least_words=draw(st.none() | st.integers(1, most or 5000)),
        most_words=most,
        unit=draw(st.sampled_from(WordUnit)),
        judges=judges,
        gap=gap,
        combine=combine,
        resolution=draw(st.sampled_from(Resolution)) if gap else Resolution.NEAREST,
        files=draw(st.none() | files),
        giving=draw(st.sampled_from(Giving)),
        feedback=draw(st.sampled_from(FeedbackWhen)),
        appeals_until=draw(st.none() | st.integers(1, 999).map(lambda day: LATE + timedelta(days=day, seconds=day))),
    )


@st.composite
def round_rules(draw: st.DrawFn, key: str) -> RoundRules:
    opens = NOON + timedelta(minutes=draw(st.integers(0, 500_000)))
    minutes = draw(st.integers(1, 1440))
    essay = draw(st.none() | essays())
    fixed = draw(st.just(()) | papers())
    rules = RoundRules(
        key=key,
        title=draw(titles),
        opens_at=opens,
        closes_at=opens + timedelta(minutes=minutes + draw(st.integers(20_000, 40_000))),
        attempts=AttemptsRule(
            limit=draw(st.none() | st.integers(1, 1000)),
            counted=draw(st.sampled_from(Counting)),
            per=draw(st.sampled_from([each for each in LimitPer if each not in (LimitPer.CONTEST, LimitPer.SITTING)])),
            wait=draw(st.none() | st.integers(1, 40_000).map(lambda minutes: minutes * MINUTE)),
        ),
        time_limit=draw(st.sampled_from([None, timedelta(minutes=minutes)])),
        draws=() if fixed else tuple(draw(st.lists(draws, min_size=0 if essay else 1, max_size=3))),
        question_order=draw(st.sampled_from(Order)),
        option_order=draw(st.sampled_from(Order)),
        right_mark=draw(marks),
        show=ShowRule(draw(st.sampled_from(ShownWhen)), draw(st.sampled_from(ShownWhen))),
        essay=essay,
        sittings=draw(st.none() | st.builds(Sittings, subsets(Weekday, least=1), hours)),
        papers=fixed,
        chooses_paper=len(fixed) > 1 and draw(st.booleans()),
        avoid_seen=draw(st.booleans()),
        must_answer_all=draw(st.booleans()),
        wrong_mark=-draw(st.integers(0, 999_99)),
        multiple=draw(st.sampled_from(MultipleMarks)),
        scale_to=draw(st.none() | st.integers(1, 1_000_000)),
        practice=draw(st.none() | practices),
    )
    return draw(timed(rules)) if rules.asks_questions else rules


@st.composite
def timed(draw: st.DrawFn, rules: RoundRules) -> RoundRules:
    """A round that asks questions may ask for a guess, and give so many seconds to each question."""
    guess = st.builds(PredictionRule, st.sampled_from(PredictionTarget), titles)
    rules = replace(rules, prediction=draw(st.none() | guess))
    seconds = draw(st.none() | st.integers(1, 600))
    if seconds is None or rules.essay:
        return rules
    return replace(rules, seconds_per_question=seconds, time_limit=timedelta(seconds=seconds * rules.questions))


divisions = st.builds(
    DivisionRules,
    key=st.from_regex(r"[A-Za-z0-9]{1,5}", fullmatch=True),
    title=titles,
    units=st.lists(titles, max_size=2, unique=True).map(tuple),
    kinds=subsets(UnionKind),
    workplaces=subsets(Workplace),
    roles=subsets(EntrantRole),
    chosen=st.just(True),  # any two of them may stand side by side
)


@st.composite
def boards(draw: st.DrawFn, keys: list[str], rounds: list[RoundRules]) -> tuple[BoardRules, ...]:
    rounds_of = draw(st.sampled_from([None, tuple(keys)]))
    guessed = len(rounds) == 1 and rounds[0].prediction
    links = [each for each in TieBreak if guessed or each is not TieBreak.PREDICTION]
    people = BoardRules(
        key="a",
        title=draw(titles),
        of=StandingsOf.PEOPLE,
        rounds=rounds_of,
        order=tuple(draw(st.permutations(links))[:2]),
        only_if=OnlyIf(least_mark=draw(st.none() | st.integers(1, min(each.max_mark for each in rounds)))),
    )
    measure = draw(st.sampled_from(Measure))
    weights = tuple(Weight(each, draw(marks)) for each in draw(subsets(Measure)))
    used = {each.measure for each in weights} or {measure}
    others = tuple(draw(st.permutations(sorted({*Measure} - {Measure.TOP_K_MEAN} - used)))[:2])
    unions = replace(
        BoardRules(key="b", title=draw(titles), of=StandingsOf.UNIONS, rounds=rounds_of),
        level=draw(st.sampled_from(UnionKind)),
        measure=Measure.RATE if weights else measure,
        weights=weights,
        top_k=draw(st.integers(1, 100)) if Measure.TOP_K_MEAN in used else None,
        union_order=others,
        combine=draw(st.sampled_from(Counting)),
        only_if=OnlyIf(rate_over=draw(st.none() | st.integers(1, 100_00))),
    )
    return people, unions


prizes = st.builds(
    PrizeRules,
    key=names,
    title=titles,
    board=st.sampled_from(["a", "b"]),
    count=st.integers(1, 10_000),
    value_vnd=st.none() | st.integers(1, 999_999_999),
    by=st.sampled_from(PrizeBy),
    on_tie=st.sampled_from(OnTie),
    is_side=st.booleans(),
)


@st.composite
def contests(draw: st.DrawFn) -> ContestRules:
    keys = draw(st.lists(names, min_size=1, max_size=3, unique=True).filter(lambda keys: keys != ["all"]))
    rounds = [draw(round_rules(key)) for key in keys]
    apart = tuple(draw(st.lists(divisions, max_size=2, unique_by=lambda each: each.key)))
    people, unions = draw(boards(keys, rounds))
    given_first = PrizeRules("giai-thuong", "Giải", "a")
    if apart:
        people = replace(people, by_division=draw(st.booleans()))
    if people.by_division:
        given_first = replace(given_first, counts=tuple((each.key, "3") for each in apart))
    given = draw(st.lists(prizes, max_size=2, unique_by=lambda each: each.key))
    asked = draw(subsets(IdentityField))
    identity = tuple(each for each in IdentityField if each in (IdentityField.FULL_NAME, *asked))
    has_age = IdentityField.BIRTH_DATE in identity
    return ContestRules(
        slug=draw(names),
        title=draw(titles),
        organiser=draw(titles),
        timezone="Asia/Ho_Chi_Minh",
        audience=tuple(draw(st.lists(titles, min_size=1, max_size=3, unique=True))),
        entry=EntryRule(
            code=draw(st.none() | titles.filter(lambda code: len(code) <= 40)), registration=draw(st.booleans())
        ),
        rounds=tuple(rounds),
        boards=(people, unions),
        publish=PublishRule(
            draw(st.sampled_from(BoardWhen)),
            draw(st.sampled_from(Names)),
            draw(st.none() | st.integers(0, 999).map(lambda days: LATE + days * timedelta(days=1))),
        ),
        entrants=EntrantsRule(
            roles=draw(subsets(EntrantRole)),
            least_age=draw(st.none() | st.integers(1, 40)) if has_age else None,
            most_age=draw(st.none() | st.integers(40, 120)) if has_age else None,
            without_unit=draw(st.booleans()),
            excluded=draw(subsets(Excluded)),
        ),
        identity=identity,
        divisions=apart,
        prizes=(given_first, *(each for each in given if each.key != given_first.key)),
        one_prize=draw(st.sampled_from(OnePrize)),
        target_rate=draw(st.none() | st.integers(1, 100_00)),
        appeals_until=draw(st.none() | st.integers(0, 999).map(lambda days: LATE + days * timedelta(days=1))),
    )


@settings(max_examples=60, deadline=None)
@given(contests())
def test_what_is_written_reads_back_as_the_same_rules(rules):
    assert read_contest(write_contest(rules)).rules == rules
