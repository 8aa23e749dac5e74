"""An email to the child: what is said of it follows its own row of the outbox."""

from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import select

from kids_feedback.cli import worker
from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.procedure import Stage
from kids_feedback.domain.child.secret_words import fingerprint
from kids_feedback.gateways.mail import MailRefused
from kids_feedback.services.site import outbox
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.casework import Answer
from kids_feedback.storage.tables.outbox import Message
from tests.conftest import SetClock
from tests.make import NOW
from tests.services.acts import WHOLE
from tests.web.conftest import SignIn, visitor
from tests.web.page import Page, Visitor, get, submit
from tests.web.staff.pages import (
    a_case,
    a_given_case,
    a_talked_case,
    address,
    open_words,
    saved,
    some_staff,
    take,
)

KEY = b"another key that only tests know"
WORDS = "apple river cloud spoon"
BY_EMAIL = {"email": "robin@example.org", "email_shared": "no", "email_says": "named"}
WRITTEN = {
    "en": "You have a new message from Cafcass",
    "cy": "Mae gen ti neges newydd gan Cafcass",
    "ar": "لديك رسالة جديدة من Cafcass",
}


class Post:
    """A way out that takes everything, or nothing."""

    def __init__(self, refusal: MailRefused | None = None) -> None:
        self.refusal = refusal
        self.sent: list[tuple[str, str, str]] = []

    def send(
        self, message_id: str, to: str, subject: str, body: str, *, now: datetime, language: str
    ) -> None:
        if self.refusal:
            raise self.refusal
        self.sent.append((to, subject, language))


REFUSED = MailRefused("recipient_550", permanent=True)
SILENT = MailRefused("timeout", permanent=False)


def acknowledged(
    signed_in: SignIn, transactions: Transactions, **columns: object
) -> tuple[Visitor, Case]:
    with transactions() as db:
        staff = some_staff(db)
        case = a_case(
            db,
            method=Method.EMAIL,
            contact=BY_EMAIL,
            fingerprint=fingerprint(WORDS, KEY),
            **columns,
        )
    client = signed_in(staff.head)
    saved(client, take(client, case, "read"))
    return client, case


def status(app: Flask) -> Page:
    child = visitor(app)
    submit(child, get(child, "/back"), words=WORDS)
    return get(child, "/back/now")


def test_an_email_is_on_its_way_until_it_was_sent(
    signed_in: SignIn, transactions: Transactions, clock: SetClock, app: Flask
) -> None:
    client, case = acknowledged(signed_in, transactions)
    said = "An email told the child that there is a message."
    text = get(client, address(case)).text
    assert "An email to the child is on its way." in text
    assert said not in text
    worker.run(transactions, Post(), clock, once=True)
    text = get(client, address(case)).text
    assert said in text
    assert "on its way" not in text
    assert "could not email" not in status(app).text


def test_an_email_that_is_tried_for_an_hour_is_not_called_on_its_way(
    signed_in: SignIn, transactions: Transactions, clock: SetClock
) -> None:
    client, case = acknowledged(signed_in, transactions)
    for minutes in (1, 2, 4, 8, 16, 0):
        worker.run(transactions, Post(SILENT), clock, once=True)
        clock.forward(minutes=minutes)
        get(client, "/staff/queue")
    text = get(client, address(case)).text
    assert "An email to the child does not get through. It is tried again." in text
    assert "on its way" not in text


def test_an_email_that_was_given_up_is_said_as_one_that_was_refused(
    signed_in: SignIn, transactions: Transactions, clock: SetClock, app: Flask
) -> None:
    client, case = acknowledged(signed_in, transactions)
    with transactions() as db:
        for message in db.scalars(select(Message).where(Message.to_child)):
            message.tried_since = clock() - outbox.GIVEN_UP_AFTER
    worker.run(transactions, Post(SILENT), clock, once=True)
    text = get(client, address(case)).text
    assert "We could not email the child. " in text
    assert "The mail server did not answer. The email was written on" in text
    assert "It is tried again" not in text
    assert "We could not email you." in status(app).text


def test_a_message_to_the_child_was_told_of_only_once_the_email_has_gone(
    signed_in: SignIn, transactions: Transactions, clock: SetClock
) -> None:
    with transactions() as db:
        staff = some_staff(db)
        case = a_given_case(db, staff, method=Method.EMAIL, contact=BY_EMAIL)
    client = signed_in(staff.manager)
    page = get(client, address(case, "/message"))
    assert saved(client, submit(client, page, to=page.path, text="We are on it."))
    wrote = "Wrote to the child. The message waits behind the secret words."
    assert f"{wrote} An email to the child is on its way." in get(client, address(case)).text
    worker.run(transactions, Post(), clock, once=True)
    told = "An email told the child that there is a message."
    assert f"{wrote} {told}" in get(client, address(case)).text


def test_a_changed_answer_was_told_of_only_once_the_email_has_gone(
    signed_in: SignIn, transactions: Transactions, clock: SetClock
) -> None:
    with transactions() as db:
        staff = some_staff(db)
        case = a_talked_case(
            db,
            staff,
            stage=Stage.DELIVERED,
            ongoing=False,
            method=Method.EMAIL,
            contact=BY_EMAIL,
            delivered_on=NOW.date(),
        )
        db.add(Answer(case_id=case.id, parts=WHOLE, written_by=staff.manager.id, saved_at=NOW))
    desk, head = signed_in(staff.manager), signed_in(staff.head)
    take(desk, case, "change-answer", outcome="We looked again.", why="A slip.")
    open_words(head, case)
    take(head, case, "check-change")
    assert saved(desk, take(desk, case, "give-change", how="email"))
    gave = "Delivered the changed answer: Email."
    assert f"{gave} An email to the child is on its way." in get(desk, address(case)).text
    worker.run(transactions, Post(REFUSED), clock, once=True)
    assert f"{gave} We could not email the child." in get(desk, address(case)).text


def test_what_could_not_be_emailed_is_said_to_staff_and_child_until_it_is_put_right(
    signed_in: SignIn, transactions: Transactions, clock: SetClock, app: Flask
) -> None:
    client, case = acknowledged(signed_in, transactions)
    worker.run(transactions, Post(REFUSED), clock, once=True)
    page = get(client, address(case))
    assert "We could not email the child. " in page.text
    assert "The address was refused. The email was written on" in page.text
    assert "An email told the child" not in page.text
    assert "robin@example.org" not in page.text
    told = status(app)
    assert "We could not email you." in told.text
    assert told.links()["Give us another way to reach you"].startswith("/back/change/")
    with transactions() as db:
        outbox.withdraw(db, case.id)
    assert "could not email" not in status(app).text
    text = get(client, address(case)).text
    assert "We could not email the child" not in text
    assert "The email to the child was stopped before it went." in text


@pytest.mark.parametrize("language", WRITTEN)
def test_mail_to_a_child_is_in_the_language_of_the_child(
    signed_in: SignIn, transactions: Transactions, clock: SetClock, language: str
) -> None:
    acknowledged(signed_in, transactions, language=language)
    post = Post()
    worker.run(transactions, post, clock, once=True)
    assert post.sent == [("robin@example.org", WRITTEN[language], language)]
