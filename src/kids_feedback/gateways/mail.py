"""Mail on its way out: over SMTP, or into a folder for a demonstration."""

import re
import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import format_datetime
from pathlib import Path
from typing import Any, Protocol

from kids_feedback.config import Settings, Smtp
from kids_feedback.domain.addresses import is_address
from kids_feedback.domain.errors import NotFound
from kids_feedback.gateways.time_limit import TimeLimit, limited

TIMEOUT = 30.0  # seconds for each answer of the server, but for the last
WHOLE = 240.0  # seconds for one message, all answers together; the outbox's lease is longer
_PLAIN_ASCII = policy.SMTP.clone(cte_type="7bit")  # so that any server may pass it on
_OF_THE_MESSAGE = frozenset({"recipient", "data"})
_FILE_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")


class MailRefused(Exception):
    """A message was not taken. Carries a code only: no address, no word of the message."""

    def __init__(self, code: str, *, permanent: bool) -> None:
        super().__init__(code)
        self.code = code
        self.permanent = permanent  # it is this message's own fault: trying again is no help


class Mail(Protocol):
    """A way out for messages."""

    def send(
        self, message_id: str, to: str, subject: str, body: str, *, now: datetime, language: str
    ) -> None:
        """Hand a message over; once this returns, it is the next server's to deliver.

        Args:
            message_id: the row's id. The same one makes the same Message-ID.
            now: what it is dated, aware.
            language: the code of the language it is written in.

        Raises:
            MailRefused: it was not taken.
        """


def mail_for(settings: Settings) -> Mail:
    """Return the way out that the settings ask for."""
    if settings.demo is not None:
        return FolderMail(settings.demo, sender=settings.smtp.sender)
    return SmtpMail(settings.smtp)


class SmtpMail:
    """Sends over SMTP, one connection a message. Without a host it refuses them all for now."""

    def __init__(
        self,
        smtp: Smtp,
        *,
        tls: ssl.SSLContext | None = None,
        timeout: float = TIMEOUT,
        whole: float = WHOLE,
    ) -> None:
        self._smtp = smtp
        self._tls = tls or ssl.create_default_context()
        self._timeout = timeout
        self._whole = whole

    def send(
        self, message_id: str, to: str, subject: str, body: str, *, now: datetime, language: str
    ) -> None:
        """See ``Mail.send``."""
        message = _compose(self._smtp.sender, to, subject, body)
        _head(message, message_id, now=now, language=language)
        if not self._smtp.host:
            raise MailRefused("no_host", permanent=False)
        server = self._connection()
        with limited(server, self._whole) as limit:
            try:
                self._greet(server, limit)
                _hand_over(server, message, limit)
            finally:
                _leave(server)

    def _connection(self) -> smtplib.SMTP:
        """Return one that is not opened yet, so that it can be ended whatever it waits for."""
        name = _domain_of(self._smtp.sender)
        server: Any
        if self._smtp.security == "tls":
            server = smtplib.SMTP_SSL(local_hostname=name, timeout=self._timeout, context=self._tls)
        else:
            server = smtplib.SMTP(local_hostname=name, timeout=self._timeout)
        # Whose certificate it must be. smtplib notes that only where it connects at once; without
        # it, it makes no encrypted connection at all.
        server._host = self._smtp.host
        opened: smtplib.SMTP = server
        return opened

    def _greet(self, server: smtplib.SMTP, limit: TimeLimit) -> None:
        """Open the connection. Any ``security`` not known is taken as the strict default."""
        smtp = self._smtp
        try:
            _expect(limit, server.connect(smtp.host, smtp.port), "connect", 220)
            if smtp.security not in {"tls", "none"}:
                server.starttls(context=self._tls)
            if smtp.user:
                server.login(smtp.user, smtp.password)
            server.ehlo_or_helo_if_needed()
        except smtplib.SMTPResponseException as error:
            raise MailRefused(f"connect_{error.smtp_code}", permanent=False) from None
        except OSError as error:  # SMTPException is one too
            raise MailRefused(_kind_of(limit, error), permanent=False) from None


@dataclass(frozen=True, kw_only=True)
class SentMail:
    """A message as the demonstration's staff pages show it."""

    id: str
    to: str
    subject: str
    body: str
    language: str
    at: datetime


class FolderMail:
    """Writes each message into a folder as ``<id>.eml``; sent twice, it is still one file.

    Nobody else on the machine may read it.
    """

    def __init__(self, folder: Path, *, sender: str = Smtp.sender) -> None:
        self._folder = folder
        self._sender = sender

    def send(
        self, message_id: str, to: str, subject: str, body: str, *, now: datetime, language: str
    ) -> None:
        """See ``Mail.send``."""
        message = _compose(self._sender, to, subject, body)
        _head(message, message_id, now=now, language=language)
        path = self._path(message_id)
        unfinished = path.with_suffix(".part")
        try:
            self._folder.mkdir(0o700, parents=True, exist_ok=True)
            unfinished.touch(0o600)
            unfinished.write_bytes(message.as_bytes())
            unfinished.replace(path)
        except OSError:
            raise MailRefused("folder", permanent=False) from None

    def newest(self, limit: int = 50) -> list[SentMail]:
        """Return the latest messages, newest first."""
        paths = sorted(self._folder.glob("*.eml"), key=_written, reverse=True)
        return [_letter(path) for path in paths[:limit]]

    def read(self, message_id: str) -> SentMail:
        """Return one message.

        Raises:
            NotFound: the folder has none with that id.
        """
        path = self._path(message_id)
        if not path.is_file():
            raise NotFound
        return _letter(path)

    def _path(self, message_id: str) -> Path:
        if not _FILE_NAME.fullmatch(message_id):
            raise NotFound
        return self._folder / f"{message_id}.eml"


def _compose(sender: str, to: str, subject: str, body: str) -> EmailMessage:
    """Write the message. To one address only: a list or a line break in a header is refused."""
    if not is_address(to):
        raise MailRefused("address_wrong", permanent=True)
    message = EmailMessage(_PLAIN_ASCII)
    try:
        message["From"] = Address(addr_spec=sender)
        message["To"] = Address(addr_spec=to)
        message["Subject"] = subject
        message.set_content(body)
    except (ValueError, IndexError, MessageError):
        raise MailRefused("cannot_write", permanent=True) from None
    return message


def _head(message: EmailMessage, message_id: str, *, now: datetime, language: str) -> None:
    """Add what the machines on the way, and a reader aloud at its end, go by."""
    message["Message-ID"] = f"<{message_id}@{_domain_of(str(message['From']))}>"
    message["Date"] = format_datetime(now.astimezone(UTC))
    message["Auto-Submitted"] = "auto-generated"  # asks for no out-of-office reply (RFC 3834)
    message["Content-Language"] = language


def _hand_over(server: smtplib.SMTP, message: EmailMessage, limit: TimeLimit) -> None:
    """Hand the message over. Its last answer is waited for as long as there is time.

    A server may work on a message before it answers; who leaves meanwhile gets it sent twice.
    """
    sender, to = message["From"].addresses[0].addr_spec, message["To"].addresses[0].addr_spec
    try:
        _expect(limit, server.mail(sender), "sender", 250)
        _expect(limit, server.rcpt(to), "recipient", 250, 251)
        if server.sock is not None:
            server.sock.settimeout(limit.left)
        _expect(limit, server.data(message.as_bytes()), "data", 250)
    except smtplib.SMTPDataError as error:  # it would not even hear the text
        raise _refusal("data", error.smtp_code) from None
    except OSError as error:
        raise MailRefused(_kind_of(limit, error), permanent=False) from None


def _expect(limit: TimeLimit, answer: tuple[int, bytes], to: str, *wanted: int) -> None:
    """Check an answer of the server. Half of one, where we have hung up, is none.

    Raises:
        MailRefused: it is another one than is wanted.
    """
    if limit.is_over:
        raise MailRefused("timeout", permanent=False)
    if answer[0] not in wanted:
        raise _refusal(to, answer[0])


def _refusal(of: str, code: int) -> MailRefused:
    """Return what a refusal means: only a 5xx to the recipient or the text is about the message.

    Anything else is about the settings, or about the server.
    """
    return MailRefused(f"{of}_{code}", permanent=of in _OF_THE_MESSAGE and code >= 500)


def _leave(server: smtplib.SMTP) -> None:
    """Say goodbye. What was taken stays taken, so a server that is rude now changes nothing."""
    with suppress(OSError):
        if server.sock is not None:
            server.sock.settimeout(server.timeout)
        server.quit()
    server.close()


def _kind_of(limit: TimeLimit, error: OSError) -> str:
    """Return a code for what went wrong; ``smtplib`` calls each silence a lost connection."""
    if limit.is_over or isinstance(error.__context__, TimeoutError):
        return "timeout"
    kinds: tuple[tuple[type[OSError], str], ...] = (
        (smtplib.SMTPNotSupportedError, "not_offered"),
        (smtplib.SMTPServerDisconnected, "disconnected"),
        (smtplib.SMTPException, "not_understood"),
        (ssl.SSLError, "tls"),
        (TimeoutError, "timeout"),
    )
    return next((code for kind, code in kinds if isinstance(error, kind)), "unreachable")


def _domain_of(address: str) -> str:
    return address.rpartition("@")[2]


def _written(path: Path) -> tuple[int, str]:
    return path.stat().st_mtime_ns, path.name


def _letter(path: Path) -> SentMail:
    message = BytesParser(EmailMessage, policy=policy.default).parsebytes(path.read_bytes())
    return SentMail(
        id=path.stem,
        to=str(message["To"]),
        subject=str(message["Subject"]),
        body=message.get_content().replace("\r\n", "\n"),
        language=str(message["Content-Language"] or "en"),
        at=datetime.fromtimestamp(path.stat().st_mtime, UTC),
    )
