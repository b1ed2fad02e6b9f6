"""QTI: what each kind of item becomes, which keys are taken and which are not, what is refused and how it is told."""

import pytest

from quizapp.errors import BadFile
from quizapp.formats.questions.apart import QuestionFile
from quizapp.formats.questions.drafts import OptionDraft, true_false_options
from quizapp.formats.questions.qti import read_file
from quizapp.formats.questions.reading import read_questions
from quizapp.vocabulary import Level, QuestionKind
from tests.formats.questions.qti_files import (
    MAPPED,
    MATCH,
    PNG,
    V21,
    choices,
    item,
    manifest,
    mapping,
    package,
    response,
)

ABC = choices("Một", "Hai", "Ba")
MANY = choices("Một", "Hai", "Ba", most='maxChoices="0"')


def read(data: str | bytes):
    return read_file(QuestionFile("q.xml", data.encode() if isinstance(data, str) else data))


def only(data: str | bytes):
    reading = read(data)
    assert reading.problems == ()
    [question] = reading.questions
    return question


def refusal(data: str | bytes) -> str:
    with pytest.raises(BadFile) as refused:
        read(data)
    return " ".join(each.text for each in refused.value.problems)


def rights(question) -> list[bool]:
    return [option.right for option in question.options]


def own(*branches: str) -> str:
    first, *others = [f"<responseIf>{each}</responseIf>" for each in branches]
    conditions = "".join(f"<responseCondition>{each}</responseCondition>" for each in (first, *others))
    return f"<responseProcessing>{conditions}</responseProcessing>"


def score(points: float) -> str:
    return f'<setOutcomeValue identifier="SCORE"><baseValue baseType="float">{points}</baseValue></setOutcomeValue>'


def named(letter: str) -> str:
    return f'<match><variable identifier="R"/><baseValue baseType="identifier">{letter}</baseValue></match>'


ALWAYS = '<baseValue baseType="boolean">true</baseValue>'
CLAMP = f'<gt><variable identifier="SCORE"/><baseValue baseType="float">1</baseValue></gt>{score(1)}'


def test_a_single_choice_has_its_stem_options_and_key():
    question = only(item(f"<p>Theo luật,</p>{ABC}", before=response("B")))
    assert (question.kind, question.prompt, question.ref) == (QuestionKind.SINGLE, "Theo luật,\nChọn gì?", "c-1")
    assert question.options == (OptionDraft("Một", False), OptionDraft("Hai", True), OptionDraft("Ba", False))
    assert (question.flagged, question.why, question.n) == (False, "", 1)


@pytest.mark.parametrize("spaces", [V21, "", 'xmlns="http://www.imsglobal.org/xsd/imsqti_v2p2"', 'xmlns="urn:x"'])
def test_any_namespace_or_none_is_read(spaces):
    assert rights(only(item(ABC, before=response("C"), spaces=spaces))) == [False, False, True]


def test_a_wrong_name_of_the_encoding_does_not_hinder():
    assert rights(only(item(ABC, before=response("C")).encode("utf-16"))) == [False, False, True]


def test_names_of_version_3_are_read():
    text = """<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="x" title="t">
      <qti-response-declaration identifier="R" cardinality="multiple" base-type="identifier">
        <qti-mapping lower-bound="0" upper-bound="2" default-value="-2">
          <qti-map-entry map-key="A" mapped-value="1"/><qti-map-entry map-key="C" mapped-value="1"/>
          <qti-map-entry map-key="B" mapped-value="-1"/></qti-mapping></qti-response-declaration>
      <qti-item-body><qti-choice-interaction response-identifier="R" max-choices="0"><qti-prompt>Gì?</qti-prompt>
        <qti-simple-choice identifier="A">a</qti-simple-choice><qti-simple-choice identifier="B">b</qti-simple-choice>
        <qti-simple-choice identifier="C" fixed="true">c</qti-simple-choice></qti-choice-interaction></qti-item-body>
      <qti-response-processing template="https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/map_response.xml"/>
    </qti-assessment-item>"""
    question = only(text)
    assert (question.kind, rights(question), question.flagged) == (QuestionKind.MULTIPLE, [True, False, True], False)
    assert [each.pinned for each in question.options] == [False, False, True]


@pytest.mark.parametrize(
    ("declaration", "body", "after", "kind", "key", "why"),
    [
        (response("A", "C", cardinality="multiple"), MANY, MATCH, "multiple", "A C", ""),
        (response("A", cardinality="multiple"), ABC, MATCH, "single", "A", ""),
        (response("A", cardinality="multiple"), MANY, MATCH, "multiple", "A", ""),
        (response(mapping=mapping(A="1", B="-1")), ABC, MAPPED, "single", "A", ""),
        (response(mapping=mapping("-1", A="1", B="0")), ABC, MAPPED, "single", "A", ""),
        (response("A", mapping=mapping(A="1", B="0.5")), ABC, MAPPED, "single", "A", ""),
        (response("A"), ABC, own(f"<match><variable/><correct/></match>{score(1)}"), "single", "A", ""),
        (response("A"), ABC, own(f"{named('A')}{score(1)}", f"{named('B')}{score(0)}"), "single", "A", ""),
        (response("A"), ABC, "", "single", "A", ""),
        (response(mapping=mapping(A="1", B="0.5")), ABC, MAPPED, "single", "A", "một phần điểm"),
        # Nothing is right where the file does not say it clearly.
        (response(), ABC, MATCH, "single", "", "không cho biết đáp án"),
        ("", ABC, MATCH, "single", "", "không khai báo"),
        (response("A", "B"), ABC, MATCH, "single", "", "nhiều đáp án"),
        (response("A", "B", cardinality="multiple"), ABC, MATCH, "single", "", "nhiều đáp án"),
        (response("Z"), ABC, MATCH, "single", "", "phương án không có: Z"),
        (response("A", mapping=mapping(B="1")), ABC, MATCH, "single", "", "nói khác nhau"),
        (response(mapping=mapping(A="1", B="1")), ABC, MAPPED, "single", "", "cùng được điểm cao nhất"),
        (response(mapping=mapping(A="0", B="-1")), ABC, MAPPED, "single", "", "không cho biết đáp án"),
        (response("A", "B", "C", cardinality="ordered"), MANY, MATCH, "multiple", "", "không khai báo đúng"),
        (
            response("A", cardinality="multiple", mapping=mapping(A="1", B="0.5")),
            MANY,
            MAPPED,
            "multiple",
            "",
            "nói khác nhau",
        ),
        (response("A"), ABC, own(f"{named('B')}{score(1)}"), "single", "", "cách chấm riêng"),
        (response("A"), ABC, own(f"<match><variable/><correct/></match>{score(0)}"), "single", "", "cách chấm riêng"),
        (response(), ABC, own(f"{named('B')}{score(1)}"), "single", "B", ""),
        (response(), ABC, own(f"{named('A')}{score(0)}", f"{named('B')}{score(1)}", CLAMP), "single", "B", ""),
        (response(), ABC, own(f"{named('A')}{score(1)}", f"{named('B')}{score(2)}"), "single", "", "không cho biết"),
        (response(), ABC, own(f"<not>{named('A')}</not>{score(1)}"), "single", "", "không cho biết đáp án"),
        (response(), ABC, own(f"{ALWAYS}{score(1)}", f"{named('B')}{score(1)}"), "single", "", "không cho biết đáp án"),
        (response(), ABC, own(f"{named('Z')}{score(1)}"), "single", "", "không cho biết đáp án"),
        (
            response("A", "B", "C", cardinality="multiple"),
            choices("1", "2", "3", most='maxChoices="2"'),
            MATCH,
            "multiple",
            "",
            "chỉ được chọn 2",
        ),
    ],
)
def test_a_key_is_what_the_file_says_in_one_voice(declaration, body, after, kind, key, why):
    question = only(item(body, before=declaration, after=after))
    found = " ".join(letter for letter, right in zip("ABC", rights(question), strict=False) if right)
    assert (question.kind, found, question.flagged) == (kind, key, bool(why))
    assert why.lower() in question.why.lower()


@pytest.mark.parametrize(
    ("words", "correct", "answer"),
    [(("Đúng", "Sai"), "A", True), (("True", "False"), "B", False), (("SAI.", "ĐÚNG."), "B", True)],
)
def test_two_options_true_and_false_are_a_statement(words, correct, answer):
    question = only(item(choices(*words), before=response(correct)))
    assert (question.kind, question.options) == (QuestionKind.TRUE_FALSE, true_false_options(answer))


def test_a_statement_without_a_key_is_neither_true_nor_false():
    question = only(item(choices("Đúng", "Sai"), before=response()))
    assert (question.kind, question.right_texts, question.flagged) == (QuestionKind.TRUE_FALSE, (), True)


def test_an_option_that_stays_in_the_middle_keeps_all_in_place():
    pinned = [each.pinned for each in only(item(choices("a", "b", "c", fixed="A"), before=response("B"))).options]
    assert pinned == [True, True, True]


def test_typed_answers_have_all_spellings_of_full_marks():
    body = '<p>Thủ đô là <textEntryInteraction responseIdentifier="R"/>.</p>'
    worth = '<mapping><mapEntry mapKey="Hà Nội" mappedValue="1" caseSensitive="false"/>' + (
        '<mapEntry mapKey="Ha Noi" mappedValue="1" caseSensitive="false"/></mapping>'
    )
    question = only(item(body, before=response("Hà Nội", base="string", mapping=worth), after=MAPPED))
    assert (question.kind, question.prompt) == (QuestionKind.SHORT, "Thủ đô là _____.")
    assert (question.accepted, question.case_matters, question.flagged) == (("Hà Nội", "Ha Noi"), False, False)
    assert only(item(body, before=response("Hà Nội", base="string"))).case_matters
    partly = worth.replace('"1" caseSensitive="false"/></', '"0.5"/></')
    question = only(item(body, before=response("Hà Nội", base="string", mapping=partly), after=MAPPED))
    assert (question.accepted, question.flagged) == (("Hà Nội",), True)


@pytest.mark.parametrize(
    ("value", "mode", "accepted", "span", "flagged"),
    [
        ("3,50", "", "3.50", "", False),
        ("-2", 'toleranceMode="absolute" tolerance="0.5 0.5"', "-2", "0.5", False),
        ("200", 'toleranceMode="relative" tolerance="5"', "200", "10", False),
        ("3", 'toleranceMode="absolute" tolerance="0 1"', "3", "", True),
        ("ba", "", "", "", True),
    ],
)
def test_numbers_come_with_their_tolerance(value, mode, accepted, span, flagged):
    after = own(f"<equal {mode}><variable/><correct/></equal>{score(1)}")
    body = '<p>Mấy?</p><textEntryInteraction responseIdentifier="R"/>'
    question = only(item(body, before=response(value, base="float"), after=after))
    assert (question.kind, question.prompt, question.tolerance) == (QuestionKind.NUMBER, "Mấy?", span)
    assert (question.accepted, question.flagged) == ((accepted,) if accepted else (), flagged)


def test_a_range_that_the_processing_names_is_no_key():
    bounds = "".join(
        f'<{sign}><variable/><baseValue baseType="float">{n}</baseValue></{sign}>'
        for sign, n in [("gte", 2), ("lte", 4)]
    )
    body = '<textEntryInteraction responseIdentifier="R"/><p>Mấy?</p>'
    question = only(item(body, before=response("3", base="float"), after=own(f"<and>{bounds}</and>{score(1)}")))
    assert (question.accepted, question.flagged) == ((), True)


def equal(value: str, name: str = "equal", more: str = "") -> str:
    return f'<{name} {more}><variable identifier="R"/><baseValue baseType="string">{value}</baseValue></{name}>'


@pytest.mark.parametrize(
    ("base", "branches", "accepted"),
    [
        ("integer", [f"{equal('42')}{score(10)}"], ("42",)),
        ("integer", [f'<isNull><variable identifier="R"/></isNull>{score(0)}', f"{equal('42')}{score(1)}"], ("42",)),
        ("string", [f"{equal('a', 'stringMatch')}{score(1)}", f"{equal('b', 'stringMatch')}{score(1)}"], ("a", "b")),
        ("string", [f"{equal('a', 'match')}{score(1)}", f"{equal('b', 'match')}{score(0.5)}"], ()),
        ("string", [f"{equal('a', 'stringMatch', 'substring=' + chr(34) + 'true' + chr(34))}{score(1)}"], ()),
        ("float", [f"{equal('42', more='toleranceMode=' + chr(34) + 'absolute' + chr(34))}{score(1)}"], ()),
    ],
)
def test_a_typed_answer_may_be_named_by_the_processing_alone(base, branches, accepted):
    body = '<p>Gì?</p><textEntryInteraction responseIdentifier="R"/>'
    question = only(item(body, before=response(base=base), after=own(*branches)))
    assert (question.accepted, question.flagged) == (accepted, not accepted)


def test_an_essay_has_what_scorers_are_told_and_its_marks():
    body = """<rubricBlock view="candidate"><p>Đọc kỹ.</p></rubricBlock>
      <extendedTextInteraction responseIdentifier="R"><prompt>Vì sao?</prompt></extendedTextInteraction>
      <rubricBlock view="scorer"><ul><li>Ý một</li><li>Ý hai</li></ul></rubricBlock>"""
    before = response(base="string") + '<outcomeDeclaration identifier="SCORE" normalMaximum="2.5"/>'
    question = only(item(body, before=before, after=""))
    assert (question.kind, question.prompt, question.flagged) == (QuestionKind.ESSAY, "Đọc kỹ.\nVì sao?", False)
    assert (question.suggested, question.marks) == ("- Ý một\n- Ý hai", 250)


def test_feedback_explains_and_says_of_which_wrong_option():
    body = choices("Một<feedbackInline outcomeIdentifier='F' identifier='A'>Không phải</feedbackInline>", "Hai")
    after = f"{MATCH}<modalFeedback outcomeIdentifier='F' identifier='x' showHide='show'>Điều 5.</modalFeedback>"
    question = only(item(body, before=response("B"), after=after))
    assert ([each.text for each in question.options], question.explanation) == (
        ["Một", "Hai"],
        "Điều 5.\nMột: Không phải",
    )


def test_markup_becomes_text():
    body = """<div>Cho   x<sup>2</sup>, H<sub>2</sub>O&nbsp;và<br/>a &lt; b<table><tr><td>1</td><td>2</td></tr></table>
      <!-- ghi chú --><script>alert(1)</script></div>"""
    question = only(item(body + choices("<p>Một</p><p>hai</p>", "Ba"), before=response("A")))
    assert question.prompt == "Cho x², H₂O và\na < b\n1 | 2\nChọn gì?"
    assert question.options[0].text == "Một\nhai"


def test_texts_that_converters_left_as_escaped_markup_are_read_as_markup():
    body = choices(
        "&lt;p&gt;Một&lt;/p&gt;", "Hai", prompt="&lt;p&gt;Cái &lt;b&gt;nào&lt;/b&gt;&amp;nbsp;&amp;amp; đâu?&lt;/p&gt;"
    )
    question = only(item(body, before=response("A")))
    assert (question.prompt, question.options[0].text) == ("Cái nào & đâu?", "Một")
    two = choices("Một", "Hai", prompt="")
    body = f"<![CDATA[<div>Cái nào?<br>Xem: <img src='a.png'></div>]]>{two}<![CDATA[<div></div>]]>"
    question = only(item(body, before=response("B")))
    assert (question.prompt, "a.png" in question.why) == ("Cái nào?\nXem:", True)
    body = f"<div class='html'>1 &amp;lt; 2 &lt;br&gt; a &lt; b?&lt;script&gt;x&lt;/script&gt;</div>{two}"
    assert only(item(body, before=response("B"))).prompt == "1 < 2\na < b?"


def test_a_question_about_markup_keeps_its_signs():
    body = choices("&lt;b&gt;Một&lt;/b&gt;", "&lt;p&gt;Hai&lt;/p&gt;", prompt="Thẻ &lt;b&gt; viết thế nào?")
    question = only(item(body, before=response("A")))
    assert question.prompt == "Thẻ <b> viết thế nào?"
    assert [each.text for each in question.options] == ["<b>Một</b>", "<p>Hai</p>"]


def test_what_is_only_for_screen_readers_is_not_shown():
    body = f"<h2 class='qti-visually-hidden'>Câu hỏi</h2><p>Chú ý.</p>{ABC}"
    assert only(item(body, before=response("A"))).prompt == "Chú ý.\nChọn gì?"


def test_a_formula_of_one_line_is_text():
    formula = "<m:math><m:mi>E</m:mi><m:mo>=</m:mo><m:mi>m</m:mi><m:msup><m:mi>c</m:mi><m:mn>2</m:mn></m:msup></m:math>"
    body = f"<p>Ai tìm ra {formula}?</p>{ABC}"
    question = only(item(body, before=response("A"), spaces=f'{V21} xmlns:m="http://www.w3.org/1998/Math/MathML"'))
    assert (question.prompt, question.flagged) == ("Ai tìm ra E=mc² ?\nChọn gì?", False)


def test_formulas_and_embedded_things_are_told():
    body = "<p>Tính <math><munder><mi>lim</mi><mi>n</mi></munder><mi>x</mi></math></p>"
    question = only(item(f"{body}<object data='a.mp3' type='audio/mpeg'/>{ABC}", before=response("A")))
    assert question.prompt.startswith("Tính lim n x")
    assert rights(question) == [True, False, False]
    assert all(word in question.why for word in ("MathML", "nhúng"))


def test_an_item_with_other_numbers_each_time_is_not_taken():
    before = response("A") + '<templateProcessing><setTemplateValue identifier="X"/></templateProcessing>'
    [problem] = read(item(ABC, before=before)).problems
    assert "template" in problem.what


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ('<matchInteraction responseIdentifier="R"/>', "ghép đôi"),
        ('<orderInteraction responseIdentifier="R"/>', "sắp thứ tự"),
        ('<hotspotInteraction responseIdentifier="R"/>', "trên hình"),
        ('<graphicGapMatchInteraction responseIdentifier="R"/>', "trên hình"),
        ('<p>a <inlineChoiceInteraction responseIdentifier="R"/></p>', "trong dòng"),
        (ABC + ABC, "2 phần trả lời"),
        ("<p>Chỉ đọc.</p>", "không có phần trả lời"),
        (f'<p><printedVariable identifier="X"/></p>{ABC}', "template"),
    ],
)
def test_other_kinds_are_listed_and_never_turned_into_something_else(body, said):
    reading = read(item(body, before=response("A")))
    assert reading.questions == ()
    [problem] = reading.problems
    assert (problem.n, problem.where) == (1, "câu 1 (c-1, “Câu”)")
    assert said in problem.what


LOM = """<metadata><imsmd:lom xmlns:imsmd="http://ltsc.ieee.org/xsd/LOM"><imsmd:general><imsmd:keyword>
  <imsmd:string>tiền lương</imsmd:string></imsmd:keyword></imsmd:general><imsmd:educational><imsmd:difficulty>
  <imsmd:value>difficult</imsmd:value></imsmd:difficulty></imsmd:educational><imsmd:classification><imsmd:taxonPath>
  <imsmd:taxon><imsmd:entry><imsmd:string>Luật</imsmd:string></imsmd:entry></imsmd:taxon><imsmd:taxon><imsmd:entry>
  <imsmd:string>Lương</imsmd:string></imsmd:entry></imsmd:taxon></imsmd:taxonPath></imsmd:classification></imsmd:lom>
  </metadata>"""


def test_a_package_is_read_in_the_order_of_its_manifest():
    files = {
        "Gói/imsmanifest.xml": manifest("items/c%C3%A2u%202.xml", "items/1.xml", "items/3.xml", metadata=LOM),
        "Gói/items/1.xml": item(ABC, before=response("A"), name="mot"),
        "Gói/items/câu 2.xml": item(f'<img src="../h%20a.png" alt="sơ đồ"/>{ABC}', before=response("B"), name="hai"),
        "Gói/h a.png": PNG,
        "Gói/items/la.xml": item(ABC, before=response("B"), name="la"),
        "Gói/note.txt": "x",
    }
    reading = read(package(files))
    first, second = reading.questions
    assert [(each.n, each.ref) for each in reading.questions] == [(1, "hai"), (2, "mot")]
    assert [(each.name, each.content, each.place) for each in first.pictures] == [("h a.png", PNG, None)]
    assert (second.tags, second.level, second.topic) == (("tiền lương",), Level.HARD, "Luật/Lương")
    assert [(each.n, each.where) for each in reading.problems] == [(3, "Gói/items/3.xml"), (4, "Gói/items/la.xml")]
    missing, unlisted = reading.problems
    assert ("thiếu tệp" in missing.what, "imsmanifest" in unlisted.what) == (True, True)
    assert reading.evidence[:2] == (
        "Tệp QTI: đọc được 2 trên 4 câu.",
        "Đáp án: 2 câu theo đáp án ghi trong tệp (correctResponse).",
    )


def test_items_that_only_the_test_names_are_found():
    test = '<assessmentTest><assessmentItemRef href="i/b.xml"/><assessmentItemRef href="i/a.xml"/></assessmentTest>'
    files = {
        "imsmanifest.xml": manifest("test.xml", kind="imsqti_test_xmlv2p1"),
        "test.xml": test,
        "i/a.xml": item(ABC, before=response("A"), name="a"),
        "i/b.xml": item(ABC, before=response("A"), name="b"),
    }
    assert [each.ref for each in read(package(files)).questions] == ["b", "a"]


def test_a_package_without_manifest_gives_its_items():
    files = {"10.xml": item(ABC, before=response("A"), name="a"), "9.xml": item(ABC, before=response("A"), name="b")}
    assert [each.ref for each in read(package({**files, "hong.xml": "<a"})).questions] == ["b", "a"]
    assert [each.where for each in read(package({**files, "hong.xml": "<a"})).problems] == ["hong.xml"]


@pytest.mark.parametrize(
    ("src", "said"),
    [
        ("mat.png", "thiếu hình"),
        ("http://example.org/a.png", "ngoài gói"),
        ("../../a.png", "ngoài gói"),
        ("a.svg", "JPEG, PNG"),
    ],
)
def test_a_picture_that_cannot_be_kept_is_told_and_the_key_stays(src, said):
    files = {
        "imsmanifest.xml": manifest("a.xml"),
        "a.xml": item(f'<img src="{src}"/>{ABC}', before=response("B")),
        "a.svg": "<svg/>",
    }
    [question] = read(package(files)).questions
    assert (question.pictures, rights(question), question.flagged) == ((), [False, True, False], True)
    assert said in question.why


def test_a_text_that_questions_share_stands_before_each():
    body = choices("a", "b")
    text = item(body, before=response("A") + '<assessmentStimulusRef identifier="s" href="../s/doan.xml"/>')
    files = {
        "imsmanifest.xml": manifest("i/a.xml"),
        "i/a.xml": text,
        "s/doan.xml": "<qti-assessment-stimulus><qti-stimulus-body><p>Đoạn văn.</p></qti-stimulus-body>"
        "</qti-assessment-stimulus>",
    }
    assert read(package(files)).questions[0].prompt == "Đoạn văn.\nChọn gì?"
    del files["s/doan.xml"]
    assert "tệp khác" in read(package(files)).questions[0].why


def test_a_shared_text_that_a_single_file_cannot_have_is_told():
    before = response("A") + '<assessmentStimulusRef identifier="s" href="../s/doan.xml"/>'
    question = only(item(ABC, before=before))
    assert (rights(question), "tệp khác" in question.why) == ([True, False, False], True)


def test_what_a_mac_adds_to_a_package_is_passed_over():
    beside = {
        "__MACOSX/items/._a.xml": b"\0\5\x16\7",
        "items/._a.xml": b"\0\5\x16\7",
        "__MACOSX/._imsmanifest.xml": "x",
    }
    files = {"items/a.xml": item(ABC, before=response("A"))}
    for each in (files, {"imsmanifest.xml": manifest("items/a.xml"), **files}):
        reading = read(package({**beside, **each}))
        assert ([each.right_texts for each in reading.questions], reading.problems) == ([("Một",)], ())


def test_sections_of_a_test_in_files_of_their_own_are_followed():
    files = {
        "imsmanifest.xml": manifest("test.xml", kind="imsqti_test_xmlv2p1"),
        "test.xml": '<assessmentTest><assessmentSectionRef href="s/phan.xml"/></assessmentTest>',
        "s/phan.xml": '<assessmentSection><assessmentItemRef href="../i/b.xml"/></assessmentSection>',
        "i/b.xml": item(ABC, before=response("A"), name="b"),
    }
    reading = read(package(files))
    assert ([each.ref for each in reading.questions], reading.problems) == (["b"], ())
    files["s/phan.xml"] = '<assessmentSection><assessmentSectionRef href="phan.xml"/></assessmentSection>'
    assert [each.where for each in read(package(files)).problems] == ["i/b.xml"]


def test_old_qti_in_a_package_is_told_what_to_do():
    reading = read(
        package({"imsmanifest.xml": manifest("a.xml", kind="imsqti_xmlv1p2"), "a.xml": "<questestinterop/>"})
    )
    assert [("QTI 1.2" in each.what, "Xin xuất lại" in each.what) for each in reading.problems] == [(True, True)]
    reading = read(package({"imsmanifest.xml": manifest(), "b/c.xml.qti": "<questestinterop/>"}))
    assert [(each.where, "QTI 1.2" in each.what) for each in reading.problems] == [("b/c.xml.qti", True)]


XXE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
LAUGHS = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (item(ABC).replace("?>", f"?>{XXE}", 1), "khai báo thực thể"),
        (item(ABC).replace("?>", f"?>{LAUGHS}", 1), "khai báo thực thể"),
        (item(ABC)[:-30], "hỏng ở dòng 1"),
        (item(ABC).replace("UTF-8", "UTF-16").encode("cp1258", "replace"), "bảng mã"),
        ("<questestinterop/>", "QTI 1.2"),
        ("<assessmentTest/>", "không có câu hỏi bên trong"),
        ("<manifest/>", "danh mục"),
        ("<html/>", "không có câu hỏi QTI"),
        (package({"../a.xml": "x"}), "ra ngoài gói"),
        (package({"a.txt": "x"}), "không có câu hỏi QTI"),
        (package({"imsmanifest.xml": manifest("a.xml"), "a.xml": item(ABC)})[:-40], "hỏng"),
        (package({"imsmanifest.xml": manifest("a.xml"), "a.xml": b" " * (41 << 20)}), "quá lớn"),
    ],
)
def test_hostile_and_broken_files_are_refused_with_a_sentence(data, said):
    assert said in refusal(data)


def test_a_package_is_recognised_and_read_in_the_child():
    data = package({"imsmanifest.xml": manifest("a.xml"), "a.xml": item(ABC, before=response("B"))})
    [question] = read_questions(QuestionFile("de.zip", data)).questions
    assert rights(question) == [False, True, False]
    [problem] = read_questions(QuestionFile("de.zip", package({"a.xml": b" " * (200 << 20)}))).problems
    assert (problem.n, "quá lớn" in problem.what) == (0, True)
