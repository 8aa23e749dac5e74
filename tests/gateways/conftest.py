"""A mail server on this machine, and the mailer that talks with it."""

import asyncio
import socket
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from kids_feedback.config import Smtp
from kids_feedback.gateways.mail import MailRefused, SmtpMail
from tests.make import NOW

SENDER = "have-your-say@example.org"
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


def plain(port: int, *, timeout: float = PATIENCE, whole: float = 2 * PATIENCE) -> SmtpMail:
    smtp = Smtp(host="127.0.0.1", port=port, security="none", sender=SENDER)
    return SmtpMail(smtp, timeout=timeout, whole=whole)


def send(mail: SmtpMail, to: str = "ada@example.org", subject: str = "A message") -> None:
    mail.send("Zm9v_-YmFy", to, subject, "Please look.\n", now=NOW, language="en")


def refused(act: Callable[[], None]) -> tuple[str, bool]:
    with pytest.raises(MailRefused) as error:
        act()
    assert str(error.value) == error.value.code
    assert error.value.__suppress_context__ or error.value.__context__ is None
    return error.value.code, error.value.permanent
