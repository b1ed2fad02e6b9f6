"""Uploaded workbooks and CSV files: what is read, and what is refused with a sentence, whatever the file does."""

import io
import struct
import subprocess
import sys
import zipfile
from datetime import date, datetime, time

import pytest
from openpyxl import Workbook
from openpyxl.styles import PatternFill

from quizapp.errors import BadFile
from quizapp.formats import child
from quizapp.formats.apart import run_apart
from quizapp.formats.workbook import MOST_BYTES, OLE, read_sheets
from tests.formats.packages import MAIN, packed, saved, workbook

SHARED_CELL = '<c t="s"><v>0</v></c>'


def refusal(data):
    with pytest.raises(BadFile) as error:
        read_sheets(data)
    return [str(each) for each in error.value.problems]


def rows(data):
    (sheet,) = read_sheets(data)
    return sheet.rows


def as_cells(**cells):
    def fill(sheet):
        for place, value in cells.items():
            sheet[place] = value

    return workbook(fill)


def test_rows_have_the_numbers_that_excel_shows_and_typed_cells():
    data = as_cells(
        B2=" Họ tên ",
        C4=date(1990, 12, 25),
        D4=datetime(2026, 12, 1, 7, 30),
        E4=912345678,
        F4=8.5,
        G4=True,
        H4="0912",
        I4=time(7, 30),
    )
    assert rows(data) == (
        (2, (None, " Họ tên ")),
        (4, (None, None, date(1990, 12, 25), datetime(2026, 12, 1, 7, 30), 912345678, 8.5, True, "0912", "07:30:00")),
    )


def test_hidden_sheets_are_left_out_and_empty_ones_have_no_rows():
    made = Workbook()
    made.active.title = "Rỗng"
    made.create_sheet("Ẩn").append(["x"])
    made["Ẩn"].sheet_state = "hidden"
    made.create_sheet("Có").append(["y"])
    assert [(sheet.name, len(sheet.rows)) for sheet in read_sheets(saved(made))] == [("Rỗng", 0), ("Có", 1)]


def test_a_far_away_cell_that_is_only_coloured_does_no_harm():
    def fill(sheet):
        sheet["A1"] = "x"
        sheet["XFD1048576"].fill = PatternFill("solid", fgColor="FF0000")

    assert rows(workbook(fill)) == ((1, ("x",)),)


@pytest.mark.parametrize(
    ("place", "sentence"),
    [
        ("XFD1048576", "nhiều nhất 50.000 dòng"),
        ("A50001", "nhiều nhất 50.000 dòng"),
        ("GS1", "nhiều nhất 200 cột"),
        ("GR50000", "làm bảng quá lớn"),
    ],
)
def test_a_far_away_cell_is_named(place, sentence):
    (problem,) = refusal(as_cells(A1="x", **{place: "xa"}))
    assert f"ô {place} (trang “Trang 1”)" in problem
    assert sentence in problem


def test_cells_without_a_place_are_counted_by_their_order():
    assert "ô GS1" in refusal(packed("<row>" + SHARED_CELL * 201 + "</row>"))[0]
    assert rows(packed("<row>" + SHARED_CELL * 2 + "</row>")) == ((1, ("chung", "chung")),)


def test_formulas_without_a_result_and_errors_are_named_cell_by_cell():
    cells = (
        '<row r="3"><c r="B3"><f>1+1</f></c><c r="C3"><f>1+1</f><v>2</v></c>'
        '<c r="D3" t="str"><f>""</f><v></v></c><c r="E3" t="e"><v>#N/A</v></c></row>'
    )
    first, second = refusal(packed(cells))
    assert first.startswith("Dòng 3, ô B3 (trang “Trang 1”): công thức chưa có kết quả")
    assert second.startswith("Dòng 3, ô E3 (trang “Trang 1”): ô đang báo lỗi #N/A")
    assert rows(packed('<row r="3"><c r="C3"><f>1+1</f><v>2</v></c></row>')) == ((3, (None, None, 2)),)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "tệp rỗng"),
        (b"  \n", "tệp rỗng"),
        (b"x" * (MOST_BYTES + 1), "lớn hơn 4 MB"),
        (OLE + bytes(2000), "kiểu cũ (.xls, .doc)"),
        (OLE + bytes(2000) + "EncryptedPackage".encode("utf-16-le"), "được đặt mật khẩu"),
        (b"%PDF-1.7 ...", "tệp PDF"),
        (b"<html><table></table></html>", "trang web"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>", "trang web hoặc tệp XML"),
        (b"\x89PNG\r\n\x1a\n", "tệp ảnh"),
        (bytes(range(256)) * 8, "không phải tệp Excel hay CSV"),
        (b"PK\x05\x06" + bytes(18), "không phải tệp Excel"),
        (b"PK\x03\x04" + bytes(100), "bị hỏng"),
        (as_cells(A1="x")[:-300], "bị hỏng"),
        (packed("<row><c r='A1'><v>1</c></row>"), "bị hỏng"),
        (packed("<row><c r='A1?'><v>1</v></c></row>"), "bị hỏng"),
        (packed(without="xl/workbook.xml"), "không phải tệp Excel"),
        (packed(parts={"word/document.xml": "<w/>"}, without="xl/workbook.xml"), "tệp Word"),
        (packed(parts={"content.xml": "<o/>"}, without="xl/workbook.xml"), "LibreOffice"),
        (packed(parts={"xl/workbook.bin": "x"}, without="xl/workbook.xml"), ".xlsb"),
        (packed(parts={"xl/vbaProject.bin": "x"}), "macro"),
        (packed(parts={"xl/macrosheets/sheet1.xml": "<x/>"}), "macro"),
        (packed(parts={"[Content_Types].xml": "<Types a='x.macroEnabled.main+xml'/>"}), "macro"),
        (packed(parts={f"xl/x{number}.xml": "" for number in range(1001)}), "quá nhiều phần"),
        (packed(parts={"xl/../../x.xml": "x"}), "bị hỏng"),
        (
            packed(parts={"xl/workbook.xml": '<workbook xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"/>'}),
            "Strict Open XML",
        ),
    ],
)
def test_what_is_no_plain_workbook_is_refused_with_its_sentence(data, sentence):
    (problem,) = refusal(data)
    assert sentence in problem
    assert "Xin" in problem


def test_a_password_on_the_package_is_told():
    data = bytearray(packed())
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(magic)
        data[place + offset] |= 1
    assert "được đặt mật khẩu" in refusal(bytes(data))[0]


XXE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
LAUGHS = "<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '" + "&a;" * 100 + "'><!ENTITY c '" + "&b;" * 100 + "'>]>"


@pytest.mark.parametrize("declared", [XXE, LAUGHS])
@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml", "[Content_Types].xml"]
)
def test_a_document_type_is_refused_in_every_part(declared, part):
    hidden = f"<?xml version='1.0'?><!-- {'x' * 200_000} -->{declared}<sst xmlns='{MAIN}'/>"
    assert "khai báo DTD" in refusal(packed(parts={part: hidden}))[0]


def test_a_zip_bomb_is_refused_by_its_directory():
    bomb = packed(parts={"xl/sharedStrings.xml": b" " * 50_000_000})
    assert len(bomb) < 100_000
    assert "giải nén ra quá lớn" in refusal(bomb)[0]


def test_a_zip_bomb_that_lies_about_its_size_is_refused():
    bomb = bytearray(packed(parts={"xl/sharedStrings.xml": b" " * 50_000_000}))
    for magic, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = bomb.find(b"xl/sharedStrings.xml", bomb.find(magic))
        place = bomb.rfind(magic, 0, place if magic == b"PK\x03\x04" else bomb.rfind(b"xl/sharedStrings.xml"))
        struct.pack_into("<I", bomb, place + offset, 1000)
    assert refusal(bytes(bomb))


def test_two_parts_of_one_name_are_refused():
    data = packed()
    file = io.BytesIO(data)
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(file, "a") as package:
        package.writestr("xl/workbook.xml", "<workbook/>")
    assert "bị hỏng" in refusal(file.getvalue())[0]


def test_one_long_text_in_many_cells_dies_in_the_child_and_not_here():
    shared = f'<sst xmlns="{MAIN}"><si><t>{"x" * 32_000}</t></si></sst>'
    cells = ("<row>" + SHARED_CELL * 20 + "</row>") * 20_000
    data = packed(cells, {"xl/sharedStrings.xml": shared})
    assert len(data) < 100_000
    (problem,) = refusal(data)
    assert "không đọc được tệp này trong giới hạn" in problem


def test_text_that_grows_is_refused_before_it_comes_here():
    shared = f'<sst xmlns="{MAIN}"><si><t>{"x" * 32_000}</t></si></sst>'
    data = packed(("<row>" + SHARED_CELL * 20 + "</row>") * 20, {"xl/sharedStrings.xml": shared})
    assert "quá nhiều chữ" in refusal(data)[0]


@pytest.mark.parametrize("reader", ["time:sleep", "no.such.module:read"])
def test_a_child_that_fails_is_a_refusal(reader):
    with pytest.raises(BadFile, match="lỗi"):
        run_apart(reader, b"")


def test_the_child_loads_neither_flask_nor_the_database():
    command = [sys.executable, "-X", "importtime", child.__file__, "quizapp.formats.spreadsheet:read"]
    done = subprocess.run(command, input=packed(), capture_output=True, check=True)
    loaded = {line.rpartition(b"|")[2].strip().decode() for line in done.stderr.splitlines()}
    assert "python_calamine" in loaded
    assert not loaded & {"flask", "sqlalchemy", "openpyxl", "pandas"}


CSV = "Họ tên,Đơn vị\nNguyễn Văn Ớt,Đà Nẵng\n"
READ = ((1, ("Họ tên", "Đơn vị")), (2, ("Nguyễn Văn Ớt", "Đà Nẵng")))


def windows_1258(text):
    """Old Windows writes base letters with their hat and the tone as a mark of its own."""
    marked = {"ọ": "o\u0323", "ị": "i\u0323", "ễ": "ê\u0303", "Ớ": "Ơ\u0301", "à": "a\u0300", "ẵ": "ă\u0303"}
    return "".join(marked.get(each, each) for each in text).encode("windows-1258")


@pytest.mark.parametrize(
    "data",
    [
        CSV.encode(),
        CSV.encode("utf-8-sig"),
        CSV.encode("utf-16"),
        CSV.encode("utf-16-le"),
        CSV.replace("\n", "\r\n").encode(),
        CSV.replace(",", ";").encode(),
        CSV.replace(",", "\t").encode("utf-16"),
        ("sep=;\n" + CSV.replace(",", ";")).encode("utf-8-sig"),
        CSV.replace("Họ tên", '"Họ tên"').encode(),
        windows_1258(CSV),
    ],
)
def test_csv_is_read_in_every_encoding_and_with_every_separator(data):
    assert rows(data) == READ


def test_a_separator_within_quotes_is_not_counted():
    assert rows(b'"a;b;c",d\n1,2\n') == ((1, ("a;b;c", "d")), (2, ("1", "2")))


def test_csv_rows_are_numbered_as_excel_shows_them():
    assert rows(b'a,b\n\n"x\ny",1\nz,2\n') == ((1, ("a", "b")), (3, ("x\ny", "1")), (4, ("z", "2")))


@pytest.mark.parametrize("text", ['a,b\n1,"2\n3,4\n5,6\n', 'a,b\n1,"2\n3,"4"\n5,6\n', 'a,b\n1,"2"x\n3,4\n'])
def test_an_open_quote_swallows_no_rows(text):
    (problem,) = refusal(text.encode())
    assert problem.startswith("Dòng 2: dấu ngoặc kép mở ở dòng 2")


def test_a_quote_closed_far_below_is_noticed():
    text = 'a,b\n1,"2\n' + "x,y\n" * 30 + '3,"\n'
    assert "hơn 20 dòng" in refusal(text.encode())[0]


def test_mixed_encodings_are_told_by_line():
    data = "Họ tên\nNguyễn\n".encode() + windows_1258("Đà Nẵng\n") + "Phạm\n".encode()
    (problem,) = refusal(data)
    assert problem.startswith("Dòng 3: dòng này viết bằng bảng mã khác")


def test_letters_of_old_fonts_are_told():
    assert "phông cũ" in refusal("Hä tªn\nNguyÔn V¨n\n".encode("latin-1"))[0]


def test_csv_has_limits_too():
    assert "hơn 50.000 dòng" in refusal(b"a\n" * 50_001)[0]
    assert "hơn 200 cột" in refusal(b"a," * 201 + b"\n")[0]
