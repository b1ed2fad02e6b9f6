"""Rows of the form: fixed papers, draws of practice, weights of a board of unions."""

from sqlalchemy import select

from quizapp.db import session, transaction
from quizapp.formats.contest_tree import checked
from quizapp.models import Question, QuestionVersion
from tests.drafting.desk import begin, do, stored, write


def test_fixed_papers_are_filled_in_and_take_the_place_of_draws(desk, province, cast):
    cast.bank("luat", single=4)
    home = begin(desk, province, "mot-dot")
    url = f"{home}/parts/rounds/1"
    emptied = {f"paper-{row}-{key}": "" for row in (1, 2, 3) for key in ("source", "count", "section")}
    refs = list(_asked())
    papers = {
        "papers-1-bank": "luat",
        "papers-1-questions": "\r\n".join(refs[:2]),
        "papers-2-bank": "luat",
        "papers-2-questions": f"luat:{refs[2]}\r\n{refs[3]}",
    }
    write(desk, url, **emptied, **papers, choose_paper="y")
    round_ = stored().tree["rounds"][0]
    assert "paper" not in round_
    assert [each["key"] for each in round_["papers"]] == ["de-1", "de-2"]
    rules = checked(stored().tree).file.rules.rounds[0]
    assert [[one.ref for one in paper.questions] for paper in rules.papers] == [refs[:2], refs[2:]]
    assert (rules.papers[1].title, rules.chooses_paper) == ("Đề 2", True)
    page = desk.get(url).text
    assert _asked()[refs[3]] in page
    write(desk, url, **{"papers-2-bank": "", "papers-2-questions": "", "choose_paper": []})
    assert [each["key"] for each in stored().tree["rounds"][0]["papers"]] == ["de-1"]


def test_papers_of_different_lengths_are_told_at_the_shorter_one(desk, province):
    home = begin(desk, province, "mot-dot")
    url = f"{home}/parts/rounds/1"
    write(
        desk,
        url,
        **{"papers-1-questions": "luat:a\nluat:b", "papers-2-questions": "luat:a"},
        **{"paper-1-source": "", "paper-1-count": ""},
    )
    assert 'id="papers-2-questions-error"' in desk.get(url).text


def test_practice_draws_its_own_questions(desk, province):
    home = begin(desk, province, "mot-dot")
    url = f"{home}/parts/rounds/1"
    write(desk, url, **{"practice-paper-1-source": "luat", "practice-paper-1-count": "5"})
    practice = stored().tree["rounds"][0]["practice"]
    assert practice["paper"] == [{"bank": "luat", "count": 5}]
    write(desk, url, practice=[])
    assert "practice" not in stored().tree["rounds"][0]


def test_a_board_of_unions_is_ranked_by_weighted_measures(desk, province):
    home = begin(desk, province, "mot-dot")
    do(desk, home, "standings", "add-unions")
    number = len(stored().tree["standings"])
    url = f"{home}/parts/standings/{number}"
    write(desk, url, title="Toàn diện", weights__sum="1", weights__entrants="0,5")
    board = checked(stored().tree).file.rules.boards[number - 1]
    assert {each.measure.value: each.hundredths for each in board.weights} == {"sum": 100, "entrants": 50}
    write(desk, url, weights__sum="", weights__entrants="", measure="mean")
    assert "weights" not in stored().tree["standings"][number - 1]


def _asked():
    """Return the ids of the questions of the bank, each with its words."""
    asked = select(Question.ref, QuestionVersion.prompt).join(
        QuestionVersion, QuestionVersion.id == Question.current_id
    )
    with transaction(writes=False):
        return dict(session.execute(asked.order_by(Question.ref)).tuples().all())
