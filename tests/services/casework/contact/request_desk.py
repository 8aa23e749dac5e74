"""A case with the two people who have it, and what was asked for behind the secret words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from kids_feedback.domain.case.clocks import Allowances
from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.follow_ups import FollowUp
from kids_feedback.domain.case.procedure import Stage
from kids_feedback.domain.case.requests import Asked, ThirdWay, WayFound
from kids_feedback.domain.people import Person
from kids_feedback.services.case import follow_ups
from kids_feedback.services.case.asked import requests as kept
from kids_feedback.services.casework.contact import request_decisions as decisions
from kids_feedback.services.casework.contact.contact_log import Channel
from kids_feedback.services.child import requests
from kids_feedback.storage.tables.case import Case
from tests.make import a_complaint, person_of
from tests.services.acts import (
    BY_EMAIL,
    MONDAY,
    a_childs_act,
    a_head,
    a_manager,
    an_act,
    sent_to,
)

TUESDAY, LATER = date(2026, 3, 3), date(2026, 3, 16)  # what was promised at first has passed then
BY_PHONE = {"method": "phone", "phone": "07700 900123", "phone_else": "ask"}
NEW = {"method": "phone", "phone": "07700 999666"}
MAIL = {"method": "email", **BY_EMAIL}


@dataclass
class Desk:
    """A case with the two people who have it."""

    db: Session
    row: Case
    manager: Person
    head: Person

    def asks(self, what: Asked, given: Mapping[str, Any] | None = None, on: date = MONDAY) -> None:
        requests.ask_for(a_childs_act(self.db, self.row, on), what, given)

    def decides(
        self, *, agreed: bool = True, by: Person | None = None, on: date = LATER, **said: Any
    ) -> None:
        (found,) = kept.waiting(self.db, self.row)
        how = {"way": Channel.PHONE, "spoke_on": on, **said}
        act = an_act(self.db, self.row, by or self.manager, on)
        decisions.decide(act, request_id=found.id, agreed=agreed, promises=Allowances(), **how)

    def proposes(self, found: WayFound, by: Person | None = None, on: date = TUESDAY) -> None:
        decisions.propose_way(
            an_act(self.db, self.row, by or self.manager, on),
            found=found,
            by=ThirdWay.SCHOOL,
            spoke_on=on,
            note="Ms Hill let us talk.",
        )

    def confirms(self, by: Person, *, agreed: bool = True, note: str = "") -> None:
        decisions.confirm_way(
            an_act(self.db, self.row, by, TUESDAY), agreed=agreed, promises=Allowances(), note=note
        )

    def waits(self) -> set[FollowUp]:
        return {item.what for item in follow_ups.waiting(self.db, self.row)}


def a_desk(db: Session, **columns: Any) -> Desk:
    manager, head = a_manager(db, email="max@example.org"), a_head(db, email="hana@example.org")
    usual = {"method": Method.PHONE, "contact": BY_PHONE, "stage": Stage.ALLOCATED}
    known = {"manager": manager, "acknowledged_on": MONDAY, **usual, **columns}
    return Desk(db, a_complaint(db, **known), person_of(manager), person_of(head))


def to_the_child(desk: Desk) -> set[str]:
    ours = {"max@example.org", "hana@example.org"}
    return set(sent_to(desk.db)) - ours
