"""The floor: a bare Flask view that reads a signed cookie and does one durable upsert with the raw driver."""

import os
import sqlite3
import threading
import time
from typing import Any

import psycopg
from flask import Flask, request, session

URL = os.environ["DATABASE_URL"]
UPSERT = (
    "INSERT INTO floor_answers (person, slot, answer, saved_at) VALUES ({0}, {0}, {0}, {0}) "
    "ON CONFLICT (person, slot) DO UPDATE SET answer = excluded.answer, saved_at = excluded.saved_at"
)

app = Flask(__name__)
app.config.update(SECRET_KEY=os.environ["SECRET_KEY"], SESSION_COOKIE_NAME="quiz")
_local = threading.local()


def connection() -> Any:
    """One connection a thread, durable: synchronous=FULL on SQLite, commit on each statement."""
    if not hasattr(_local, "connection"):
        if URL.startswith("sqlite"):
            made = sqlite3.connect(URL.removeprefix("sqlite:///"), isolation_level=None, timeout=15)
            made.execute("PRAGMA journal_mode=WAL")
            made.execute("PRAGMA synchronous=FULL")
        else:
            made = psycopg.connect(URL, autocommit=True)
        _local.connection = made
    return _local.connection


@app.put("/save")
def save() -> Any:
    sent = request.get_json()
    mark = "?" if URL.startswith("sqlite") else "%s"
    connection().execute(
        UPSERT.format(mark), (session["_user_id"], sent["slot"], sent["answer"], time.time_ns() // 1000)
    )
    return {"acknowledged": sent["number"]}


@app.get("/hello")
def hello() -> str:
    return "hello"
