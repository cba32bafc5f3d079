"""Real servers on a port of this machine, for tests that must go through one."""

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

ROOT = Path(__file__).parents[1]
UNLIMITED = {"RATE_LIMITS": "0"}
"""The settings of a server that may be asked thousands of things in a minute."""


class _Silent(WSGIRequestHandler):
    """Keeps connections, and says nothing of the thousands of requests of a test."""

    protocol_version = "HTTP/1.1"

    def log(self, *_: object) -> None:
        """Nothing."""


@contextmanager
def in_a_thread(app: Flask) -> Iterator[int]:
    """Yield the port at which `app` is served from a thread of this process."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Silent)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()


@contextmanager
def by_gunicorn(url: str) -> Iterator[int]:
    """Yield the port at which gunicorn, as in production, serves the database at `url`."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = int(listening.getsockname()[1])
        options = f"--bind fd://{listening.fileno()} --worker-class gthread --threads 4"
        server = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "gunicorn",
                *options.split(),
                "--log-level",
                "error",
                "wsgi:app",
            ],
            cwd=ROOT,
            env={**os.environ, "DATABASE_URL": url, "WORKER": "none", **UNLIMITED},
            pass_fds=[listening.fileno()],
        )
        try:
            _wait(server, port)
            yield port
        finally:
            server.terminate()
            server.wait(20)


def _wait(server: "subprocess.Popen[bytes]", port: int) -> None:
    """The socket listens from the start, so the first answer comes when the app is there."""
    deadline = time.monotonic() + 60
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        connection.sendall(b"HEAD /api HTTP/1.0\r\n\r\n")
        while not connection.recv(1):
            if server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("gunicorn did not start")
