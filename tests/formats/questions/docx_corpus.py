"""Small Word files, each for one trap, with what must come of it written by hand.

An expected question is 'kind | stem | option | *right option'; '? ' before it: flagged.
"""

import unicodedata

from tests.formats.questions.word_files import lines, numbering, p, run, table, word

FOUR = "A. Hà Nội\nB. Huế\nC. Vinh\nD. Cần Thơ"
NONE = "single | Thủ đô? | Hà Nội | Huế | Vinh | Cần Thơ"
IS_A = "single | Thủ đô? | *Hà Nội | Huế | Vinh | Cần Thơ"
IS_B = "single | Thủ đô? | Hà Nội | *Huế | Vinh | Cần Thơ"


def _four(number: int = 1, *, b: str = "", a: str = "", label_b: str = "", stem: str = "") -> str:
    return (
        p((f"Câu {number}: Thủ đô?", stem))
        + p(("A. Hà Nội", a))
        + p(("B.", label_b or b), (" Huế", b))
        + p("C. Vinh")
        + p("D. Cần Thơ")
    )


def _typed(label: str, answer: str = "Đáp án: B", options: str = FOUR) -> bytes:
    return word(lines(f"{label} Thủ đô?\n{options}\n{answer}"))


AUTO = numbering([("decimal", "Câu %1:"), ("upperLetter", "%2.")])
FLAT = numbering([("decimal", "%1.")], [("upperLetter", "%1.")])
RESTART = "".join(
    f'<w:num w:numId="{number}"><w:abstractNumId w:val="2"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    for number in (11, 12)
)
STYLED = (
    '<w:style w:type="paragraph" w:styleId="Cau"><w:name w:val="Cau"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
    '</w:pPr></w:style><w:style w:type="character" w:styleId="Key"><w:name w:val="Key"/><w:rPr><w:u w:val="single"/>'
    '</w:rPr></w:style><w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/></w:style>'
)
BOX = (
    "<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx><w:txbxContent>{0}</w:txbxContent></wps:txbx></w:drawing>"
    "</mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>{0}</w:txbxContent></v:textbox></w:pict></mc:Fallback>"
    "</mc:AlternateContent></w:r>"
)
PICTURE = '<w:r><w:drawing><a:blip r:embed="pic"/></w:drawing></w:r>'
PICTURE_REL = (
    '<Relationship Id="pic" Target="media/{}" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"/>'
)
HEAD = ["Câu", "Nội dung", "A", "B", "C", "D", "Đáp án"]
TWO_PARTS = (
    "Phần I\nCâu 1: Một?\nA. x\nB. y\nCâu 2: Hai?\nA. x\nB. y\n"
    "Phần II\nCâu 1: Ba?\nA. x\nB. y\nCâu 2: Bốn?\nA. x\nB. y\n"
    "ĐÁP ÁN\n"
)
Corpus = dict[str, tuple[bytes, list[str]]]
LABELS: Corpus = {
    f"label {label}": (_typed(label), [IS_B])
    for label in (
        "Câu 1:",
        "Câu 1.",
        "Câu 1)",
        "CÂU 01",
        "1.",
        "1)",
        "Bài 1:",
        "Question 1.",
        "Câu hỏi 1:",
        "Câu 1 (NB).",
    )
}
OPTION_LABELS: Corpus = {
    f"options {a}": (_typed("Câu 1:", options=f"{a} Hà Nội\n{b} Huế\n{c} Vinh\n{d} Cần Thơ"), [IS_B])
    for a, b, c, d in (
        ("A)", "B)", "C)", "D)"),
        ("a.", "b.", "c.", "d."),
        ("a)", "b)", "c)", "d)"),
        ("A:", "B:", "C:", "D:"),
        ("A/", "B/", "C/", "D/"),
        ("(A)", "(B)", "(C)", "(D)"),
        ("А.", "В.", "С.", "D."),
        ("Ａ．", "Ｂ．", "Ｃ．", "Ｄ．"),
    )
}
ANSWERS: Corpus = {
    f"answer {answer}": (_typed("Câu 1:", answer), [expected])
    for answer, expected in (
        ("ĐA: B", IS_B),
        ("Đáp án đúng là B", IS_B),
        ("=> B", IS_B),
        ("Trả lời: B", IS_B),
        ("Chọn B", IS_B),
        ("Answer: B", IS_B),
        ("Đáp án: Huế", IS_B),
        ("Đáp án: B. Huế", IS_B),
        ("Đáp án: B. Vì kinh đô xưa", IS_B),
        ("Đáp án: B. Vinh", "? " + NONE),
        ("Đáp án: E", "? " + NONE),
        ("Đáp án: A hoặc B", "? " + NONE),
        ("Đáp án: A, B", "multiple | Thủ đô? | *Hà Nội | *Huế | Vinh | Cần Thơ"),
        ("ĐÁP ÁN\n1-B", IS_B),
        ("ĐÁP ÁN\n1.B", IS_B),
        ("ĐÁP ÁN\n1 B", IS_B),
        ("Đáp án:\nCâu 1: B", IS_B),
        ("Đáp án: A\nĐÁP ÁN\n1.B", "? " + NONE),
        ("Đáp án: B\nĐáp án: C", "? " + NONE),
    )
}
MARKED: Corpus = {
    f"key {looks}": (word(_four(b=looks)), [IS_B]) for looks in ("u", "uu", "b", "red", "blue", "theme", "hi", "shade")
}
MARKED |= {
    "letter alone": (word(_four(label_b="u")), [IS_B]),
    "no mark": (word(_four()), ["? " + NONE]),
    "two marks": (word(_four(a="u", b="u")), ["? " + NONE]),
    "red against underline": (word(_four(b="red", a="u")), ["? " + NONE]),
    "mark against line": (word(_four(b="u") + p("Đáp án: C")), ["? " + NONE]),
    "mark against list": (word(_four(b="u") + lines("ĐÁP ÁN\n1.A")), ["? " + NONE]),
    "bold stem, red key": (word(_four(b="red", stem="b")), [IS_B]),
    "black is no colour": (word(_four(a="black", b="red")), [IS_B]),
    "marked part of a file that underlines": (
        word("".join(_four(n, b="u") for n in range(1, 6)) + _four(6, a="i")),
        [IS_B] * 5 + ["? " + NONE],
    ),
    "all options bold, one red as well": (
        word(p("Câu 1: Thủ đô?") + "".join(p((text, "b red" if text[0] == "B" else "b")) for text in FOUR.split("\n"))),
        [IS_B],
    ),
    "underline from a style": (
        word(
            p("Câu 1: Thủ đô?")
            + p("A. Hà Nội")
            + p(("B. Huế", '<w:rStyle w:val="Key"/>'))
            + lines("C. Vinh\nD. Cần Thơ"),
            styles=STYLED,
        ),
        [IS_B],
    ),
    "runs split within a letter": (
        word(
            p("Câu 1: Thu", "\u0309 ", "đô", "?")
            + p("A", ". Ha", "\u0300", " Nội")
            + p("B. Huê\u0301")
            + p("C. Vinh")
            + p("D. Cần Thơ")
            + p("Đáp ", "án: ", "B")
        ),
        ["single | Thủ đô? | Hà Nội | *Huế | Vinh | Cần Thơ"],
    ),
}
STARS: Corpus = {
    f"star {b}": (word(lines(f"Câu 1: Thủ đô?\nA. Hà Nội\n{b}\nC. Vinh\nD. Cần Thơ")), [IS_B])
    for b in (
        "*B. Huế",
        "B.* Huế",
        "B. Huế *",
        "✓ B. Huế",
        "B. Huế (x)",
        "B. Huế [x]",
        "B. Huế (Đ)",
        "B. Huế (đúng)",
        "[x] B. Huế",
    )
}
LAYOUT: Corpus = {
    "answer before the options": (_typed("Câu 1:", "", f"Đáp án: B\n{FOUR}"), [IS_B]),
    "tabs": (word(p("Câu 1: Thủ đô?") + p("A. Hà Nội\t", ("B. Huế", "u"), "\tC. Vinh\tD. Cần Thơ")), [IS_B]),
    "spaces": (_typed("Câu 1:", options="A. Hà Nội    B. Huế\nC. Vinh    D. Cần Thơ"), [IS_B]),
    "run on": (word(p("Câu 1: Thủ đô? A. Hà Nội B. ", ("Huế", "red"), " C. Vinh D. Cần Thơ")), [IS_B]),
    "line breaks": (word(p("Câu 1: Thủ đô?\nA. Hà Nội\nB. Huế\nC. Vinh\nD. Cần Thơ\nĐáp án: B")), [IS_B]),
    "answer at the end": (_typed("Câu 1:", "", FOUR + "   Đáp án: B"), [IS_B]),
    "two by two down": (
        word(p("Câu 1: Thủ đô?") + table(["A. Hà Nội", "C. Vinh"], ["B. Huế", "D. Cần Thơ"]) + p("Đáp án: B")),
        [IS_B],
    ),
    "letters in cells of their own": (
        word(p("Câu 1: Thủ đô?") + table(["A", "Hà Nội", "B", "Huế"], ["C", "Vinh", "D", "Cần Thơ"]) + p("Đáp án: B")),
        [IS_B],
    ),
    "table of questions": (word(table(HEAD, ["1", "Thủ đô?", "Hà Nội", "Huế", "Vinh", "Cần Thơ", "B"])), [IS_B]),
    "table, columns in another order": (
        word(
            table(
                ["STT", "Đáp án", "Câu hỏi", "A", "B", "C", "D"],
                ["1", "B", "Thủ đô?", "Hà Nội", "Huế", "Vinh", "Cần Thơ"],
            )
        ),
        [IS_B],
    ),
    "table without a heading": (
        word(table(*[[str(n), "Thủ đô?", "Hà Nội", "Huế", "Vinh", "Cần Thơ", "B"] for n in (1, 2)])),
        [IS_B] * 2,
    ),
    "table, key by colour": (
        word(table(HEAD[:6], ["1", "Thủ đô?", "Hà Nội", p(("Huế", "red")), "Vinh", "Cần Thơ"])),
        [IS_B],
    ),
    "table, key left out": (word(table(HEAD, ["1", "Thủ đô?", "Hà Nội", "Huế", "Vinh", "Cần Thơ", ""])), ["? " + NONE]),
    "a question in a cell": (word(table(["Câu 1", f"Thủ đô?\n{FOUR}\nĐáp án: B"])), [IS_B]),
    "nested table": (
        word(
            p("Câu 1: Thủ đô?")
            + table([p("") + table(["A. Hà Nội", "B. Huế"], ["C. Vinh", "D. Cần Thơ"])])
            + p("Đáp án: B")
        ),
        [IS_B],
    ),
    "figures in a stem": (
        word(p("Câu 1: Xem bảng?") + table(["Năm", "2020"], ["Số", "15"]) + lines("A. x\nB. y\nĐáp án: A")),
        ["? single | Xem bảng? Năm | 2020 Số | 15 | *x | y"],
    ),
    "numbered options": (_typed("Câu 1:", "Đáp án: 2", "1. Hà Nội\n2. Huế\n3. Vinh\n4. Cần Thơ"), [IS_B]),
    "items in a stem": (
        word(lines("Câu 1: Gồm:\n1. x\n2. y\nA. 1\nB. 2\nĐáp án: B")),
        ["single | Gồm: 1. x 2. y | 1 | *2"],
    ),
    "small items, capital options": (
        word(lines("Câu 1: Gồm:\na) x\nb) y\nA. 1\nB. 2\nĐáp án: B")),
        ["single | Gồm: a) x b) y | 1 | *2"],
    ),
    "names that look like labels": (
        word(lines("Câu 1: Ai?\nA. Ông Nguyễn Văn B. ở Huế\nB. C. Mác\nC. V.I. Lênin\nĐáp án: B")),
        ["single | Ai? | Ông Nguyễn Văn B. ở Huế | *C. Mác | V.I. Lênin"],
    ),
    "law in an option": (
        word(lines("Câu 1: Theo điểm a) và b) khoản 2?\nA. Điểm a) khoản 1\nB. Điểm b) khoản 2\nĐáp án: B")),
        ["single | Theo điểm a) và b) khoản 2? | Điểm a) khoản 1 | *Điểm b) khoản 2"],
    ),
    "a letter left out": (_typed("Câu 1:", "Đáp án: B", "A. x\nB. y\nD. z"), ["? single | Thủ đô? | x | *y | z"]),
    "a letter twice": (_typed("Câu 1:", "Đáp án: B", "A. x\nB. y\nB. z"), ["? single | Thủ đô? | x | y | z"]),
    "stray paragraph": (_typed("Câu 1:", "Đoạn lạ này.\nĐáp án: B"), ["? " + IS_B]),
}
LISTS: Corpus = {
    "numbers by Word": (
        word(
            "".join(
                p("Thủ đô?", num="1 0")
                + "".join(
                    p((text, "red" if text == "Huế" else ""), num="1 1")
                    for text in ("Hà Nội", "Huế", "Vinh", "Cần Thơ")
                )
                for _ in (1, 2)
            )
            + lines("ĐÁP ÁN\n1.B 2.B"),
            lists=AUTO,
        ),
        [IS_B] * 2,
    ),
    "two lists of Word, restarted": (
        word(
            "".join(
                p("Thủ đô?", num="1 0")
                + "".join(p(text, num=f"{number} 0") for text in ("Hà Nội", "Huế", "Vinh", "Cần Thơ"))
                for number in (11, 12)
            )
            + lines("ĐÁP ÁN\n1.B 2.A"),
            lists=numbering([("decimal", "%1.")], [("upperLetter", "%1.")], nums=RESTART),
        ),
        [IS_B, IS_A],
    ),
    "number from a style": (
        word(
            "".join(p("Thủ đô?", style="Cau") + lines(FOUR) for _ in (1, 2)) + lines("ĐÁP ÁN\n1.B 2.A"),
            lists=AUTO,
            styles=STYLED,
        ),
        [IS_B, IS_A],
    ),
    "grid across": (
        word("".join(_four(n) for n in (1, 2)) + p("BẢNG ĐÁP ÁN") + table(["Câu", "1", "2"], ["Đáp án", "B", "A"])),
        [IS_B, IS_A],
    ),
    "grid down": (
        word("".join(_four(n) for n in (1, 2)) + table(["Câu", "Đáp án"], ["1", "B"], ["2", "A"])),
        [IS_B, IS_A],
    ),
    "grid of pairs": (word("".join(_four(n) for n in (1, 2)) + table(["1.B", "2.A"])), [IS_B, IS_A]),
    "grid of several codes": (
        word(
            "".join(_four(n) for n in (1, 2))
            + p("ĐÁP ÁN")
            + table(["Câu", "Mã 101", "Mã 102"], ["1", "B", "A"], ["2", "A", "C"])
        ),
        ["? " + NONE] * 2,
    ),
    "keys of two parts": (
        word(lines(TWO_PARTS + "Phần I\n1.A 2.B\nPhần II\n1.B 2.A")),
        ["single | Một? | *x | y", "single | Hai? | x | *y", "single | Ba? | x | *y", "single | Bốn? | *x | y"],
    ),
    "keys of one part for two": (
        word(lines(TWO_PARTS + "1.A 2.B")),
        [f"? single | {stem}? | x | y" for stem in ("Một", "Hai", "Ba", "Bốn")],
    ),
    "a number twice": (word(_four(1) + _four(1) + lines("ĐÁP ÁN\n1.B")), ["? " + NONE] * 2),
}
KINDS: Corpus = {
    "columns of true and false": (
        word(table(["STT", "Nhận định", "Đúng", "Sai"], ["1", "Trời xanh", "x", ""], ["2", "Trời đỏ", "x", "x"])),
        ["true_false | Trời xanh | *Đúng | Sai", "? true_false | Trời đỏ | Đúng | Sai"],
    ),
    "true and false": (
        word(lines("Câu 1: Đúng không?\nA. Đúng\nB. Sai\nĐáp án: B")),
        ["true_false | Đúng không? | Đúng | *Sai"],
    ),
    "true or false by word": (
        word(lines("Câu 1: Trời xanh.\nĐáp án: Đúng")),
        ["true_false | Trời xanh. | *Đúng | Sai"],
    ),
    "four statements": (
        word(lines("Câu 1: Xét:\na) một (Đ)\nb) hai (S)\nĐúng hay sai")),
        ["? true_false | Xét: một | *Đúng | Sai", "? true_false | Xét: hai | Đúng | *Sai"],
    ),
    "statements with a key of letters": (
        word(lines("PHẦN II. Câu trắc nghiệm đúng sai\nCâu 1: Xét:\na) một\nb) hai\nĐáp án: a) Đ b) S")),
        ["true_false | Xét: một | *Đúng | Sai", "true_false | Xét: hai | Đúng | *Sai"],
    ),
    "statements without a key": (
        word(lines("PHẦN II. Câu trắc nghiệm đúng sai\nCâu 1: Xét:\na) một\nb) hai")),
        ["? true_false | Xét: một | Đúng | Sai", "? true_false | Xét: hai | Đúng | Sai"],
    ),
    "number": (word(lines("Câu 1: Số pi?\nĐáp số: 3,14")), ["number | Số pi? | *3.14"]),
    "thousands or decimals": (word(lines("Câu 1: Bao nhiêu?\nĐáp số: 1.250")), ["? number | Bao nhiêu?"]),
    "short": (word(lines("Câu 1: Ai?\nĐáp án: Bác Hồ; Hồ Chí Minh")), ["short | Ai? | *Bác Hồ | *Hồ Chí Minh"]),
    "essay": (
        word(lines("PHẦN II. TỰ LUẬN\nCâu 1 (2 điểm): Nêu quyền.\nGợi ý trả lời:\n- một\n- hai")),
        ["essay | Nêu quyền."],
    ),
    "no options at all": (
        word(lines("Câu 1: Gì đó?\nCâu 2: Thủ đô?\n" + FOUR + "\nĐáp án: B")),
        ["? essay | Gì đó?", IS_B],
    ),
    "all of the above": (
        word(lines("Câu 1: Gì?\nA. x\nB. y\nC. Cả A và B đều đúng\nĐáp án: C")),
        ["single | Gì? | x | y | *Cả A và B đều đúng"],
    ),
}
WORD: Corpus = {
    "text box read once": (
        word(p(BOX.format(lines("Câu 1: Thủ đô?\n" + FOUR)).replace("<w:r>", "<w:r>", 1)) + p("Đáp án: B")),
        [IS_B],
    ),
    "deleted is not read": (
        word(
            p(
                "Câu 1: Thủ đô",
                "<w:del><w:r><w:delText> cũ</w:delText></w:r></w:del>",
                "<w:ins>" + run("?") + "</w:ins>",
            )
            + lines(FOUR + "\nĐáp án: B")
        ),
        [IS_B],
    ),
    "hidden key": (word(lines("Câu 1: Thủ đô?\n" + FOUR) + p(("Đáp án: B", "hide"))), [IS_B]),
    "hidden text": (word(p("Câu 1: Thủ đô?", ("bí mật", "hide")) + lines(FOUR + "\nĐáp án: B")), [IS_B]),
    "content control": (
        word("<w:sdt><w:sdtContent>" + lines("Câu 1: Thủ đô?\n" + FOUR) + "</w:sdtContent></w:sdt>" + p("Đáp án: B")),
        [IS_B],
    ),
    "hyperlink": (
        word(p("Câu 1: ", "<w:hyperlink>" + run("Thủ đô") + "</w:hyperlink>", "?") + lines(FOUR + "\nĐáp án: B")),
        [IS_B],
    ),
    "superscript": (word(p("Câu 1: m", ("2", "sup"), "?") + lines("A. x\nB. y\nĐáp án: A")), ["single | m²? | *x | y"]),
    "formula": (
        word(
            p(
                "Câu 1: ",
                "<w:smartTag><m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r>"
                "</m:den></m:f></m:oMath></w:smartTag>",
            )
            + lines("A. x\nB. y\nĐáp án: A")
        ),
        ["? single | (1)/(2) | *x | y"],
    ),
    "footnote": (
        word(p("Câu 1: Thủ đô?", "<w:r><w:footnoteReference/></w:r>") + lines(FOUR + "\nĐáp án: B")),
        ["? " + IS_B],
    ),
    "smart art": (word(p("Câu 1: Thủ đô?", "<w:r><w:drawing/></w:r>") + lines(FOUR + "\nĐáp án: B")), ["? " + IS_B]),
    "picture kept": (
        word(
            p("Câu 1: Thủ đô?", PICTURE) + lines(FOUR + "\nĐáp án: B"),
            rels=PICTURE_REL.format("a.png"),
            parts={"word/media/a.png": b"bytes"},
        ),
        [IS_B],
    ),
    "picture of old kind": (
        word(
            p("Câu 1: Thủ đô?", PICTURE) + lines(FOUR + "\nĐáp án: B"),
            rels=PICTURE_REL.format("a.wmf"),
            parts={"word/media/a.wmf": b"bytes"},
        ),
        ["? " + IS_B],
    ),
    "decomposed": (word(unicodedata.normalize("NFD", lines("Câu 1: Thủ đô?\n" + FOUR + "\nĐáp án: B"))), [IS_B]),
    "TCVN3": (
        word(
            p(("C©u 1: Thñ ®«?", "tcvn")) + p(("A. Hµ Néi", "tcvn")) + p(("B. HuÕ", "tcvn")) + p(("§¸p ¸n: B", "tcvn"))
        ),
        ["single | Thủ đô? | Hà Nội | *Huế"],
    ),
    "VNI": (
        word(
            p(("Caâu 1: Thu", "vni"), ("û ñoâ?", "vni"))
            + p(("A. Haø Noäi", "vni"))
            + p(("B. Hueá", "vni"))
            + p("Đáp án: B")
        ),
        ["single | Thủ đô? | Hà Nội | *Huế"],
    ),
    "headings and asides": (
        word(
            p("Chương II – Tiền lương", style="H1")
            + lines("Câu 1: Thủ đô?\n" + FOUR + "\nĐáp án: B\nGiải thích: vì thế\nCăn cứ: Điều 5"),
            styles=STYLED,
        ),
        [IS_B],
    ),
}
CORPUS: Corpus = LABELS | OPTION_LABELS | ANSWERS | MARKED | STARS | LAYOUT | LISTS | KINDS | WORD
