"""Questions put to an application in the same process: what each takes of the processor, or where
the database is another process, of the clock."""

import io
import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

WARM = 5
Run = Callable[[], "Answer"]


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass
class Asker:
    """Who asks a WSGI application, with or without a token."""

    app: Any
    token: str | None = None
    headers: dict[str, str] = field(default_factory=dict)

    def run(self, url: str, **headers: str) -> Run:
        """What asks for `url`, ready to be timed; `headers` as the WSGI environment names them."""
        path, _, query = url.partition("?")
        environ = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "127.0.0.1",
            "wsgi.url_scheme": "http",
            "wsgi.errors": io.StringIO(),
            **({"HTTP_AUTHORIZATION": f"Bearer {self.token}"} if self.token else {}),
            **headers,
        }
        return lambda: self._answered(dict(environ))

    def _answered(self, environ: dict[str, Any]) -> Answer:
        told: list[Any] = []
        environ["wsgi.input"] = io.BytesIO()
        found: Any = self.app(
            environ, lambda status, headers, _=None: told.append((status, headers))
        )
        try:
            body = b"".join(found)
        finally:
            getattr(found, "close", lambda: None)()
        status, headers = told[0]
        joined: dict[str, str] = {}
        for name, value in headers:
            joined[name] = f"{joined[name]}, {value}" if name in joined else value
        return Answer(int(status.split()[0]), joined, body)

    def pieces(self, url: str, accept: str) -> Iterable[bytes]:
        """The pieces of a stream as they come."""
        environ: dict[str, Any] = {"HTTP_ACCEPT": accept, "wsgi.input": io.BytesIO()}
        path, _, query = url.partition("?")
        environ |= {"REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query}
        environ |= {"SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80", "wsgi.url_scheme": "http"}
        environ |= {"SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1"}
        environ |= {"HTTP_AUTHORIZATION": f"Bearer {self.token}", "wsgi.errors": io.StringIO()}
        found = self.app(environ, lambda *_: None)
        yield from found
        getattr(found, "close", lambda: None)()


def medians(runs: Sequence[Run], now: Callable[[], float], rounds: int) -> list[float]:
    """The median of each in milliseconds. They take turns, so that a busy moment is everybody's."""
    for run in runs:
        for _ in range(WARM):
            run()
    taken: list[list[float]] = [[] for _ in runs]
    for _ in range(rounds):
        for run, times in zip(runs, taken, strict=True):
            begun = now()
            run()
            times.append(now() - begun)
    return [statistics.median(times) * 1000 for times in taken]
