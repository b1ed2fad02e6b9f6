"""Questions that are the same or nearly so, within a bank and between banks."""

from tests.formats.questions.checks.conftest import QUESTION, changed, written

OTHER = QUESTION.replace("id: thu-viec", "id: khac")
LONG = "Theo quy định của Luật Mẫu, thời gian thử việc tối đa của người quản lý doanh nghiệp nhà nước là bao nhiêu ngày"
LIKE = changed(("Thời gian thử việc của người quản lý tối đa là bao nhiêu?", f"{LONG}?"))
LIKER = LIKE.replace("id: thu-viec", "id: khac").replace(f"{LONG}?", f"{LONG} ấy?")


def test_the_same_prompt_in_another_bank_is_a_problem_and_names_the_bank(found):
    problems, _ = found(written(QUESTION), written(OTHER, code="khac"))
    assert problems == [("khac.prompt", "trùng câu “luat/thu-viec”; xin viết khác đi hoặc bỏ một câu")]


def test_nearly_the_same_prompt_with_the_same_key_is_a_problem(found):
    [(path, text)] = found(written(LIKE, LIKER))[0]
    assert path == "khac.prompt"
    assert text.startswith("gần giống câu “thu-viec” ở dòng")


def test_with_another_key_or_other_numbers_it_is_a_remark(found):
    swapped = LIKER.replace('right: "180 ngày"', 'wrong: "180 ngày"').replace('wrong: "60 ngày"', 'right: "60 ngày"')
    problems, remarks = found(written(LIKE, swapped))
    assert [path for path, text in problems if "gần giống" in text] == []
    assert [path for path, text in remarks if "gần giống" in text] == ["khac.prompt"]


def test_other_questions_pass(found):
    other = OTHER.replace("Thời gian thử việc của người quản lý tối đa", "Nghỉ phép của ai được cộng thêm")
    assert found(written(QUESTION), written(other, code="khac")) == ([], [])
