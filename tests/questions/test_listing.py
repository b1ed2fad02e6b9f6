"""The list of a bank: search, filters, what can be drawn, and one change to many questions with its undo."""

from dataclasses import replace

import pytest

from quizapp.banks.queries import bank_of
from quizapp.db import transaction
from quizapp.errors import ChangedMeanwhile, QuestionRefused
from quizapp.questions import actions, bulk, queries
from quizapp.questions.queries import Wish
from quizapp.vocabulary import BulkChange, Level, QuestionKind, QuestionState, Role
from tests.conftest import NOON
from tests.questions.conftest import CONTENT

PAGE = "/organise/banks/rieng/questions"


@pytest.fixture
def three(desk):
    """A law question in use, a hard one with a tag that cites a law, one without its key."""
    with transaction():
        bank_of(desk.bank).topics = {"chung": "Chung", "luat": "Luật", "luat/luong": "Lương"}
    return [
        desk.make(replace(CONTENT, topic="luat"), use=True),
        desk.make(
            replace(
                CONTENT,
                prompt="Lương tối thiểu?",
                topic="luat/luong",
                level=Level.HARD,
                tags=("lương",),
                document="1/2",
            ),
            use=True,
        ),
        desk.make(replace(CONTENT, kind=QuestionKind.SHORT, options=(), prompt="Ai là chủ tịch?")),
    ]


@pytest.mark.parametrize(
    ("wish", "places"),
    [
        (Wish(), [0, 1, 2]),
        (Wish(q="luong TOI thieu"), [1]),
        (Wish(q="180 ngay"), [0, 1]),
        (Wish(topic="luat"), [0, 1]),
        (Wish(topic="luat/luong"), [1]),
        (Wish(kind="short"), [2]),
        (Wish(level="kho"), [1]),
        (Wish(tag="lương"), [1]),
        (Wish(state="draft"), [2]),
        (Wish(state="in_use", q="thu viec"), [0]),
        (Wish(document="1/2"), [1]),
        (Wish(flagged="1"), [2]),
    ],
)
def test_each_filter_finds_its_questions(desk, three, wish, places):
    with transaction(writes=False):
        found = queries.matching(queries.listed(bank_of(desk.bank)), wish)
    assert [each.question.id for each in found] == [three[place] for place in places]


def test_what_can_be_drawn_is_counted_by_topic_and_level(desk, three):
    with transaction(writes=False):
        counted = queries.drawable(queries.listed(bank_of(desk.bank)))
    assert counted == {("luat", "de"): 1, ("luat/luong", "kho"): 1}


def change(desk, ids, what, value="", tags=()):
    with transaction():
        bank = bank_of(desk.bank)
        made = bulk.plan(bank, ids, bulk.Change(what, value, tags))
        return bulk.carry_out(bank, made, by=desk.author, now=NOON).id, made


def undo(desk, event):
    with transaction():
        return bulk.undo(bank_of(desk.bank), event, by=desk.author, now=NOON)


def test_many_get_a_topic_and_what_was_in_use_stays_in_use(desk, three):
    event, made = change(desk, three, BulkChange.TOPIC, "luat")
    assert ([each.question.id for each in made.done], len(made.left)) == (three[1:], 1)
    stands = desk.stands(three[1])
    assert (stands.version.topic, stands.version.number, stands.state) == ("luat", 2, QuestionState.IN_USE)
    assert desk.content(three[1], 1).topic == "luat/luong"
    assert desk.stands(three[2]).state is QuestionState.DRAFT
    assert undo(desk, event) == 2
    stands = desk.stands(three[1])
    assert (stands.version.topic, stands.version.number, stands.state) == ("luat/luong", 3, QuestionState.IN_USE)


def test_where_review_is_asked_a_bulk_change_is_a_draft(desk, three):
    desk.wants_review()
    change(desk, three[:1], BulkChange.LEVEL, "kho")
    assert desk.stands(three[0]).state is QuestionState.REVISED
    assert desk.stands(three[0]).question.current.level == "de"


def test_tags_are_added_and_dropped(desk, three):
    change(desk, three, BulkChange.ADD_TAGS, tags=("2026", "lương"))
    assert desk.content(three[1]).tags == ("lương", "2026")
    change(desk, three, BulkChange.DROP_TAGS, tags=("lương",))
    assert [desk.content(each).tags for each in three] == [("2026",)] * 3


def test_retiring_is_undone_and_putting_into_use_leaves_the_unfinished(desk, three):
    event, _ = change(desk, three, BulkChange.RETIRE)
    assert {desk.stands(each).state for each in three} == {QuestionState.RETIRED}
    undo(desk, event)
    assert [desk.stands(each).state for each in three] == [
        QuestionState.IN_USE,
        QuestionState.IN_USE,
        QuestionState.DRAFT,
    ]
    _, made = change(desk, three, BulkChange.USE)
    assert (made.done, len(made.left)) == ([], 3)


def test_nothing_is_undone_when_one_was_changed_since(desk, three):
    event, _ = change(desk, three, BulkChange.RETIRE)
    with transaction():
        actions.restore(bank_of(desk.bank), three[0], by=desk.author, now=NOON)
    with pytest.raises(ChangedMeanwhile):
        undo(desk, event)
    assert desk.stands(three[1]).state is QuestionState.RETIRED


def test_the_event_of_another_bank_undoes_nothing(desk, three, cast):
    event, _ = change(desk, three, BulkChange.RETIRE)
    cast.bank("khac", single=0, union=desk.province)
    with pytest.raises(QuestionRefused), transaction():
        bulk.undo(bank_of("khac"), event, by=desk.author, now=NOON)


def test_a_bulk_change_is_shown_first_then_done_then_undone_on_the_page(desk, three, author):
    asked = {"chosen": [str(each) for each in three[:2]], "change": "retire"}
    page = author.submit(f"{PAGE}/bulk", asked).get_data(as_text=True)
    assert "2 câu sẽ thay đổi" in page
    assert desk.stands(three[0]).state is QuestionState.IN_USE
    done = author.submit(f"{PAGE}/bulk", {**asked, "confirm": "1"})
    assert desk.stands(three[0]).state is QuestionState.RETIRED
    page = author.get(done.location).get_data(as_text=True)
    assert "Hoàn tác" in page
    author.submit(f"{PAGE}/bulk/undo", {"event": done.location.split("done=")[1].split("&")[0]})
    assert desk.stands(three[0]).state is QuestionState.IN_USE


def test_the_whole_of_what_was_found_is_what_the_filter_finds(desk, three, author):
    asked = {"whole": "1", "f-topic": "luat", "change": "level", "level": "trung_binh", "confirm": "1"}
    author.submit(f"{PAGE}/bulk", asked)
    assert [desk.stands(each).version.level for each in three] == ["trung_binh", "trung_binh", "de"]


def test_marking_nothing_is_told(desk, three, author):
    reply = author.submit(f"{PAGE}/bulk", {"change": "retire"})
    assert (reply.status_code, "Chưa chọn câu nào" in reply.get_data(as_text=True)) == (409, True)


def test_many_are_moved_at_once(desk, three, author, cast):
    cast.bank("khac", single=0, union=desk.province)
    asked = {"chosen": [str(each) for each in three], "change": "move", "to": "khac", "confirm": "1"}
    author.submit(f"{PAGE}/bulk", asked)
    with transaction(writes=False):
        assert len(queries.listed(bank_of("khac"))) == 3
        assert queries.listed(bank_of("rieng")) == []


def test_the_list_shows_states_and_what_can_be_drawn(desk, three, author):
    page = author.get(f"{PAGE}?state=draft").get_data(as_text=True)
    assert "Ai là chủ tịch?" in page
    assert "Lương tối thiểu?" not in page
    assert "1 câu còn phải bổ sung" in page


def test_who_may_only_use_a_bank_sees_no_button_that_changes_it(app, cast, desk, three):
    below = cast.union("CĐCS Dệt", parent=desk.province)
    from_below = cast.person("Phạm Xem", union=below, roles=[(Role.ORGANISER, below)])
    page = cast.log_in(app.test_client(), from_below).get(PAGE).get_data(as_text=True)
    assert "Lương tối thiểu?" in page
    assert "Soạn câu hỏi" not in page
    assert 'name="chosen"' not in page


def test_whoever_gives_up_a_bulk_change_is_back_at_what_was_found(author, three):
    sent = {"whole": "1", "f-topic": "luat", "change": "level", "level": "de"}
    page = author.submit(f"{PAGE}/bulk", sent).get_data(as_text=True)
    assert f'href="{PAGE}?topic=luat">Thôi' in page


def test_an_empty_bank_says_how_it_gets_its_first_question(author):
    page = author.get(PAGE).get_data(as_text=True)
    assert "/organise/banks/rieng/import" in page
    assert 'role="search"' not in page


def test_a_page_beyond_the_last_shows_the_last(author, three):
    page = author.get(f"{PAGE}?page=99").get_data(as_text=True)
    assert "Lương tối thiểu?" in page


def test_what_a_bulk_change_leaves_stands_under_its_reason_told_once(author, desk, three):
    desk.wants_review()
    more = desk.make(replace(CONTENT, prompt="Còn chờ?"))
    sent = {"chosen": [str(more), str(desk.make())], "change": "use"}
    page = author.submit(f"{PAGE}/bulk", sent).get_data(as_text=True)
    assert page.count("cần người thứ hai duyệt") == 1
    assert "Còn chờ?" in page
