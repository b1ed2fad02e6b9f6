"""The shape of what an organiser types or uploads as a contest file."""

from flask_wtf.file import FileField
from wtforms import StringField, TextAreaField

from quizapp.web.forms import BaseForm


class ContestFileForm(BaseForm):
    """Pasted text or an uploaded file; the file goes before the text."""

    text = TextAreaField("Nội dung tệp cuộc thi", render_kw={"rows": 24, "spellcheck": "false", "wrap": "off"})
    file = FileField("Hoặc chọn tệp .yaml trên máy")
    do = StringField()

    def take_source(self) -> bytes:
        """Return what was sent, and keep it as the text that the form shows again."""
        data = bytes(self.file.data.read()) if self.file.data else (self.text.data or "").encode("utf-8", "replace")
        self.text.data = data.decode("utf-8-sig", "replace")
        return data

    @property
    def lines(self) -> list[str]:
        return (self.text.data or "").splitlines()

    @property
    def is_to_be_saved(self) -> bool:
        return bool(self.do.data == "save")
