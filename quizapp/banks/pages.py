"""What the pages of an import show: some rows of a sheet, what happens to all of them, the questions that are alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quizapp.banks import queries
from quizapp.banks.sheets import Row, Sheet, Twin, told
from quizapp.formats.questions.drafts import QuestionDraft
from quizapp.models import QuestionBank
from quizapp.rules.paging import page_count

ON_A_PAGE = 50
SHOWN = {"look": "Cần xem", "twins": "Trùng hoặc gần giống", "all": "Tất cả"}


@dataclass(frozen=True)
class ShownTwin:
    """A question like a row's, and in what it is another: 'đáp án', 'câu dẫn', 'phương án'."""

    twin: Twin
    draft: QuestionDraft
    differs: tuple[str, ...]


@dataclass(frozen=True)
class Page:
    """Some rows of a sheet. `counts`: rows by filter; `fates`: all rows by what becomes of them."""

    rows: Sequence[Row]
    twins: Mapping[int, Sequence[ShownTwin]]
    show: str
    number: int
    pages: int
    counts: Mapping[str, int]
    fates: Mapping[str, int]

    @property
    def seen(self) -> str:
        """Return what a person agrees to by confirming, in a word that the confirmation brings back."""
        return "-".join(str(count) for count in self.fates.values())


def page_of(sheet: Sheet, bank: QuestionBank, show: str, number: int) -> Page:
    """Return a page of the rows that `show`, a key of SHOWN, asks for."""
    rows = {
        "look": [row for row in sheet.in_order if row.needs_look],
        "twins": [row for row in sheet.in_order if row.twins],
        "all": sheet.in_order,
    }
    show = show if show in rows else "look" if rows["look"] else "all"
    pages = page_count(len(rows[show]), ON_A_PAGE)
    number = min(max(1, number), pages)
    shown = rows[show][(number - 1) * ON_A_PAGE : number * ON_A_PAGE]
    counts = {name: len(found) for name, found in rows.items()}
    return Page(shown, _twins(sheet, bank, shown), show, number, pages, counts, told(sheet.rows))


def _twins(sheet: Sheet, bank: QuestionBank, rows: Sequence[Row]) -> dict[int, list[ShownTwin]]:
    refs = {twin.ref for row in rows for twin in row.twins if twin.ref}
    newest = {ref: each for ref, each in queries.newest_of(bank).items() if ref in refs} if refs else {}
    drafts = {draft.ref: draft for draft in queries.drafts_of(newest)}
    own = {row.n: row.draft for row in sheet.rows}
    found: dict[int, list[ShownTwin]] = {}
    for row in rows:
        for twin in row.twins:
            other = drafts.get(twin.ref) if twin.ref else own.get(twin.n)
            if other is not None:
                shown = ShownTwin(twin, other, _differs(row.draft, other))
                found.setdefault(row.n, []).append(shown)
    return found


def _differs(one: QuestionDraft, other: QuestionDraft) -> tuple[str, ...]:
    """Return in what two questions differ, the key first: that is what somebody must decide about."""
    texts = [sorted(option.text for option in each.options) for each in (one, other)]
    keys = [sorted([*each.right_texts, *each.accepted]) for each in (one, other)]
    told = (
        ("đáp án", keys[0] != keys[1]),
        ("câu dẫn", one.prompt != other.prompt),
        ("phương án", texts[0] != texts[1]),
    )
    return tuple(word for word, is_other in told if is_other)
