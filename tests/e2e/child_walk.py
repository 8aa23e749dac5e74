"""Every page that a child can come to, one after the other, in one browser."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page
from sqlalchemy import delete

from kids_feedback.domain.feedback import Door, Kind
from kids_feedback.domain.leaves import LEAF_LIMIT, LeafState
from kids_feedback.domain.people import Role
from kids_feedback.domain.procedure import Stage
from kids_feedback.services import tracking, visits
from kids_feedback.storage.cases import Answer
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.meetings import Meeting
from kids_feedback.web.child import drafts
from kids_feedback.web.questions.catalogue import OF_DOOR
from tests.conftest import SetClock
from tests.e2e.given import (
    ANSWERS,
    DRAWN,
    INTERRUPTED,
    LEAF,
    MISTAKES,
    PARTS,
    PLACES,
    PRAISE,
    RECEIPT,
    REFUSED,
    SAID,
    STATES,
    TOO_MUCH,
)
from tests.e2e.pages.child import Check, ComeBack, Look, Now, Question
from tests.make import (
    NOW,
    a_change,
    a_complaint,
    a_compliment,
    a_kiosk,
    a_leaf,
    a_person,
    a_visit,
    an_office,
)
from tests.services.meeting_room import Room

Walk = Callable[["Walker"], Iterator[str]]


@dataclass(frozen=True)
class Walker:
    """A visitor who can be turned into any other, and a site that can be broken."""

    page: Page
    url: str
    transactions: Transactions
    clock: SetClock
    monkeypatch: pytest.MonkeyPatch
    how: dict[str, str]  # language and look

    def is_somebody(self, **state: Any) -> None:
        """Go on as a visitor of whom the server remembers this."""
        with self.transactions() as db:
            token = a_visit(db, now=self.clock(), **self.how, **state)
        self.page.context.add_cookies([{"name": "id", "value": token, "url": self.url}])

    def forgets(self) -> None:
        """Go on with a page whose visit is gone."""
        self.page.context.clear_cookies()

    def opens(self, path: str) -> str:
        self.page.goto(path)
        return path


def asking(walker: Walker) -> Iterator[str]:
    """Yield each question as it stands when somebody comes back to it, and the page to check."""
    walker.is_somebody(key="k", door="wrong", answers=ANSWERS)
    for screen in OF_DOOR[Door.WRONG]:
        yield walker.opens(f"/p/{screen.number}")
    yield walker.opens("/check")
    yield Check(walker.page).stop().heading


def around(walker: Walker) -> Iterator[str]:
    """Yield the pages around the questions, and the questions of the other doors."""
    with walker.transactions() as db:
        a_change(db, said=SAID)
    walker.is_somebody(key="k", door="good", answers=PRAISE)
    for path in PLACES:
        yield walker.opens(path)
    for door, screens in OF_DOOR.items():
        walker.is_somebody(key="k", door=door.value, answers=PRAISE)
        for screen in screens:
            if screen not in OF_DOOR[Door.WRONG]:
                yield walker.opens(f"/p/{screen.number}")
    for kind in Kind:
        walker.is_somebody(receipt={**RECEIPT, "kind": kind.value})
        yield walker.opens("/done") + f" for a {kind}"
    walker.is_somebody(receipt={**RECEIPT, "wants_contact": False})
    yield walker.opens("/done") + " without contact"


def taking_the_words_along(walker: Walker) -> Iterator[str]:
    """Yield the code for a phone, and what it opens there."""
    kept = {"words": RECEIPT["words"], "until": (walker.clock() + timedelta(minutes=2)).isoformat()}
    with walker.transactions() as db:
        visits.keep(db, "a-code", {"pick_up": kept}, now=walker.clock())
    walker.is_somebody(receipt=RECEIPT)
    walker.opens("/done")
    main = walker.page.get_by_role("main")
    with walker.page.expect_navigation():
        main.locator("form button").click()
    yield "a code for a phone"
    for what in ("the words on a phone", "a code that is over"):
        yield walker.opens("/get/a-code")
        with walker.page.expect_navigation():
            main.locator("form button").click()
        yield what


def drawing(walker: Walker) -> Iterator[str]:
    """Yield the pages of a drawing: on the screen, on paper, and where it is seen again."""
    walker.is_somebody(key="k", door="wrong", answers=ANSWERS)
    yield walker.opens("/draw")
    walker.is_somebody(key="k", door="wrong", answers=ANSWERS, drawing=DRAWN)
    for path in ("/draw", "/draw/paper", "/check"):
        yield walker.opens(path) + ", drawn"
    for kind in (Kind.COMPLAINT, Kind.COMPLIMENT):
        walker.is_somebody(receipt={**RECEIPT, "kind": kind.value, "slip": "BCDFHJ"})
        yield walker.opens("/done") + f" with letters for a {kind}"


def leaving_a_leaf(walker: Walker) -> Iterator[str]:
    """Yield the pages of a leaf, the tree it hangs on, and how the office was."""
    with walker.transactions() as db:
        for words in ("", SAID[:LEAF_LIMIT], "… was kind to me"):
            a_leaf(db, shown=words or None, state=LeafState.SHOWN)
        an_office(db, "westham", area="west")
    for path, leaf in (("/leaf", {}), ("/leaf/where", LEAF), ("/today", LEAF)):
        walker.is_somebody(leaf=leaf)
        yield walker.opens(path)
        with walker.page.expect_navigation():
            walker.page.get_by_role("main").locator("form").get_by_role("button").click()
        yield f"{path} with nothing picked"
    for path in ("/leaf", "/tree/eastham", "/tree/westham"):
        yield walker.opens(path) + ", with leaves"
    walker.is_somebody(leaf_sent={"key": "k", "public": True, "office": "eastham"})
    for path in ("/leaf/thanks", "/today", "/today/thanks"):
        yield walker.opens(path) + ", sent"


def coming_back(walker: Walker) -> Iterator[str]:
    """Yield what the secret words open, at each point of the way."""
    for state, columns in STATES.items():
        with walker.transactions() as db:
            manager = a_person(db, "Mo Manager", role=Role.LOCAL_MANAGER)
            row = (a_compliment if state == "praise" else a_complaint)(
                db, manager=manager, **columns
            )
            if row.stage is Stage.DELIVERED:
                db.add(Answer(feedback_id=row.id, parts=PARTS, written_by=manager.id, saved_at=NOW))
            mine = row.id
        walker.is_somebody(mine=mine)
        yield walker.opens("/back/now") + f", {state}"
    walker.opens("/back/now")
    waiting = Now(walker.page).answer()
    yield "the answer waits"
    waiting.read()
    yield "the answer"


def saying_more(walker: Walker) -> Iterator[str]:
    """Yield what a child can say on the way back, before and after the answer."""
    with walker.transactions() as db:
        waits, answered = a_complaint(db).id, a_complaint(db, **STATES["answered"]).id
    for mine, path, fields in (
        (waits, "/back/more", {"words": SAID}),
        (waits, "/back/stop", {}),
        (answered, "/back/not-happy", {}),
        (answered, "/back/how", {"words": SAID}),
    ):
        walker.is_somebody(mine=mine)
        yield walker.opens(path)
        main = walker.page.get_by_role("main")
        for name, words in fields.items():
            main.locator(f"[name={name}]").fill(words)
        with walker.page.expect_navigation():
            main.locator("form button").first.click()
        yield f"{path}, said"


def changing(walker: Walker) -> Iterator[str]:
    """Yield the questions that are asked again, with nothing given; and that it was changed."""
    with walker.transactions() as db:
        mine = a_complaint(db).id
    walker.is_somebody(mine=mine)
    main = walker.page.get_by_role("main")
    for number in range(8, 16):
        yield walker.opens(f"/back/change/{number}")
        if number not in (14, 15):  # a name may be left out; each button of the last is an answer
            with walker.page.expect_navigation():
                main.locator("form button").first.click()
            yield f"/back/change/{number} with nothing said"
    walker.opens("/back/change/13")
    main.get_by_role("radio").last.check()
    with walker.page.expect_navigation():
        main.locator("form button").first.click()
    yield "who comes along, changed"


def meeting(walker: Walker) -> Iterator[str]:
    """Yield the pages on which a time and a place are picked, and who the manager is."""
    with walker.transactions() as db:
        room = Room(db, {"supporter": "known"})
        room.offer()
        mine = room.row.id
    walker.is_somebody(mine=mine)
    yield walker.opens("/back/now") + ", with times to pick"
    yield walker.opens("/back/who")
    yield walker.opens("/back/meet/when")
    for path in ("/back/meet/where", "/back/meet/check"):
        main = walker.page.get_by_role("main")
        main.get_by_role("radio").first.check()
        with walker.page.expect_navigation():
            main.locator("form button").first.click()
        yield path
    with walker.page.expect_navigation():
        walker.page.get_by_role("main").locator("form button").first.click()
    yield "a meeting, agreed"
    walker.is_somebody(mine=mine)
    yield walker.opens("/back/meet/check") + ", agreed"
    walker.opens("/back/meet/when")
    with walker.transactions() as db:
        db.execute(delete(Meeting).where(Meeting.feedback_id == mine))
    main = walker.page.get_by_role("main")
    main.get_by_role("radio").first.check()
    with walker.page.expect_navigation():
        main.locator("form button").first.click()
    yield "times that are no longer offered"


def on_a_kiosk(walker: Walker) -> Iterator[str]:
    """Yield the pages of a screen that others use too, and some of the others on it."""
    with walker.transactions() as db:
        token = a_kiosk(db, walker.clock())
    cookies = walker.page.context
    cookies.add_cookies([{"name": "screen", "value": token, "url": walker.url}])
    walker.is_somebody()
    for path in ("/kiosk", "/"):
        yield walker.opens(path) + " on a kiosk"
    walker.is_somebody(key="k", door="wrong", answers=ANSWERS)
    for path in ("/p/2", "/p/7", "/p/10", "/check", "/today"):
        yield walker.opens(path) + " on a kiosk"
    walker.is_somebody(receipt=RECEIPT)
    yield walker.opens("/done") + " on a kiosk"
    walker.page.goto("/kiosk/cleared")
    yield "all clear"
    cookies.clear_cookies(name="screen")


def going_wrong(walker: Walker) -> Iterator[str]:
    """Yield every page that says that something went wrong."""
    page = walker.page
    walker.is_somebody(key="k", door="wrong")
    for number, given in MISTAKES.items():
        walker.opens(f"/p/{number}")
        Question(page).answer(**given)
        yield f"mistakes on /p/{number}"
    walker.opens("/back")
    ComeBack(page).type("no such words")
    yield "secret words that do not match"
    walker.opens("/p/2")
    walker.forgets()
    Question(page).answer(happened=SAID)
    yield "a question that was open too long"
    walker.is_somebody()
    walker.opens("/look")
    walker.forgets()
    Look(page).press(page.get_by_role("main").get_by_role("button"))
    yield "another page that was open too long"
    yield walker.opens("/check") + " with nothing written"
    walker.is_somebody(key="k", door="wrong", answers={"happened": TOO_MUCH})
    walker.opens("/p/2")
    Question(page).answer()
    yield "too much for one page"
    yield from _breaking(walker)


def _breaking(walker: Walker) -> Iterator[str]:
    for error in REFUSED:
        walker.is_somebody(mine="somebody's")
        with walker.monkeypatch.context() as broken:
            broken.setattr(tracking, "status", _raising(error))
            yield walker.opens("/back/now") + f" with {error!r}"
    for error in INTERRUPTED:
        walker.is_somebody(key="k", door="wrong")
        with walker.monkeypatch.context() as broken:
            broken.setattr(drafts, "put", _raising(error))
            walker.opens("/p/2")
            Question(walker.page).answer(happened=SAID)
            yield f"words kept with {error!r}"


def _raising(error: Exception) -> Callable[..., Any]:
    def broken(*_: Any, **__: Any) -> Any:
        raise error

    return broken


WALKS = (
    asking,
    around,
    taking_the_words_along,
    drawing,
    leaving_a_leaf,
    coming_back,
    saying_more,
    changing,
    meeting,
    on_a_kiosk,
    going_wrong,
)
