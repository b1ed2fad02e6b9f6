"""What all forms share: text cleaned at the door, and messages in Vietnamese."""

from typing import Any

from flask import request
from flask_wtf import FlaskForm
from werkzeug.datastructures import CombinedMultiDict
from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from quizapp.rules.vietnamese import clean

MESSAGES = {
    "This field is required.": "Xin điền mục này.",
    "Not a valid date value.": "Ngày chưa đúng; ví dụ: 25/12/1990.",
    "Not a valid choice.": "Lựa chọn này không có trong danh sách.",
    "Not a valid choice": "Lựa chọn này không có trong danh sách.",
    "Not a valid integer value.": "Xin nhập một số nguyên.",
    "Invalid input.": "Nội dung chưa hợp lệ.",
    "CSRF token missing.": "Trang đã cũ, xin tải lại.",
}


class Translations:
    """WTForms has no Vietnamese; these are the messages that our fields can give."""

    def gettext(self, text: str) -> str:
        return MESSAGES.get(text, text)

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        return self.gettext(singular if n == 1 else plural)


class BaseForm(FlaskForm):
    class Meta(FlaskForm.Meta):
        def get_translations(self, form: Any) -> Translations:
            return Translations()

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """Flask-WTF would fill forms from JSON, too, with numbers and lists where text is expected."""
            if formdata is not None and form.is_submitted():
                return CombinedMultiDict((request.files, request.form))
            return super().wrap_formdata(form, formdata)


class TextField(StringField):
    """One line of text, cleaned."""

    data: str

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(valuelist)
        self.data = clean(self.data or "")


class LongTextField(TextAreaField):
    """Lines of text as they were typed; nothing that a database or a page could stumble over."""

    data: str

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(valuelist)
        typed = (self.data or "").replace("\r\n", "\n").replace("\0", "")
        self.data = typed.encode("utf-8", "replace").decode().strip()


def whole(brought_back: object) -> int | None:
    """Return the number that a hidden field brought back, if it is one that a database can have; else None."""
    text = str(brought_back or "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None


def required() -> DataRequired:
    return DataRequired("Xin điền mục này.")


def a_reason(least: int = 5, most: int = 500) -> tuple[DataRequired, Length, Length]:
    """Return what is asked of a reason that somebody else reads: so many characters, so that it says something."""
    return required(), Length(min=least, message=f"Xin ghi rõ hơn, ít nhất {least} ký tự."), at_most(most)


def chosen() -> InputRequired:
    return InputRequired("Xin chọn một mục.")


def at_most(length: int) -> Length:
    return Length(max=length, message=f"Nhiều nhất {length} ký tự.")
