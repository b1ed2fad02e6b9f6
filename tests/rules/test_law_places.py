"""Where citations point."""

import pytest

from quizapp.rules.law_places import LawPlace, first_citation, law_places


@pytest.mark.parametrize(
    ("source", "places", "first"),
    [
        ("Luật A, Điều 25 khoản 1", [LawPlace("Luật A", "25", "1")], ("Luật A", "Điều 25", "khoản 1")),
        ("Luật An toàn, vệ sinh 2015, Điều 4", [LawPlace("Luật An toàn, vệ sinh 2015", "4")], ("", "Điều 4", "")),
        (
            "Luật A, Điều 107 khoản 2 và Điều 108",
            [LawPlace("Luật A", "107", "2"), LawPlace("Luật A", "108")],
            ("Luật A", "Điều 107", "khoản 2"),
        ),
        (
            "Luật A, Điều 3 khoản 1 điểm a, điểm b và khoản 2 (đã sửa đổi); Nghị định 135/2020/NĐ-CP, Điều 4",
            [
                LawPlace("Luật A", "3", "1", "a"),
                LawPlace("Luật A", "3", "1", "b"),
                LawPlace("Luật A", "3", "2"),
                LawPlace("Nghị định 135/2020/NĐ-CP", "4"),
            ],
            ("Luật A", "Điều 3", "khoản 1 điểm a, điểm b và khoản 2"),
        ),
        ("Nghị quyết số 2, Mục III (dẫn theo Báo B)", [LawPlace("Nghị quyết số 2, Mục III")], ("", "", "")),
        ("", [LawPlace("")], ("", "", "")),
    ],
)
def test_a_citation_is_taken_apart(source, places, first):
    assert law_places(source) == places
    document, article, clause = first_citation(source)
    assert (article, clause) == first[1:]
    assert document == places[0].document
