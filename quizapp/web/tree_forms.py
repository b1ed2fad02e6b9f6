"""Forms whose fields stand for the keys of a mapping of a contest's tree."""

from collections.abc import Iterable, Mapping

from wtforms import Field

from quizapp.formats.contest_tree import ABSENT, Tree, value_at
from quizapp.web.forms import BaseForm
from quizapp.web.tree_choices import ChoiceKey
from quizapp.web.tree_fields import Choices


class TreeForm(BaseForm):
    """A form of such fields; it takes whatever is typed, and the reader of contest files says what is wrong with it."""

    class Meta(BaseForm.Meta):
        csrf = False  # the app asks every POST for its token

    always = ("key",)  # what is always there tells nothing about a group of fields

    def __init__(self, tree: Tree, offers: Mapping[str, Choices], *, prefix: str = ""):
        super().__init__(prefix=prefix)
        self.elsewhere: list[str] = []  # labels of what the tree says in a way that has no field
        for field in list(self):
            value = value_at(tree, field.path)
            if not field.shows(value):
                self.elsewhere.append(field.label.text)
                del self[field.short_name]
                continue
            if field.of:
                field.offer(offers.get(field.of, ()))
            field.meet(value)
            if not self.is_submitted():
                field.show(value)
            elif isinstance(field, ChoiceKey):
                field.keep_strange()

    def write(self, tree: Tree) -> None:
        for field in self:
            field.write(tree)

    def fields_of(self, names: Iterable[str]) -> list[Field]:
        """Return the fields of these names that the form has."""
        return [self[name] for name in names if name in self]

    def says(self, names: Iterable[str]) -> bool:
        """Return whether the tree says something under any of these names, or something is wrong there."""
        return any(
            each.errors or (each.stored is not ABSENT and each.short_name not in self.always)
            for each in self.fields_of(names)
        )

    def tell(self, path: str, text: str) -> Field | None:
        """Show a problem at the field of its key, or of the nearest key above; return the field, if there is one."""
        while path:
            field = next((each for each in self if each.path == path), None)
            if field is not None:
                field.errors = [*field.errors, text]
                return field
            path = path.rpartition(".")[0]
        return None
