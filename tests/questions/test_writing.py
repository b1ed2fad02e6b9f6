"""Writing questions on the page: each kind, drafts, versions, pictures, topics; without JavaScript."""

import io
import re
from dataclasses import replace
from datetime import date

import pytest
from PIL import Image
from sqlalchemy import select

from quizapp.banks.queries import bank_of
from quizapp.db import session, transaction
from quizapp.errors import ChangedMeanwhile
from quizapp.models import AuditEvent, QuestionBank
from quizapp.questions import actions, queries
from quizapp.questions.comparing import compared
from quizapp.rules.question_content import STEM, OptionContent
from quizapp.vocabulary import Level, QuestionKind, QuestionState
from tests.conftest import NOON
from tests.questions.conftest import CONTENT

LIST = "/organise/banks/rieng/questions"
NEW = f"{LIST}/new"
TYPED = {
    "kind": "single",
    "prompt": "Thử việc người quản lý tối đa bao nhiêu ngày?",
    "options-0-text": "180 ngày",
    "options-0-right": "y",
    "options-1-text": "60 ngày",
    "options-2-text": "30 ngày",
    "topic": "chung",
    "level": "de",
    "confidence": "van_ban",
    "explanation": "Khoản 1 nói vậy.",
    "source": "Bộ luật Lao động, Điều 25",
    "action": "save",
}


def jpeg():
    made = io.BytesIO()
    Image.new("RGB", (60, 40), "red").save(made, "JPEG")
    return made.getvalue()


def only():
    """Return the one question of the bank."""
    with transaction(writes=False):
        (found,) = queries.listed(bank_of("rieng"))
        return found


def content():
    with transaction(writes=False):
        (found,) = queries.listed(bank_of("rieng"))
        return queries.content_of(found.version)


def send(browser, url=NEW, **changed):
    return browser.submit(url, {**TYPED, **changed})


def test_what_is_typed_is_kept_as_a_draft(author):
    assert send(author).status_code == 302
    assert content() == CONTENT
    assert only().state is QuestionState.DRAFT


def test_saving_into_use_is_one_step_without_review(author):
    send(author, action="use")
    assert only().state is QuestionState.IN_USE


def test_a_draft_may_lack_its_key_but_is_never_put_into_use(author):
    typed = {key: value for key, value in TYPED.items() if key != "options-0-right"}
    refused = author.submit(NEW, {**typed, "action": "use"})
    assert refused.status_code == 422
    assert "Chưa chọn đáp án đúng." in refused.get_data(as_text=True)
    assert "180 ngày" in refused.get_data(as_text=True)
    author.submit(NEW, typed)
    assert only().version.why == "Chưa chọn đáp án đúng."
    kept = only().question.id
    reply = author.submit(f"/organise/banks/rieng/questions/{kept}/state", {"action": "use", "number": "1"})
    assert reply.status_code == 409
    assert only().question.current_id is None
    assert content().right == frozenset()


def test_two_right_options_of_a_single_question_are_not_taken_for_one(author):
    assert send(author, **{"options-1-right": "y", "action": "use"}).status_code == 422


def test_every_kind_keeps_its_own_key(author, desk):
    kinds = {
        "multiple": {"options-1-right": "y"},
        "true_false": {"truth": "sai"},
        "number": {"value": "3,50", "tolerance": "0,1"},
        "short": {"accepted": "Nguyễn Đức Cảnh\nĐức Cảnh\n", "case_matters": "y"},
        "essay": {"suggested": "Nêu ba ý.\nMỗi ý một ví dụ.", "marks": "2,5"},
    }
    for kind, typed in kinds.items():
        assert send(author, kind=kind, action="use", **typed).status_code == 302, kind
    with transaction(writes=False):
        made = [queries.content_of(each.version) for each in queries.listed(bank_of("rieng"))]
    several, statement, number, short, essay = made
    assert several.right == {0, 1}
    assert [option.text for option in statement.options] == ["Đúng", "Sai"]
    assert statement.right == {1}
    assert (number.accepted, number.tolerance, number.options) == (("3.5",), "0.1", ())
    assert short.accepted == ("Nguyễn Đức Cảnh", "Đức Cảnh")
    assert (short.case_matters, short.accents_matter) == (True, False)
    assert (essay.suggested, essay.marks) == ("Nêu ba ý.\nMỗi ý một ví dụ.", 250)


def test_a_number_with_a_point_before_three_digits_is_asked_about(author):
    reply = send(author, kind="number", value="1.200", action="save")
    assert reply.status_code == 422
    assert "không dùng dấu chấm ngăn hàng nghìn" in reply.get_data(as_text=True)


def test_a_true_or_false_question_without_an_answer_has_no_key(author):
    send(author, kind="true_false")
    assert content().right == frozenset()
    assert only().version.why


def test_options_are_moved_and_dropped_by_buttons_and_keep_what_was_typed(author):
    page = send(author, action="down-0").get_data(as_text=True)
    assert page.index("60 ngày") < page.index("180 ngày") < page.index("30 ngày")
    page = send(author, action="drop-1").get_data(as_text=True)
    assert "60 ngày" not in page
    page = send(author, action="add").get_data(as_text=True)
    assert 'name="options-3-text"' in page
    assert "Thử việc người quản lý" in page


def test_a_new_topic_stands_below_those_that_are_named(author):
    send(author, topic="", new_topic="Hợp đồng / Thử việc")
    with transaction(writes=False):
        topics = bank_of("rieng").topics
    assert topics == {"chung": "Chung", "hop-dong": "Hợp đồng", "hop-dong/thu-viec": "Thử việc"}
    assert content().topic == "hop-dong/thu-viec"


def test_a_typed_topic_that_is_there_is_not_made_twice(author):
    send(author, topic="", new_topic="CHUNG")
    assert content().topic == "chung"


def test_citation_validity_and_tags_are_kept(author):
    send(
        author,
        document="45/2019/QH14",
        article="25",
        clause="khoản 1",
        link="https://example.org/luat",
        tags="thử việc, 2026; thử việc",
        valid_from="1/1/2021",
        valid_to="31/12/2027",
        level="kho",
    )
    kept = content()
    assert (kept.document, kept.article, kept.clause, kept.link) == (
        "45/2019/QH14",
        "25",
        "khoản 1",
        "https://example.org/luat",
    )
    assert (kept.valid_from, kept.valid_to) == (date(2021, 1, 1), date(2027, 12, 31))
    assert kept.tags == ("thử việc", "2026")
    assert kept.level is Level.HARD


@pytest.mark.parametrize(
    "wrong",
    [{"valid_from": "31/2/2026"}, {"valid_from": "2/1/2026", "valid_to": "1/1/2026"}, {"link": "javascript:alert(1)"}],
)
def test_what_cannot_be_is_not_even_a_draft(author, wrong):
    assert send(author, **wrong).status_code == 422


def test_a_picture_is_made_anew_and_one_without_words_is_marked_but_not_refused(author):
    page = author.submit(
        NEW, {**TYPED, "action": "upload", "file": (io.BytesIO(jpeg()), "a.jpg")}, content_type="multipart/form-data"
    ).get_data(as_text=True)
    digest = page.split('name="digest" type="hidden" value="')[1].split('"')[0]
    answer = send(author, action="use", digest=digest)
    assert answer.status_code == 302
    assert "1 ảnh chưa có lời mô tả" in author.get(answer.location).get_data(as_text=True)
    described = {"digest": digest, "alt": "Biển báo cấm lửa", "base": "1"}
    assert send(author, f"{answer.location}/edit", action="use", **described).status_code == 302
    assert "chưa có lời mô tả" not in author.get(answer.location).get_data(as_text=True)
    (picture,) = content().pictures
    assert (picture.digest, picture.position, picture.alt) == (digest, STEM, "Biển báo cấm lửa")
    served = author.get(f"/organise/banks/rieng/questions/pictures/{digest}")
    assert served.mimetype == "image/webp"


def test_the_list_marks_and_finds_questions_whose_pictures_nobody_described(author, desk):
    desk.make()
    page = author.submit(
        NEW, {**TYPED, "action": "upload", "file": (io.BytesIO(jpeg()), "a.jpg")}, content_type="multipart/form-data"
    ).get_data(as_text=True)
    digest = page.split('name="digest" type="hidden" value="')[1].split('"')[0]
    kept = send(author, digest=digest).location
    page = author.get(LIST).get_data(as_text=True)
    assert (page.count("Ảnh chưa có lời mô tả"), "1 câu có ảnh chưa mô tả" in page) == (1, True)
    found = author.get(f"{LIST}?undescribed=1").get_data(as_text=True)
    assert "Tìm thấy 1 câu hỏi." in found
    send(author, f"{kept}/edit", digest=digest, alt="Biển báo cấm lửa", base="1")
    assert "Tìm thấy 0 câu hỏi." in author.get(f"{LIST}?undescribed=1").get_data(as_text=True)


def test_what_is_no_picture_is_refused_with_what_to_do(author):
    page = author.submit(
        NEW,
        {**TYPED, "action": "use", "options-1-file": (io.BytesIO(b"GIF? no"), "a.jpg")},
        content_type="multipart/form-data",
    )
    assert page.status_code == 422
    assert "Chưa nhận được ảnh" in page.get_data(as_text=True)


def test_editing_makes_the_next_version_and_leaves_the_one_in_use(author, desk):
    kept = desk.make(use=True)
    edit = f"/organise/banks/rieng/questions/{kept}/edit"
    assert "180 ngày" in author.get(edit).get_data(as_text=True)
    send(author, edit, base="1", prompt="Thử việc bao lâu?")
    stands = desk.stands(kept)
    assert (stands.version.number, stands.question.current.number) == (2, 1)
    assert stands.state is QuestionState.REVISED
    assert desk.content(kept, 1) == CONTENT


def test_saving_what_did_not_change_makes_no_version(author, desk):
    kept = desk.make(use=True)
    send(author, f"/organise/banks/rieng/questions/{kept}/edit", base="1", action="use")
    assert desk.stands(kept).version.number == 1


def test_a_page_that_is_older_than_the_newest_version_overwrites_nothing(author, desk):
    kept = desk.make()
    edit = f"/organise/banks/rieng/questions/{kept}/edit"
    send(author, edit, base="1", prompt="Của tôi?")
    assert send(author, edit, base="1", prompt="Cũ mà muộn?").status_code == 409
    assert desk.content(kept).prompt == "Của tôi?"


def test_the_preview_is_the_contestants_own_page_and_saves_nothing(author):
    page = send(author, action="preview").get_data(as_text=True)
    assert '<span class="option__text">180 ngày</span>' in page
    with transaction(writes=False):
        assert queries.listed(bank_of("rieng")) == []


def test_a_copy_is_a_new_draft(author, desk):
    kept = desk.make(use=True)
    reply = author.submit(f"/organise/banks/rieng/questions/{kept}/copy")
    copied = int(reply.location.split("/")[-2])
    assert desk.content(copied) == CONTENT
    assert desk.stands(copied).state is QuestionState.DRAFT
    assert desk.stands(copied).question.ref != desk.stands(kept).question.ref


def test_a_question_moves_with_its_topic_and_a_free_name(author, desk, cast):
    cast.bank("khac", single=1, topic="luong", union=desk.province)
    kept = desk.make(use=True)
    author.submit(f"/organise/banks/rieng/questions/{kept}/move", {"to": "khac"})
    with transaction(writes=False):
        bank = bank_of("khac")
        there = queries.one(bank, kept)
        assert set(bank.topics) == {"luong", "chung"}
    assert there.state is QuestionState.IN_USE


def test_an_unreviewed_question_is_not_in_use_where_review_is_asked(author, desk, cast):
    cast.bank("khac", single=1, union=desk.province)
    with transaction():
        session.query(QuestionBank).filter_by(code="khac").update({"needs_review": True})
    kept = desk.make(use=True)
    author.submit(f"/organise/banks/rieng/questions/{kept}/move", {"to": "khac"})
    with transaction(writes=False):
        assert queries.one(bank_of("khac"), kept).state is QuestionState.DRAFT


def test_a_former_version_is_made_the_newest_again(author, desk):
    kept = desk.make(use=True)
    changed = replace(CONTENT, options=(OptionContent("Một"), OptionContent("Hai", right=True)))
    with transaction():
        actions.save(bank_of("rieng"), kept, changed, base=1, by=desk.author, now=NOON)
    author.submit(f"/organise/banks/rieng/questions/{kept}/remake", {"number": "1"})
    assert desk.stands(kept).version.number == 3
    assert desk.content(kept) == CONTENT
    assert desk.content(kept, 2) == changed


def test_two_versions_are_compared_word_by_word_with_their_keys(author, desk):
    kept = desk.make()
    changed = replace(
        CONTENT,
        prompt="Thử việc người lao động tối đa bao nhiêu ngày?",
        options=(OptionContent("180 ngày"), OptionContent("60 ngày", right=True)),
    )
    with transaction():
        actions.save(bank_of("rieng"), kept, changed, base=1, by=desk.author, now=NOON)
    page = author.get(f"/organise/banks/rieng/questions/{kept}/compare?a=1&b=2").get_data(as_text=True)
    assert '<del class="diff__old">quản lý</del>' in page
    assert '<ins class="diff__new">lao động</ins>' in page
    assert '<del class="diff__old">(✓ đáp án)</del>' in page
    assert '<ins class="diff__new">(✓ đáp án)</ins>' in page
    words = re.sub(r"<[^>]+>", "", page).split()
    assert " ".join(words).count("Thử việc người quản lý lao động tối đa") == 1


def test_of_a_number_only_what_counts_for_numbers_is_compared():
    number = replace(CONTENT, kind=QuestionKind.NUMBER, options=(), accepted=("3.5",), tolerance="0.5")
    fields = compared(number, replace(number, tolerance="0.25"), {})
    said = {field.label: " → ".join(piece.text for piece in field.pieces) for field in fields}
    assert (said["Câu trả lời được chấp nhận"], said["Sai số"]) == ("3,5", "0,5 → 0,25")
    assert not {"Hoa, thường", "Dấu tiếng Việt"} & set(said)


def test_every_act_is_audited(author, desk):
    kept = desk.make()
    author.submit(f"/organise/banks/rieng/questions/{kept}/state", {"action": "use", "number": "1"})
    author.submit(f"/organise/banks/rieng/questions/{kept}/state", {"action": "retire", "number": "1"})
    with transaction(writes=False):
        acts = session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)).all()
    assert acts == ["make_question", "use_question", "retire_question"]


def test_a_version_is_saved_only_upon_the_one_that_was_seen(desk):
    kept = desk.make()
    with transaction():
        actions.save(bank_of("rieng"), kept, replace(CONTENT, prompt="Một?"), base=1, by=desk.author, now=NOON)
    with pytest.raises(ChangedMeanwhile), transaction():
        actions.save(bank_of("rieng"), kept, replace(CONTENT, prompt="Hai?"), base=1, by=desk.author, now=NOON)


def test_a_kind_that_papers_do_not_draw_says_so(author):
    page = author.get(f"{NEW}?kind={QuestionKind.ESSAY.value}").get_data(as_text=True)
    assert "đề thi trực tuyến không rút dạng này" in page


def test_the_whole_bank_is_read_with_what_may_be_typed_what_is_cited_and_its_pictures(author, desk):
    number = replace(CONTENT, kind=QuestionKind.NUMBER, options=(), accepted=("3.5",), tolerance="0.5")
    short = replace(CONTENT, kind=QuestionKind.SHORT, options=(), accepted=("Hà Nội", "Thủ đô"), source="")
    essay = replace(CONTENT, kind=QuestionKind.ESSAY, options=(), suggested="Nêu đủ ba ý.")
    for content in (number, replace(short, document="45/2019/QH14", article="25"), essay):
        desk.make(content, use=True)
    uploaded = {**TYPED, "action": "use", "options-0-file": (io.BytesIO(jpeg()), "a.jpg")}
    author.submit(NEW, uploaded, content_type="multipart/form-data")
    page = author.get("/organise/banks/rieng").get_data(as_text=True)
    read = " ".join(re.sub(r"<[^>]+>", "", page).split())
    for words in ("Đáp án: 3,5, sai số ± 0,5", "Chấp nhận: Hà Nội; Thủ đô", "Căn cứ: 45/2019/QH14, Điều 25"):
        assert words in read
    assert "Nêu đủ ba ý." in read
    (address,) = re.findall(r'src="([^"]*/pictures/[^"]*)"', page)
    assert author.get(address).mimetype == "image/webp"
