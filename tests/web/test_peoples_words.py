"""A person's own words run in their own direction, on whichever page they stand.

Every word that people write in this world has the same strange name in it; every page that anybody
can open is then searched for it.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString
from flask import Flask
from sqlalchemy.orm import Session

from kids_feedback.domain.case.answer import NEEDED
from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.meetings import MeetingState
from kids_feedback.domain.case.procedure import Stage, Step
from kids_feedback.domain.case.promises import Because, Promise
from kids_feedback.domain.case.submission import Kind
from kids_feedback.domain.child.leaves import LeafState
from kids_feedback.domain.people import Role
from kids_feedback.services.case import events
from kids_feedback.services.organisation import shared_devices
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.casework import Answer, Delay, Talk
from kids_feedback.storage.tables.meetings import Meeting
from kids_feedback.storage.tables.people import PersonRow
from tests.conftest import SetClock
from tests.make import NOW, a_change, a_complaint, a_leaf, a_person, person_of
from tests.web.page import Visitor
from tests.web.routes import routes_of, somebody, token

MARK = "زينب"
STATEMENT = {
    "topics": ["unkind"],
    "happened": f"{MARK} happened",
    "remedies": ["else"],
    "remedy_words": f"{MARK} remedy",
    "worker": f"{MARK} Worker",
    "town": f"{MARK} town",
    "picture_words": f"{MARK} picture",
}
CONTACT = {"method": "letter", "letter_where": "other", "letter_address": f"{MARK} street"}
HELPER = {"supporter": "known", "supporter_name": f"{MARK} Gran", "supporter_party": "no"}
STAFF = (
    Role.CUSTOMER_SERVICE,
    Role.HEAD_OF_PRACTICE,
    Role.LOCAL_MANAGER,
    Role.ADMINISTRATOR,
    Role.BOARD_SECRETARY,
)


def of(name: str) -> str:
    return f"{MARK} {name}"


class World:
    """A case that is being talked about, one that is answered, and all that goes with them."""

    def __init__(self, db: Session) -> None:
        self.people = {role: a_person(db, of(role.value), role=role) for role in STAFF}
        manager = self.people[Role.LOCAL_MANAGER]
        self.open = self.case(db, manager, stage=Stage.ALLOCATED)
        self.answered = self.case(
            db,
            manager,
            stage=Stage.DELIVERED,
            talk_on=date(2026, 3, 2),
            answer_by=date(2026, 3, 30),
            delivered_on=date(2026, 3, 2),
        )
        self.unrouted = a_complaint(db, area=None, name=of("Robin"), statement=STATEMENT)
        self.meets(db, manager)
        parts = dict.fromkeys(NEEDED, f"- {MARK} part\n\n{MARK} **more**")
        db.add(
            Answer(
                case_id=self.answered.id,
                parts=parts,
                written_by=manager.id,
                saved_at=NOW,
                approved_by=self.people[Role.HEAD_OF_PRACTICE].id,
                approved_on=NOW.date(),
                sent_back=of("note"),
            )
        )
        waits = a_leaf(db, words=of("leaf"))
        a_leaf(db, words=of("leaf"), state=LeafState.SHOWN)
        change = a_change(db, said=of("said"), did=of("did"))
        admin = person_of(self.people[Role.ADMINISTRATOR])
        shared_devices.register(db, admin, office="eastham", name=of("desk"), now=NOW)
        self.names: dict[str, Any] = {
            "number": 1,
            "person_id": manager.id,
            "code": "2025-04",
            "token": "x",
            "slug": "talk",
            "talk_id": self.talk.id,
            "message_id": "x",
            "drawing_id": "x",
            "device_id": "x",
            "duty_id": "x",
            "area_code": "east",
            "office_code": "eastham",
            "leaf_id": waits.id,
            "change_id": change.id,
        }

    def case(self, db: Session, manager: PersonRow, **columns: Any) -> Case:
        row = a_complaint(
            db,
            kind=Kind.COMPLAINT,
            office="eastham",
            manager=manager,
            name=of("Robin"),
            statement=STATEMENT,
            method=Method.LETTER,
            contact=CONTACT,
            helper=HELPER,
            supporter="known",
            acknowledged_on=date(2026, 3, 2),
            **columns,
        )
        for step in (Step.ALLOCATE, Step.SAFEGUARDING, Step.OPEN_STATEMENT):
            events.add_event(
                db,
                row,
                step,
                person_id=manager.id,
                now=NOW,
                today=NOW.date(),
                facts={"manager": manager.id},
                note=of("note"),
            )
        self.talk = Talk(
            case_id=row.id,
            talk_on=date(2026, 3, 2),
            way="phone",
            recorded_by=manager.id,
            present=of("present"),
            wants=of("wants"),
        )
        db.add(self.talk)
        db.add(
            Delay(
                case_id=row.id,
                promise=Promise.TALK.value if not row.talk_on else Promise.ANSWER.value,
                because=Because.SAID.value,
                old_on=date(2026, 3, 16),
                new_on=date(2026, 4, 14),
                said_at=NOW,
                said_by=manager.id,
                reason=of("reason"),
            )
        )
        db.flush()
        return row

    def meets(self, db: Session, manager: PersonRow) -> None:
        soon = NOW + timedelta(days=2)
        times = [(soon + timedelta(hours=hour)).isoformat() for hour in range(3)]
        db.add(
            Meeting(
                case_id=self.open.id,
                state=MeetingState.OFFERED,
                offered_by=manager.id,
                minutes=30,
                details={"slots": times, "places": [of("library"), of("park")]},
            )
        )
        db.flush()


@pytest.fixture
def world(transactions: Transactions) -> World:
    with transactions() as db:
        return World(db)


def bare(html: str) -> Iterator[str]:
    """Yield the words of people that stand in no element with a direction of its own."""
    soup = BeautifulSoup(html, "html.parser")
    for text in soup.find_all(string=lambda found: found is not None and MARK in found):
        assert isinstance(text, NavigableString)
        around = [tag for tag in text.parents if isinstance(tag, Tag)]
        if around[0].name == "title":
            continue
        around = [tag for tag in around if tag.name not in ("html", "body")]
        if not any(tag.has_attr("dir") or tag.name == "bdi" for tag in around):
            yield f"{around[0].name}: {text.strip()[:80]}"


def search(app: Flask, client: Visitor, names: dict[str, Any]) -> tuple[int, set[str]]:
    """Open all that there is; return how often people's words are seen, and where they are bare."""
    seen, wrong = 0, set[str]()
    reads = ("staff.open_statement", "staff.open_contact", "child.read_answer")
    for route in routes_of(app, names):
        if route.changes and route.endpoint not in reads:
            continue
        data = {"csrf_token": token(), "read": "y"} if route.changes else None
        if "leave" in route.path or "finish" in route.path or "cleared" in route.path:
            continue
        html = client.open(route.path, method=route.method, data=data).text
        seen += html.count(MARK)
        wrong |= {f"{route}: {found}" for found in bare(html)}
    return seen, wrong


@pytest.mark.parametrize("role", STAFF)
def test_on_every_page_of_staff(
    app: Flask, transactions: Transactions, clock: SetClock, world: World, role: Role
) -> None:
    client = somebody(app, transactions, clock, world.people[role])
    cases = [world.open, world.answered]
    if role is Role.CUSTOMER_SERVICE:
        cases = [world.unrouted]
    for case in cases:
        seen, wrong = search(app, client, {**world.names, "case_id": case.id})
        assert wrong == set()
        assert seen > 0


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("look", ["words", "pictures"])
@pytest.mark.parametrize("which", ["open", "answered"])
def test_on_every_page_of_children(
    app: Flask,
    transactions: Transactions,
    clock: SetClock,
    world: World,
    language: str,
    look: str,
    which: str,
) -> None:
    case: Case = getattr(world, which)
    client = somebody(app, transactions, clock, None, mine=case.id, language=language, look=look)
    seen, wrong = search(app, client, {**world.names, "case_id": case.id})
    assert wrong == set()
    assert seen > 5


def test_an_answer_is_english_and_says_so_on_a_page_that_is_not(
    app: Flask, transactions: Transactions, clock: SetClock, world: World
) -> None:
    said = {}
    for language in ("en", "ar"):
        client = somebody(app, transactions, clock, None, mine=world.answered.id, language=language)
        page = BeautifulSoup(
            client.post("/back/answer", data={"csrf_token": token()}).text, "html.parser"
        )
        parts = page.select("section.answer > [dir=auto][lang=en]")
        assert len(parts) == len(NEEDED)
        said[language] = page.select("main > .note a[href='/back/more']")
    assert len(said["ar"]) == 1
    assert said["en"] == []
