"""HTML as Moodle stores it becomes text that one can read; nothing that was not markup is lost."""

import pytest

from quizapp.formats.questions.markup import Image, shown


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>Một</p><p>hai<br>ba</p>", "Một\nhai\nba"),
        ("<p>một\n  hai</p>\n", "một hai"),
        ("<ul><li>a</li><li>b</li></ul>c", "- a\n- b\nc"),
        ("Theo:<ol><li>a<ol><li>b</li></ol></li><li>c</li></ol>", "Theo:\n1. a\n1. b\n2. c"),
        ("<table><tr><th>Năm</th><th>Số</th></tr><tr><td>1</td><td>2</td></tr></table>", "Năm | Số\n1 | 2"),
        ("H<sub>2</sub>O, x<sup>2</sup>, 10<sup>-3</sup>, a<sub>ij</sub>", "H₂O, x², 10⁻³, a_(ij)"),
        ("a&nbsp;&lt;&#65;&amp;lt; AT&T &khong;", "a <A&lt; AT&T &khong;"),
        ("<script>alert(1)</script>x<style>p{}</style><!-- y -->", "x"),
        ('<span style="color:red" class=a>x</span><o:p></o:p>', "x"),
        ("List<String> a < b", "List<String> a < b"),
        ("Chie<strong>u</strong>\u0302", "Chieû"),
        ('<p title="a>b">x</p>', "x"),
        ("<B>x</B><BR/>y", "x\ny"),
        ('<?xml:namespace prefix = o ns = "urn:x" /><![if !supportLists]>1. <![endif]><!DOCTYPE html>x', "1. x"),
        ('<lt-highlighter style="display: none;"></lt-highlighter>x<grammarly-extension data-g="1"/>', "x"),
        ('<text font="serif">{</text>', "{"),
        ("a-b <c-d e", "a-b <c-d e"),
        ("<math><msup><mi>x</mi><mn>2</mn></msup><mo>&lt;</mo><mn>4</mn></math>?", "x²<4?"),
        ("<math><mi>a</mi></math> và <math><mi>b</mi></math>", "a và b"),
        ('<m:math xmlns:m="urn:m"><m:mi>x</m:mi></m:math>', "x"),
        ("<pre>a\n  b</pre>", "a\nb"),
        ("</p></sub>x<sup>", "x"),
    ],
)
def test_html_is_read_as_one_sees_it(source, text):
    assert shown(source, "html").text == text


@pytest.mark.parametrize(
    ("source", "form", "text"),
    [
        ("a\nb <b>c</b>", "moodle", "a\nb c"),
        ("a<b và c>d", "moodle", "a<b và c>d"),
        ("<b>&lt;", "plain", "<b>&lt;"),
        ("Ai **ở đây**? 2**3*4", "markdown", "Ai ở đây? 2**3*4"),
    ],
)
def test_each_form_is_read_by_its_own_rules(source, form, text):
    assert shown(source, form).text == text


def test_pictures_and_what_is_no_text_are_found():
    found = shown(
        '<img src="a&amp;b.png" alt="cờ"><video></video><svg><text>t</text></svg><a href="@@PLUGINFILE@@/x.pdf">y</a>',
        "html",
    )
    assert found.text == "y"
    assert found.images == [Image("a&b.png", "cờ")]
    assert sorted(found.lost) == ["hình vẽ SVG", "tệp đính kèm x.pdf", "đoạn phim"]
    assert shown("<math><mtable><mtr/></mtable><mi>x</mi></math>", "html").lost == ["công thức MathML"]
    assert shown("<math>&nbsp;</math>", "html").lost == ["công thức MathML"]
    assert shown("![sơ đồ](a.png) x", "markdown").images == [Image("a.png", "sơ đồ")]
