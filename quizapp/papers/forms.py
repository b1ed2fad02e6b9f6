"""What is asked before papers are made or taken in."""

from flask_wtf.file import FileField
from wtforms import BooleanField, HiddenField

from quizapp.web.forms import BaseForm, required


class MarksForm(BaseForm):
    names = BooleanField("Kèm trang “Rọc phách” ghi tên người viết")


class PackForm(BaseForm):
    all_essays = BooleanField("Cả những bài đã chấm xong")


class ImportForm(BaseForm):
    file = FileField("Tệp phiếu điểm (.xlsx)", [required()])


class ConfirmForm(BaseForm):
    sealed = HiddenField()
