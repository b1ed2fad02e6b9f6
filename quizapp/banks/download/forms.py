"""In which format a bank is wanted, and what an exam paper says over its questions."""

from typing import Any

from wtforms import RadioField, SubmitField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Regexp

from quizapp.formats.questions.writing import TARGETS
from quizapp.web.forms import BaseForm, TextField, at_most, chosen


class DownloadForm(BaseForm):
    format = RadioField("Định dạng", [chosen()], default="docx")
    union = TextField("Công đoàn (đầu trang bên trái)", [at_most(200)])
    title = TextField("Tên đề", [at_most(300)])
    minutes = TextField(
        "Thời gian làm bài (phút)", [Regexp(r"^([1-9][0-9]{0,2})?$", message="Xin ghi số phút, từ 1 đến 999.")]
    )
    paper_code = TextField(
        "Mã đề", [Regexp(r"^[\w.-]{0,20}$", message="Mã đề là chữ và số viết liền, nhiều nhất 20 ký tự.")]
    )
    preview = SubmitField("Xem trước những gì bị mất")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.format.choices = [SelectChoice(name, target.label) for name, target in TARGETS.items()]

    @property
    def arguments(self) -> list[str]:
        """Return what is asked for as `flask banks export` takes it."""
        values = {
            "format": self.format.data,
            "union": self.union.data,
            "title": self.title.data,
            "minutes": self.minutes.data,
            "shuffle": self.paper_code.data,
        }
        return [f"--{name}={value}" for name, value in values.items() if value]
