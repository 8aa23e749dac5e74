"""What goes out as mail, to whom and in which words, or into the folder of a demonstration."""

import os
import string
from datetime import UTC, date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from kids_feedback.config import Reference, Settings
from kids_feedback.domain.addresses import is_address
from kids_feedback.domain.case.clocks import Allowances
from kids_feedback.domain.errors import NotFound
from kids_feedback.gateways.mail import FolderMail, SmtpMail, mail_for
from tests.gateways.conftest import SENDER, Inbox, refused, send
from tests.make import NOW


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


def test_an_address_that_not_every_server_can_spell_is_promised_nothing(
    mail: SmtpMail, inbox: Inbox
) -> None:
    assert refused(lambda: send(mail, "ada@bücher.example")) == ("address_wrong", True)
    assert inbox.messages == []


_NAMES = string.ascii_letters + string.digits + "!#$%&'*+/=?^_`{|}~-."
_NAME = st.text(_NAMES, min_size=1, max_size=9) | st.builds(  # that readers of mail decode
    "{}=?utf-8?{}?{}?={}".format, *[st.text(_NAMES, max_size=2)] * 4
)
_HOST = st.lists(st.text(string.ascii_letters + string.digits + "-", min_size=1, max_size=4)).map(
    ".".join
)


@settings(max_examples=300, suppress_health_check=[HealthCheck.filter_too_much])
@given(st.builds("{}@{}".format, _NAME, _HOST))
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


def test_nobody_else_reads_the_mail_of_a_demonstration(tmp_path: Path) -> None:
    folder, before = tmp_path / "mail", os.umask(0)
    try:
        FolderMail(folder).send("a", "a@example.org", "Hello", "Look.", now=NOW, language="en")
    finally:
        os.umask(before)
    (file,) = folder.iterdir()
    assert [path.stat().st_mode & 0o777 for path in (folder, file)] == [0o700, 0o600]


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
