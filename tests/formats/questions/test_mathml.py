"""Formulas of one line become text; the others are left to a person."""

import pytest
from defusedxml.ElementTree import fromstring

from quizapp.formats.questions.mathml import linear

X, Y = "<mi>x</mi>", "<mi>y</mi>"
SUM = f"<mrow>{X}<mo>+</mo><mn>1</mn></mrow>"


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        (f"{X}<mo>≥</mo><mn>3,5</mn><mtext> cm </mtext>", "x≥3,5cm"),
        (f"<msup>{X}<mn>2</mn></msup>", "x²"),
        (f"<msup>{SUM}{X}</msup>", "(x+1)^(x)"),
        (f"<msub>{X}<mn>10</mn></msub>", "x₁₀"),
        (f"<mfrac>{SUM}<mn>2</mn></mfrac>", "(x+1)/2"),
        (f"<msqrt>{X}{Y}</msqrt>", "√xy"),
        (f"<msqrt>{SUM}</msqrt>", "√(x+1)"),
        (f"<mfenced>{X}{Y}</mfenced>", "(x,y)"),
        (f"<mfenced open='[' close=']' separators=';'>{X}{Y}</mfenced>", "[x;y]"),
        (f"<semantics><mrow>{X}</mrow><annotation>tex</annotation></semantics>", "x"),
        (f"<mn>2</mn><mo>\u2062</mo>{X}", "2x"),
        (f"<munder><mi>lim</mi>{X}</munder>", None),
        (f"<mtable><mtr><mtd>{X}</mtd></mtr></mtable>", None),
        (f"<mfrac>{X}</mfrac>", None),
        ("<mrow>" * 5_000 + X + "</mrow>" * 5_000, None),
    ],
)
def test_a_formula_is_written_as_one_would_type_it(inside, text):
    assert linear(fromstring(f"<math>{inside}</math>")) == text
