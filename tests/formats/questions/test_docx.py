"""Word files, each for one trap, give the questions that a person reads in them, or say that they cannot."""

import io
import zipfile

import pytest

from quizapp.errors import BadFile
from quizapp.formats.questions.apart import QuestionFile, read_apart
from quizapp.formats.questions.docx import read_file
from quizapp.formats.workbook import OLE
from tests.formats.packages import workbook
from tests.formats.questions.docx_corpus import CORPUS, FOUR, PICTURE, PICTURE_REL
from tests.formats.questions.word_files import W, lines, p, word

PLAIN = word(lines(f"Câu 1: Thủ đô?\n{FOUR}"))


def as_line(draft):
    options = [("*" if each.right else "") + each.text for each in draft.options]
    options += ["*" + each for each in draft.accepted]
    return ("? " if draft.flagged else "") + " | ".join([draft.kind.value, draft.prompt, *options])


def read(data, answers=None):
    return read_file(QuestionFile("thi.docx", data, answers))


def repacked(change, data=PLAIN):
    """Return a Word file whose parts a function has changed."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        parts = {name: old.read(name) for name in old.namelist()}
        change(parts)
        for name, content in parts.items():
            new.writestr(name, content)
    return made.getvalue()


@pytest.mark.parametrize("name", CORPUS)
def test_a_trap_gives_what_a_person_reads(name):
    data, expected = CORPUS[name]
    reading = read(data)
    assert [as_line(each) for each in reading.questions] == expected
    assert reading.problems == ()
    assert all(each.why for each in reading.questions if each.flagged)


def test_both_sides_of_a_contradiction_are_named():
    [question] = read(CORPUS["mark against list"][0]).questions
    assert "danh sách đáp án ghi “A”" in question.why
    assert "gạch chân ở phương án B" in question.why


def test_the_evidence_tells_what_marks_the_key_and_what_is_unclear():
    evidence = read(CORPUS["marked part of a file that underlines"][0]).evidence
    assert evidence == ("6 câu hỏi.", "Đáp án nhận theo gạch chân ở 5 câu.", "1 câu chưa rõ, cần xem lại.")


def test_a_key_for_a_question_that_is_not_there_is_a_problem():
    [problem] = read(word(lines(f"Câu 1: Thủ đô?\n{FOUR}\nĐÁP ÁN\n1.A 2.B"))).problems
    assert "câu 2" in problem.what


def test_what_stands_around_a_question_comes_with_it():
    [question] = read(CORPUS["headings and asides"][0]).questions
    assert (question.topic, question.explanation, question.source) == (
        "chuong-ii-tien-luong",
        "vì thế",
        "Điều 5",
    )
    [essay] = read(CORPUS["essay"][0]).questions
    assert (essay.marks, essay.suggested) == (200, "- một - hai")


def test_options_that_speak_of_others_keep_their_place():
    [question] = read(CORPUS["all of the above"][0]).questions
    assert [option.pinned for option in question.options] == [True, True, True]


def test_a_picture_comes_with_the_option_that_it_stands_in():
    body = p("Câu 1: Hình nào?") + p("A. một") + p("B. ", PICTURE) + p("Đáp án: B")
    data = word(body, rels=PICTURE_REL.format("a.png"), parts={"word/media/a.png": b"bytes"})
    [question] = read(data).questions
    [picture] = question.pictures
    assert (picture.name, picture.content, picture.place) == ("a.png", b"bytes", 1)


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("Huy hiệu Công đoàn", "Huy hiệu Công đoàn"),
        ("A logo\n\nDescription automatically generated", "a.png"),
        ("", "a.png"),
    ],
)
def test_what_the_author_says_of_a_picture_comes_with_it(told, name):
    drawn = (
        f'<w:r><w:drawing><a:docPr id="1" name="Picture 1" descr="{told}"/><a:blip r:embed="pic"/></w:drawing></w:r>'
    )
    data = word(
        p("Câu 1: Hình nào?", drawn) + lines(FOUR), rels=PICTURE_REL.format("a.png"), parts={"word/media/a.png": b"x"}
    )
    [picture] = read(data).questions[0].pictures
    assert picture.name == name


@pytest.mark.parametrize(
    "answers",
    [
        b"1-B",
        "ĐÁP ÁN\n1. B".encode(),
        "Câu;Đáp án\n1;B\n".encode(),
        word(lines("BẢNG ĐÁP ÁN\nCâu 1: B")),
        workbook(lambda sheet: [sheet.append(row) for row in (["Câu", "Đáp án"], [1, "B"])]),
    ],
    ids=["text", "text with a heading", "csv", "word", "excel"],
)
def test_the_key_may_be_in_a_file_of_its_own(answers):
    [question] = read(PLAIN, answers).questions
    assert question.right_texts == ("Huế",)
    assert not question.flagged


def test_a_separate_key_that_says_something_else_than_the_marks_is_doubted():
    [question] = read(CORPUS["key u"][0], b"1-A").questions
    assert question.flagged
    assert question.right_texts == ()


def _strict(parts):
    strict = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    parts["word/document.xml"] = parts["word/document.xml"].replace(W.encode(), strict)


def _macros(parts):
    parts["word/vbaProject.bin"] = b"macro"


@pytest.mark.parametrize("change", [_strict, _macros])
def test_other_kinds_of_word_files_are_read(change):
    [question] = read(repacked(change)).questions
    assert len(question.options) == 4


def _entities(parts):
    parts["word/document.xml"] = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + parts["word/document.xml"]


def _climbs(parts):
    parts["../../etc/passwd"] = b"x"


def _bomb(parts):
    parts["word/document.xml"] = b" " * (60 * 1024 * 1024)


def _broken(parts):
    parts["word/document.xml"] = parts["word/document.xml"][:-30]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (repacked(_entities), "DTD"),
        (repacked(_climbs), "bị hỏng"),
        (repacked(_bomb), "quá lớn"),
        (repacked(_broken), "bị hỏng"),
        (PLAIN[:-40], "bị hỏng"),
        (OLE + b"\0" * 600, "kiểu cũ (.doc)"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
        (word(p("")), "không có chữ nào"),
        (word(p("Thông báo về kỳ thi")), "không thấy câu hỏi nào"),
        (word(lines("C©u 1: Thñ ®« n­íc ta ë ®©u?\nA. Hµ Néi\nB. HuÕ\nC. §µ N½ng")), "TCVN3"),
        (word(lines("Caâu 1: Thuû ñoâ nöôùc ta ôû ñaâu?\nA. Haø Noäi\nB. Hueá\nC. Ñaø Naüng")), "VNI"),
    ],
    ids=["entities", "path", "bomb", "broken", "cut", "doc", "locked", "empty", "no questions", "TCVN3", "VNI"],
)
def test_a_file_that_cannot_be_read_is_refused_with_what_to_do(data, sentence):
    with pytest.raises(BadFile) as refusal:
        read(data)
    [problem] = refusal.value.problems
    assert sentence in problem.text
    assert "in " in problem.text  # "Xin …": every refusal tells what to do


def test_a_large_file_is_read_in_the_child_within_its_limits():
    body = "".join(lines(f"Câu {n}: Thủ đô số {n}?\n{FOUR}\nĐáp án: B") for n in range(1, 401))
    reading = read_apart("quizapp.formats.questions.docx:read", QuestionFile("thi.docx", word(body)))
    assert len(reading.questions) == 400
    assert not any(each.flagged for each in reading.questions)
