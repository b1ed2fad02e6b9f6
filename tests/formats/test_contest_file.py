"""The contest file: what is taken, and what is refused with its line and key."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from quizapp.errors import BadFile
from quizapp.formats.contest_file import read_contest
from quizapp.rules.contest_rules import BoardRules, EntryRule, PublishRule
from quizapp.rules.round_rules import AttemptsRule, Draw, EssayRule, FilesRule, RoundRules, ShowRule
from quizapp.vocabulary import (
    BoardWhen,
    Combine,
    Counting,
    FeedbackWhen,
    FileKind,
    Giving,
    Level,
    LimitPer,
    Measure,
    Names,
    Order,
    Resolution,
    ShownWhen,
    StandingsOf,
    TieBreak,
    WordUnit,
)

MINIMAL = """\
contest:
  slug: nq02-2026
  title: "Tìm hiểu Nghị quyết 02-NQ/TW"
  organiser: LDLD-GL
  rounds:
    - key: tuan-1
      title: Tuần 1
      opens: 2026-12-01T07:00
      closes: 2026-12-06T24:00
      time: {minutes: 20}
      paper:
        - {bank: nghi-quyet-02, count: 12}
"""
WITH_EVERYTHING_BUILT = """\
contest:
  slug: nq02-2026
  title: "Tìm hiểu Nghị quyết 02-NQ/TW và Bộ luật Lao động"
  organiser: LDLD-GL
  timezone: Asia/Ho_Chi_Minh
  audience: {units: [LDLD-GL, CDN-YT], without_unit: false}
  entry: {code: "280729", registration: closed}
  identity: [full_name, birth_date, phone, unit]
  rounds:
    - key: tuan-1
      title: "Tuần 1"
      opens: 2026-12-01 07:00
      closes: 2026-12-06T24:00
      attempts: {limit: none, per: contest, counted: last}
      time: {minutes: 20}
      paper:
        - {bank: nghi-quyet-02, count: 12}
        - {bank: bo-luat-lao-dong-2019, count: 8, topic: hop-dong, level: de}
      order: {questions: fixed, options: shuffled}
      must_answer_all: false
      marks: {right: 0.5, wrong: 0, scale_to: null, multiple: all_or_nothing}
      show: {result: after_round, answers: never}
  standings:
    - {key: ca-nhan, title: Cá nhân, of: people, rounds: [tuan-1], by_division: false, order: [marks, submitted_at]}
    - {key: cdcs, of: unions, rounds: all, level: grassroots, measure: mean, combine: best}
  publish: {board: live, names: full, freeze_at: null}
"""
NOON = datetime(2026, 12, 1, 5, 0, tzinfo=UTC)


def problems(text: str | bytes) -> list[tuple[int, str, str]]:
    with pytest.raises(BadFile) as refused:
        read_contest(text)
    return [(each.row, each.column, each.text) for each in refused.value.problems]


def places(text: str | bytes) -> list[tuple[int, str]]:
    return [(row, column) for row, column, _ in problems(text)]


def changed(old: str, new: str) -> str:
    assert old in MINIMAL
    return MINIMAL.replace(old, new)


def test_a_minimal_file_gets_the_usual_rules():
    rules = read_contest(MINIMAL).rules
    assert rules.audience == ("LDLD-GL",)
    assert (rules.timezone, rules.entry, rules.publish) == ("Asia/Ho_Chi_Minh", EntryRule(), PublishRule())
    assert rules.rounds[0].attempts == AttemptsRule(limit=1)
    assert [(each.key, each.of) for each in rules.boards] == [
        ("tuan-1-ca-nhan", StandingsOf.PEOPLE),
        ("tuan-1-don-vi", StandingsOf.UNIONS),
    ]


def test_every_key_that_is_built_is_taken():
    rules = read_contest(WITH_EVERYTHING_BUILT).rules
    assert rules.audience == ("LDLD-GL", "CDN-YT")
    assert rules.entry == EntryRule(code="280729", registration=False)
    assert rules.publish == PublishRule(BoardWhen.LIVE, Names.FULL)
    assert rules.rounds[0] == RoundRules(
        key="tuan-1",
        title="Tuần 1",
        opens_at=datetime(2026, 12, 1, 0, 0, tzinfo=UTC),
        closes_at=datetime(2026, 12, 6, 17, 0, tzinfo=UTC),
        attempts=AttemptsRule(None, LimitPer.CONTEST, Counting.LAST),
        time_limit=timedelta(minutes=20),
        draws=(Draw("nghi-quyet-02", 12), Draw("bo-luat-lao-dong-2019", 8, "hop-dong", Level.EASY)),
        question_order=Order.FIXED,
        right_mark=50,
        show=ShowRule(ShownWhen.AFTER_ROUND, ShownWhen.NEVER),
    )
    assert rules.boards == (
        BoardRules(
            "ca-nhan", "Cá nhân", StandingsOf.PEOPLE, ("tuan-1",), order=(TieBreak.MARKS, TieBreak.SUBMITTED_AT)
        ),
        BoardRules(
            "cdcs",
            "Đơn vị theo điểm trung bình – Chung cuộc",
            StandingsOf.UNIONS,
            combine=Counting.BEST,
            measure=Measure.MEAN,
        ),
    )


def test_several_rounds_get_boards_of_the_whole_contest_first():
    second = MINIMAL[MINIMAL.index("    - key") :].replace("tuan-1", "tuan-2").replace("Tuần 1", "Tuần 2")
    boards = read_contest(MINIMAL + second).rules.boards
    assert [each.title for each in boards[:3]] == [
        "Cá nhân – Chung cuộc",
        "Đơn vị theo tỷ lệ tham gia – Chung cuộc",
        "Cá nhân – Tuần 1",
    ]


@pytest.mark.parametrize(
    ("written", "instant"),
    [
        ("2026-12-06T24:00", datetime(2026, 12, 6, 17, 0, tzinfo=UTC)),
        ("2026-12-06 24:00", datetime(2026, 12, 6, 17, 0, tzinfo=UTC)),
        ("2026-12-31T24:00", datetime(2026, 12, 31, 17, 0, tzinfo=UTC)),
        ('"2026-12-06T23:59"', datetime(2026, 12, 6, 16, 59, tzinfo=UTC)),
        ("2026-12-06T23:59:59", datetime(2026, 12, 6, 16, 59, 59, tzinfo=UTC)),
    ],
)
def test_a_close_at_24_00_is_the_midnight_that_ends_the_day(written, instant):
    assert read_contest(changed("2026-12-06T24:00", written)).rules.rounds[0].closes_at == instant


@pytest.mark.parametrize(
    "written",
    [
        *("2026-12-06", "06/13/2026 07:00", "2026-12-06T24:01", "2026-12-06T25:00", "2026-02-30T07:00", "12:00"),
        *("2026-12-06T07:00+7", "9999-12-31T24:00", "[2026-12-06]", "１２３"),
    ],
)
def test_what_is_no_instant_is_refused(written):
    assert places(changed("2026-12-06T24:00", written)) == [(9, "rounds.1.closes")]


@pytest.mark.parametrize(
    "written",
    [
        *("2026-12-06T23:59+07:00", "2026-12-06T16:59Z", "2026-12-06 23:59:00", "2026-12-06T23h59", "06/12/2026 23:59"),
        *("23:59 06/12/2026", "23h59 ngày 06/12/2026", "6/12/2026 lúc 23h59"),
    ],
)
def test_an_instant_may_be_spelt_as_people_spell_it(written):
    closes_at = read_contest(changed("2026-12-06T24:00", written)).rules.rounds[0].closes_at
    assert closes_at == datetime(2026, 12, 6, 16, 59, tzinfo=UTC)


def test_a_day_without_an_hour_is_answered_with_what_to_write():
    with pytest.raises(BadFile) as refused:
        read_contest(changed("2026-12-06T24:00", "2026-12-06"))
    assert "2026-12-06T00:00 (đầu ngày) hoặc 2026-12-06T24:00" in str(refused.value.problems[0])


@pytest.mark.parametrize("time", ["20", "{hours: 1}"])
def test_who_guesses_at_the_keys_of_a_group_is_told_all_of_them(time):
    with pytest.raises(BadFile) as refused:
        read_contest(changed("time: {minutes: 20}", f"time: {time}"))
    assert any("minutes" in each.text and "seconds_per_question" in each.text for each in refused.value.problems)


@pytest.mark.parametrize("zone", ["GMT+7", "utc+07:00", "+07:00"])
def test_vietnam_may_be_named_by_its_hours(zone):
    rules = read_contest(changed("  rounds:", f"  timezone: {zone}\n  rounds:")).rules
    assert rules.timezone == "Asia/Ho_Chi_Minh"


def test_times_are_local_to_the_zone_of_the_file():
    rules = read_contest(changed("  rounds:", "  timezone: Asia/Tokyo\n  rounds:")).rules
    assert rules.opens_at == datetime(2026, 11, 30, 22, 0, tzinfo=UTC)


@pytest.mark.parametrize("text", ["280729", "007", '"no"', "1e5", "12:30"])
def test_an_entry_code_stays_as_it_was_typed(text):
    rules = read_contest(changed("  rounds:", f"  entry: {{code: {text}}}\n  rounds:")).rules
    assert rules.entry.code == text.strip('"')


@pytest.mark.parametrize(
    ("old", "new", "place", "said"),
    [
        ("slug: nq02-2026", "slug: NQ 02", (2, "slug"), "chữ thường không dấu"),
        ("slug: nq02-2026", "slug: new", (2, "slug"), "dành riêng"),
        ("  organiser: LDLD-GL\n", "", (1, "organiser"), "thiếu khóa"),
        ("organiser: LDLD-GL", "organiser:", (4, "organiser"), "còn trống"),
        ("organiser: LDLD-GL", "organizer: LDLD-GL", (4, "organizer"), "có phải “organiser”?"),
        ("  rounds:", "  timezone: Asia/Saigon2\n  rounds:", (5, "timezone"), "Asia/Ho_Chi_Minh"),
        ("  rounds:", "  timezone: ../../etc\n  rounds:", (5, "timezone"), "không có múi giờ"),
        ("  rounds:", "  identity: [phone]\n  rounds:", (5, "identity"), "full_name, birth_date, phone, unit"),
        ("  rounds:", "  audience: {units: [A, A]}\n  rounds:", (5, "audience.units"), "khác nhau"),
        ("  rounds:", "  entry: mã 123\n  rounds:", (5, "entry"), "nhóm khóa"),
        ("  rounds:", "  entry: {registration: maybe}\n  rounds:", (5, "entry.registration"), "open, closed"),
        ("  rounds:", "  slug: again\n  rounds:", (5, "slug"), "đã có ở trên"),
        ("  rounds:", "  minutes: 20\n  rounds:", (5, "minutes"), "thuộc phần “rounds.time”"),
        ("tuan-1", "Tuần 1", (6, "rounds.1.key"), "chữ thường không dấu"),
        ("2026-12-06T24:00", "2026-12-01T07:00", (9, "rounds.1.closes"), "sau khi mở"),
        ("{minutes: 20}", "{minutes: 1440}\n      closes: 2026-12-01T07:00", (11, "rounds.1.closes"), "đã có ở trên"),
        ("{minutes: 20}", "{minutes: 0}", (10, "rounds.1.time.minutes"), "từ 1 đến 1440"),
        ("{minutes: 20}", "{minutes: hai mươi}", (10, "rounds.1.time.minutes"), "số nguyên"),
        ("{minutes: 20}", "20", (10, "rounds.1.time"), "nhóm khóa"),
        ("2026-12-06T24:00", "2026-12-01T07:10", (10, "rounds.1.time.minutes"), "dài hơn cả đợt thi"),
        ("count: 12", "count: 0", (12, "rounds.1.paper.1.count"), "từ 1 đến"),
        ("count: 12", "count: 12.5", (12, "rounds.1.paper.1.count"), "số nguyên"),
        ("count: 12", "count: 12, level: vừa", (12, "rounds.1.paper.1.level"), "de, trung_binh, kho"),
        ("  rounds:", "  publish: {names: none at all}\n  rounds:", (5, "publish.names"), "masked, full"),
        ("  rounds:", "  standings: [{key: a, rounds: [tuan-9]}]\n  rounds:", (5, "standings.1.rounds"), "“tuan-9”"),
        ("  rounds:", "  standings: [{key: a}, {key: a}]\n  rounds:", (5, "standings.2.key"), "đã dùng"),
        ("  rounds:", "  standings: [{key: a, measure: rate}]\n  rounds:", (5, "standings.1.measure"), "of: unions"),
        ("  rounds:", "  standings: {key: a}\n  rounds:", (5, "standings"), "danh sách"),
        ("time:", "marks: {right: 0}\n      time:", (10, "rounds.1.marks.right"), "lớn hơn 0"),
        ("time:", "marks: {right: 0.125}\n      time:", (10, "rounds.1.marks.right"), "0.5"),
        ("time:", "attempts: {limit: -1}\n      time:", (10, "rounds.1.attempts.limit"), "từ 1"),
    ],
)
def test_what_is_wrong_is_named_with_its_line_and_the_remedy(old, new, place, said):
    found = problems(changed(old, new))
    assert place in [(row, column) for row, column, _ in found]
    assert said in " ".join(text for row, column, text in found if (row, column) == place)


def with_essay(keys: str, *, time: str = "{minutes: 20}", paper: str = "[{bank: luat, count: 5}]") -> str:
    """The essay's keys stand in line 12."""
    head = MINIMAL[: MINIMAL.index("      time:")]
    return f"{head}      time: {time}\n      paper: {paper}\n      essay: {keys}\n"


def test_every_key_of_an_essay_is_taken():
    text = with_essay(
        '{prompt: "Đề xuất một ý tưởng.", marks: 7.5, words: {min: 100, max: 500, count: tu}, rubric: sang-kien, '
        "judges: 2, gap: 0.5, combine: median, resolution: chair}"
    )
    rules = read_contest(text).rules.rounds[0]
    assert rules.essay == EssayRule(
        *("Đề xuất một ý tưởng.", 750, "sang-kien", 100, 500, WordUnit.TU, 2, 50, Combine.MEDIAN, Resolution.CHAIR)
    )
    assert rules.max_mark == 5 * 100 + 750


def test_what_may_be_added_and_what_comes_after_the_marks_is_taken():
    text = with_essay(
        "{prompt: Viết, marks: 5, files: {kinds: [photo, pdf], count: 8, megabytes: 3}, hand_in_again: true, "
        "giving: pull, feedback: published, appeals: {until: 2026-12-31T24:00}}",
        time="none",
        paper="none",
    )
    essay = read_contest(text).rules.rounds[0].essay
    assert essay.files == FilesRule((FileKind.PHOTO, FileKind.PDF), 8, 3)
    assert (essay.hand_in_again, essay.giving, essay.feedback) == (True, Giving.PULL, FeedbackWhen.PUBLISHED)
    assert essay.appeals_until == datetime(2026, 12, 31, 17, tzinfo=UTC)


def test_an_essay_alone_may_have_until_the_round_closes():
    rules = read_contest(with_essay("{prompt: Viết, marks: 10}", time="none", paper="none")).rules.rounds[0]
    assert (rules.time_limit, rules.draws, rules.max_mark) == (None, (), 1000)
    assert rules.essay == EssayRule("Viết", 1000)


@pytest.mark.parametrize(
    ("written", "gap"),
    [("20%", 150), ("20 %", 150), ("1", 100), ("0.25", 25), ("7.49", 749), ("99%", 742), ("none", None)],
)
def test_a_gap_is_in_marks_or_in_per_cent_of_the_essays_marks(written, gap):
    text = with_essay(f"{{prompt: Viết, marks: 7.5, gap: {written}}}")
    assert read_contest(text).rules.rounds[0].essay.gap == gap


@pytest.mark.parametrize(
    ("keys", "key", "said"),
    [
        ("Viết đi", "", "nhóm khóa"),
        ("{marks: 5}", "prompt", "thiếu khóa"),
        ("{prompt: Viết}", "marks", "thiếu khóa"),
        ("{prompt: Viết, marks: 0}", "marks", "lớn hơn 0"),
        ("{prompt: Viết, marks: 1001}", "marks", "tối đa 1000"),
        ("{prompt: Viết, marks: 5, judges: 6}", "judges", "từ 1 đến 5"),
        ("{prompt: Viết, marks: 5, words: {min: 500, max: 100}}", "words.min", "không quá “max”"),
        ("{prompt: Viết, marks: 5, words: {max: 0}}", "words.max", "từ 1 đến 5000"),
        ("{prompt: Viết, marks: 5, words: {count: ky-tu}}", "words.count", "tu, chu"),
        ("{prompt: Viết, marks: 5, words: {most: 100}}", "words.most", "min, max, count"),
        ("{prompt: Viết, marks: 5, gap: 1, judges: 3}", "gap", "judges: 2 hoặc bỏ “gap”"),
        ("{prompt: Viết, marks: 5, gap: một}", "gap", "0.5"),
        ("{prompt: Viết, marks: 5, gap: 0%}", "gap", "20%"),
        ("{prompt: Viết, marks: 5, gap: 100%}", "gap", "nhiều nhất 5 điểm"),
        ("{prompt: Viết, marks: 5, gap: 5}", "gap", "nhiều nhất 5 điểm"),
        ("{prompt: Viết, marks: 5, gap: 2.5, combine: sum, judges: 2}", "gap", "nhiều nhất 2,5 điểm"),
        ("{prompt: Viết, marks: 5, judges: 3, combine: sum}", "marks", "chia hết cho 3"),
        ("{prompt: Viết, marks: 5, combine: max}", "combine", "mean, median, sum"),
        ("{prompt: Viết, marks: 5, resolution: median}", "resolution", "chỉ dùng khi có “gap”"),
        ("{prompt: Viết, marks: 5, files: {kinds: [video]}}", "files.kinds", "photo, pdf, docx"),
        ("{prompt: Viết, marks: 5, files: {count: 21}}", "files.count", "từ 1 đến 20"),
        ("{prompt: Viết, marks: 5, files: {megabytes: 11}}", "files.megabytes", "từ 1 đến 10"),
        ("{prompt: Viết, marks: 5, hand_in_again: true}", "hand_in_again", "paper: none"),
        ("{prompt: Viết, marks: 5, giving: auto}", "giving", "push, pull"),
        ("{prompt: Viết, marks: 5, feedback: always}", "feedback", "never, settled, published"),
        ("{prompt: Viết, marks: 5, appeals: {until: 2020-01-01T07:00}}", "appeals.until", "muộn hơn “closes”"),
        ("{prompt: Viết, marks: 5, gap: 1, resolution: dice}", "resolution", "nearest, median, chair"),
    ],
)
def test_what_is_wrong_with_an_essay_is_named_with_its_line_and_the_remedy(keys, key, said):
    ((row, column, text),) = problems(with_essay(keys))
    assert (row, column) == (12, f"rounds.1.essay.{key}".rstrip("."))
    assert said in text


def test_only_a_round_with_an_essay_may_be_without_a_paper():
    assert places(with_essay("none", time="none", paper="none")) == [(11, "rounds.1.paper")]
    without = with_essay("{prompt: Viết, marks: 5}").replace("      paper: [{bank: luat, count: 5}]\n", "")
    assert problems(without) == [(6, "rounds.1.paper", "thiếu khóa “paper”")]


def test_rounds_and_draws_must_not_be_empty():
    assert places(MINIMAL[: MINIMAL.index("  rounds")]) == [(1, "rounds")]
    assert places(changed("- {bank: nghi-quyet-02, count: 12}", "[]")) == [(11, "rounds.1.paper")]


def test_all_that_is_wrong_is_said_at_once_in_the_order_of_the_file():
    text = MINIMAL.replace("nq02-2026", "?!").replace("24:00", "24:30").replace("count: 12", "cuont: 12")
    assert places(text) == [
        (2, "slug"),
        (9, "rounds.1.closes"),
        (12, "rounds.1.paper.1.count"),
        (12, "rounds.1.paper.1.cuont"),
    ]


def test_rounds_that_share_a_limit_must_agree_on_it():
    first = MINIMAL.replace("time:", "attempts: {limit: 2, per: contest}\n      time:")
    second = first[first.index("    - key") :].replace("tuan-1", "tuan-2").replace("limit: 2", "limit: 3")
    assert places(first + second) == [(5, "rounds")]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("contest:\n\tslug: a", 2, "phím Tab"),
        ("contest:\n  title: Thi: vòng 1", 2, "ngoặc kép"),
        ('contest:\n  title: "Thi', 2, "ngoặc kép đóng"),
        ("contest:\n  rounds: [a, b\n  slug: a", 3, "ngoặc đóng"),
        ("contest:\n  slug: a\n title: b", 3, "thụt đầu dòng"),
        ("a: &x [1]\nb: *x", 1, "“*” và “&”"),
        ("contest:\n  slug: *x", 2, "“*” và “&”"),
        ("contest:\n  slug: !!python/name:os.system a", 2, "không dùng được ký hiệu"),
        ("contest:\n  slug: a\n---\ncontest:", 3, "một phần"),
        ("contest:\n  slug: \x07", 2, "ký tự điều khiển"),
        ("contest: " + "[" * 200_000, 1, "cấp lồng nhau"),
        ("contest: " + "{a: " * 30 + "}" * 30, 1, "cấp lồng nhau"),
        ("#" * 300_000, 0, "256 kB"),
        ("contest:\n  slug: Tuần".encode("utf-16"), 1, "UTF-8"),
        (b"contest:\n  title: Tu\xe2n", 2, "UTF-8"),
    ],
)
def test_broken_yaml_is_a_sentence_with_its_line(text, line, said):
    ((row, _, sentence),) = problems(text)
    assert row == line
    assert said in sentence


@pytest.mark.parametrize("text", ["", "xin chào", "- a\n- b", "# chỉ có ghi chú"])
def test_what_is_no_contest_is_told_where_to_begin(text):
    assert any("contest:" in sentence or "nhóm khóa" in sentence for _, _, sentence in problems(text))


def test_keys_beside_contest_are_told_where_they_belong():
    text = MINIMAL + "publish: {board: live}\n"
    assert problems(text) == [
        (13, "publish", "không có khóa “publish”; khóa này thuộc phần “contest”, xin chuyển vào đó")
    ]


def test_a_key_that_says_none_is_as_good_as_absent():
    text = changed("  rounds:", "  divisions: []\n  prizes: null\n  entry: {code: none}\n  rounds:")
    assert read_contest(text).rules == read_contest(MINIMAL).rules


def test_the_line_of_a_key_is_known_and_that_of_an_absent_one_is_its_parents():
    file = read_contest(MINIMAL)
    assert [file.line_of(path) for path in ("rounds.1.paper.1.bank", "rounds.1.paper.1.topic", "audience")] == [
        12,
        12,
        0,
    ]


def test_text_is_composed_at_the_door():
    decomposed = changed("Tuần 1", "Tua\u0302\u0300n  1")
    assert read_contest(decomposed).rules.rounds[0].title == "Tuần 1"


def test_a_byte_order_mark_and_carriage_returns_do_no_harm():
    data = b"\xef\xbb\xbf" + MINIMAL.replace("\n", "\r\n").encode()
    assert read_contest(data).rules == read_contest(MINIMAL).rules


def test_the_documents_example_is_taken():
    page = (Path(__file__).parents[2] / "docs" / "contest-file.md").read_text()
    example = page[page.index("```yaml\n") + 8 :]
    read_contest(example[: example.index("```")])
