"""Anything that a child is asked is read by somebody: each field has its reader, and here is proof.

A new question, or a new column, needs a line in ``READERS`` or ``COLUMNS``. The page of a question
is opened, and what the child answered has to stand on it.
"""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

import kids_feedback
from kids_feedback.domain.board.disclosure import LEAST_TOTAL
from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.procedure import Stage
from kids_feedback.domain.case.submission import AgeBand, Door, Kind, PassOn, Wish
from kids_feedback.domain.people import Role
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.facts import Fact
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.learning import Rating
from kids_feedback.web.questions.catalogue import asked_by
from kids_feedback.web.questions.model import Choice, Field
from tests.conftest import SetClock
from tests.web.conftest import SignIn
from tests.web.page import Page, Visitor, get, submit
from tests.web.staff.pages import Staff, a_talked_case, address, some_staff

SERVICES = Path(kids_feedback.__file__).parent / "services"
CASE, WORDS, DESK, CONTACT = "", "/words", "/answer", "/contact"

# By name of a question's field: the page on which somebody reads it, and what then stands there
# where staff are told in other words than the child was asked.
READERS: dict[str, tuple[str, str | None]] = {
    "topics": (CASE, None),
    "happened": (WORDS, None),
    "not_safe": (WORDS, None),
    "remedies": (DESK, None),
    "better": (DESK, None),
    "wish": (CASE, "Not sure: ask what the child wants when you talk"),
    "talk": (WORDS, None),
    "feelings": (CASE, None),
    "reasons": (CASE, None),
    "name": (CASE, None),
    "age": (CASE, "8 to 11"),
    "worker": (WORDS, None),
    "town": (WORDS, None),
    "worker_unknown": (WORDS, None),
    "method": (CASE, "Contact by: Meet in person"),
    "meet_tell": (CONTACT, "The child wants to meet. Arrange it by: Secret words only."),
    "phone": (CONTACT, None),
    "phone_whose": (CONTACT, None),
    "phone_when": (CONTACT, None),
    "phone_time": (CONTACT, None),
    "phone_else": (CONTACT, None),
    "phone_message": (CONTACT, None),
    "letter_where": (CONTACT, None),
    "letter_address": (CONTACT, None),
    "letter_opener": (CONTACT, None),
    "email": (CONTACT, None),
    "email_shared": (CONTACT, None),
    "email_says": (CONTACT, None),
    "supporter": (CASE, None),
    "supporter_name": (CONTACT, None),
    "supporter_link": (CONTACT, None),
    "supporter_party": (CONTACT, None),
    "supporter_instead": (CONTACT, None),
    "needs": (CASE, None),
    "needs_language": (WORDS, None),
    "share": (CASE, "May the board see the words, without names? Yes"),
    "pass_on": (CASE, "Yes, with the child's name"),
    "picture_place": (WORDS, None),
    "picture_stickers": (WORDS, None),
    "picture_words": (WORDS, None),
}

# By column, or by the fact in one that is sealed: the page or the rule that reads it. A rule is the
# module of the services.
COLUMNS: dict[str, str] = {
    "id": "case/access.py",
    "key": "child/intake.py",
    "fingerprint": "child/case_status.py",
    "version": "case/act.py",
    "door": "reading/case_file.py",
    "kind": "reading/queue.py",
    "wish": "question wish",
    "pass_on": "question pass_on",
    "topics": "question topics",
    "primary_topic": "board/summaries.py",
    "age_band": "question age",
    "method": "question method",
    "needs": "question needs",
    "supporter": "question supporter",
    "slip": "child/slips.py",
    "share": "question share",
    "read_today": "reading/queue.py",
    "language": "case/notifications.py",
    "look": "page Pictures and easy words",
    "name": "question name",
    "glance_sealed": "question name",
    "words_sealed": "question happened",
    "contact_sealed": "question phone",
    "helper_sealed": "question supporter_name",
    "area_code": "case/access.py",
    "office_code": "case/access.py",
    "manager_id": "case/access.py",
    "stage": "case/case_state.py",
    "fallback": "reading/case_file.py",
    "next_step": "reading/queue.py",
    "next_owner": "case/people/holders.py",
    "follow_up_by": "reading/queue.py",
    "news_on": "reading/queue.py",
    "next_due_on": "reading/queue.py",
    "warn_on": "reading/queue.py",
    "received_on": "case/case_state.py",
    "routed_by": "promise",
    "read_by": "promise",
    "contact_by": "promise",
    "talk_by": "promise",
    "pass_on_by": "promise",
    "answer_by": "promise",
    "answer_not_counted": "case/case_state.py",
    "asked_on": "case/case_state.py",
    "acknowledged_on": "case/case_state.py",
    "contacted_on": "case/case_state.py",
    "next_attempt_on": "reading/queue.py",
    "meeting_at": "reading/queue.py",
    "meeting_on": "case/case_state.py",
    "talk_on": "case/case_state.py",
    "delivered_on": "case/case_state.py",
    "posted_on": "case/case_state.py",
    "not_arrived": "case/case_state.py",
    "stop_asked_on": "case/case_state.py",
    "requested_on": "case/case_state.py",
    "way_not_used": "case/case_state.py",
    "stopped_on": "page The child asked us to stop Mon 2 Mar 2026",
    "identity": "case/people/identity.py",
    "identity_on": "case/people/identity.py",
    "ended_on": "reading/case_file.py",
    "closed_on": "case/case_state.py",
    "ended_as": "child/mended.py",
    "same_as_id": "casework/endings.py",
    "change": "case/case_state.py",
    "rated": "child/replies.py",
    "ongoing": "case/case_state.py",
    "court_by": "case/case_state.py",
    "court_asked_on": "case/case_state.py",
    "court_duty_ended_on": "case/case_state.py",
}
KINDS = {Door.WRONG: Kind.COMPLAINT, Door.GOOD: Kind.COMPLIMENT, Door.FEEL: Kind.COMPLAINT}
ASKED = {
    (door, field.name): field for door in Door for screen in asked_by(door) for field in screen.read
}


def method_for(name: str) -> Method:
    """Return the way of contact at which a field is asked."""
    first = name.split("_")[0]
    return Method(first) if first in set(Method) else Method.MEET


def given(field: Field) -> Any:
    if isinstance(field, Choice):
        code = {"meet_tell": "here", "share": "yes", "wish": "ask", "supporter": "known"}.get(
            field.name, field.options[0].code
        )
        return [code] if field.many else code
    return f"zq-{field.name}"


def as_asked(app: Flask, field: Field) -> str:
    """Return an answer as the pages with words ask for it."""
    value = given(field)
    code = str(value[0] if isinstance(value, list) else value)
    if not isinstance(field, Choice):
        return code
    (label,) = (option.label for option in field.options if option.code == code)
    with app.test_request_context():
        return str(label.words)


def a_case_with_everything(
    db: Session, staff: Staff, door: Door, asked: str, **columns: Any
) -> Case:
    """Add what a child sent who answered every question of a door."""
    fields = [field for (of, _name), field in ASKED.items() if of is door]
    parts: dict[str, dict[str, Any]] = {"words": {}, "contact": {}, "helper": {}, "name": {}}
    for field in fields:
        parts[field.part][field.name] = given(field)
    told = parts["words"]
    return a_talked_case(
        db,
        staff,
        door=door,
        kind=KINDS[door],
        wish=Wish.ASK,
        pass_on=PassOn.WITH_NAME,
        name="zq-name",
        age_band=AgeBand.EIGHT_TO_ELEVEN,
        topics=told.get("topics", []),
        needs=told.get("needs", []),
        share=True,
        look="pictures",
        supporter="known",
        method=method_for(asked),
        statement=told,
        contact=parts["contact"],
        helper=parts["helper"],
        **columns,
        **({"talk_on": None, "stage": Stage.RECEIVED} if door is Door.GOOD else {}),
    )


def the_page(client: Visitor, case: Case, page: str) -> Page:
    """Open a page as far as it goes: statement and contact are opened by a press."""
    if page in (WORDS, DESK):
        opened = submit(client, get(client, address(case, WORDS)), to=address(case, WORDS))
        return opened if page == WORDS else get(client, address(case, page))
    shown = get(client, address(case, page))
    return submit(client, shown, to=shown.path, read="y") if page == CONTACT else shown


def test_every_question_and_every_column_has_its_reader() -> None:
    assert {name for _door, name in ASKED} == set(READERS)
    facts = {name for name, value in vars(Case).items() if isinstance(value, Fact)}
    assert {*Case.__table__.columns.keys(), *facts} - {"feedback_id"} == set(COLUMNS)


@pytest.mark.parametrize(("door", "name"), ASKED, ids=str)
def test_what_the_child_answered_stands_on_the_page_that_reads_it(
    app: Flask, signed_in: SignIn, transactions: Transactions, door: Door, name: str
) -> None:
    with transactions() as db:
        staff = some_staff(db)
        case = a_case_with_everything(db, staff, door, name)
    page, expected = READERS[name]
    field = ASKED[door, name]
    if expected is None:
        expected = as_asked(app, field)
    shown = the_page(signed_in(staff.head if door is Door.GOOD else staff.manager), case, page)
    assert expected in shown.text


@pytest.mark.parametrize("column", COLUMNS)
def test_every_column_is_read_by_what_its_line_says(
    signed_in: SignIn, transactions: Transactions, column: str
) -> None:
    kind, _, reader = COLUMNS[column].partition(" ")
    if kind == "question":
        assert reader in READERS
    elif kind == "page":
        with transactions() as db:
            staff = some_staff(db)
            stopped = {"stopped_on": date(2026, 3, 2)}
            case = a_case_with_everything(db, staff, Door.WRONG, "name", **stopped)
        assert reader in get(signed_in(staff.manager), address(case)).text
    elif kind == "promise":
        assert f'"{column}"' in (SERVICES / "case/case_state.py").read_text()
    else:
        text = (SERVICES / kind).read_text()
        assert any(f"{row}.{column}" in text for row in ("row", "Case", "kept"))


def test_every_rating_is_read(
    signed_in: SignIn, transactions: Transactions, clock: SetClock
) -> None:
    columns = set(Rating.__table__.columns.keys()) - {"id", "half_year", "words_sealed"}
    for count, column in enumerate(sorted(columns)):
        with transactions() as db:
            db.add_all(
                Rating(half_year=f"20{10 + count}-04", words=f"zq-{column}", **{column: "a_bit"})
                for _ in range(LEAST_TOTAL + count)
            )
    page = get(signed_in(Role.CUSTOMER_SERVICE), "/staff/how-we-did")
    for count, column in enumerate(sorted(columns)):
        assert str(LEAST_TOTAL + count) in page.texts("tbody td")
        assert f"zq-{column}" in page.text
    head = get(signed_in(Role.HEAD_OF_PRACTICE), "/staff/how-we-did")
    assert head.texts("tbody td") == page.texts("tbody td")
    assert "zq-" not in head.text
