"""What the tests of staff pages share: people, a case, and the way to its pages."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.procedure import Stage
from kids_feedback.domain.case.submission import AgeBand
from kids_feedback.domain.people import Role
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.casework import Event
from kids_feedback.storage.tables.people import PersonRow
from tests.make import a_complaint, a_person
from tests.web.page import Page, Value, Visitor, follow, get, submit

CANARY = "She never asked me what I wanted 😢"
PHONE = "07700 900123"
WORDS = {"happened": CANARY, "remedies": ["sorry", "fix"], "wish": "look_into"}
RULES = {"phone": PHONE, "phone_when": ["after_school"], "phone_else": "ask", "phone_message": "no"}
ANSWER = {
    "sorry": "We are sorry that nobody asked you.",
    "understanding": "You told us that nobody asked you.",
    "wants": "- to say sorry\n- to fix the report",
    "outcome": "**You are right.** Nobody asked.",
    "explanation": "It was not written down.\n\nIt should have been.",
    "steps_taken": "We said sorry.",
    "steps_to_come": "We fix the report by Friday.",
}
TALK = {
    "talk_on": "2026-03-20",
    "way": "meet",
    "why_way": "They came to our office.",
    "present": "Robin and Ms Hill",
    "wants": "Say sorry.",
    "still_wants": "yes",
    "read_back": "y",
}


@dataclass(frozen=True)
class Staff:
    """One of each, in area east and office eastham."""

    head: PersonRow
    manager: PersonRow


def some_staff(db: Session) -> Staff:
    return Staff(
        head=a_person(db, "Hana Head", role=Role.HEAD_OF_PRACTICE),
        manager=a_person(db, "Max Manager", role=Role.LOCAL_MANAGER),
    )


def a_case(db: Session, **columns: Any) -> Case:
    """Add a complaint of a child of eight to eleven who is to be rung after school."""
    plain = {
        "statement": WORDS,
        "contact": RULES,
        "method": Method.PHONE,
        "age_band": AgeBand.EIGHT_TO_ELEVEN,
        "needs": ["easy_words"],
    }
    return a_complaint(db, **{**plain, **columns})


def a_given_case(db: Session, staff: Staff, **columns: Any) -> Case:
    """Add one that was read and given to the manager."""
    given = {
        "manager": staff.manager,
        "stage": Stage.ALLOCATED,
        "acknowledged_on": date(2026, 3, 2),
    }
    return a_case(db, **{**given, **columns})


def a_talked_case(db: Session, staff: Staff, **columns: Any) -> Case:
    """Add one whose clock has run since Monday 2 March."""
    return a_given_case(
        db, staff, **{"stage": Stage.TALKED, "talk_on": date(2026, 3, 2), **columns}
    )


def staff_with(
    transactions: Transactions, make: Callable[..., Case], **columns: Any
) -> tuple[Staff, Case]:
    """Add one of each, and a case of theirs: ``a_given_case`` or ``a_talked_case``."""
    with transactions() as db:
        staff = some_staff(db)
        return staff, make(db, staff, **columns)


def take(client: Visitor, case: Case, slug: str, **fields: Value) -> Page:
    """Open a step's page and send its form. Who says that they read it opens the words first."""
    page = open_words(client, case) if slug == "read" else step(client, case, slug)
    return submit(client, page, to=address(case, f"/step/{slug}"), **fields)


def write(client: Visitor, case: Case, go: str = "save", **parts: str) -> Page:
    """Write parts of the answer at its desk, and press a button there."""
    page = get(client, address(case, "/answer"))
    return submit(client, page, to=page.path, go=go, **parts)


def open_words(client: Visitor, case: Case) -> Page:
    """Open what the child said."""
    to = address(case, "/words")
    return submit(client, get(client, to), to=to)


def step(client: Visitor, case: Case, slug: str) -> Page:
    return get(client, address(case, f"/step/{slug}"))


def address(case: Case, more: str = "") -> str:
    return f"/staff/case/{case.id}{more}"


def saved(client: Visitor, page: Page) -> str:
    """Return what the next page says was done."""
    assert page.status == 303, page.texts(".summary") or page.text
    return " ".join(follow(client, page).texts("[role=status]"))


def history(transactions: Transactions, case: Case) -> list[str]:
    """Return what the history of a case says, in order."""
    wanted = select(Event.what).where(Event.case_id == case.id)
    with transactions.reading() as db:
        return list(db.scalars(wanted.order_by(Event.number)))


def now(transactions: Transactions, case: Case) -> Case:
    """Return the case as it is kept now."""
    with transactions.reading() as db:
        row = db.get_one(Case, case.id)
        db.expunge(row)
        return row
