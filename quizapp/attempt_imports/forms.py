"""The shape of what an organiser sends about results."""

from flask_wtf.file import FileField
from wtforms import HiddenField

from quizapp.web.forms import BaseForm, TextField, at_most, required


class ImportForm(BaseForm):
    file = FileField("Tệp kết quả (.xlsx hoặc .csv)", [required()])
    round = TextField("Đợt thi của cả tệp", [at_most(100)])


class ConfirmForm(BaseForm):
    sealed = HiddenField()


class UndoForm(BaseForm):
    """Only the token: that this import is taken back stands in the address."""
