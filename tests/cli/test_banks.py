"""`flask banks`."""

import json
import shutil

import pytest
from sqlalchemy import func, select

from quizapp.db import session, transaction
from quizapp.formats.questions.native import read_bank
from quizapp.formats.questions.native_writing import write_bank
from quizapp.models import Question, QuestionBank
from tests.banks.conftest import DRAFT, changed, without


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "luat.yaml"
    path.write_text(write_bank(DRAFT), encoding="utf-8")
    return path


def run(app, *words):
    return app.test_cli_runner().invoke(args=["banks", *map(str, words)])


def count():
    with transaction(writes=False):
        return session.scalar(select(func.count(Question.current_id)))


def test_a_good_file_passes_the_check(app, file):
    result = run(app, "check", file)
    assert (result.exit_code, result.output) == (0, "luat.yaml: 3 câu hỏi, đạt.\n")


def test_check_lists_what_is_wrong_in_a_folder_and_fails(app, file):
    shutil.copy(file, file.with_name("khac.yaml"))
    broken = file.with_name("hong.yaml")
    broken.write_text(file.read_text().replace("level: kho", "level: x"))
    result = run(app, "check", file.parent)
    assert result.exit_code == 1
    lines = result.output.splitlines()
    assert lines[0].startswith("hong.yaml: Dòng 26, luong.level: “x”")
    assert lines[1].startswith("khac.yaml: Dòng 2, bank.code: “luat” khác tên tệp")
    assert all("trùng câu “luat/" in line for line in lines[2:5])  # what another bank asks, too
    assert lines[5:] == ["5 lỗi trong 3 tệp."]


def test_a_remark_does_not_fail_the_check(app, file):
    file.write_text(file.read_text().replace('    luong: "', '    khac: "Khác"\n    luong: "'))
    result = run(app, "check", file)
    assert result.exit_code == 0
    assert "luat.yaml: lưu ý: Dòng 8, bank.topics.khac" in result.output


def test_the_strict_check_asks_what_is_asked_of_shipped_banks(app, file):
    assert run(app, "check", file).exit_code == 0
    result = run(app, "check", "--strict", file)
    assert result.exit_code == 1
    assert "luat.yaml: Dòng 38, giao-ket.citation: thiếu" in result.output


def test_exceptions_and_rubrics_beside_the_banks_are_no_banks_and_are_checked_with_them(app, file):
    exception = "exceptions:\n  - {bank: luat, question: luong, numbers: [9 ngày], reason: Tính ra.}\n"
    file.with_name("exceptions.yaml").write_text(exception)
    folder = file.parent / "rubrics"
    folder.mkdir()
    folder.joinpath("phieu.yaml").write_text("rubrics: [{code: a, title: A, criteria: []}]")
    lines = run(app, "check", "--strict", file.parent).output.splitlines()
    assert lines[-1].endswith(" lỗi trong 1 tệp.")
    assert any(line.startswith("exceptions.yaml: Dòng 2, luat: ngoại lệ “9 ngày”") for line in lines)
    assert any(line.startswith("rubrics/phieu.yaml: Dòng 1, rubrics.1.criteria: ") for line in lines)
    file.with_name("exceptions.yaml").write_text("exceptions: [{bank: luat}]")
    assert (
        "exceptions.yaml: Dòng 1, exceptions.1.reason: thiếu khóa" in run(app, "check", "--strict", file.parent).output
    )


def test_a_folder_without_banks_fails(app, cast, tmp_path):
    for command in ("check", "load"):
        result = run(app, command, tmp_path)
        assert result.exit_code == 1
        assert "Không có tệp .yaml nào" in result.output


def test_loading_says_what_changed(app, cast, file):
    assert run(app, "load", file).output == "luat: 3 câu hỏi; 3 câu mới, 0 câu thay đổi, 0 câu như cũ.\n"
    file.write_text(write_bank(changed("thu-viec", prompt="Mới?")))
    assert run(app, "load", file).output == "luat: 3 câu hỏi; 0 câu mới, 1 câu thay đổi, 2 câu như cũ.\n"
    file.write_text(write_bank(without("luong")))
    assert "1 câu rút khỏi ngân hàng" in run(app, "load", file.parent).output
    assert count() == 2


def test_when_one_file_is_wrong_none_is_loaded(app, cast, file):
    file.with_name("z.yaml").write_text(file.read_text().replace("level: kho", "level: x"))
    result = run(app, "load", file.parent)
    assert result.exit_code == 1
    assert "Dòng 26, z.yaml, luong.level:" in result.output
    assert count() == 0


def test_import_reports_in_the_agreed_json(app, cast, file):
    result = run(app, "import", file, "--bank", "khac", "--json")
    assert result.exit_code == 0
    report = json.loads(result.output)
    assert report["problems"] == []
    assert report["questions"][0] == {
        "n": 1,
        "kind": "single",
        "prompt": "Thời gian thử việc tối đa là bao nhiêu?",
        "options": [{"text": "60 ngày", "right": False}, {"text": "180 ngày", "right": True}],
        "marks": None,
        "explanation": "Vì khoản 1 nói vậy.",
        "source": "Luật Mẫu, Điều 25 khoản 1",
        "topic": "hop-dong",
        "level": "de",
        "flagged": False,
        "why": "",
    }
    assert [each["kind"] for each in report["questions"]] == ["single", "multiple", "true_false"]
    assert count() == 3


def test_a_dry_run_keeps_nothing(app, cast, file):
    result = run(app, "import", file, "--bank", "luat", "--dry-run")
    assert result.exit_code == 0
    assert "đọc được 3 câu hỏi; chạy thử nên chưa lưu gì." in result.output
    assert count() == 0


def test_import_adds_to_a_bank_and_takes_nothing_out(app, cast, file):
    run(app, "load", file)
    file.write_text(write_bank(without("luong")))
    assert "0 câu mới, 0 câu thay đổi, 2 câu như cũ" in run(app, "import", file, "--bank", "luat").output
    assert count() == 3


def test_a_bad_file_is_reported_by_question_and_nothing_comes_in(app, cast, file):
    file.write_text(file.read_text().replace("level: kho", "level: x").replace("code: luat", "code: X Y"))
    result = run(app, "import", file, "--bank", "luat", "--json")
    assert result.exit_code == 1
    report = json.loads(result.output)
    assert report["questions"] == []
    assert [(each["n"], each["where"]) for each in report["problems"]] == [
        (0, "dòng 2, bank.code"),
        (2, "dòng 26, luong.level"),
    ]
    told = run(app, "import", file, "--bank", "luat")
    assert (told.exit_code, told.output.splitlines()[1].split(":")[0]) == (1, "Câu 2, dòng 26, luong.level")
    assert "chưa nhập câu hỏi nào" in told.output
    assert count() == 0


@pytest.mark.parametrize("text", ["", "\t- :", "a: [", "- x", "questions: x"])
def test_what_is_no_bank_at_all_is_one_report_too(app, cast, file, text):
    file.write_text(text)
    report = json.loads(run(app, "import", file, "--bank", "luat", "--json").output)
    assert report["problems"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--answers", "luat.yaml"], "xin bỏ --answers"),
        (["--bank", "Luật Mẫu"], "chữ thường không dấu"),
    ],
)
def test_what_import_cannot_do_yet_is_refused_by_name(app, cast, file, words, said):
    words = [file if word == file.name else word for word in words]
    result = run(app, "import", file, "--bank", "luat", *words)
    assert result.exit_code == 1
    assert said in result.output
    assert count() == 0


def test_a_code_in_capitals_is_the_same_bank_and_a_dry_run_needs_none(app, cast, file):
    assert run(app, "import", file, "--bank", "LUAT_MAU").exit_code == 0
    assert "3 câu như cũ" in run(app, "import", file, "--bank", "luat-mau").output
    assert run(app, "import", file, "--bank", "Thử xem", "--dry-run", "--json").exit_code == 0


def test_the_format_is_told_by_what_a_file_holds_not_by_its_name(app, cast, file):
    other = shutil.copy(file, file.with_suffix(".docx"))
    assert run(app, "import", other, "--bank", "luat").exit_code == 0
    assert count() == 3
    picture = file.with_suffix(".xlsx")
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    result = run(app, "import", picture, "--bank", "luat", "--json")
    assert result.exit_code == 1
    [problem] = json.loads(result.output)["problems"]
    assert problem["n"] == 0
    assert "đây là tệp ảnh, không phải tệp câu hỏi" in problem["what"]


def test_an_exported_bank_is_the_bank(app, cast, file, tmp_path):
    run(app, "load", file)
    out = tmp_path / "ra.yaml"
    result = run(app, "export", "luat", "--format", "native", "--out", out)
    assert (result.exit_code, result.output) == (0, f"Đã ghi 3 câu hỏi vào {out}.\n")
    assert read_bank(out.read_bytes()).bank == DRAFT
    assert out.read_bytes() == file.read_bytes()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["luat", "--format", "thơ"], "'thơ' is not one of"),
        (["khong-co", "--format", "native"], "Không có ngân hàng câu hỏi “khong-co”; hiện có: luat"),
    ],
)
def test_an_export_that_cannot_be_is_refused(app, cast, file, tmp_path, words, said):
    run(app, "load", file)
    result = run(app, "export", *words, "--out", tmp_path / "ra.yaml")
    assert result.exit_code in (1, 2)
    assert said in result.output
    assert not (tmp_path / "ra.yaml").exists()


def test_an_export_to_no_folder_is_refused(app, cast, file, tmp_path):
    run(app, "load", file)
    result = run(app, "export", "luat", "--format", "native", "--out", tmp_path / "khong" / "ra.yaml")
    assert result.exit_code == 1
    assert "Không ghi được tệp" in result.output


def test_an_export_counts_what_it_wrote_and_names_all_that_it_did_not(app, cast, tmp_path):
    path, out = tmp_path / "de.gift", tmp_path / "ra.txt"
    texts = [f"// [id:tu-luan-{n}]\n::{n}:: Vì sao {n}?{{}}" for n in range(1, 8)]
    path.write_text("\n\n".join([*texts, "Một?{=a ~b}", "// [id:so]\nBao nhiêu?{#2}"]), encoding="utf-8")
    assert run(app, "import", path, "--bank", "thu").exit_code == 0
    result = run(app, "export", "thu", "--format", "aiken", "--out", out)
    assert (result.exit_code, result.output.splitlines()[-1]) == (
        0,
        f"Đã ghi 1 trên 9 câu hỏi vào {out}; 8 câu không ghi được kể ở trên.",
    )
    [told] = [line for line in result.output.splitlines() if "Không ghi câu" in line]
    assert all(f"tu-luan-{n}," in told for n in range(1, 8))
    assert told.endswith("so.")
    assert out.read_text(encoding="utf-8").count("ANSWER:") == 1


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.xml", b"<questestinterop/>"),
        ("a.xml", b"<quiz><question"),
        ("a.zip", b"PK\x03\x04 khong phai goi"),
        ("a.txt", b"\x00\x01\x02"),
        ("a.bin", bytes(range(256))),
        ("a.gift", b""),
        ("a.pdf", b"%PDF-1.4"),
    ],
)
def test_a_file_that_is_refused_is_reported_in_the_agreed_json(app, cast, tmp_path, name, data):
    path = tmp_path / name
    path.write_bytes(data)
    for words in ([], ["--dry-run"]):
        result = run(app, "import", path, "--bank", "thu", "--json", *words)
        report = json.loads(result.output)
        assert (result.exit_code, report["questions"], {*report}) == (1, [], {"questions", "problems"})
        [problem] = report["problems"]
        assert ({*problem}, problem["n"], "Xin" in problem["what"]) == ({"n", "where", "what"}, 0, True)
    assert count() == 0


def test_answers_beside_a_file_that_has_them_are_refused_in_the_agreed_json(app, cast, file):
    result = run(app, "import", file, "--bank", "luat", "--answers", file, "--json")
    [problem] = json.loads(result.output)["problems"]
    assert (result.exit_code, problem["n"], "xin bỏ --answers" in problem["what"]) == (1, 0, True)


TEXT = """Câu 1. Một?
A. a
*B. b
Câu 2. Hai?
A. c
B. d
"""


def test_what_is_unclear_is_told_and_comes_in_as_a_draft(app, cast, tmp_path):
    path = tmp_path / "de.txt"
    path.write_text(TEXT, encoding="utf-8")
    result = run(app, "import", path, "--bank", "thu")
    assert result.exit_code == 0
    assert "Câu 2 chưa rõ:" in result.output
    assert "2 câu mới, 0 câu thay đổi, 0 câu như cũ; 1 câu ở bản nháp" in result.output
    assert count() == 1


def test_the_same_file_again_adds_nothing(app, cast, tmp_path):
    path = tmp_path / "de.txt"
    path.write_text(TEXT, encoding="utf-8")
    run(app, "import", path, "--bank", "thu")
    assert "0 câu mới, 0 câu thay đổi, 2 câu như cũ." in run(app, "import", path, "--bank", "thu").output


AIKEN = "Một?\nA. a\nB. b\nANSWER: B\n\nHai?\nANSWER: A\n"


def test_a_file_with_problems_comes_in_only_when_one_says_so(app, cast, tmp_path):
    path = tmp_path / "de.aiken"
    path.write_text(AIKEN, encoding="utf-8")
    result = run(app, "import", path, "--bank", "thu")
    assert (result.exit_code, count()) == (1, 0)
    assert "chưa nhập câu hỏi nào" in result.output
    result = run(app, "import", path, "--bank", "thu", "--skip-problems")
    assert (result.exit_code, count()) == (0, 1)


def test_a_new_bank_is_of_the_union_that_is_named(app, cast, file):
    union = cast.union()
    assert run(app, "import", file, "--bank", "thu", "--unit", union.code).exit_code == 0
    with transaction(writes=False):
        assert session.scalars(select(QuestionBank.union_id)).one() == union.id
    result = run(app, "import", file, "--bank", "khac", "--unit", "KHONG-CO")
    assert "Không có công đoàn mã “KHONG-CO”" in result.output
