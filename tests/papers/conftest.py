"""The jury of the judges' desk, with its papers as files and as requests."""

import io

import openpyxl
import pytest
from docx import Document
from sqlalchemy import select

from quizapp.db import session, transaction
from quizapp.models import JudgeSeat
from quizapp.papers import marks_book, minute_taking, packs
from tests.judging.conftest import jury, new_jury

__all__ = ["jury", "new_jury"]
ROUND = "/organise/contests/cuoc-thi/essays/bai-viet/papers"


class Papers:
    """What the commands write for a jury, read back; and what its people send."""

    def __init__(self, jury, folder):
        self.jury, self.folder = jury, folder

    def seat(self, person):
        with transaction(writes=False):
            return session.scalars(select(JudgeSeat.id).where(JudgeSeat.person_id == person.id)).one()

    def book(self, *, with_names=False):
        path = self.folder / "marks.xlsx"
        with transaction(writes=False, steady=True):
            now = self.jury.clock.instant
            marks_book.write(self.jury.round(), path, with_names=with_names, by=None, now=now)
        return openpyxl.load_workbook(path)

    def minutes(self):
        path = self.folder / "minutes.docx"
        with transaction(writes=False, steady=True):
            minute_taking.write(self.jury.round(), path, now=self.jury.clock.instant)
        return Document(path)

    def pack(self, person, *, all_essays=False):
        path = self.folder / "pack.docx"
        with transaction(writes=False, steady=True):
            seat = session.get_one(JudgeSeat, self.seat(person))
            packs.write_pack(seat, path, all_essays=all_essays, now=self.jury.clock.instant)
        return Document(path)

    def form(self, person, *, all_essays=False):
        path = self.folder / "form.xlsx"
        with transaction(writes=False, steady=True):
            packs.write_form(session.get_one(JudgeSeat, self.seat(person)), path, all_essays=all_essays)
        return openpyxl.load_workbook(path)

    def send(self, person, book, *, by=None):
        """Send a form for a judge's preview: as the judge, or as an organiser."""
        browser = self.jury.browser(by or person)
        prefix = ROUND + "/seats" if by else "/judge/seats"
        url = f"{prefix}/{self.seat(person)}" + ("" if by else "/papers")
        reply = browser.submit(f"{url}/marks", {"file": (io.BytesIO(as_bytes(book)), "phieu.xlsx")})
        return Sent(browser, f"{url}/marks/confirm", reply)


class Sent:
    """A preview, which may be confirmed."""

    def __init__(self, browser, url, reply):
        self.browser, self.url, self.reply = browser, url, reply
        self.status, self.html = reply.status_code, reply.get_data(as_text=True)

    def confirm(self):
        return self.browser.submit(
            self.url, {"sealed": self.html.split('name="sealed"')[1].split('value="')[1].split('"')[0]}
        )


def judges_of(jury, code):
    """Return the judges of the fixture's three who have an essay, then those who have not."""
    given = jury.given()
    return sorted((jury.an, jury.binh, jury.chi), key=lambda each: (code, each.full_name) not in given)


def as_bytes(book):
    if isinstance(book, bytes):
        return book
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def rows(sheet, head=1):
    """Rows below the headings as dictionaries."""
    heads = [cell.value for cell in sheet[head]]
    return [dict(zip(heads, values, strict=True)) for values in sheet.iter_rows(min_row=head + 1, values_only=True)]


def put(book, code, *marks, comment=None, doubt=None):
    """Write into the row of an essay as a person would."""
    sheet = book.worksheets[0]
    row = next(row for row in sheet.iter_rows(min_row=5) if row[0].value == code)
    for cell, value in zip(row[1:], [*marks, comment, doubt], strict=True):
        if value is not None:
            cell.value = value


def text_of(document):
    """All text: paragraphs, cells, heads and feet."""
    parts = [each.text for each in document.paragraphs]
    for table in document.tables:
        parts += [cell.text for row in table.rows for cell in row.cells]
    for section in document.sections:
        parts += [each.text for each in section.footer.paragraphs]
    return "\n".join(parts)


def table_of(document, heading):
    """Rows of the table that has this heading, as text."""
    for table in document.tables:
        found = [[cell.text for cell in row.cells] for row in table.rows]
        if heading in found[0]:
            return found
    raise AssertionError(heading)


@pytest.fixture
def papers(jury, tmp_path):
    return Papers(jury, tmp_path)
