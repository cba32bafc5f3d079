"""Sixteen clients that read, search and change at once: nothing is lost and nothing breaks."""

import json
import random
import threading
import time
from collections import Counter
from dataclasses import dataclass, field

from bench import served

CLIENTS, SHARED = 16, 20
LIST = "/api/v1/initiatives"


@dataclass
class Outcome:
    """What sixteen clients met."""

    seconds: float
    statuses: Counter[int] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    lost: int = 0

    @property
    def broken(self) -> int:
        """How many answers were faults of the server."""
        return sum(count for status, count in self.statuses.items() if status >= 500)


def mixed(url: str, token: str, seconds: float) -> Outcome:
    """Let them go on a server with two processes. Each change is made on what was read last, so
    that as many versions must have been added as changes were accepted."""
    found, lock = Outcome(seconds), threading.Lock()
    names = [f"INI-{1_000_000 + n}" for n in range(1, SHARED + 1)]
    with served.serving(url, "product", workers=2):
        before = {name: _version(token, name) for name in names}
        threads = [
            threading.Thread(target=_client, args=(seed, token, names, found, lock))
            for seed in range(CLIENTS)
        ]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        after = {name: _version(token, name) for name in names}
    found.lost = sum(abs(after[n] - before[n] - found.changed[n]) for n in names)
    return found


def _version(token: str, name: str) -> int:
    status, _, body = served.Client().send(served.request("GET", f"{LIST}/{name}", token))
    assert status == 200, (status, body[:300])
    return int(json.loads(body)["version"])


def _client(seed: int, token: str, names: list[str], found: Outcome, lock: threading.Lock) -> None:
    chance, client = random.Random(seed), served.Client()  # noqa: S311  # nothing is kept secret
    reads = (
        f"{LIST}?status=running&theme=THE-0003&sort=-updatedAt&perPage=50",
        f"{LIST}?q=werkdruk",
        f"{LIST}/INI-{1_000_000 + 30}",
        "/api/v1/partners",
    )
    end = time.perf_counter() + found.seconds
    while time.perf_counter() < end:
        if chance.random() < 0.7:
            status, _, _ = client.send(served.request("GET", chance.choice(reads), token))
            name = None
        else:
            name = chance.choice(names)
            status = _change(client, token, name, chance)
        with lock:
            found.statuses[status] += 1
            if name and status == 200:
                found.changed[name] += 1


def _change(client: served.Client, token: str, name: str, chance: random.Random) -> int:
    path = f"{LIST}/{name}"
    _, head, _ = client.send(served.request("GET", path, token))
    lines = dict(line.split(b": ", 1) for line in head.split(b"\r\n")[1:])
    tag = next(value for key, value in lines.items() if key.lower() == b"etag").decode()
    # What was said before would change nothing, and add no version.
    body = json.dumps({"summary": f"Gewijzigd {chance.random()} {time.time_ns()}"}).encode()
    headers = {"If-Match": tag, "Content-Type": "application/merge-patch+json"}
    status, _, _ = client.send(served.request("PATCH", path, token, body, headers))
    return status
