"""One case, lived by a child and by staff on their pages; both look around after each step."""

from collections.abc import Mapping

from flask import Flask
from sqlalchemy import select

from kids_feedback.cli import worker
from kids_feedback.domain.people import Role
from kids_feedback.gateways.mail import MailRefused
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.case import Case
from tests.conftest import SetClock
from tests.make import a_person, an_office
from tests.services.alarming import on_duty
from tests.web.child.test_journey import begin, next_page
from tests.web.conftest import SignIn, visitor
from tests.web.page import Page, Value, Visitor, follow, get, submit
from tests.web.promises.checker import Checker
from tests.web.staff.pages import ANSWER, Staff, address, now, saved, some_staff, take
from tests.web.staff.test_emailed import Post

TALK: dict[str, Value] = {
    "way": "phone",
    "present": "Pip and Max",
    "wants": "Say sorry.",
    "read_back": "y",
    "still_wants": "yes",
}
BY_PHONE: Mapping[str, Value] = {"phone": "0116 496 0000"}
AT_HOME = {"letter_where": "home", "letter_address": "1 High Street", "letter_opener": "other"}
BY_EMAIL = {"email": "pip@example.org", "email_shared": "no", "email_says": "named"}
OFFER = {
    "time_1": "2026-03-04T10:00",
    "time_2": "2026-03-05T16:00",
    "time_3": "2026-03-09T16:00",
    "place_1": "The library",
    "place_2": "Our office",
}


class Life:
    """A child who tells us something, and the people whose work it is."""

    def __init__(
        self,
        app: Flask,
        transactions: Transactions,
        clock: SetClock,
        signed_in: SignIn,
        checker: Checker,
    ) -> None:
        self.app, self.transactions, self.clock, self._sign = app, transactions, clock, signed_in
        self.checker = checker
        with transactions() as db:
            an_office(db, "eastham", towns="Leeds")
            self.staff: Staff = some_staff(db)
            self.desk = a_person(db, "Cleo Desk", role=Role.CUSTOMER_SERVICE)
            on_duty(db, self.staff.head)
        self.words, self.case = "", Case()

    def days(self, number: int) -> None:
        self.clock.forward(days=number)

    def complains(
        self,
        method: str = "phone",
        details: Mapping[str, Value] = BY_PHONE,
        *,
        not_safe: bool = False,
    ) -> Page:
        """Send a complaint from Leeds, and note the secret words."""
        child = visitor(self.app)
        page = next_page(child, begin(child), topics=["unfair"])
        told: dict[str, Value] = {"happened": "She shouted."}
        page = next_page(child, page, **told, **({"not_safe": ["not_safe"]} if not_safe else {}))
        page = next_page(child, page, remedies=["sorry"], wish="look_into")
        page = next_page(child, page, name="Pip", town="Leeds")
        page = next_page(child, page, method=method)
        while page.heading != "Check before you send":
            asked = {name for name in details if page.soup.select(f"[name={name}]")}
            page = next_page(child, page, **{name: details[name] for name in asked})
        return self._sent(next_page(child, page))

    def praises(self, pass_on: str) -> Page:
        child = visitor(self.app)
        page = next_page(child, begin(child, 31), topics=["kind"])
        page = next_page(child, page, happened="He listened.")
        page = next_page(child, page, pass_on=pass_on)
        return self._sent(next_page(child, page))

    def feels(self) -> Page:
        child = visitor(self.app)
        page = next_page(child, begin(child, 41), feelings=["sad"])
        while page.heading != "Check before you send":
            page = next_page(child, page)
        return self._sent(next_page(child, page))

    def back(self) -> Visitor:
        """Come back with the secret words."""
        child = visitor(self.app)
        follow(child, submit(child, get(child, "/back"), words=self.words))
        return child

    def presses(self, path: str, to: str | None = None, **fields: Value) -> Page:
        """Send the form of a page of the way back, and look around."""
        child = self.back()
        page = submit(child, get(child, path), to=to, **fields)
        if page.location:
            page = follow(child, page)
        self.look()
        return page

    def signs_in(self, role: Role) -> Visitor:
        """Sign somebody else in, who has that role."""
        return self._sign(role)

    def head(self) -> Visitor:
        return self._sign(self.staff.head)

    def manager(self) -> Visitor:
        return self._sign(self.staff.manager)

    def takes(self, client: Visitor, slug: str, **fields: Value) -> None:
        """Take a step on its page, see what it says, and look around."""
        saved(client, take(client, self.case, slug, **fields))
        self.look()

    def court(self, part: str, by: Visitor | None = None, **fields: str) -> None:
        """Record something of the court, as the manager unless said."""
        client = by or self.manager()
        page = get(client, address(self.case, "/court"))
        saved(client, submit(client, page, to=address(self.case, f"/court/{part}"), **fields))
        get(client, address(self.case, "/court"))
        self.look()

    def is_read(self) -> None:
        self.takes(self.head(), "read")

    def is_given(self) -> None:
        self.takes(self.head(), "allocate", manager=self.staff.manager.id)

    def is_talked_about(self, **changed: Value) -> None:
        today = self.clock().date().isoformat()
        self.takes(self.manager(), "talk", **{**TALK, "talk_on": today, **changed})

    def is_found(self, result: str = "found", **said: str) -> None:
        """Check who the child is against the case file."""
        words = {"who": "Case 12, Robin Moss", "note": "The school was asked."}
        self.takes(self.manager(), "identity", result=result, **{**words, **said})

    def is_asked_about_it(self, by: Visitor, said: str = "yes") -> None:
        """Ring the child about what was asked for behind the secret words."""
        today = self.clock().date().isoformat()
        self.takes(by, "request", said=said, way="phone", spoke_on=today)

    def asks_for_a_number(self, number: str) -> None:
        """Ask behind the secret words to be rung there."""
        child = self.back()
        page = follow(child, submit(child, get(child, "/back/change/8"), method="phone"))
        submit(child, follow(child, submit(child, page, phone=number)))
        self.look()

    def is_answered(self, how: str = "here", **more: Value) -> None:
        """Find the child in the case file; write, approve and deliver the answer."""
        manager, head = self.manager(), self.head()
        self.is_found()
        page = get(manager, address(self.case, "/answer"))
        saved(manager, submit(manager, page, to=page.path, go="check", **ANSWER))
        self.look()
        submit(head, get(head, address(self.case, "/words")), to=address(self.case, "/words"))
        page = get(head, address(self.case, "/answer/preview"))
        saved(head, submit(head, page, to=page.path, go="approve"))
        self.look()
        self.takes(manager, "deliver", how=how, **more)

    def meeting_is_offered(self) -> None:
        client, path = self.manager(), address(self.case, "/meeting")
        page = submit(client, get(client, path), to=path, **OFFER)
        saved(client, submit(client, page, to=path, go="offer"))
        self.look()

    def post_goes(self, refusal: MailRefused | None = None) -> None:
        """Let the worker send what waits, or have it refused, and read all of it."""
        worker.run(self.transactions, Post(refusal), self.clock, once=True)
        self.checker.mails()
        self.look()

    def look(self) -> None:
        """Let the child and the Head open the pages on which the case stands."""
        get(self.back(), "/back/now")
        head = self.head()
        get(head, "/staff/queue")
        get(head, address(self.case))

    def look_everywhere(self) -> None:
        """Let everybody open every page of the case, and read every mail."""
        self.look()
        for client in (self.head(), self.manager()):
            get(client, "/staff/queue")
            for more in ("", "/court", "/contact", "/words", "/answer/preview", "/safety"):
                get(client, address(self.case, more))
        self.checker.mails()

    def _sent(self, done: Page) -> Page:
        self.words = " ".join(done.texts(".slip li"))
        with self.transactions.reading() as db:
            self.case = db.scalars(select(Case)).one()
            db.expunge(self.case)
        self.look()
        return done

    def stored(self) -> Case:
        return now(self.transactions, self.case)


def asked_for_another_way(life: Life) -> None:
    """Somebody asks for another number; the child did not, and asks for another one themselves."""
    life.complains()
    life.is_read()
    life.is_given()
    life.asks_for_a_number("07700 999666")
    life.days(1)
    life.look_everywhere()
    life.is_asked_about_it(life.manager(), said="no")
    life.asks_for_a_number("07700 111222")
    life.is_asked_about_it(life.manager())
    life.look_everywhere()
    life.presses("/back/stop")
    life.presses("/back/now", to="/back/take-back", what="stop")


def not_safe_any_more(life: Life) -> None:
    """The old way is not safe: one proposes another, and somebody else decides."""
    life.complains("email", BY_EMAIL)
    life.is_read()
    life.is_given()
    life.asks_for_a_number("07700 999666")
    life.presses("/back/not-safe-now", not_safe="y")
    life.look_everywhere()
    today = life.clock().date().isoformat()
    said = {"found": "asked", "by": "school", "spoke_on": today, "note": "Ms Hill helped."}
    life.takes(life.manager(), "another-way", **said)
    life.takes(life.head(), "confirm-way", said="no", note="Who was it?")
    life.takes(life.manager(), "another-way", **said)
    life.takes(life.head(), "confirm-way", said="yes")
    life.look_everywhere()
    life.post_goes()


def asked_for_without_a_way(life: Life) -> None:
    """Nothing but the words leads to the child: asked for on two days, then the Head decides."""
    life.complains("none", {})
    life.is_read()
    life.is_given()
    life.asks_for_a_number("07700 111222")
    life.days(1)
    life.presses("/back/now", to="/back/ask-again", what="way")
    life.look_everywhere()
    life.takes(life.head(), "request", said="yes")
    life.look_everywhere()
