"""What an organiser types about likeness: a text to compare with, a limit, a verdict."""

from typing import Any

from flask_wtf.file import FileField
from wtforms import SelectField
from wtforms.validators import ValidationError

from quizapp.errors import BadFile
from quizapp.formats.docx_text import is_docx, text_of
from quizapp.vocabulary import Verdict
from quizapp.web.forms import BaseForm, LongTextField, TextField, at_most, required

MOST_CHARACTERS = 500_000
LIMITS = (8, 10, 12, 15, 20, 30, 50, 80)
# Copies with three words of ten changed one by one still share 17 % of their runs of five words; different texts on the
# same subject seldom 8 %, passages of one law now and then 12 %.
DEFAULT = 10


class GivenTextForm(BaseForm):
    title = TextField("Tên văn bản", [required(), at_most(200)])
    text = LongTextField("Nội dung")
    file = FileField("Hoặc chọn tệp .txt, .docx")
    content: str = ""

    def validate_file(self, field: Any) -> None:
        upload = field.data
        self.content = self.text.data or ""
        if upload and upload.filename:
            if self.content:
                raise ValidationError("Xin dán nội dung hoặc chọn tệp, không dùng cả hai.")
            self.content = _read(upload.read())
        if not self.content.strip():
            raise ValidationError("Xin dán nội dung văn bản vào ô trên hoặc chọn một tệp.")
        if len(self.content) > MOST_CHARACTERS:
            raise ValidationError("Văn bản dài quá 500.000 ký tự. Xin chia thành nhiều văn bản.")


class SearchForm(BaseForm):
    least = SelectField("Chỉ nêu các cặp giống từ", coerce=int, default=DEFAULT)

    def __init__(self, **kwargs: Any):
        super().__init__(**kwargs)
        self.least.choices = [(each, f"{each} %") for each in LIMITS]


class VerdictForm(BaseForm):
    verdict = SelectField("Kết luận")
    note = TextField("Ghi chú", [at_most(500)])

    def __init__(self, **kwargs: Any):
        super().__init__(**kwargs)
        self.verdict.choices = [("", "Chưa kết luận"), *((each.value, each.label) for each in Verdict)]

    @property
    def chosen(self) -> Verdict | None:
        return Verdict(self.verdict.data) if self.verdict.data else None


def _read(data: bytes) -> str:
    if is_docx(data):
        try:
            return text_of(data)
        except BadFile as error:
            raise ValidationError(" ".join(str(each) for each in error.problems)) from error
    try:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValidationError("Tệp này không phải .txt (UTF-8) hay .docx. Xin dán nội dung vào ô trên.") from error
    return text.replace("\r\n", "\n").replace("\0", "")
