"""How a message leaves: over SMTP, into a folder, or on the console; chosen by MAIL_URL."""

import smtplib
import ssl
from collections.abc import Callable
from email.message import EmailMessage
from functools import partial
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit
from urllib.request import url2pathname

import click

from .. import clock

PATIENCE = 30  # seconds for each answer of a mail server
LOOPBACK = ("localhost", "127.0.0.1", "::1")
Carrier = Callable[[EmailMessage], None]


def carrier(url: str) -> Carrier:
    """What brings a message away by `url`. Raises ValueError for an address of another kind."""
    parts = urlsplit(url)
    if parts.scheme in ("smtp", "smtps") and parts.hostname:
        return partial(_by_smtp, parts)
    if parts.scheme == "file" and parts.path:
        return partial(_into_folder, Path(url2pathname(parts.path)))
    if parts.scheme == "console":
        return _on_console
    raise ValueError(
        "MAIL_URL is smtp://user:password@host:port, smtps://…, file:///folder or console:"
    )


def _by_smtp(parts: SplitResult, message: EmailMessage) -> None:
    with _connected(parts) as server:
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        server.send_message(message)


def _connected(parts: SplitResult) -> smtplib.SMTP:
    host = parts.hostname or ""
    secure = ssl.create_default_context()
    if parts.scheme == "smtps":
        return smtplib.SMTP_SSL(host, parts.port or 465, timeout=PATIENCE, context=secure)
    server = smtplib.SMTP(host, parts.port or (587 if parts.username else 25), timeout=PATIENCE)
    server.ehlo()
    if server.has_extn("starttls"):
        server.starttls(context=secure)
        server.ehlo()
    elif parts.username and host not in LOOPBACK:
        server.close()
        raise smtplib.SMTPNotSupportedError("no password goes to a mail server without TLS")
    return server


def _into_folder(folder: Path, message: EmailMessage) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    name = str(message["Message-ID"]).strip("<>").partition("@")[0]
    path = folder / f"{clock.now():%Y%m%d-%H%M%S}-{name}.eml"
    path.touch(mode=0o600)
    path.write_bytes(bytes(message))
    click.echo(f"  mail: {path}")


def _on_console(message: EmailMessage) -> None:
    click.echo(f"To: {message['To']}\nSubject: {message['Subject']}\n\n{message.get_content()}")
