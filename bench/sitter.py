"""A process of contestants who each sit once; the plan comes as JSON on stdin, the result goes to stdout."""

import http.client
import json
import re
import sys
import threading
import time
import urllib.parse
from collections import defaultdict
from typing import Any

TOKEN = re.compile(r'name="csrf_token"[^>]* value="([^"]+)"')


class Phone:
    """One contestant's browser on one keep-alive connection."""

    def __init__(self, port: int, times: dict[str, list[float]]):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.times = times
        self.cookies: dict[str, str] = {}

    def ask(
        self, step: str, method: str, path: str, body: str = "", **headers: str
    ) -> tuple[http.client.HTTPResponse, str]:
        began = time.perf_counter()
        headers |= {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        self.connection.request(method, path, body=body.encode() or None, headers=headers)
        reply = self.connection.getresponse()
        text = reply.read().decode()
        self.times[step].append(time.perf_counter() - began)
        for set_cookie in reply.headers.get_all("Set-Cookie", []):
            name, _, value = set_cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        if reply.status >= 400:
            raise RuntimeError(f"{step}: {reply.status} {text[:300]}")
        return reply, text

    def submit(self, step: str, path: str, **fields: str) -> str:
        """Send a form; return where it leads."""
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        reply, _ = self.ask(step, "POST", path, urllib.parse.urlencode(fields), **form)
        return reply.headers["Location"] or ""

    def sit(self, phone: str, password: str) -> None:
        _, page = self.ask("page", "GET", "/log-in")
        self.submit("log_in", "/log-in", csrf_token=TOKEN.findall(page)[0], login=phone, password=password)
        _, page = self.ask("page", "GET", "/contests/cuoc-thi")
        attempt = self.submit("start", "/contests/cuoc-thi/rounds/tuan-1/attempts", csrf_token=TOKEN.findall(page)[0])
        _, page = self.ask("paper", "GET", attempt)
        token = TOKEN.findall(page)[0]
        json_type = {"Content-Type": "application/json"}
        _, taken = self.ask("take_over", "POST", f"{attempt}/takeovers", "{}", **json_type, **{"X-CSRFToken": token})
        base = json.loads(taken)["base"]
        for slot in range(1, 21):
            change = {"slot": slot, "number": base + slot, "answer": "1", "flagged": False}
            self.ask(
                "save", "PUT", f"{attempt}/responses", json.dumps({"opening": base, "changes": [change]}), **json_type
            )
        self.submit("hand_in", f"{attempt}/submission", csrf_token=token)
        self.ask("result", "GET", f"{attempt}/result")


def run(plan: dict[str, Any]) -> dict[str, Any]:
    times: dict[str, list[float]] = defaultdict(list)
    waiting, failures = iter(plan["phones"]), []
    turn, sat = threading.Lock(), []
    began = time.perf_counter()

    def work() -> None:
        while time.perf_counter() < began + plan["seconds"]:
            with turn:
                phone = next(waiting, None)
            if phone is None:
                return
            try:
                Phone(plan["port"], times).sit(phone, plan["password"])
                sat.append(phone)
            except Exception as error:
                failures.append(repr(error))
                return

    threads = [threading.Thread(target=work) for _ in range(plan["threads"])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise RuntimeError(failures[0])
    per_minute = 60 * len(sat) / (time.perf_counter() - began)
    p99 = {step: 1000 * sorted(spans)[int(len(spans) * 0.99)] for step, spans in times.items()}
    return {"per_minute": per_minute, "p99_ms": p99}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run(json.load(sys.stdin))))
