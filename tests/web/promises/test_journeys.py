"""Whole lives of a case: every sentence that anybody reads on the way is true."""

from collections.abc import Callable

import pytest
from flask import Flask

from kids_feedback.domain.people import Role
from kids_feedback.gateways.mail import MailRefused
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.case import Case
from tests.conftest import SetClock
from tests.web.conftest import SignIn
from tests.web.page import follow, get, submit
from tests.web.promises.checker import Checker
from tests.web.promises.life import (
    AT_HOME,
    BY_EMAIL,
    Life,
    asked_for_another_way,
    asked_for_without_a_way,
    not_safe_any_more,
)
from tests.web.staff.pages import address, saved


@pytest.fixture
def life(
    app: Flask,
    transactions: Transactions,
    clock: SetClock,
    signed_in: SignIn,
    checker: Checker,
) -> Life:
    return Life(app, transactions, clock, signed_in, checker)


def to_the_answer(life: Life) -> None:
    """Send, read, give, try, talk, answer; read by the child, not quite; more after closing."""
    life.complains()
    life.is_read()
    life.is_given()
    life.takes(
        life.manager(), "attempt", way="phone", result="no_answer", next_attempt_on="2026-03-03"
    )
    life.days(1)
    life.is_talked_about()
    life.court("ongoing", ongoing="no")
    life.is_answered()
    child = life.back()
    page = submit(child, get(child, "/back/answer"))
    submit(child, page, of_understanding="not_quite", words="It was Monday.")
    life.look()
    life.presses("/back/not-happy", ask="head")
    head = life.head()
    submit(head, get(head, address(life.case, "/words")), to=address(life.case, "/words"))
    for _ in range(2):
        page = get(head, address(life.case, "/step/follow-up"))
        which = str(page.soup.select("input[name=which]")[0]["value"])
        life.takes(head, "follow-up", which=which, outcome="spoke", note="We talked.")
    life.takes(head, "close")
    life.days(1)
    life.presses("/back/more", words="One thing more.")


def with_the_court(life: Life) -> None:
    """A hearing is listed, told of in two parts, moved, and told again."""
    life.complains()
    life.is_read()
    life.is_given()
    life.court("ongoing", ongoing="yes")
    life.court("hearing", hearing_on="2026-03-13")
    life.court("told", complaint_on="2026-03-02")
    life.court("told", doing_on="2026-03-02")
    life.court("child")
    with life.transactions.reading() as db:
        number = db.get_one(Case, life.case.id).hearings[-1].id
    life.court("change", hearing_id=number, state="moved", moved_to="2026-03-17")
    life.court("told", doing_on="2026-03-02")
    life.days(16)
    life.look()


def with_a_missed_hearing(life: Life) -> None:
    """A hearing comes before the court was told."""
    life.complains()
    life.is_read()
    life.is_given()
    life.days(3)
    life.look()
    life.court("ongoing", ongoing="yes")
    life.court("hearing", hearing_on="2026-03-06")
    life.days(4)
    life.look()
    life.court("told", complaint_on="2026-03-09", doing_on="2026-03-09")


def late(life: Life) -> None:
    """Nobody does anything; the child asks why, and is told a new day that passes too."""
    life.complains()
    life.days(4)
    life.look()
    life.presses("/back/now", to="/back/nudge")
    life.is_read()
    life.is_given()
    manager = life.manager()
    page = get(manager, address(life.case, "/late"))
    said = {"promise": "contact", "new_on": "2026-03-10", "reason": "Max is ill."}
    said["nothing_of_case"] = "y"
    page = submit(manager, page, to=page.path, go="tell", **said)
    saved(manager, page)
    life.look()
    life.days(5)
    life.look()


def not_safe(life: Life) -> None:
    """A child ticks that they are not safe; the Head opens the words and decides."""
    life.complains(not_safe=True)
    head = life.head()
    submit(head, get(head, address(life.case, "/words")), to=address(life.case, "/words"))
    life.look()
    page = get(head, address(life.case, "/safety"))
    to = address(life.case, "/safety/decision")
    saved(head, submit(head, page, to=to, decision="spoken", note="She is at Gran's."))
    life.look()


def not_safe_on_saturday(life: Life) -> None:
    """Nobody is on duty: the child reads on which day somebody looks."""
    life.days(5)
    life.complains(not_safe=True)


def stopped(life: Life) -> None:
    """The child stops it, and wants it after all."""
    life.complains()
    life.is_read()
    life.is_given()
    life.meeting_is_offered()
    child = life.back()
    page = submit(child, get(child, "/back/meet/when"), pick=_first(child, "/back/meet/when"))
    page = follow(child, page)
    page = submit(child, page, pick=str(page.soup.select("input[name=pick]")[0]["value"]))
    submit(child, follow(child, page), to="/back/meet/check")
    life.look()
    life.presses("/back/stop")
    life.days(1)
    life.is_asked_about_it(life.manager())
    life.presses("/back/now", to="/back/resume")


def withdrawn(life: Life) -> None:
    """The child stops it, and the Head closes it: no answer is said to have come."""
    life.complains()
    life.is_read()
    life.presses("/back/stop")
    life.is_asked_about_it(life.head())
    life.court("ongoing", ongoing="no", by=life.head())
    life.takes(life.head(), "close")


def heard_in_a_talk(life: Life) -> None:
    """A manager hears that it should stop: it goes on until the child says so."""
    life.complains()
    life.is_read()
    life.is_given()
    life.is_talked_about(still_wants="no")
    life.presses("/back/now", to="/back/stop")
    life.days(1)
    life.look()


def by_email(life: Life) -> None:
    """An email is on its way, and then told the child."""
    life.complains("email", BY_EMAIL)
    life.is_read()
    life.post_goes()
    life.is_given()
    life.meeting_is_offered()
    life.post_goes()
    life.days(10)
    life.look()


def without_contact(life: Life) -> None:
    """A child who wants no contact has a day, too; it passes."""
    life.complains("none", {})
    life.is_read()
    life.is_given()
    life.days(15)
    life.look()


def by_letter(life: Life) -> None:
    """The answer is posted, comes back, and waits behind the secret words."""
    life.complains("letter", AT_HOME)
    life.is_read()
    life.is_given()
    life.is_talked_about(why_way="She rang us.")
    life.is_answered(how="letter", on="2026-03-02", proof="Receipt 12")
    life.days(3)
    life.takes(life.manager(), "not-arrived", why="came_back")
    life.takes(life.manager(), "deliver", how="here")
    life.presses("/back/answer")


def refused_email(life: Life) -> None:
    """An email is refused for good: child and staff read so."""
    life.complains("email", BY_EMAIL)
    life.is_read()
    life.post_goes(MailRefused("recipient_550", permanent=True))
    life.days(3)
    life.look()


def a_day_is_closed(life: Life) -> None:
    """A day is closed, and opened again: every told day moves and comes back."""
    life.complains()
    life.is_read()
    life.is_given()
    life.is_talked_about()
    alma = life.signs_in(Role.ADMINISTRATOR)
    page = get(alma, "/closed-days/")
    submit(alma, page, to="/closed-days/", day="2026-03-04", reason="A storm", go="close")
    life.look()
    submit(alma, get(alma, "/closed-days/"), to="/closed-days/open", day="2026-03-04")


def praise(life: Life) -> None:
    life.praises("yes")


def praise_kept(life: Life) -> None:
    life.praises("no")


def feelings(life: Life) -> None:
    life.feels()


def _first(child: object, path: str) -> str:
    page = get(child, path)  # type: ignore[arg-type]
    return str(page.soup.select("input[name=pick]")[0]["value"])


LIVES: tuple[Callable[[Life], None], ...] = (
    to_the_answer,
    with_the_court,
    with_a_missed_hearing,
    late,
    not_safe,
    not_safe_on_saturday,
    stopped,
    asked_for_another_way,
    asked_for_without_a_way,
    not_safe_any_more,
    withdrawn,
    heard_in_a_talk,
    by_email,
    without_contact,
    by_letter,
    refused_email,
    a_day_is_closed,
    praise,
    praise_kept,
    feelings,
)


@pytest.mark.long
@pytest.mark.parametrize("live", LIVES, ids=lambda live: live.__name__)
def test_every_sentence_on_the_way_is_true(life: Life, live: Callable[[Life], None]) -> None:
    live(life)
    life.look_everywhere()
    assert not life.checker.lies, "\n".join(sorted(set(life.checker.lies)))
    assert life.checker.said
