"""The signed cookie of a device on which somebody has logged in: strangers' wrong tries do not lock it."""

import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

COOKIE = "quiz_device"
PATH = "/log-in"  # only the log-in pages ask for it: saving answers need not carry it
SECONDS = 400 * 24 * 3600  # what browsers keep at most
MOST_NAMES = 20  # a device in a canteen: the last twenty who used it


@dataclass(frozen=True)
class Device:
    """A device and the digests of the log-in names that it is known for, the last first."""

    id: str
    names: tuple[str, ...] = ()

    def knows(self, name: str) -> bool:
        return digest(name) in self.names

    def with_names(self, names: Iterable[str]) -> "Device":
        new = [digest(name) for name in names]
        return Device(self.id, (*new, *(each for each in self.names if each not in new))[:MOST_NAMES])

    def signed(self) -> str:
        return str(_signer().dumps([self.id, *self.names]))


def device_of(cookie: str | None) -> Device:
    """Return the device of a cookie; a new one, known to nobody, when there is none or it is not ours."""
    try:
        kept = _signer().loads(cookie or "")
    except BadSignature:
        return Device(secrets.token_urlsafe(12))
    return Device(kept[0], tuple(kept[1:]))


def digest(text: str) -> str:
    """Return a short keyed digest: neither cookies nor the table of failures tell anybody's phone number."""
    key = current_app.config["SECRET_KEY"].encode()
    return hmac.digest(key, f"log-in-name:{text}".encode(), "sha256").hex()[:24]


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="quiz-device")
