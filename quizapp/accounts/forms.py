"""The shape of what is typed to log in."""

from wtforms import HiddenField, PasswordField

from quizapp.web.forms import BaseForm, TextField, at_most, required
from quizapp.web.passwords import LONGEST


class LogInForm(BaseForm):
    login = TextField("Số điện thoại hoặc mã đoàn viên", [required(), at_most(40)])
    password = PasswordField("Mật khẩu hoặc mã đăng nhập lần đầu", [required(), at_most(LONGEST)])
    next = HiddenField()
