"""The links on every page: what a viewer may go to; a link is there as soon as the wing is that it leads to."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Flask, current_app, request, url_for
from flask_login import current_user

from quizapp.config import SITE_NAME, VERSION
from quizapp.models import Person
from quizapp.rules.permissions import may_work
from quizapp.vocabulary import Role


@dataclass(frozen=True)
class Link:
    """A way to an endpoint that has no arguments."""

    endpoint: str
    text: str

    @property
    def url(self) -> str:
        return url_for(self.endpoint)

    @property
    def is_here(self) -> bool:
        return request.endpoint == self.endpoint


ANYBODY = (Link("accounts.log_in", "Đăng nhập"),)
CONTESTANT = (Link("attempts.mine", "Lượt thi của tôi"), Link("accounts.account", "Tài khoản"))
ORGANISER = (
    Link("reports.desk", "Ban tổ chức"),
    Link("unions.index", "Công đoàn"),
    Link("members.index", "Người dự thi"),
    Link("banks.index", "Ngân hàng câu hỏi"),
)
JUDGE = (Link("judging.queue", "Chấm bài"),)
FOOT = (Link("accounts.privacy", "Bảo vệ dữ liệu cá nhân"),)


def head_links() -> list[Link]:
    """Return the links of the page head, by what the viewer may do."""
    if not current_user.is_authenticated:
        return _there(ANYBODY)
    desks = ORGANISER if may_work(current_user.person, Role.ORGANISER) else ()
    return _there((*desks, *_judging(current_user.person), *CONTESTANT))


def landing(person: Person) -> str:
    """Return where a log-in leads that was on the way to nowhere: to one's desk, else to the contests."""
    desks = _there((*(ORGANISER if may_work(person, Role.ORGANISER) else ()), *_judging(person)))
    return desks[0].url if desks else "/"


def _judging(person: Person) -> tuple[Link, ...]:
    """An admin has every role, but judges only where one was made a judge."""
    return JUDGE if any(grant.role == Role.JUDGE.value for grant in person.grants) else ()


def foot_links() -> list[Link]:
    return _there(FOOT)


def init_app(app: Flask) -> None:
    # As globals and not by a context processor: a page that shows none of this, such as 503, asks no database.
    app.jinja_env.globals.update(
        SITE_NAME=SITE_NAME,
        VERSION=VERSION,
        current_user=current_user,
        head_links=head_links,
        foot_links=foot_links,
    )


def _there(links: Iterable[Link]) -> list[Link]:
    return [link for link in links if link.endpoint in current_app.view_functions]
