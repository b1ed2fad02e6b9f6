"""The load: a process of its own that keeps connections busy and times every answer.

Run as `python -m bench.load`, with the plan as JSON on stdin; prints the result as JSON.
"""

import asyncio
import json
import sys
import time
from typing import Any


class Client(asyncio.Protocol):
    """One keep-alive connection that sends the next request as soon as the answer is whole."""

    def __init__(self, worker: "Worker"):
        self.worker = worker
        self.received = b""
        self.began = 0.0

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        self.send()

    def send(self) -> None:
        request = self.worker.next_request()
        if request is None:
            self.transport.close()
            return
        self.received = b""
        self.began = time.perf_counter()
        self.transport.write(request)

    def data_received(self, data: bytes) -> None:
        self.received += data
        head, found, body = self.received.partition(b"\r\n\r\n")
        if not found:
            return
        length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0] or 0)
        if len(body) < length:
            return
        self.worker.answered(int(head[9:12]), time.perf_counter() - self.began)
        if self.worker.pause:
            asyncio.get_running_loop().call_later(self.worker.pause, self.send)
        else:
            self.send()

    def connection_lost(self, error: Exception | None) -> None:
        self.worker.lost()


class Worker:
    """Builds requests from the plan, counts answers, ends after `seconds`."""

    def __init__(self, plan: dict[str, Any]):
        self.plan = plan
        self.cookies = plan["cookies"]
        self.pause = plan.get("pause", 0)
        self.count = 0
        self.bad = 0
        self.times: list[float] = []
        self.open = plan["connections"]
        self.done = asyncio.Event()
        self.end = 0.0

    def next_request(self) -> bytes | None:
        if time.perf_counter() > self.end:
            return None
        self.count += 1
        at = self.count % len(self.cookies)
        number = self.plan["first"] + self.count // len(self.cookies)
        slot = 1 + number % 20
        body = self.plan["body"].replace("$slot", str(slot)).replace("$number", str(number)).encode()
        path = self.plan["path"].replace("$attempt", str(self.plan["attempts"][at]))
        head = (
            f"{self.plan['method']} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {self.cookies[at]}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body

    def answered(self, status: int, seconds: float) -> None:
        self.times.append(seconds)
        self.bad += status != 200

    def lost(self) -> None:
        self.open -= 1
        if not self.open:
            self.done.set()

    async def run(self) -> dict[str, Any]:
        loop = asyncio.get_running_loop()
        began = time.perf_counter()
        self.end = began + self.plan["seconds"]
        for _ in range(self.plan["connections"]):
            await loop.create_connection(lambda: Client(self), "127.0.0.1", self.plan["port"])
        await self.done.wait()
        spent = time.perf_counter() - began
        ordered = sorted(self.times)
        return {
            "rate": len(ordered) / spent,
            "p50_ms": 1000 * ordered[len(ordered) // 2],
            "p99_ms": 1000 * ordered[int(len(ordered) * 0.99)],
            "bad": self.bad,
            "count": len(ordered),
        }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asyncio.run(Worker(json.load(sys.stdin)).run())))
