"""The pages of a draft's form, each with its fields and what is wrong there; together they are the whole contest."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from quizapp.drafting.part_forms import (
    DivisionForm,
    GeneralForm,
    PeopleBoardForm,
    PrizeForm,
    PublishForm,
    UnionBoardForm,
)
from quizapp.drafting.round_form import RoundForm
from quizapp.drafting.wording import parted, place_of, worded
from quizapp.errors import RowProblem
from quizapp.formats.contest_tree import Tree, items_of
from quizapp.web.tree_fields import Choices
from quizapp.web.tree_forms import TreeForm

MISSING = ("thiếu khóa", "còn trống;")
MISSED = "Xin điền mục này."
NOT_READ = ("không phải ngày giờ", "chưa có giờ;")
NO_INSTANT = "Ngày giờ chưa đúng; xin chọn ngày và gõ giờ như 07:00, nửa đêm cuối ngày là 24:00."

Offers = Mapping[str, Choices]


@dataclass(frozen=True)
class Part:
    """A step of the form: one page, or a list of items, each with its page. news: kinds of items and their names."""

    key: str
    title: str
    about: str
    form: Callable[..., TreeForm]
    item: str = ""
    news: Sequence[tuple[str, str]] = ()
    is_needed: bool = True

    @property
    def is_list(self) -> bool:
        return bool(self.item)


@dataclass
class Page:
    """One page of the form. problems: label of the field, what is wrong, and where on the page."""

    part: Part
    number: int | None
    title: str
    form: TreeForm | None
    problems: list[tuple[str, str, str]] = field(default_factory=list)

    def tell(self, path: str, text: str) -> bool:
        """Note a problem at its field, or, on a page of its own, at the top; return whether it belongs here."""
        found = self.form.tell(path, text) if self.form and path else None
        if found is None and self.number is None and path:
            return False
        label, anchor = (found.label.text, found.id) if found is not None else ("", "")
        self.problems.append((label, text, anchor))
        return True


def _board_form(tree: Tree, offers: Offers) -> TreeForm:
    return UnionBoardForm(tree, offers) if tree.get("of") == "unions" else PeopleBoardForm(tree, offers)


PARTS: Mapping[str, Part] = {
    part.key: part
    for part in (
        Part("general", "Thông tin chung", "Tên, đơn vị tổ chức, ai được dự thi.", GeneralForm),
        Part(
            "rounds",
            "Đợt thi",
            "Mỗi đợt thi (tuần, kỳ, vòng) có thời gian, đề thi và cách tính lượt của mình.",
            RoundForm,
            "Đợt thi",
            (("", "Thêm đợt thi"),),
        ),
        Part(
            "divisions",
            "Bảng, khối",
            "Chỉ cần khi xếp hạng riêng từng khối. Mỗi người thuộc bảng đầu tiên mà họ đủ điều kiện.",
            DivisionForm,
            "Bảng",
            (("", "Thêm bảng"),),
            is_needed=False,
        ),
        Part(
            "standings",
            "Bảng xếp hạng",
            "Không lập bảng nào thì máy lập bảng cá nhân và bảng tỷ lệ tham gia cho từng đợt và cả cuộc thi.",
            _board_form,
            "Bảng xếp hạng",
            (("people", "Thêm bảng cá nhân"), ("unions", "Thêm bảng đơn vị")),
            is_needed=False,
        ),
        Part(
            "prizes",
            "Giải thưởng",
            "Giải cao đứng trước: thứ tự này quyết định ai nhận giải nào.",
            PrizeForm,
            "Giải",
            (("", "Thêm giải"),),
            is_needed=False,
        ),
        Part("publish", "Công bố, phúc khảo", "Bảng xếp hạng hiện khi nào, hạn phúc khảo.", PublishForm),
    )
}


def page_of(tree: Tree, part: Part, number: int | None, offers: Offers) -> Page | None:
    """Return one page of a draft; None: it has no such page. A list's own page has no form."""
    if number is None:
        return Page(part, None, part.title, None if part.is_list else part.form(tree, offers))
    items = items_of(tree, part.key)
    if not (part.is_list and 0 < number <= len(items)):
        return None
    item = items[number - 1] if isinstance(items[number - 1], dict) else {}
    title = str(item.get("title") or item.get("key") or f"{part.item} {number}")
    return Page(part, number, title, part.form(item, offers))


def pages_of(tree: Tree, problems: Sequence[RowProblem], offers: Offers) -> list[Page]:
    """Return all pages of a draft in their order, each problem on the page where it is mended."""
    found: list[Page] = []
    for part in PARTS.values():
        numbers = range(1, len(items_of(tree, part.key)) + 1) if part.is_list else ()
        found += (page for number in (None, *numbers) if (page := page_of(tree, part, number, offers)))
    for each in problems:
        _place(each, found)
    return found


def steps_of(problems: Sequence[RowProblem]) -> list[str]:
    """Return the titles of the steps in which something is wrong or missing."""
    keys = {each.column.partition(".")[0] for each in problems}
    on_publish = {"publish", "appeals", "target_rate", "one_prize_per_person"}
    found = {"publish" if key in on_publish else key if key in PARTS else "general" for key in keys}
    return [part.title for part in PARTS.values() if part.key in found]


def _place(problem: RowProblem, pages: Sequence[Page]) -> None:
    key, _, rest = problem.column.partition(".")
    number, _, below = rest.partition(".")
    text = _worded(problem)
    part = PARTS.get(key)
    if part is not None and part.is_list:
        wanted = int(number) if number.isdecimal() else None
        page = next((each for each in pages if each.part is part and each.number == wanted), pages[0])
        text = text if wanted or text != MISSED else f"Cần ít nhất một mục; xin bấm “{part.news[0][1]}”."
        page.tell(below if wanted else "", text)
    elif not any(page.tell(problem.column, text) for page in pages if page.form and page.number is None):
        pages[0].tell("", text)


def _worded(problem: RowProblem) -> str:
    if problem.text.startswith(MISSING) and "; xin ghi tính" not in problem.text:
        return MISSED
    part, _, _ = parted(problem.column)
    return NO_INSTANT if any(each in problem.text for each in NOT_READ) else worded(problem.text, part)


def advice(tree: Tree, warnings: Sequence[RowProblem]) -> list[tuple[str, str]]:
    """Return what is taken but may not be meant: where, and why."""
    return [(place_of(tree, each.column), worded(each.text, parted(each.column)[0])) for each in warnings]


def write(page: Page, tree: Tree) -> None:
    """Write what a page's form says into the tree, and nothing else."""
    if page.form is None:
        return
    if page.number is None:
        page.form.write(tree)
        return
    items = items_of(tree, page.part.key)
    item = items[page.number - 1]
    items[page.number - 1] = item if isinstance(item, dict) else {}
    page.form.write(items[page.number - 1])
    tree[page.part.key] = items
