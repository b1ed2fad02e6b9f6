"""Cells that stay what they are, sheets that print."""

from datetime import date, datetime

import openpyxl
import pytest

from quizapp.formats.sheet_writing import MOST_ROWS, Book, Column, Kind, plain, sheet_name

DANGEROUS = ["=1+1", "+84912345678", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", '=HYPERLINK("http://x")', "#N/A", "TRUE"]


def reread(book, path):
    book.write_cover([("Bìa", None)])
    book.save(path)
    return openpyxl.load_workbook(path)


def column(book, path, kind, values):
    book.add("Trang", "", [Column("Cột", 10, kind)], [[value] for value in values])
    return [row[0] for row in reread(book, path)["Trang"].iter_rows(min_row=2)]


@pytest.mark.parametrize("kind", [Kind.TEXT, Kind.CODE])
def test_no_text_becomes_a_formula_an_error_or_a_number(tmp_path, kind):
    cells = column(Book("Cuộc thi"), tmp_path / "x.xlsx", kind, [*DANGEROUS, "0912345678"])
    assert [cell.data_type for cell in cells] == ["s"] * len(cells)
    assert [cell.value for cell in cells] == [*(text.replace("\r", "\n") for text in DANGEROUS), "0912345678"]
    assert [cell.quotePrefix for cell in cells] == [text[0] in "=+-@\t\r\n" for text in [*DANGEROUS, "0912345678"]]


def test_the_cover_and_the_title_are_as_safe_as_the_rows(tmp_path):
    book = Book("=1+1&x")
    book.write_cover([("=2", "=3"), ("@x", None), ("a", 5)])
    book.save(tmp_path / "x.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "x.xlsx")["Trang bìa"]
    assert [[cell.data_type for cell in row if cell.value is not None] for row in sheet] == [
        ["s", "s"],
        ["s"],
        ["s", "n"],
    ]
    assert sheet.oddHeader.left.text == "=1+1&&x"


def test_characters_that_xml_forbids_are_dropped(tmp_path):
    text = "".join(map(chr, range(32))) + "Ớt\x7f\ufffe\uffff\ud800"
    assert plain(text) == "\t\n\nỚt"
    assert column(Book("x"), tmp_path / "x.xlsx", Kind.TEXT, [text])[0].value == "\t\n\nỚt"


def test_text_longer_than_a_cell_is_cut():
    assert len(plain("x" * 40_000)) == 32_767


@pytest.mark.parametrize(
    ("kind", "given", "shown", "number_format"),
    [
        (Kind.MARKS, 1825, 18.25, "#,##0.00"),
        (Kind.RATE, 9512, 0.9512, "0.00%"),
        (Kind.COUNT, 1_060_438, 1_060_438, "#,##0"),
        (Kind.DAY, date(1990, 12, 31), datetime(1990, 12, 31), "dd/mm/yyyy"),
        (Kind.MOMENT, datetime(2026, 12, 1, 12, 0, 5), datetime(2026, 12, 1, 12, 0, 5), "dd/mm/yyyy hh:mm:ss"),
        (Kind.CODE, "007", "007", "@"),
    ],
)
def test_a_column_gives_its_cells_their_type_and_format(tmp_path, kind, given, shown, number_format):
    cell = column(Book("x"), tmp_path / "x.xlsx", kind, [given])[0]
    assert (cell.value, cell.number_format) == (shown, number_format)


def test_an_absent_value_is_an_empty_cell(tmp_path):
    book = Book("x")
    book.add("Trang", "", [Column("A", 9, Kind.DAY), Column("B", 9), Column("C", 9)], [[None, "", "c"]])
    assert [cell.value for cell in reread(book, tmp_path / "x.xlsx")["Trang"][2]] == [None, None, "c"]


def test_a_sheet_is_ready_to_print_and_to_filter(tmp_path):
    book = Book("Thi A & B")
    book.add("Tất cả", "", [Column("Hạng", 8), Column("Họ và tên", 28)], [["1", "An"], ["2", "Bình"]])
    sheet = reread(book, tmp_path / "x.xlsx")["Tất cả"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows) == ("A2", "A1:B3", "$1:$1")
    assert (sheet.page_setup.orientation, str(sheet.page_setup.paperSize)) == ("landscape", "9")
    assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToWidth) == (True, 1)
    assert int(sheet.page_setup.fitToHeight) == 0
    assert (sheet.oddHeader.left.text, sheet.oddHeader.right.text) == ("Thi A && B", "Tất cả")
    assert sheet.oddFooter.center.text == "Trang &P / &N"
    assert [sheet.column_dimensions[letter].width for letter in "AB"] == [8, 28]
    assert [cell.font.b for cell in sheet[1]] == [True, True]


@pytest.mark.parametrize(
    ("rows", "sizes"), [(0, [0]), (3, [3]), (4, [4]), (5, [4, 1]), (9, [4, 4, 1])], ids=lambda each: str(each)
)
def test_more_rows_than_a_sheet_holds_go_on_in_another(tmp_path, rows, sizes):
    book = Book("x", most_rows=5)
    book.add("Trang", "", [Column("Số", 8, Kind.COUNT)], ([number] for number in range(rows)))
    read = reread(book, tmp_path / "x.xlsx")
    sheets = read.worksheets[1:]
    assert [sheet.max_row - 1 for sheet in sheets] == [each.rows for each in book.written] == sizes
    assert [cell.value for sheet in sheets for (cell,) in sheet.iter_rows(min_row=2)] == list(range(rows))
    assert all(sheet["A1"].value == "Số" for sheet in sheets)


def test_a_sheet_holds_what_excel_can_hold():
    assert Book("x").most_rows == MOST_ROWS == 2**20


@pytest.mark.parametrize(
    ("wanted", "taken", "name"),
    [
        ("Xếp hạng", [], "Xếp hạng"),
        ("Xếp hạng", ["XẾP HẠNG"], "Xếp hạng (2)"),
        ("a/b:c*[d]?", [], "a b c d"),
        ("'x'", [], "x"),
        ("", [], "Trang"),
        ("x" * 40, [], "x" * 31),
        ("x" * 40, ["x" * 31], "x" * 27 + " (2)"),
    ],
)
def test_a_sheet_has_a_name_that_excel_takes(wanted, taken, name):
    assert sheet_name(wanted, taken) == name
