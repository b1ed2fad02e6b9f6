"""Citations are held against the register: what is there, which places it has, when it holds."""

from dataclasses import replace

import pytest

from quizapp.formats.questions.checks.grounds import read_laws
from tests.formats.questions.checks.conftest import ARTICLES, GROUNDS, KNOWN, QUESTION, changed, written

CITATION = QUESTION[QUESTION.index("    citation:") :]
CLAUSE_2 = (("Điều 25 khoản 1", "Điều 25 khoản 2"), ('clause: "khoản 1"', 'clause: "khoản 2"'))
RESOLUTION = (
    ("Luật Mẫu 2020, Điều 25 khoản 1", "Nghị quyết số 3-NQ/TW ngày 12/6/2021 (theo Báo A)"),
    (CITATION, '    citation:\n      document: "3-NQ/TW ngày 12/6/2021"\n'),
    ("    valid_from: 2021-01-01\n", ""),
    ("180 ngày", "13,5 triệu"),
)


def test_a_question_that_keeps_all_rules_passes(found):
    assert found(written(QUESTION)) == ([], [])


@pytest.mark.parametrize(
    ("changes", "column", "said"),
    [
        ([(CITATION, "")], "citation", "thiếu"),
        ([('"1/2020/QH14"', '"9/2020/QH14"')], "citation.document", "danh mục văn bản không có số “9/2020/QH14”"),
        ([("Điều 25 khoản 1", "Điều 99 khoản 1"), ('"Điều 25"', '"Điều 99"')], "source", "không có Điều 99"),
        ([("Điều 25 khoản 1", "Điều 25 khoản 3"), ('"khoản 1"', '"khoản 3"')], "source", "không có khoản 3"),
        ([('"Điều 25"', '"Điều 26"')], "citation", "không khớp với source"),
        ([('"khoản 1"', '"khoản 2"')], "citation", "không khớp với source"),
        ([("    valid_from: 2021-01-01\n", "")], "valid_from", "ví dụ 2021-01-01"),
        ([("valid_from: 2021-01-01", "valid_from: 2020-12-31")], "valid_from", "trước ngày 01/01/2021"),
        (CLAUSE_2, "valid_from", "trước ngày 01/07/2026"),
        ([("Mẫu 2020", "Cũ 2012"), ("1/2020/QH14", "2/2012/QH13")], "source", "được thay bằng 1/2020/QH14"),
        (
            [("Điều 25 khoản 1", "Điều 1"), ('"Điều 25"', '"Điều 1"'), ('      clause: "khoản 1"\n', "")],
            "source",
            "đã bãi bỏ",
        ),
    ],
)
def test_a_citation_that_does_not_bear_the_key_is_named(found, changes, column, said):
    problems, _ = found(written(changed(*changes)))
    assert [text for path, text in problems if path == f"thu-viec.{column}" and said in text]


def test_an_inserted_clause_is_a_place_of_the_text(found):
    changes = [("Điều 25 khoản 1", "Điều 26 khoản 1a"), ('"Điều 25"', '"Điều 26"'), ('"khoản 1"', '"khoản 1a"')]
    assert [path for path, _ in found(written(changed(*changes)))[0] if "source" in path or "citation" in path] == []


def test_a_second_document_of_a_source_is_looked_at_too(found):
    problems, _ = found(written(changed(('khoản 1"\n    conf', 'khoản 1; Luật Cũ 2012, Điều 25"\n    conf'))))
    assert [path for path, text in problems if "hết hiệu lực" in text] == ["thu-viec.source"]


def test_a_key_is_right_no_longer_than_what_it_rests_on(found):
    ending = replace(
        GROUNDS, laws=read_laws(KNOWN.replace("2021-01-01}", "2021-01-01, in_force_to: 2026-12-31}"), ARTICLES)
    )
    assert [path for path, _ in found(written(QUESTION), grounds=ending)[0]] == ["thu-viec.valid_to"]
    until = changed(("valid_from: 2021-01-01", "valid_from: 2021-01-01\n    valid_to: 2026-12-31"))
    assert found(written(until), grounds=ending) == ([], [])


def test_an_essay_needs_no_days_since_it_is_not_drawn(found):
    essay = changed(("kind: single", "kind: essay\n    rubric: y-tuong"), ("    valid_from: 2021-01-01\n", ""))
    options = essay[essay.index("    options:") : essay.index("    explanation:")]
    assert found(written(essay.replace(options, ""))) == ([], [])


def test_a_resolution_needs_neither_article_nor_days(found):
    assert found(written(changed(*RESOLUTION), title="Nghị quyết")) == ([], [])


def test_history_at_second_hand_names_its_source_instead_of_a_document(found):
    history = changed(
        (CITATION, ""),
        ("Luật Mẫu 2020, Điều 25 khoản 1", "Lịch sử Công đoàn Việt Nam (dẫn theo Báo A)"),
        ("van_ban", "thu_cap"),
        ("180 ngày", "năm 1929"),
    )
    assert found(written(history, title="Lịch sử")) == ([], [])
    problems, _ = found(written(history.replace("(dẫn theo Báo A)", ""), title="Lịch sử"))
    assert [path for path, _ in problems] == ["thu-viec.citation"]


def test_a_bank_of_others_is_told_of_places_that_are_not_there_and_reminded_of_the_rest(found):
    problems, remarks = found(written(changed(("Điều 25 khoản 1", "Điều 99"), (CITATION, ""))), strict=False)
    assert [path for path, _ in problems] == ["thu-viec.source"]
    old = changed((CITATION, ""), ("Mẫu 2020", "Cũ 2012"))
    problems, remarks = found(written(old), strict=False)
    assert (problems, [path for path, _ in remarks]) == ([], ["thu-viec.source"])
