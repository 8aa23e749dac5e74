"""Servers that mail goes to: they refuse, are down or silent, and encrypt what they are told."""

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from kids_feedback.config import Smtp
from kids_feedback.gateways.mail import SmtpMail
from tests.gateways.conftest import PATIENCE, SENDER, Inbox, a_server, plain, refused, send
from tests.gateways.talker import a_talker

PASSWORD = "a long password"


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


def test_without_a_host_the_outbox_keeps_it() -> None:
    assert refused(lambda: send(SmtpMail(Smtp()))) == ("no_host", False)


def test_a_server_that_is_down_is_tried_again() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as probe:
        port = probe.getsockname()[1]
    assert refused(lambda: send(plain(port))) == ("unreachable", False)


def test_a_server_that_says_nothing_is_left() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as silent:
        mail = plain(silent.getsockname()[1], timeout=0.2)
        assert refused(lambda: send(mail)) == ("timeout", False)


@pytest.mark.parametrize("after", ["", "EHLO", "MAIL", "DATA", "."])
def test_a_server_that_says_nothing_more_is_called_silent_wherever_it_is(after: str) -> None:
    with a_talker(lambda said: None if said == after else 0) as (port, _):
        assert refused(lambda: send(plain(port, timeout=0.3, whole=1))) == ("timeout", False)


@pytest.mark.parametrize("answer", ["", "EHLO", "RCPT", "."])
def test_a_server_that_dribbles_is_left_when_the_time_of_one_message_is_over(answer: str) -> None:
    """Each byte comes in time, and the answer never ends."""
    with a_talker(lambda said: 0.05 if said == answer else 0, dribbles=True) as (port, _):
        begun = time.monotonic()
        assert refused(lambda: send(plain(port, timeout=PATIENCE, whole=0.6))) == ("timeout", False)
        assert 0.6 <= time.monotonic() - begun < PATIENCE / 2


def test_the_last_answer_is_waited_for_as_long_as_there_is_time() -> None:
    """A server may work on a message before it answers: who leaves then has it sent twice."""
    with a_talker(lambda said: 0.8 if said == "." else 0) as (port, taken):
        send(plain(port, timeout=0.4, whole=PATIENCE))
    assert len(taken) == 1


def test_a_message_whose_time_is_over_before_it_is_heard_is_never_handed_over() -> None:
    with a_talker(lambda said: 0.5 if said == "RCPT" else 0) as (port, taken):
        assert refused(lambda: send(plain(port, whole=0.3))) == ("timeout", False)
    assert taken == []


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
