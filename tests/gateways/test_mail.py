"""Mail, in real conversations with a server on this machine."""

import asyncio
import socket
import ssl
import string
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from kids_feedback.config import Reference, Settings, Smtp
from kids_feedback.domain.addresses import is_address
from kids_feedback.domain.case.clocks import Allowances
from kids_feedback.domain.errors import NotFound
from kids_feedback.gateways.mail import FolderMail, MailRefused, SmtpMail, mail_for
from tests.make import NOW

SENDER = "have-your-say@example.org"
PASSWORD = "a long password"
PATIENCE = 30  # seconds: what is slow is not wrong


class Inbox:
    """What the server was told; ``says`` is its answer to a command: none, and it hangs up."""

    def __init__(self) -> None:
        self.recipients: list[str] = []
        self.messages: list[EmailMessage] = []
        self.signed_in: list[bool | None] = []
        self.says: dict[str, str] = {}

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        return self.answer("MAIL", server)

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.rcpt_tos.append(address)
        return self.answer("RCPT", server)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        answer = self.answer("DATA", server)
        if answer == "250 OK":
            assert isinstance(envelope.content, bytes)
            message = message_from_bytes(envelope.content, policy=policy.default)
            assert isinstance(message, EmailMessage)
            self.messages.append(message)
            self.recipients += envelope.rcpt_tos
            self.signed_in.append(session.authenticated)
        return answer

    async def handle_QUIT(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        return self.answer("QUIT", server)

    def answer(self, command: str, server: SMTP) -> str:
        answer = self.says.get(command, "250 OK")
        if not answer:
            assert isinstance(server.transport, asyncio.WriteTransport)
            server.transport.abort()
        return answer


@contextmanager
def a_server(inbox: Inbox, **options: Any) -> Iterator[int]:
    """Run a mail server on a free port."""
    with closing(socket.create_server(("127.0.0.1", 0))) as probe:
        port: int = probe.getsockname()[1]
    controller = Controller(inbox, hostname="127.0.0.1", port=port, **options)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def mail(inbox: Inbox) -> Iterator[SmtpMail]:
    with a_server(inbox) as port:
        yield plain(port)


def plain(port: int, *, timeout: float = PATIENCE) -> SmtpMail:
    smtp = Smtp(host="127.0.0.1", port=port, security="none", sender=SENDER)
    return SmtpMail(smtp, timeout=timeout)


def send(mail: SmtpMail, to: str = "ada@example.org", subject: str = "A message") -> None:
    mail.send("Zm9v_-YmFy", to, subject, "Please look.\n", now=NOW, language="en")


def refused(act: Callable[[], None]) -> tuple[str, bool]:
    with pytest.raises(MailRefused) as error:
        act()
    assert str(error.value) == error.value.code
    assert error.value.__suppress_context__ or error.value.__context__ is None
    return error.value.code, error.value.permanent


def test_a_message_arrives_as_it_was_written(mail: SmtpMail, inbox: Inbox) -> None:
    words = "Please look.\nمرحبا, ñ and 🙂\n.\nFrom here on\n"
    mail.send("Zm9v_-YmFy", "ada@example.org", "Neges i chi ✉", words, now=NOW, language="en")
    (message,) = inbox.messages
    assert inbox.recipients == ["ada@example.org"]
    assert (message["From"], message["To"]) == (SENDER, "ada@example.org")
    assert message["Subject"] == "Neges i chi ✉"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Date"].datetime == NOW
    assert message.get_content().replace("\r\n", "\n") == words


def test_a_repeat_carries_the_same_message_id(mail: SmtpMail, inbox: Inbox) -> None:
    send(mail)
    send(mail)
    assert [message["Message-ID"] for message in inbox.messages] == ["<Zm9v_-YmFy@example.org>"] * 2


@pytest.mark.parametrize(
    "to",
    [
        pytest.param("ada@example.org\r\nBcc: eve@example.org", id="another header"),
        pytest.param("ada@example.org\nBcc: eve@example.org", id="another header, bare LF"),
        pytest.param("ada@example.org, eve@example.org", id="two people"),
        pytest.param("Ada <ada@example.org>", id="a name too"),
        pytest.param("ada@exam\u2028ple.org", id="a character that a parser drops"),
        pytest.param("ada@example.org\ud800", id="half a character"),
        pytest.param("ada", id="no domain"),
        pytest.param("", id="nothing"),
    ],
)
def test_nothing_goes_to_what_is_not_one_address(mail: SmtpMail, inbox: Inbox, to: str) -> None:
    assert refused(lambda: send(mail, to)) == ("address_wrong", True)
    assert inbox.messages == []


@pytest.mark.parametrize("subject", ["Hi\r\nBcc: eve@example.org", "Hi\nX: y", "Hi\u2028X: y"])
def test_a_subject_brings_no_header_in(mail: SmtpMail, inbox: Inbox, subject: str) -> None:
    assert refused(lambda: send(mail, subject=subject)) == ("cannot_write", True)
    assert inbox.messages == []


@pytest.mark.parametrize(
    ("at", "answer", "noted"),
    [
        ("RCPT", "550 no such mailbox: ada@example.org", ("recipient_550", True)),
        ("RCPT", "450 come back later", ("recipient_450", False)),
        ("DATA", "554 looks like spam", ("data_554", True)),
        ("DATA", "451 disk full", ("data_451", False)),
        ("DATA", "", ("disconnected", False)),
        ("MAIL", "550 not you: have-your-say@example.org", ("sender_550", False)),
    ],
)
def test_a_refusal_says_whose_fault_it_is_and_names_nobody(
    mail: SmtpMail, inbox: Inbox, at: str, answer: str, noted: tuple[str, bool]
) -> None:
    inbox.says[at] = answer
    assert refused(lambda: send(mail)) == noted


def test_a_message_that_was_taken_stays_taken_when_the_goodbye_goes_wrong(
    mail: SmtpMail, inbox: Inbox
) -> None:
    inbox.says["QUIT"] = ""
    send(mail)
    assert len(inbox.messages) == 1


def test_an_address_that_not_every_server_can_spell_is_promised_nothing(
    mail: SmtpMail, inbox: Inbox
) -> None:
    assert refused(lambda: send(mail, "ada@bücher.example")) == ("address_wrong", True)
    assert inbox.messages == []


_NAMES = string.ascii_letters + string.digits + "!#$%&'*+/=?^_`{|}~-."
_HOST = st.lists(st.text(string.ascii_letters + string.digits + "-", min_size=1, max_size=4)).map(
    ".".join
)


@settings(max_examples=300, suppress_health_check=[HealthCheck.filter_too_much])
@given(st.builds("{}@{}".format, st.text(_NAMES, min_size=1, max_size=9), _HOST))
def test_the_mailer_can_write_to_whatever_a_form_takes(tmp_path_factory: Any, to: str) -> None:
    assume(is_address(to))
    mail = FolderMail(tmp_path_factory.mktemp("mail"))
    send_to_folder(mail, to)
    assert mail.newest()[0].to == to


def send_to_folder(mail: FolderMail, to: str) -> None:
    mail.send("one", to, "A message", "Please look.\n", now=NOW, language="en")


@pytest.mark.parametrize("language", ["en", "cy", "ar"])
def test_mail_says_in_which_language_it_is(mail: SmtpMail, inbox: Inbox, language: str) -> None:
    mail.send("one", "ada@example.org", "Neges", "مرحبا\n", now=NOW, language=language)
    assert inbox.messages[0]["Content-Language"] == language


def test_without_a_host_the_outbox_keeps_it() -> None:
    assert refused(lambda: send(SmtpMail(Smtp()))) == ("no_host", False)


def test_a_server_that_is_down_is_tried_again() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as probe:
        port = probe.getsockname()[1]
    assert refused(lambda: send(plain(port))) == ("unreachable", False)


def test_a_server_that_says_nothing_is_left() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as silent:
        mail = plain(silent.getsockname()[1], timeout=0.2)
        assert refused(lambda: send(mail)) == ("disconnected", False)


def test_a_server_that_turns_everyone_away_is_tried_again() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:

        def turn_away() -> None:
            visitor, _ = listening.accept()
            with visitor:
                visitor.sendall(b"554 not here\r\n")

        server = threading.Thread(target=turn_away)
        server.start()
        assert refused(lambda: send(plain(listening.getsockname()[1]))) == ("connect_554", False)
        server.join()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for 127.0.0.1 with its key, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "a test")])
    start = datetime(2026, 1, 1, tzinfo=UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=36_500))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "server.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path


def serving(certificate: Path) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    return context


def a_password(
    server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object
) -> AuthResult:
    right = LoginPassword(b"us", PASSWORD.encode())
    return AuthResult(success=data == right, handled=False)


def a_login(port: int, security: str, certificate: Path | None, password: str) -> SmtpMail:
    smtp = Smtp(
        host="127.0.0.1",
        port=port,
        security=security,
        user="us",
        password=password,
        sender=SENDER,
    )
    trusted = ssl.create_default_context(cafile=certificate) if certificate else None
    return SmtpMail(smtp, tls=trusted, timeout=PATIENCE)


@contextmanager
def a_secure_server(inbox: Inbox, certificate: Path, security: str) -> Iterator[int]:
    options: dict[str, object] = {"authenticator": a_password}
    if security == "tls":
        options |= {"ssl_context": serving(certificate), "auth_require_tls": False}
    else:
        options |= {"tls_context": serving(certificate), "require_starttls": True}
    with a_server(inbox, **options) as port:
        yield port


@pytest.mark.parametrize("security", ["starttls", "tls", "anything else"])
def test_a_message_and_the_password_go_encrypted(
    inbox: Inbox, certificate: Path, security: str
) -> None:
    with a_secure_server(inbox, certificate, security) as port:
        send(a_login(port, security, certificate, PASSWORD))
    assert inbox.signed_in == [True]


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_nothing_is_said_to_a_server_that_nobody_vouches_for(
    inbox: Inbox, certificate: Path, security: str
) -> None:
    with a_secure_server(inbox, certificate, security) as port:
        mail = a_login(port, security, None, PASSWORD)
        assert refused(lambda: send(mail)) == ("tls", False)
    assert inbox.messages == []


def test_nothing_goes_in_clear_where_encryption_is_wanted(inbox: Inbox) -> None:
    with a_server(inbox) as port:
        mail = a_login(port, "starttls", None, PASSWORD)
        assert refused(lambda: send(mail)) == ("not_offered", False)
    assert inbox.messages == []


def test_a_wrong_password_is_the_settings_fault(inbox: Inbox, certificate: Path) -> None:
    with a_secure_server(inbox, certificate, "starttls") as port:
        mail = a_login(port, "starttls", certificate, "another")
        assert refused(lambda: send(mail)) == ("connect_535", False)


def test_a_demonstration_shows_its_mail_newest_first(tmp_path: Path) -> None:
    mail = FolderMail(tmp_path / "mail", sender=SENDER)
    assert mail.newest() == []
    mail.send("first", "ada@example.org", "A message", "Please look.\n", now=NOW, language="en")
    mail.send("second", "ben@example.org", "Neges", "مرحبا\n", now=NOW, language="en")
    assert [message.id for message in mail.newest()] == ["second", "first"]
    assert [message.id for message in mail.newest(limit=1)] == ["second"]
    letter = mail.read("second")
    assert (letter.to, letter.subject, letter.body) == ("ben@example.org", "Neges", "مرحبا\n")
    assert letter.at.tzinfo is UTC


def test_a_message_sent_twice_is_one_file(tmp_path: Path) -> None:
    mail = FolderMail(tmp_path)
    for _ in range(2):
        mail.send("first", "ada@example.org", "A message", "Please look.\n", now=NOW, language="en")
    assert [path.name for path in tmp_path.iterdir()] == ["first.eml"]


@pytest.mark.parametrize("message_id", ["none", "", "..", "../first", "first.eml", "/etc/passwd"])
def test_no_other_file_can_be_read(tmp_path: Path, message_id: str) -> None:
    mail = FolderMail(tmp_path / "mail")
    mail.send("first", "ada@example.org", "A message", "Please look.\n", now=NOW, language="en")
    with pytest.raises(NotFound):
        mail.read(message_id)


def test_a_folder_that_cannot_be_written_is_tried_again(tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("a file where the folder should be")
    mail = FolderMail(tmp_path / "mail")
    assert refused(
        lambda: mail.send("first", "ada@example.org", "A", "B", now=NOW, language="en")
    ) == (
        "folder",
        False,
    )


@pytest.mark.parametrize("demo", [None, Path("mail")])
def test_only_a_demonstration_keeps_its_mail_in_a_folder(demo: Path | None) -> None:
    facts = Reference(
        as_of=date(2026, 1, 1), phones={}, promises=Allowances(), links={}, categories={}
    )
    mail = mail_for(Settings(database_url="", keys={}, words_key=b"", reference=facts, demo=demo))
    assert isinstance(mail, FolderMail if demo else SmtpMail)
