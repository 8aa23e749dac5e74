"""One child, everybody who works there, and a clock: what a story over many days is told with."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain.people import Fallback, Person, Role
from kids_feedback.services.accounts import accounts
from kids_feedback.services.case import follow_ups
from kids_feedback.services.case.act import Act, by_staff
from kids_feedback.services.case.opened import Moment
from kids_feedback.services.case.people import holders
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.outbox import Message
from kids_feedback.storage.tables.people import PersonRow
from tests.conftest import SetClock
from tests.make import CALENDAR, LONDON, a_person, an_office
from tests.services.acts import sent_to, wording
from tests.web.page import Page, Visitor, follow, get, submit


class Week:
    """One child, everybody who works there, and the clock."""

    def __init__(self, child: Visitor, transactions: Transactions, clock: SetClock) -> None:
        self.child, self.transactions, self.clock = child, transactions, clock
        self.words = ""  # the child's, once they have sent
        with transactions() as db:
            an_office(db, "eastham", area="east", towns="Eastham")
            named = {"last_resort": Fallback.LAST_RESORT, "password_hash": "set"}
            staff: dict[str, dict[str, Any]] = {
                "Ada Admin": {"role": Role.ADMINISTRATOR},
                "Hana Head": {"role": Role.HEAD_OF_PRACTICE, "areas": ["east"]},
                "Cleo Desk": {"role": Role.CUSTOMER_SERVICE, **named},
                "Lena Last": {"role": Role.CUSTOMER_SERVICE, **named},
                "Max Manager": {"role": Role.LOCAL_MANAGER, "offices": ["eastham"]},
                "Dee Deputy": {"role": Role.LOCAL_MANAGER, "offices": ["eastham"]},
                "Mia Boss": {"role": Role.LOCAL_MANAGER, "offices": ["eastham"]},
            }
            self.ids = {name: a_person(db, name, **how).id for name, how in staff.items()}
            boss = db.get_one(PersonRow, self.ids["Mia Boss"])
            hazel = a_person(db, "Hazel Quill", offices=["eastham"], line_manager=boss)
            self.ids["Hazel Quill"] = hazel.id

    def on(self, day: int, hour: int = 10, month: int = 3) -> None:
        self.clock.at = datetime(2026, month, day, hour, tzinfo=LONDON)

    @property
    def today(self) -> date:
        return self.clock.at.astimezone(LONDON).date()

    @property
    def moment(self) -> Moment:
        return Moment(now=self.clock.at, today=self.today, calendar=CALENDAR)

    @contextmanager
    def base(self) -> Iterator[Session]:
        """Open the database; afterwards every open case has somebody."""
        with self.transactions() as db:
            yield db
            assert holders.nobodys(db) == []

    @contextmanager
    def staff(self, name: str) -> Iterator[Act]:
        """Open an act of somebody on the one case, as they are let in now."""
        with self.base() as db:
            who = self.signed_in(db, name)
            yield by_staff(db, db.scalars(select(Case.id)).one(), who, self.moment, wording=wording)

    def signed_in(self, db: Session, name: str) -> Person:
        who = accounts.signed_in(db, self.ids[name])
        assert who is not None, f"{name} cannot sign in"
        return who

    def come_back(self) -> Page:
        """Return where things are, for whoever types the words anew."""
        typed = submit(self.child, get(self.child, "/back"), words=self.words)
        page = follow(self.child, typed)
        assert page.heading == "Where things are"
        return page

    def administrate(self, deed: Any, name: str, *more: Any, **named: Any) -> None:
        """Let the administrator do something with somebody."""
        with self.base() as db:
            deed(db, self.signed_in(db, "Ada Admin"), self.ids[name], *more, self.moment, **named)

    def reads(self) -> str:
        """Return what the child reads on the way back; whatever is said there stands in a row."""
        page = self.come_back()
        with self.base() as db:
            row = db.scalars(select(Case)).one()
            says = page.text
            assert ("Done: We read it" in says) is (row.acknowledged_on is not None)
            assert ("Done: We talked" in says) is (row.talk_on is not None)
            told = any(each.told_complaint_on and each.told_doing_on for each in row.hearings)
            assert ("We told the court on" in says) is bool(told and row.ongoing)
            assert ("We could not email you" in says) is bool(
                db.scalars(select(Message).where(Message.last_error.like("%permanent"))).all()
            )
            assert ("Your answer came" in says) is (row.delivered_on is not None)
            assert ("somebody looks" in says.lower()) <= row.read_today
            for item in follow_ups.waiting(db, row):
                named = [who.name for who in holders.holders(db, row, item.owner)]
                assert named, f"{item.what} is nobody's"
        return says

    def mails(self, subject: str | None = None) -> list[str]:
        with self.base() as db:
            return sent_to(db, subject=subject)

    def address(self, name: str) -> str:
        with self.base() as db:
            return db.get_one(PersonRow, self.ids[name]).email or ""
