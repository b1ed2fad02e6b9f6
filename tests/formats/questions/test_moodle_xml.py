"""Moodle XML: kinds and keys by weight, pictures, categories, and files that are wrong, foreign or hostile."""

import base64

import pytest

from quizapp.errors import BadFile
from quizapp.formats.questions.apart import QuestionFile
from quizapp.formats.questions.moodle_xml import read_file
from quizapp.formats.questions.reading import read_questions

from .shapes import read, shape

PNG = b"\x89PNG\r\n\x1a\n" + bytes(16)


def quiz(*questions: str) -> str:
    return '<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n' + "\n".join(questions) + "\n</quiz>\n"


def question(kind: str, *parts: str, stem: str = "Q?", more: str = "") -> str:
    text = f'<questiontext format="html"><text><![CDATA[{stem}]]></text>{more}</questiontext>'
    return f'<question type="{kind}"><name><text>Tên</text></name>{text}{"".join(parts)}</question>'


def answer(weight: object, text: str, more: str = "", form: str = "html") -> str:
    return f'<answer fraction="{weight}" format="{form}"><text><![CDATA[{text}]]></text>{more}</answer>'


def choice(*answers: str, single: str = "<single>true</single>", stem: str = "Q?") -> str:
    return question("multichoice", single, *answers, stem=stem)


MANY = "<single>false</single>"
THIRD = "33.33333"
SURE = {
    "one right": (choice(answer(100, "<p>A</p>"), answer(0, "B")), ("single", "Q?", "+A", "-B")),
    "one right, wrong ones cost": (choice(answer(100, "A"), answer(-25, "B")), ("single", "Q?", "+A", "-B")),
    "single not said": (choice(answer(100, "A"), answer(0, "B"), single=""), ("single", "Q?", "+A", "-B")),
    "single as a number": (
        choice(answer(100, "A"), answer(0, "B"), single="<single>1</single>"),
        ("single", "Q?", "+A", "-B"),
    ),
    "several right": (
        choice(answer(THIRD, "A"), answer(THIRD, "B"), answer("33", "C"), answer(-100, "D"), single=MANY),
        ("multiple", "Q?", "+A", "+B", "+C", "-D"),
    ),
    "one right of several": (choice(answer(100, "A"), answer(0, "B"), single=MANY), ("multiple", "Q?", "+A", "-B")),
    "several right, zero for single": (
        choice(answer(50, "A"), answer(50, "B"), answer(0, "C"), single="<single>0</single>"),
        ("multiple", "Q?", "+A", "+B", "-C"),
    ),
    "all or nothing": (
        question("multichoiceset", answer(100, "A"), answer(100, "B"), answer(0, "C")),
        ("multiple", "Q?", "+A", "+B", "-C"),
    ),
    "blank options": (choice(answer(100, "A"), answer(0, "<br>"), answer(0, "B")), ("single", "Q?", "+A", "-B")),
    "true": (question("truefalse", answer(100, "true"), answer(0, "false")), ("true_false", "Q?", "+Đúng", "-Sai")),
    "false first": (
        question("truefalse", answer(100, "false"), answer(0, "true")),
        ("true_false", "Q?", "-Đúng", "+Sai"),
    ),
    "true in Vietnamese": (
        question("truefalse", answer(0, "Đúng"), answer(100, "Sai")),
        ("true_false", "Q?", "-Đúng", "+Sai"),
    ),
    "typed": (
        question("shortanswer", answer(100, "Hà Nội"), answer(100, "Thăng Long"), answer(0, "*")),
        ("short", "Q?", "=Hà Nội", "=Thăng Long"),
    ),
    "typed, with an escaped asterisk": (question("shortanswer", answer(100, r"a\*b")), ("short", "Q?", "=a*b")),
    "number": (
        question("numerical", answer(100, "3.14", "<tolerance>0.01</tolerance>"), answer(0, "*")),
        ("number", "Q?", "=3.14±0.01"),
    ),
    "number of an old file": (
        question("numerical", "<answer>23<tolerance>0</tolerance><fraction>1</fraction></answer>"),
        ("number", "Q?", "=23"),
    ),
    "units that are not asked for": (
        question("numerical", answer(100, "5"), "<units><unit/></units><showunits>3</showunits>"),
        ("number", "Q?", "=5"),
    ),
    "essay": (question("essay", "<responseformat>editor</responseformat>"), ("essay", "Q?")),
    "text escaped twice": (
        question("essay").replace(
            "<![CDATA[Q?]]>", "&lt;p&gt;1 &amp;lt; 2&lt;br/&gt;x&lt;sup&gt;2&lt;/sup&gt;&lt;/p&gt;"
        ),
        ("essay", "1 < 2\nx²"),
    ),
    "markup that is not escaped at all": (
        question("essay").replace("<![CDATA[Q?]]>", "1 &lt; <p>x<sup>2</sup> &amp; y</p> z"),
        ("essay", "1 <\nx² & y\nz"),
    ),
    "a stem outside its text": (
        '<question type="essay"><questiontext><![CDATA[<p>Q?</p>]]></questiontext></question>',
        ("essay", "Q?"),
    ),
    "plain text is no markup": (
        question("essay", stem="<b> & &lt;").replace('format="html"', 'format="plain_text"', 1),
        ("essay", "<b> & &lt;"),
    ),
    "line ends that count": (
        question("essay", stem="một\nhai").replace('format="html"', 'format="moodle_auto_format"', 1),
        ("essay", "một\nhai"),
    ),
}
UNCLEAR = {
    "two right where one is chosen": (
        choice(answer(100, "A"), answer(100, "B")),
        ("single", "Q?", "-A", "-B", "flagged"),
    ),
    "two halves where one is chosen": (
        choice(answer(50, "A"), answer(50, "B")),
        ("single", "Q?", "-A", "-B", "flagged"),
    ),
    "none right": (choice(answer(0, "A"), answer(0, "B")), ("single", "Q?", "-A", "-B", "flagged")),
    "one for all": (choice(answer(1, "A"), answer(0, "B")), ("single", "Q?", "-A", "-B", "flagged")),
    "no weights at all": (
        choice("<answer><text>A</text></answer>", "<answer><text>B</text></answer>"),
        ("single", "Q?", "-A", "-B", "flagged"),
    ),
    "a weight that is no number": (choice(answer("x", "A"), answer(0, "B")), ("single", "Q?", "-A", "-B", "flagged")),
    "a part of the mark": (choice(answer(100, "A"), answer(50, "B")), ("single", "Q?", "+A", "-B", "flagged")),
    "all of the mark for each of several": (
        choice(answer(100, "A"), answer(100, "B"), answer(0, "C"), single=MANY),
        ("multiple", "Q?", "-A", "-B", "-C", "flagged"),
    ),
    "not all of the mark": (
        choice(answer(50, "A"), answer(0, "B"), single=MANY),
        ("multiple", "Q?", "-A", "-B", "flagged"),
    ),
    "parts in all or nothing": (
        question("multichoiceset", answer(50, "A"), answer(50, "B")),
        ("multiple", "Q?", "-A", "-B", "flagged"),
    ),
    "right and wrong at once": (
        choice(answer(100, "A"), answer(0, "<b>A</b>")),
        ("single", "Q?", "-A", "-A", "flagged"),
    ),
    "a blank right option": (choice(answer(100, ""), answer(0, "B")), ("single", "Q?", "-", "-B", "flagged")),
    "true and false": (
        question("truefalse", answer(100, "true"), answer(100, "false")),
        ("true_false", "Q?", "-Đúng", "-Sai", "flagged"),
    ),
    "true in a language unknown": (
        question("truefalse", answer(100, "Prawda"), answer(0, "Fałsz")),
        ("true_false", "Q?", "-Đúng", "-Sai", "flagged"),
    ),
    "typed, any ending": (question("shortanswer", answer(100, "Hà*")), ("short", "Q?", "flagged")),
    "typed, for part of the mark": (
        question("shortanswer", answer(100, "a"), answer(50, "b")),
        ("short", "Q?", "=a", "flagged"),
    ),
    "typed, with markup": (question("shortanswer", answer(100, "<p>a</p>")), ("short", "Q?", "flagged")),
    "any number": (question("numerical", answer(100, "*")), ("number", "Q?", "flagged")),
    "two numbers": (question("numerical", answer(100, "1"), answer(100, "2")), ("number", "Q?", "flagged")),
    "units": (question("numerical", answer(100, "5"), "<units><unit/></units>"), ("number", "Q?", "=5", "flagged")),
    "no stem": (question("essay", stem="<p> </p>"), ("essay", "Tên", "flagged")),
    "sound": (question("essay", stem='Nghe <audio src="a.mp3">x</audio>'), ("essay", "Nghe x", "flagged")),
    "an attached file": (
        question("essay", stem='<a href="@@PLUGINFILE@@/bai%20doc.pdf">Đọc</a>'),
        ("essay", "Đọc", "flagged"),
    ),
    "a formula of more than one line": (
        question("essay", stem="<math><munder><mi>x</mi></munder></math>"),
        ("essay", "x", "flagged"),
    ),
    "essays by file": (question("essay", "<responseformat>noinline</responseformat>"), ("essay", "Q?", "flagged")),
}
REFUSED = {
    "match": "câu ghép đôi",
    "matching": "câu ghép đôi",
    "cloze": "câu điền vào chỗ trống",
    "description": "đoạn dẫn",
    "calculatedmulti": "câu tính theo công thức",
    "ddwtos": "câu kéo thả",
    "random": "câu rút ngẫu nhiên",
    "stack": "câu loại “stack”",
    "": "câu loại “không ghi”",
}


@pytest.mark.parametrize("name", SURE)
def test_what_is_clear_comes_in_as_moodle_takes_it(name):
    element, expected = SURE[name]
    reading = read(read_file, quiz(element))
    assert [shape(each) for each in reading.questions] == [expected]
    assert reading.problems == ()


@pytest.mark.parametrize("name", UNCLEAR)
def test_what_is_unclear_is_flagged_and_no_guess_is_right(name):
    element, expected = UNCLEAR[name]
    [draft] = read(read_file, quiz(element)).questions
    assert shape(draft) == expected
    assert draft.why


@pytest.mark.parametrize("kind", REFUSED)
def test_a_kind_that_we_do_not_have_is_told_and_never_turned_into_another(kind):
    reading = read(read_file, quiz(question("essay"), question(kind, answer(100, "A"), answer(0, "B"))))
    assert [each.n for each in reading.questions] == [1]
    [problem] = reading.problems
    assert (problem.n, problem.where) == (2, "dòng 4, câu “Tên”")
    assert REFUSED[kind] in problem.what


def test_a_choice_of_one_option_is_refused():
    assert "1 phương án" in read(read_file, quiz(choice(answer(100, "A")))).problems[0].what


def test_what_stands_beside_a_question_is_kept():
    element = question(
        "shortanswer",
        '<generalfeedback format="html"><text>&lt;p&gt;Vì &amp;amp; thế.&lt;/p&gt;</text></generalfeedback>',
        "<defaultgrade>2.5000000</defaultgrade><penalty>0.3</penalty><hidden>0</hidden><idnumber>T &amp; F</idnumber>",
        "<usecase>1</usecase>",
        answer(100, "A"),
        "<tags><tag><text>luật</text></tag><tag><text>khó</text></tag></tags>",
    )
    category = (
        "<question type='category'><category><text>$course$/top/Luật &amp; nghị định/A//B</text></category></question>"
    )
    reading = read(read_file, quiz(category, element, element))
    first, second = reading.questions
    assert (first.explanation, first.marks, first.ref, first.tags, first.case_matters) == (
        "Vì & thế.",
        250,
        "T & F",
        ("luật", "khó"),
        True,
    )
    assert (first.topic, second.ref) == ("luat-nghi-dinh/a-b", "")
    assert reading.topics == {"luat-nghi-dinh": "Luật & nghị định", "luat-nghi-dinh/a-b": "A/B"}


def test_an_essay_keeps_what_is_for_its_judges():
    element = question("essay", "<graderinfo format='html'><text>&lt;p&gt;Nêu hai ý.&lt;/p&gt;</text></graderinfo>")
    assert read(read_file, quiz(element)).questions[0].suggested == "Nêu hai ý."


@pytest.mark.parametrize(
    ("kind", "more", "why"),
    [
        ("essay", "<responsetemplate format='html'><text>Kính gửi</text></responsetemplate>", "mẫu điền sẵn"),
        ("essay", "<generalfeedback format='html'><text>&lt;img src='a.png'&gt;</text></generalfeedback>", "có ảnh"),
    ],
)
def test_what_can_be_done_without_is_told_but_makes_no_draft(kind, more, why):
    reading = read(read_file, quiz(question(kind, more)))
    [draft] = reading.questions
    assert (draft.flagged, why in draft.why) == (False, True)
    assert any("vẫn dùng được" in each for each in reading.evidence)


def test_options_that_may_not_be_shuffled_stay_in_their_order():
    fixed = choice(answer(100, "A"), answer(0, "B"), "<shuffleanswers>0</shuffleanswers>")
    free = choice(answer(100, "A"), answer(0, "B"), "<shuffleanswers>true</shuffleanswers>")
    readings = read(read_file, quiz(fixed, free)).questions
    assert [[option.pinned for option in each.options] for each in readings] == [[True, True], [False, False]]


def test_pictures_are_kept_beside_the_stem_or_their_option():
    data = base64.b64encode(PNG).decode()
    file = f'<file name="hình 1.png" path="/" encoding="base64">{data}</file>'
    stem = '<p>Nhìn <img src="@@PLUGINFILE@@/h%C3%ACnh%201.png" alt="x"></p>'
    options = (
        answer(100, '<img src="@@PLUGINFILE@@/hình%201.png" alt="Cờ đỏ">', file),
        answer(0, f'<img src="data:image/png;base64,{data}">'),
    )
    [draft] = read(read_file, quiz(question("multichoice", *options, stem=stem, more=file))).questions
    assert shape(draft) == ("single", "Nhìn", "+Cờ đỏ", "-(ảnh 2)")
    assert [(each.name, each.content, each.place) for each in draft.pictures] == [
        ("hình 1.png", PNG, None),
        ("hình 1.png", PNG, 0),
        ("anh.png", PNG, 1),
    ]


def test_the_picture_of_an_old_file_is_kept():
    old = f"<image>quizzes/moodle.png</image><image_base64>\n{base64.encodebytes(PNG).decode()}</image_base64>"
    [draft] = read(read_file, quiz(question("essay", old))).questions
    assert (shape(draft), [each.content for each in draft.pictures]) == (("essay", "Q?"), [PNG])


@pytest.mark.parametrize(
    ("source", "file", "why"),
    [
        ("@@PLUGINFILE@@/a.png", "", "không kèm trong tệp"),
        ("https://vidu.vn/a.png", "", "không kèm trong tệp"),
        ("@@PLUGINFILE@@/a.png", '<file name="a.png" encoding="base64">%%%</file>', "không kèm trong tệp"),
        ("@@PLUGINFILE@@/a.svg", '<file name="a.svg" encoding="base64">PHN2Zz4=</file>', "không phải JPEG"),
    ],
)
def test_a_picture_that_cannot_be_kept_is_told(source, file, why):
    [draft] = read(read_file, quiz(question("essay", stem=f'Q?<img src="{source}">', more=file))).questions
    assert draft.flagged
    assert why in draft.why
    assert draft.pictures == ()


def test_what_is_lost_is_told_once():
    feedback = "<feedback format='html'><text>Gần đúng</text></feedback>"
    evidence = " ".join(read(read_file, quiz(choice(answer(100, "A"), answer(-50, "B", feedback)))).evidence)
    assert "nhận xét" in evidence
    assert "trừ điểm" in evidence


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("UTF-8", "utf-8-sig"),
        ("UTF-16", "utf-16"),
        ("UTF-8", "utf-16"),
        ("ISO-8859-1", "utf-8"),
        ("windows-1252", "utf-8"),
        ("khong-co", "utf-8"),
    ],
)
def test_letters_are_right_whatever_encoding_is_declared(declared, encoding):
    text = quiz(question("essay", stem="Thứ mấy?")).replace("UTF-8", declared)
    assert read(read_file, text.encode(encoding)).questions[0].prompt == "Thứ mấy?"


@pytest.mark.parametrize("declared", ["windows-1258", "UTF-8"])
def test_old_windows_is_read_whether_declared_or_not(declared):
    text = quiz(question("essay", stem="Thư\u0301 mâ\u0301y?")).replace("UTF-8", declared)
    assert read(read_file, text.encode("windows-1258")).questions[0].prompt == "Thứ mấy?"


LAUGHS = '<!DOCTYPE quiz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><quiz>&b;</quiz>'
THIEF = '<!DOCTYPE quiz [<!ENTITY x SYSTEM "file:///etc/passwd">]><quiz><question type="essay">&x;</question></quiz>'
ABROAD = '<!DOCTYPE quiz SYSTEM "http://vidu.vn/quiz.dtd"><quiz></quiz>'


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (LAUGHS, "DOCTYPE"),
        (THIEF, "DOCTYPE"),
        (ABROAD, "DOCTYPE"),
        ("<quiz>" + "<a>" * 300 + "</a>" * 300 + "</quiz>", "nhiều cấp"),
        ("<questions></questions>", "<quiz>"),
        (quiz(), "không có câu hỏi"),
        (quiz('<question type="category"><category><text>A</text></category></question>'), "không có câu hỏi"),
    ],
)
def test_a_hostile_or_foreign_file_is_refused_with_a_sentence(text, what):
    with pytest.raises(BadFile) as refusal:
        read(read_file, text)
    assert what in refusal.value.problems[0].text


@pytest.mark.parametrize(
    ("broken", "line"), [("<question>\n<b>\n</question>", 5), ("a & b", 3), ("&nbsp;", 3), ("<question type=x/>", 3)]
)
def test_a_broken_file_names_its_line_and_nothing_of_it_comes_in(broken, line):
    reading = read_questions(QuestionFile("bank.xml", quiz(question("essay")).replace("</quiz>", broken).encode()))
    assert reading.questions == ()
    [problem] = reading.problems
    assert (problem.n, problem.where) == (0, f"dòng {line + 1}")


def test_the_door_reads_pictures_through_a_child_process():
    data = base64.b64encode(PNG + bytes(600_000)).decode()
    file = f'<file name="a.png" path="/" encoding="base64">{data}</file>'
    element = question("essay", stem='Q?<img src="@@PLUGINFILE@@/a.png">', more=file)
    reading = read_questions(QuestionFile("bank.xml", quiz(*[element] * 8).encode()))
    assert [len(each.pictures[0].content) for each in reading.questions] == [600_024] * 8


@pytest.mark.parametrize("piece", ["<!--", "<script>", "<![", "<?xml", "<math", "<a-", "<svg ", "</a-b", "a:"])
def test_markup_without_an_end_is_read_within_the_limits_of_the_child(piece):
    stem = "Gì? " + piece * 20_000
    [draft] = read_questions(QuestionFile("a.xml", quiz(question("essay", stem=stem)).encode())).questions
    assert draft.prompt.startswith("Gì?")


def test_a_file_of_too_many_bytes_is_refused_with_what_to_do():
    reading = read_questions(QuestionFile("bank.xml", quiz("<!--" + "x" * (20 * 1024 * 1024) + "-->").encode()))
    assert "20 MB" in reading.problems[0].what
