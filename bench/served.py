"""The same questions under a real server: gunicorn with four threads, the product and the floor in
turn, and clients that cost little."""

import gc
import os
import re
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bench import filling
from bench.floor import Floor
from registry import clock

PORT = 5188
THREADS, CLIENTS = 4, 8
HOST = b"Host: 127.0.0.1\r\n\r\n"
LENGTH = re.compile(rb"\r\nContent-Length: ([0-9]+)", re.IGNORECASE)


def product() -> Any:
    """The application on the database that BENCH_URL names, as gunicorn loads it."""
    return settled(filling.application(os.environ["BENCH_URL"]))


def settled(app: Any) -> Any:
    """The application as `wsgi.py` serves it: what was made once is not looked through again."""
    gc.collect()
    gc.freeze()
    return app


def floor() -> Any:
    """The floor on the same database."""
    return Floor(os.environ["BENCH_URL"], clock.now().date().isoformat())


@contextmanager
def serving(url: str, which: str, *, workers: int = 1) -> Iterator[None]:
    """A server for a block, of the application that `which` makes."""
    command = [sys.executable, "-m", "gunicorn", "--worker-class", "gthread"]
    command += ["--threads", str(THREADS), "--workers", str(workers), "--log-level", "error"]
    command += ["--bind", f"127.0.0.1:{PORT}", "--keep-alive", "60", f"bench.served:{which}()"]
    quiet = subprocess.DEVNULL  # the lines of the log are written all the same
    with subprocess.Popen(command, env={**os.environ, "BENCH_URL": url}, stderr=quiet) as server:
        try:
            _wait()
            yield
        finally:
            server.terminate()


def _wait() -> None:
    """Until it answers: the server listens long before it has read the application in."""
    for _ in range(100):
        try:
            Client(patience=120).send(b"GET /api/v1/initiatives/INI-1000777 HTTP/1.1\r\n" + HOST)
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server did not come up")


class Client:
    """One connection that is kept: a request is bytes that are ready, an answer is counted."""

    def __init__(self, *, patience: float = 60) -> None:
        self.socket = socket.create_connection(("127.0.0.1", PORT), patience)

    def send(self, request: bytes) -> tuple[int, bytes, bytes]:
        """(status, head, body) of what comes back."""
        self.socket.sendall(request)
        found = b""
        while (end := found.find(b"\r\n\r\n")) < 0:
            found += self._more()
        head, body = found[:end], [found[end + 4 :]]
        match = LENGTH.search(head)
        left = (int(match[1]) if match else 0) - len(body[0])
        while left > 0:
            body.append(self._more())
            left -= len(body[-1])
        return int(head[9:12]), head, b"".join(body)

    def _more(self) -> bytes:
        piece = self.socket.recv(262_144)
        if not piece:
            raise ConnectionError("the server closed the connection")
        return piece


def request(
    method: str, path: str, token: str, body: bytes = b"", headers: dict[str, str] | None = None
) -> bytes:
    """A request as it goes over the line."""
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", f"Authorization: Bearer {token}"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    if body:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode() + body


def rates(url: str, path: str, token: str, *, turns: int, seconds: float) -> tuple[float, float]:
    """Requests a second of the product and of the floor, medians of turns."""
    asked = {"product": request("GET", path, token), "floor": request("GET", path, "none")}
    found: dict[str, list[float]] = {"product": [], "floor": []}
    for _ in range(turns):
        for which, sent in asked.items():
            with serving(url, which):
                _rate(sent, 1.0)
                found[which].append(_rate(sent, seconds))
    return statistics.median(found["product"]), statistics.median(found["floor"])


def _rate(sent: bytes, seconds: float) -> float:
    counts = [0] * CLIENTS
    end = time.perf_counter() + seconds

    def ask(number: int) -> None:
        client = Client()
        while time.perf_counter() < end:
            status, _, body = client.send(sent)
            assert status == 200, body[:200]
            counts[number] += 1

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(CLIENTS)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return sum(counts) / seconds
