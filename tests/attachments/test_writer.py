"""Photos and files of an essay as its writer's browser sends them, with scripts and without."""

import io
import re
import stat
import threading
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from quizapp.attempts import actions
from quizapp.db import session, transaction
from quizapp.models import Attempt, Essay, EssayFile, EssayRevision
from quizapp.rules.round_rules import EssayRule, FilesRule
from quizapp.vocabulary import FileKind
from tests.attachments import samples
from tests.attempts.conftest import begin

FILES = FilesRule(tuple(FileKind), count=3, most_mebibytes=1)
RULE = EssayRule(prompt="Bạn đề xuất đổi mới điều gì?", max_mark=500, files=FILES)
AS_SCRIPT = {"Accept": "application/json"}


@dataclass
class Bag:
    """One browser of the writer that adds files."""

    client: Any
    attempt_id: int

    @property
    def url(self) -> str:
        return f"/attempts/{self.attempt_id}/essay/files"

    def send(self, data, name="anh.jpg", **kwargs):
        # Werkzeug's client leaves large bodies in files that it does not close: this one is encoded in memory.
        fields = {"csrf_token": self.client.token(), "file": FileStorage(io.BytesIO(data), name)}
        boundary, body = encode_multipart(fields)
        content_type = f'multipart/form-data; boundary="{boundary}"'
        return self.client.post(self.url, data=body, content_type=content_type, **kwargs)

    def add(self, data, name="anh.jpg"):
        return self.send(data, name, headers=AS_SCRIPT)

    def act(self, number, what, **form):
        return self.client.submit(f"{self.url}/{self.files()[number - 1].id}/{what}", form, headers=AS_SCRIPT)

    def files(self):
        with transaction(writes=False):
            asked = select(EssayFile).where(EssayFile.attempt_id == self.attempt_id)
            return list(session.scalars(asked.order_by(EssayFile.position)))

    def names(self):
        return [each.name for each in self.files()]

    def essay(self):
        with transaction(writes=False):
            return session.get(Essay, self.attempt_id)


@pytest.fixture
def contest(cast, province):
    alone = cast.round_rules("tuan-1", essay=RULE, draws=())
    return cast.contest(organiser=province, rounds=[alone])


@pytest.fixture
def bag(cast, client, worker, contest, clock):
    return Bag(cast.log_in(client, worker), begin(worker, now=clock.instant))


def test_a_photo_makes_the_essay_and_is_counted(bag):
    reply = bag.add(samples.photo())
    assert (reply.status_code, reply.json["count"]) == (200, 1)
    essay = bag.essay()
    assert (essay.files, essay.text, essay.is_written) == (1, "", True)
    assert re.fullmatch("[2-9A-HJKMNP-Z]{6}", essay.code)


def test_what_is_served_has_no_place_and_no_name(bag):
    bag.add(samples.photo_with_place(), "Nguyen Thi Hoa.jpg")
    reply = bag.client.get(f"{bag.url}/{bag.files()[0].id}")
    assert (reply.status_code, reply.mimetype) == (200, "image/webp")
    assert not any(trace in reply.data for trace in (b"Secret", b"EXIF", b"GPS", b"XMP"))
    assert "Hoa" not in str(reply.headers)
    assert reply.headers["Cache-Control"].startswith("private")
    assert reply.headers["X-Content-Type-Options"] == "nosniff"


def test_the_same_upload_twice_is_one(bag):
    assert [bag.add(samples.photo(), name).json["count"] for name in ("a.jpg", "b.jpg")] == [1, 1]
    assert bag.names() == ["a.jpg"]


def test_what_is_refused_is_not_stored(bag):
    for data in (b"", b"<svg/>", b"GIF89a", b"%PDF-broken", samples.photo()[:300], b"x" * 1_100_000):
        reply = bag.add(data)
        assert reply.status_code == 422, data[:10]
        assert "Xin" in reply.json["error"]
    assert bag.essay() is None
    assert bag.client.submit(bag.url, {}, headers=AS_SCRIPT).status_code == 422


def test_a_body_beyond_all_limits_is_refused(bag):
    assert bag.add(b"x" * (10 * 1024 * 1024 + 100_000)).status_code == 413
    assert bag.essay() is None


def test_a_file_larger_than_other_bodies_is_taken_where_the_rules_say_so(bag, contest, cast, province, worker, clock):
    large = FilesRule((FileKind.PHOTO,), count=1, most_mebibytes=10)
    rules = cast.round_rules("khac", essay=EssayRule(prompt="?", max_mark=500, files=large), draws=())
    cast.contest("khac", organiser=province, rounds=[rules])
    bag = Bag(bag.client, begin(worker, "khac", now=clock.instant))
    photo = samples.photo() + b"\0" * (6 * 1024 * 1024)  # what stands behind the end of a JPEG is ignored
    assert bag.add(photo).status_code == 200


def test_a_kind_that_the_rules_do_not_name_is_refused(bag, cast, province, worker, clock):
    rules = cast.round_rules(
        "khac", essay=EssayRule(prompt="?", max_mark=500, files=FilesRule((FileKind.PHOTO,), 3, 1)), draws=()
    )
    cast.contest("khac", organiser=province, rounds=[rules])
    bag = Bag(bag.client, begin(worker, "khac", now=clock.instant))
    for data in (samples.pdf(), samples.docx("chữ")):
        reply = bag.add(data)
        assert reply.status_code == 422
        assert "chỉ nhận ảnh chụp" in reply.json["error"]


def test_pages_of_a_pdf_count_each(bag):
    bag.add(samples.pdf(2), "bai.pdf")
    assert [(each.kind, each.page, each.position) for each in bag.files()] == [("pdf", 1, 1), ("pdf", 2, 2)]
    refused = bag.add(samples.pdf(3), "them.pdf")
    assert (refused.status_code, "nhiều nhất 3 trang" in refused.json["error"]) == (409, True)
    assert bag.essay().files == 2


def test_two_uploads_at_once_keep_to_the_limit(bag, app):
    for number in range(2):
        bag.add(samples.photo(color=(number * 80, 0, 0)))
    ready, codes = threading.Barrier(2), []

    def send(number):
        browser = app.test_client()
        browser.set_cookie("quiz", bag.client.get_cookie("quiz").value)
        ready.wait()
        codes.append(Bag(browser, bag.attempt_id).add(samples.photo(color=(0, number, 0))).status_code)

    threads = [threading.Thread(target=send, args=(number,)) for number in (50, 200)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(codes) == [200, 409]
    assert (bag.essay().files, len(bag.files())) == (3, 3)


def test_pages_are_put_in_order_and_taken_out(bag):
    for number, name in enumerate(("a.jpg", "b.jpg", "c.jpg")):
        bag.add(samples.photo(color=(number * 80, 0, 0)), name)
    bag.act(3, "move", by="up")
    assert bag.names() == ["a.jpg", "c.jpg", "b.jpg"]
    bag.act(1, "move", by="up")
    bag.act(1, "move", by="down")
    assert bag.names() == ["c.jpg", "a.jpg", "b.jpg"]
    assert bag.act(1, "move", by="sideways").status_code == 422
    gone = f"{bag.url}/{bag.files()[1].id}/remove"
    assert bag.act(2, "remove").json["count"] == 2
    assert bag.client.submit(gone, headers=AS_SCRIPT).json["count"] == 2
    assert (bag.names(), bag.essay().files) == (["c.jpg", "b.jpg"], 2)


def test_nothing_changes_after_handing_in(bag, clock):
    bag.add(samples.photo())
    with transaction():
        actions.hand_in(session.get_one(Attempt, bag.attempt_id), now=clock.instant)
    for reply in (bag.add(samples.photo(color="red")), bag.act(1, "remove"), bag.act(1, "move", by="up")):
        assert reply.status_code == 409
    assert bag.client.get(bag.url).location.endswith("/result")
    assert bag.client.get(f"{bag.url}/{bag.files()[0].id}").status_code == 200
    assert "Ảnh đã gửi cùng bài viết" in bag.client.get(f"/attempts/{bag.attempt_id}/result").get_data(as_text=True)


def test_nothing_changes_after_the_close(bag, clock):
    clock.at(hours=2)
    assert bag.add(samples.photo()).status_code == 409
    assert bag.essay() is None


def test_for_strangers_there_is_nothing(bag, cast, app):
    bag.add(samples.photo())
    other = Bag(cast.log_in(app.test_client(), cast.person("Người Khác")), bag.attempt_id)
    assert other.client.get(other.url).status_code == 404
    assert other.client.get(f"{other.url}/{bag.files()[0].id}").status_code == 404
    assert [other.add(samples.photo(color="red")).status_code, other.act(1, "remove").status_code] == [404, 404]
    assert bag.essay().files == 1


def test_a_round_without_files_has_no_page_of_them(bag, cast, province, worker, clock):
    cast.contest(
        "khac", organiser=province, rounds=[cast.round_rules("khac", essay=EssayRule(prompt="?", max_mark=5), draws=())]
    )
    plain = Bag(bag.client, begin(worker, "khac", now=clock.instant))
    assert [plain.client.get(plain.url).status_code, plain.add(samples.photo()).status_code] == [404, 404]


def test_without_scripts_a_form_does_it(bag):
    reply = bag.send(samples.photo(), "giấy.jpg", follow_redirects=True)
    page = reply.get_data(as_text=True)
    assert "Đã nhận “giấy.jpg”." in page
    assert re.search(r"1/3</span>\s*trang", page)
    page = bag.send(b"<html>", "lạ.jpg", follow_redirects=True).get_data(as_text=True)
    assert "“lạ.jpg” chưa được nhận" in page
    saved = bag.client.submit(f"/attempts/{bag.attempt_id}/form", {"essay": "chữ", "action": "files"})
    assert saved.location.endswith("/essay/files")
    page = bag.client.get(f"/attempts/{bag.attempt_id}").get_data(as_text=True)
    assert 'value="files"' in page


def test_the_text_of_a_word_file_goes_behind_what_is_written(bag):
    bag.client.put(f"/attempts/{bag.attempt_id}/essay", json={"opening": 0, "changes": [
        {"slot": 0, "number": 1, "answer": "Đã viết."}]})  # fmt: skip
    reply = bag.send(samples.docx("Từ Word.", "Dòng hai."), "bai.docx")
    assert reply.location.endswith("#bai-viet")
    assert (bag.essay().text, bag.essay().files) == ("Đã viết.\n\nTừ Word.\nDòng hai.", 0)
    with transaction(writes=False):
        assert list(session.scalars(select(EssayRevision.text))) == ["Đã viết."]
        assert session.scalar(select(func.count()).select_from(EssayFile)) == 0


def test_a_script_gets_the_text_of_a_word_file_and_nothing_is_stored(bag):
    assert bag.add(samples.docx("Từ Word."), "bai.docx").json == {"text": "Từ Word."}
    assert bag.essay() is None
    reply = bag.add(samples.docx("x" * 20_001), "dai.docx")
    assert (reply.status_code, "20.000 ký tự" in reply.json["error"]) == (422, True)


@pytest.fixture
def scanner(app, tmp_path):
    def make(lines):
        script = tmp_path / "scan.sh"
        script.write_text(f"#!/bin/sh\n{lines}\n")
        script.chmod(script.stat().st_mode | stat.S_IXUSR)
        app.config["SCAN_COMMAND"] = f"{script} -"

    return make


def test_the_scanner_sees_the_upload_and_lets_it_in(bag, scanner, tmp_path):
    scanner(f'cat > "{tmp_path}/seen"')
    photo = samples.photo()
    assert bag.add(photo).status_code == 200
    assert (tmp_path / "seen").read_bytes() == photo


def test_what_the_scanner_finds_infected_is_refused(bag, scanner):
    scanner("cat > /dev/null; exit 1")
    reply = bag.add(samples.photo())
    assert (reply.status_code, "mã độc" in reply.json["error"]) == (422, True)
    assert bag.essay() is None


@pytest.mark.parametrize("lines", ["exit 2", "exec 0<&-; exit 127"])
def test_a_scanner_that_fails_lets_nothing_in(bag, scanner, lines):
    scanner(lines)
    reply = bag.add(samples.photo())
    assert (reply.status_code, "thử lại sau" in reply.json["error"]) == (503, True)
    assert bag.essay() is None


def test_a_scanner_that_is_not_there_lets_nothing_in(bag, app):
    app.config["SCAN_COMMAND"] = "/no/such/scanner"
    assert bag.add(samples.photo()).status_code == 503
    assert bag.essay() is None
