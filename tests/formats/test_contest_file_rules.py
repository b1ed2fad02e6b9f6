"""The contest file: every rule that contests have, each way of writing it, and what is refused of it."""

from datetime import UTC, datetime, timedelta

import pytest

from quizapp.errors import BadFile
from quizapp.formats.contest_file import read_contest, warnings
from quizapp.formats.contest_writing import write_contest
from quizapp.rules.contest_rules import BoardRules, DivisionRules, EntrantsRule, OnlyIf, PrizeRules, PublishRule, Weight
from quizapp.rules.round_rules import (
    AttemptsRule,
    Draw,
    FixedPaper,
    PracticeRule,
    PredictionRule,
    QuestionRef,
    Sittings,
)
from quizapp.vocabulary import (
    BoardWhen,
    Counting,
    EntrantRole,
    Excluded,
    IdentityField,
    Level,
    LimitPer,
    Measure,
    MultipleMarks,
    Names,
    OnePrize,
    OnTie,
    PredictionTarget,
    PrizeBy,
    ShownWhen,
    StandingsOf,
    TieBreak,
    UnionKind,
    Weekday,
    Workplace,
)

EVERY_KEY = """\
contest:
  slug: moi-luat
  title: "Mọi luật"
  organiser: LDLD-GL
  timezone: Asia/Ho_Chi_Minh
  audience: {units: [LDLD-GL, CDN-YT], roles: [doan_vien, can_bo], age: {min: 15, max: 60}, without_unit: true,
             excluded: [judges, organisers, question_authors]}
  entry: {code: "280729", registration: closed}
  identity: [phone, full_name, birth_date]
  divisions:
    - {key: A, title: "Bảng A", units: [LDLD-GL], kinds: [doanh_nghiep, nganh, kcn]}
    - {key: B, roles: [can_bo]}
    - {key: C, title: "Bảng tự chọn", chosen: true}
  target_rate: 95%
  appeals: {until: 2027-01-05T24:00}
  one_prize_per_person: highest_per_round
  rounds:
    - key: tuan-1
      title: "Tuần 1"
      opens: 2026-12-01T07:00
      closes: 2026-12-06T24:00
      sittings: {weekdays: [sun, tue, thu], hours: ["13:30-24:00", "07:00-11:00"]}
      attempts: {limit: 2, per: sitting, counted: mean, wait_minutes: 30}
      time: {seconds_per_question: 60}
      paper:
        - {bank: nghi-quyet-02, count: 12, tag: moi, section: "Phần I", marks: 0.5}
        - {bank: luat, count: 8, topic: hop-dong, level: de, section: "Phần II"}
      order: {questions: fixed, options: fixed}
      must_answer_all: true
      avoid_seen: true
      marks: {right: 1, wrong: -0.25, scale_to: 10, multiple: partial}
      prediction: {target: participants, prompt: "Có bao nhiêu người dự thi?"}
      show: {result: after_round, answers: never}
      practice: {attempts: 2, opens: 2026-11-20T07:00, closes: 2026-11-30T24:00, answers: at_once,
                 paper: [{bank: luat, count: 5}]}
    - key: tuan-2
      title: "Tuần 2"
      opens: 2026-12-08T07:00
      closes: 2026-12-13T24:00
      attempts: {limit: none, per: day}
      time: none
      papers:
        - {key: de-1, title: "Đề số một", bank: luat, questions: [c1, "nq:c2"]}
        - {key: de-2, questions: ["luat:c3", "luat:c4"]}
      choose_paper: true
      practice: {attempts: none}
  standings:
    - {key: tuan-1, of: people, rounds: [tuan-1], by_division: true, only_if: {all_right: true, min_mark: 8},
       order: [marks, prediction, seconds, submitted_at]}
    - {key: don-vi, title: "Đơn vị", of: unions, measure: top_k_mean, k: 10, order: [measure, mean, entrants],
       only_if: {rate_over: 0.8, mean_marks_over: 5.5}}
    - {key: tong-hop, of: unions, rounds: all, level: sector, weights: {entrants: 1, sum: 0.5}}
  prizes:
    - {title: "Giải Nhất", standings: tuan-1, count: {A: 3, B: 4}, value_vnd: 2000000, on_tie: lot}
    - {title: "Giải Nhất", standings: don-vi, count: 2, on_tie: all}
    - {key: may-man, title: "Giải may mắn", standings: tuan-1, by: lot, side: true}
  publish: {board: live, names: full, freeze_at: 2026-12-05T17:00}
"""
CONTEST = """\
contest:
  slug: a
  title: A
  organiser: LDLD
  rounds:
    - key: tuan-1
      title: Tuần 1
      opens: 2026-12-01T07:00
      closes: 2026-12-06T24:00
"""
MINUTES = "      time: {minutes: 20}\n"
PAPER = "      paper: [{bank: luat, count: 5}]\n"


def instant(*parts):
    return datetime(*parts, tzinfo=UTC)


def a_round(*lines, usual=MINUTES + PAPER):
    text = CONTEST + usual + "".join(f"      {line}\n" for line in lines)
    return read_contest(text).rules.rounds[0]


def a_contest(*lines):
    return read_contest(CONTEST + MINUTES + PAPER + "".join(f"  {line}\n" for line in lines)).rules


def refused(lines, usual=MINUTES + PAPER, indent=6):
    """Return key path and sentence of each problem."""
    with pytest.raises(BadFile) as error:
        read_contest(CONTEST + usual + "".join(f"{' ' * indent}{line}\n" for line in lines))
    return [(each.column, each.text) for each in error.value.problems]


@pytest.fixture(scope="module")
def every():
    return read_contest(EVERY_KEY).rules


def test_a_file_with_every_key_reads_back_from_what_is_written_of_it(every):
    assert read_contest(write_contest(every)).rules == every


def test_who_may_enter_is_taken(every):
    assert every.audience == ("LDLD-GL", "CDN-YT")
    assert every.entrants == EntrantsRule(
        roles=(EntrantRole.OFFICER, EntrantRole.MEMBER),
        least_age=15,
        most_age=60,
        without_unit=True,
        excluded=(Excluded.ORGANISERS, Excluded.AUTHORS, Excluded.JUDGES),
    )
    assert every.identity == (IdentityField.FULL_NAME, IdentityField.BIRTH_DATE, IdentityField.PHONE)


def test_divisions_are_taken_by_kind_of_union_and_kind_of_workplace(every):
    assert every.divisions == (
        DivisionRules(
            "A",
            "Bảng A",
            units=("LDLD-GL",),
            kinds=(UnionKind.SECTOR, UnionKind.INDUSTRIAL_ZONE),
            workplaces=(Workplace.ENTERPRISE,),
        ),
        DivisionRules("B", "Bảng B", roles=(EntrantRole.OFFICER,)),
        DivisionRules("C", "Bảng tự chọn", chosen=True),
    )


def test_a_round_with_sittings_time_by_question_and_marks_of_its_own_is_taken(every):
    first = every.rounds[0]
    assert first.sittings == Sittings(
        (Weekday.TUESDAY, Weekday.THURSDAY, Weekday.SUNDAY), ((7 * 60, 11 * 60), (13 * 60 + 30, 24 * 60))
    )
    assert first.attempts == AttemptsRule(2, LimitPer.SITTING, Counting.MEAN, timedelta(minutes=30))
    assert (first.seconds_per_question, first.time_limit) == (60, timedelta(minutes=20))
    assert first.draws == (
        Draw("nghi-quyet-02", 12, tag="moi", section="Phần I", right_mark=50),
        Draw("luat", 8, "hop-dong", Level.EASY, section="Phần II"),
    )
    assert (first.must_answer_all, first.avoid_seen, first.chooses_paper) == (True, True, False)
    assert (first.right_mark, first.wrong_mark, first.scale_to) == (100, -25, 1000)
    assert (first.multiple, first.max_mark) == (MultipleMarks.PARTIAL, 1000)
    assert first.prediction == PredictionRule(PredictionTarget.PARTICIPANTS, "Có bao nhiêu người dự thi?")
    assert first.practice == PracticeRule(
        2, instant(2026, 11, 20), instant(2026, 11, 30, 17), (Draw("luat", 5),), ShownWhen.AT_ONCE
    )


def test_a_round_with_papers_to_choose_from_and_no_time_is_taken(every):
    second = every.rounds[1]
    assert second.papers == (
        FixedPaper("de-1", "Đề số một", (QuestionRef("luat", "c1"), QuestionRef("nq", "c2"))),
        FixedPaper("de-2", "Đề 2", (QuestionRef("luat", "c3"), QuestionRef("luat", "c4"))),
    )
    assert (second.draws, second.time_limit, second.chooses_paper) == ((), None, True)
    assert second.attempts == AttemptsRule(None, LimitPer.DAY)
    assert second.practice == PracticeRule()


def test_boards_with_conditions_weights_and_an_order_of_unions_are_taken(every):
    assert every.boards == (
        BoardRules(
            "tuan-1",
            "Cá nhân – Tuần 1",
            StandingsOf.PEOPLE,
            ("tuan-1",),
            order=(TieBreak.MARKS, TieBreak.PREDICTION, TieBreak.SECONDS, TieBreak.SUBMITTED_AT),
            by_division=True,
            only_if=OnlyIf(all_right=True, least_mark=800),
        ),
        BoardRules(
            "don-vi",
            "Đơn vị",
            StandingsOf.UNIONS,
            measure=Measure.TOP_K_MEAN,
            top_k=10,
            union_order=(Measure.MEAN, Measure.ENTRANTS),
            only_if=OnlyIf(rate_over=80_00, mean_over=550),
        ),
        BoardRules(
            "tong-hop",
            "Đơn vị theo điểm tổng hợp – Chung cuộc",
            StandingsOf.UNIONS,
            level=UnionKind.SECTOR,
            weights=(Weight(Measure.ENTRANTS, 100), Weight(Measure.SUM, 50)),
        ),
    )


def test_prizes_are_taken_and_get_a_key_of_their_title(every):
    assert every.prizes == (
        PrizeRules(
            *("giai-nhat", "Giải Nhất", "tuan-1"),
            counts=(("A", "3"), ("B", "4")),
            value_vnd=2_000_000,
            on_tie=OnTie.LOT,
        ),
        PrizeRules("giai-nhat-don-vi", "Giải Nhất", "don-vi", 2, on_tie=OnTie.ALL),
        PrizeRules("may-man", "Giải may mắn", "tuan-1", by=PrizeBy.LOT, is_side=True),
    )
    assert every.one_prize is OnePrize.ROUND


def test_the_rate_aimed_at_appeals_and_the_freeze_are_taken(every):
    assert (every.target_rate, every.appeals_until) == (95_00, instant(2027, 1, 5, 17))
    assert every.publish == PublishRule(BoardWhen.LIVE, Names.FULL, instant(2026, 12, 5, 10))


@pytest.mark.parametrize(
    ("written", "rate"), [("95%", 95_00), ("0.95", 95_00), ("1", 100_00), ("100 %", 100_00), ("33.33%", 33_33)]
)
def test_a_rate_is_a_per_cent_or_a_part_of_one(written, rate):
    assert a_contest(f"target_rate: {written}").target_rate == rate


@pytest.mark.parametrize("written", ["95", "0", "0%", "101%", "1.5", "một nửa", "-5%"])
def test_what_is_no_rate_is_refused(written):
    ((column, text),) = refused([f"target_rate: {written}"], indent=2)
    assert column == "target_rate"
    assert "95%" in text


@pytest.mark.parametrize(("written", "mark"), [("0", 0), ("-1", -100), ("-0.25", -25), ("-0.5", -50), ("-0", 0)])
def test_a_wrong_answer_takes_nothing_or_marks_away(written, mark):
    assert a_round(f"marks: {{wrong: {written}}}").wrong_mark == mark


def test_a_division_says_only_what_it_asks_and_words_of_the_code_are_taken_too():
    (division,) = a_contest("divisions: [{key: B-2, kinds: [sector, enterprise]}]").divisions
    assert division == DivisionRules("B-2", "Bảng B-2", (), (UnionKind.SECTOR,), (Workplace.ENTERPRISE,))


def test_without_weekdays_every_day_and_without_hours_the_whole_day_has_sittings():
    assert a_round("sittings: {hours: ['13:30-14:00']}").sittings == Sittings(hours=((810, 840),))
    assert a_round("sittings: {weekdays: [fri]}").sittings == Sittings((Weekday.FRIDAY,), ((0, 1440),))
    assert a_round("sittings: none").sittings is None


def test_a_person_gets_the_highest_prize_unless_the_file_says_otherwise():
    assert a_contest().one_prize is OnePrize.CONTEST
    assert a_contest("one_prize_per_person: highest").one_prize is OnePrize.CONTEST
    assert a_contest("one_prize_per_person: none").one_prize is OnePrize.NO
    assert a_contest('one_prize_per_person: "none"').one_prize is OnePrize.NO


def test_measure_may_be_left_out_of_an_order_of_unions_where_it_always_stands_first():
    written = a_contest("standings: [{key: a, of: unions, measure: sum, order: [mean]}]").boards
    assert written == a_contest("standings: [{key: a, of: unions, measure: sum, order: [measure, mean]}]").boards


@pytest.mark.parametrize(
    ("line", "key", "said"),
    [
        ("sittings: {weekdays: [2]}", "sittings.weekdays", "mon, tue, wed"),
        ("sittings: {hours: ['07:00']}", "sittings.hours", "07:00-21:00"),
        ("sittings: {hours: ['21:00-07:00']}", "sittings.hours", "07:00-21:00"),
        ("sittings: {hours: ['07:00-24:01']}", "sittings.hours", "07:00-21:00"),
        ("sittings: {hours: ['07:75-09:00']}", "sittings.hours", "07:00-21:00"),
        ("sittings: {hours: ['07:00-09:00', '08:00-10:00']}", "sittings.hours", "gộp"),
        ("attempts: {wait_minutes: 0}", "attempts.wait_minutes", "từ 1"),
        ("attempts: {per: month}", "attempts.per", "round, sitting, day, week, contest"),
        ("marks: {wrong: 1}", "marks.wrong", "-0.25"),
        ("marks: {wrong: -0.125}", "marks.wrong", "-0.25"),
        ("marks: {scale_to: 0}", "marks.scale_to", "lớn hơn 0"),
        ("marks: {multiple: half}", "marks.multiple", "all_or_nothing, partial"),
        ("must_answer_all: 1", "must_answer_all", "true"),
        ("prediction: {prompt: Mấy người?}", "prediction.target", "thiếu khóa"),
        ("prediction: {target: attempts}", "prediction.target", "all_right, participants"),
        ("practice: {attempts: 0}", "practice.attempts", "từ 1"),
        ("practice: {opens: mai}", "practice.opens", "2026-12-01T07:00"),
        ("choose_paper: true", "choose_paper", "papers"),
        ("papers: [{key: a, questions: ['luat:c1']}]", "papers", "một trong hai"),
    ],
)
def test_what_is_wrong_with_a_round_is_said_with_the_remedy(line, key, said):
    assert [(column, said in text) for column, text in refused([line])] == [(f"rounds.1.{key}", True)]


@pytest.mark.parametrize(
    ("papers", "key", "said"),
    [
        ("[{key: a, bank: luat, questions: [c1]}, {key: a, bank: luat, questions: [c2]}]", "2.key", "đã dùng"),
        ("[{key: a, bank: luat, questions: [c1]}, {key: b, bank: luat, questions: [c1, c2]}]", "2.questions", "bằng"),
        ("[{key: a, questions: [c1]}]", "1.questions", "mã ngân hàng:c1"),
        ("[{key: a, bank: luat, questions: [c1, 'luat:c1']}]", "1.questions", "hai lần"),
        ("[{key: a, bank: luat}]", "1.questions", "còn trống"),
    ],
)
def test_what_is_wrong_with_papers_is_said_with_the_remedy(papers, key, said):
    found = refused([f"papers: {papers}"], usual=MINUTES)
    assert [(column, said in text) for column, text in found] == [(f"rounds.1.papers.{key}", True)]


@pytest.mark.parametrize(
    ("time", "key", "said"),
    [
        ("{minutes: 20, seconds_per_question: 60}", "minutes", "một trong hai"),
        ("{seconds_per_question: 0}", "seconds_per_question", "từ 1"),
    ],
)
def test_time_is_of_the_paper_or_of_each_question(time, key, said):
    found = refused([f"time: {time}"], usual=PAPER)
    assert [(column, said in text) for column, text in found] == [(f"rounds.1.time.{key}", True)]


def test_an_essay_has_no_time_by_question():
    found = refused(["time: {seconds_per_question: 60}", "essay: {prompt: Viết, marks: 5}"], usual=PAPER)
    assert [column for column, _ in found] == ["rounds.1.time.seconds_per_question"]


@pytest.mark.parametrize(
    ("line", "key", "said"),
    [
        ("audience: {roles: [thu_ky]}", "audience.roles", "can_bo, doan_vien"),
        ("audience: {age: {min: 36, max: 18}}", "audience.age.min", "không quá “max”"),
        ("audience: {excluded: [winners]}", "audience.excluded", "organisers, question_authors, judges"),
        ("divisions: [{key: Bảng A}]", "divisions.1.key", "không dấu"),
        ("divisions: [{key: A, units: [X]}, {key: A, units: [Y]}]", "divisions.2.key", "đã dùng"),
        ("divisions: [{key: A, kinds: [truong_hoc]}]", "divisions.1.kinds", "doanh_nghiep"),
        ("prizes: [{title: Nhất}]", "prizes.1.standings", "thiếu khóa"),
        ("prizes: [{title: Nhất, standings: tuan-1-ca-nhan, count: 0}]", "prizes.1.count", "từ 1"),
        ("prizes: [{title: Nhất, standings: tuan-1-ca-nhan, count: {A: x}}]", "prizes.1.count.A", "từ 0"),
        ("prizes: [{title: Nhất, standings: tuan-1-ca-nhan, on_tie: fight}]", "prizes.1.on_tie", "ask, lot, all"),
        ("one_prize_per_person: lowest", "one_prize_per_person", "highest_per_round"),
        ("standings: [{key: a, of: unions, measure: top_k_mean}]", "standings.1.top_k", "thiếu khóa"),
        ("standings: [{key: a, of: unions, top_k: 5}]", "standings.1.top_k", "top_k_mean"),
        ("standings: [{key: a, of: unions, measure: sum, weights: {sum: 1}}]", "standings.1.weights", "một trong hai"),
        ("standings: [{key: a, of: unions, weights: {points: 1}}]", "standings.1.weights.points", "entrants"),
        ("standings: [{key: a, of: unions, order: [mean, measure]}]", "standings.1.order", "đứng đầu"),
        ("standings: [{key: a, of: unions, order: [marks]}]", "standings.1.order", "top_k_mean"),
        ("standings: [{key: a, top_k: 5}]", "standings.1.top_k", "of: unions"),
        ("standings: [{key: a, only_if: {rate_over: 80%}}]", "standings.1.only_if.rate_over", "of: unions"),
        ("standings: [{key: a, of: unions, only_if: {all_right: true}}]", "standings.1.only_if.all_right", "cá nhân"),
        ("publish: {freeze_at: mai}", "publish.freeze_at", "2026-12-01T07:00"),
    ],
)
def test_what_is_wrong_with_a_contest_is_said_with_the_remedy(line, key, said):
    assert [(column, said in text) for column, text in refused([line], indent=2)] == [(key, True)]


def test_a_contradiction_refuses_the_file_with_its_line():
    text = CONTEST + MINUTES + PAPER + "  prizes:\n    - title: Nhất\n      standings: khong-co\n"
    with pytest.raises(BadFile) as error:
        read_contest(text)
    ((row, column),) = [(each.row, each.column) for each in error.value.problems]
    assert (row, column) == (14, "prizes.1.standings")


def test_what_may_not_be_meant_is_told_and_taken():
    file = read_contest(CONTEST + MINUTES + PAPER + "  standings: [{key: a, order: [submitted_at, marks]}]\n")
    assert [(each.row, each.column) for each in warnings(file)] == [(12, "standings.1.order")]
    assert warnings(read_contest(CONTEST + MINUTES + PAPER)) == []


@pytest.mark.parametrize("ending", ["-thi-thu", "-dien-tap"])
def test_the_endings_of_rounds_that_are_made_for_a_round_are_kept_for_them(ending):
    with pytest.raises(BadFile) as error:
        read_contest(CONTEST.replace("key: tuan-1", f"key: tuan-1{ending}") + MINUTES + PAPER)
    [(column, text)] = [(each.column, each.text) for each in error.value.problems]
    assert column == "rounds.1.key"
    assert f"“{ending}”" in text
