"""A whole bad week: nobody is lost, and whatever the child reads is true at that moment.

The Head leaves, the manager falls ill, the child is not safe on a Friday evening and names only
"Hazel", the hearing moves, the email bounces, the child is not happy and writes after closing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain.case.clocks import Allowances
from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.court_notice import CaseOngoing
from kids_feedback.domain.case.follow_ups import FollowUp, Outcome
from kids_feedback.domain.case.hearings import HearingState
from kids_feedback.domain.case.procedure import Stage
from kids_feedback.domain.case.safety import Decision
from kids_feedback.domain.case.submission import Door, Submission, Wish
from kids_feedback.domain.people import Fallback, Person, Role
from kids_feedback.services.accounts import accounts
from kids_feedback.services.accounts.people import Particulars
from kids_feedback.services.case import alarms, follow_ups
from kids_feedback.services.case.act import Act, by_staff
from kids_feedback.services.case.alarms import ALARM_NOTIFICATION
from kids_feedback.services.case.opened import Moment
from kids_feedback.services.case.people import holders
from kids_feedback.services.casework import conflicts, safeguarding, undelivered, workflow
from kids_feedback.services.casework.answering import answers
from kids_feedback.services.casework.conflicts import NamedPerson
from kids_feedback.services.casework.contact import contact_log
from kids_feedback.services.casework.contact.contact_log import Channel
from kids_feedback.services.casework.court import court_notice, hearings
from kids_feedback.services.casework.people import staffing
from kids_feedback.services.casework.people.staffing import Absence
from kids_feedback.services.child import intake
from kids_feedback.services.errors import NeedsSomebodyFirst, StillToFollowUp
from kids_feedback.services.reading import case_file
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.case import Case, PersonComplainedAbout
from kids_feedback.storage.tables.outbox import Message
from kids_feedback.storage.tables.people import PersonRow
from tests.conftest import SetClock
from tests.make import CALENDAR, LONDON, a_person, an_office
from tests.services.acts import BY_EMAIL, WHOLE, wording
from tests.services.alarming import when
from tests.web.page import Page, Visitor, follow, get, submit

KEY = b"another key that only tests know"
FRIDAY_EVENING = datetime(2026, 3, 6, 19, 30, tzinfo=LONDON)


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
            found = db.scalars(select(Message)).all()
            return sorted(m.to or "" for m in found if subject in {None, m.subject})

    def address(self, name: str) -> str:
        with self.base() as db:
            return db.get_one(PersonRow, self.ids[name]).email or ""


@pytest.fixture
def week(child: Visitor, transactions: Transactions, clock: SetClock) -> Week:
    return Week(child, transactions, clock)


@pytest.mark.long
@pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
def test_a_whole_bad_week(week: Week) -> None:
    _friday_evening(week)
    _monday_the_head_leaves(week)
    _tuesday_the_manager_falls_ill(week)
    _wednesday_the_court_and_a_mail_that_bounces(week)
    _the_answer_and_a_child_who_is_not_happy(week)
    _words_after_closing(week)


def _friday_evening(week: Week) -> None:
    """The child names only "Hazel", and ticks that they are not safe."""
    week.clock.at = FRIDAY_EVENING
    with week.base() as db:
        receipt = intake.send(
            db,
            Submission(
                door=Door.WRONG,
                wish=Wish.LOOK_INTO,
                reasons=("not_safe",),
                worker="Hazel",
                town="in Eastham.",
                method="email",
                contact=BY_EMAIL,
                statement={"happened": "She shouted at me.", "worker": "Hazel"},
            ),
            "key",
            now=week.clock.at,
            zone=LONDON,
            calendar=CALENDAR,
            promises=Allowances(),
            words_key=KEY,
        )
        meant = db.scalars(select(PersonComplainedAbout)).all()
        assert [(item.person_id, item.certain) for item in meant] == [
            (week.ids["Hazel Quill"], False)
        ]
    assert week.mails(ALARM_NOTIFICATION.subject) == sorted(
        [week.address("Cleo Desk"), week.address("Lena Last")]
    ), "nobody is on duty, so customer service hears at once"
    week.words = " ".join(receipt.words)
    says = week.reads()
    assert says.index("999") < says.index("Monday 9 March"), "first whom to ring, then when we look"
    week.on(7)
    with week.base() as db:
        assert alarms.repeat(db, when(week.clock.at)) == 0, "nobody is there on a Saturday"


def _monday_the_head_leaves(week: Week) -> None:
    week.on(9)
    with week.base() as db:
        assert alarms.repeat(db, when(week.clock.at)) == 1
    assert week.address("Hana Head") in week.mails(ALARM_NOTIFICATION.subject), "it widens"
    with pytest.raises(NeedsSomebodyFirst):
        week.administrate(staffing.close, "Hana Head")
    week.administrate(staffing.close, "Hana Head", stand_in=True)
    with week.staff("Cleo Desk") as act:
        assert act.row.fallback is Fallback.CUSTOMER_SERVICE
        case_file.open_statement(act)
    with week.staff("Cleo Desk") as act:
        safeguarding.decide(act, decision=Decision.HANDED_OVER, note="Told the team.")
    with week.staff("Cleo Desk") as act:
        workflow.acknowledge(act)
    with week.staff("Cleo Desk") as act:
        named = NamedPerson(person_id=week.ids["Hazel Quill"])
        conflicts.name_worker(act, workers=[named])
    with week.staff("Cleo Desk") as act:
        workflow.allocate(act, manager_id=week.ids["Max Manager"])
    says = week.reads()
    assert "Done: We read it on Monday 9 March." in says
    assert "Max Manager" in says


def _tuesday_the_manager_falls_ill(week: Week) -> None:
    week.on(10)
    boss, deputy = (Absence(deputy_id=week.ids[name]) for name in ("Mia Boss", "Dee Deputy"))
    with pytest.raises(NeedsSomebodyFirst):
        week.administrate(staffing.go_away, "Max Manager", boss)
    week.administrate(staffing.go_away, "Max Manager", deputy)
    with week.staff("Dee Deputy") as act:
        contact_log.log_talk(
            act,
            talk_on=week.today,
            way=Channel.EMAIL,
            present="The two of us",
            wants="An apology",
            still_wants=True,
        )
    assert "Done: We talked on Tuesday 10 March." in week.reads()


def _wednesday_the_court_and_a_mail_that_bounces(week: Week) -> None:
    week.on(11)
    promises = Allowances()
    with week.staff("Dee Deputy") as act:
        court_notice.set_ongoing(act, ongoing=CaseOngoing.YES, promises=promises)
    assert "We have not told the court yet." in week.reads()
    with week.staff("Dee Deputy") as act:
        hearings.set_hearing(act, hearing_on=date(2026, 4, 1), promises=promises)
    with week.staff("Dee Deputy") as act:
        court_notice.tell_court(
            act, complaint_on=week.today, doing_on=week.today, promises=promises
        )
    assert "We told the court on Wednesday 11 March." in week.reads()
    with week.staff("Dee Deputy") as act:
        (hearing,) = [row for row in act.row.hearings if row.state is HearingState.LISTED]
        hearings.change_hearing(
            act,
            hearing_id=hearing.id,
            state=HearingState.MOVED,
            moved_to=date(2026, 3, 18),
            promises=promises,
        )
    week.on(12)
    with week.staff("Dee Deputy") as act:
        court_notice.tell_court(act, complaint_on=None, doing_on=week.today, promises=promises)
    with week.base() as db:
        letter = db.scalars(select(Message.id).where(Message.to_child)).first()
        assert letter is not None
        undelivered.not_sent(
            db, letter, week.clock.at, code="recipient_550", permanent=True, zone=LONDON
        )
    assert "We could not email you" in week.reads()
    with week.staff("Dee Deputy") as act:
        (waits,) = follow_ups.waiting(act.session, act.row)
        assert waits.what is FollowUp.EMAIL_FAILED
        workflow.follow_up(act, follow_up_id=waits.id, outcome=Outcome.SPOKE, note="Rang.")


def _the_answer_and_a_child_who_is_not_happy(week: Week) -> None:
    week.on(16)
    with week.base() as db:
        new = Particulars(
            name="Nora New",
            role=Role.HEAD_OF_PRACTICE,
            email="nora@example.org",
            areas=frozenset({"east"}),
        )
        ada = week.signed_in(db, "Ada Admin")
        week.ids["Nora New"] = staffing.add(db, ada, new, week.moment)
    with week.staff("Dee Deputy") as act:
        answers.submit(act, parts=WHOLE)
    with week.staff("Nora New") as act:
        assert act.row.fallback is None, "there is a Head of Practice again"
        case_file.open_statement(act)
    with week.staff("Nora New") as act:
        answers.approve(act)
    with week.staff("Dee Deputy") as act:
        answers.deliver(act, how=Method.HERE)
    assert "Your answer came on Monday 16 March." in week.reads()
    week.come_back()
    page = submit(week.child, get(week.child, "/back/not-happy"), to="/back/not-happy", ask="head")
    assert "Nora New answers you by Thursday 19 March." in page.text
    assert "You asked on Monday 16 March to talk to the manager's boss." in week.reads()
    with pytest.raises(StillToFollowUp), week.staff("Dee Deputy") as act:
        workflow.close(act)
    week.on(18)
    with week.staff("Nora New") as act:
        (waits,) = follow_ups.waiting(act.session, act.row)
        workflow.follow_up(act, follow_up_id=waits.id, outcome=Outcome.SPOKE, note="We met.")
    assert "We talked with you about it on Wednesday 18 March." in week.reads()
    week.on(19)
    with week.staff("Nora New") as act:
        hearing = act.row.hearings[-1]
        if hearing.state is HearingState.LISTED:
            hearings.change_hearing(
                act, hearing_id=hearing.id, state=HearingState.HELD, promises=Allowances()
            )
    with week.staff("Nora New") as act:
        court_notice.set_ongoing(act, ongoing=CaseOngoing.NO, promises=Allowances())
    with week.staff("Nora New") as act:
        workflow.close(act)
        assert act.row.stage is Stage.CLOSED


def _words_after_closing(week: Week) -> None:
    week.on(23)
    page = _more(week, "My teacher saw it.")
    assert "Nora New reads it by Thursday 26 March." in page.text
    with week.staff("Nora New") as act:
        case_file.open_statement(act)
        (waits,) = follow_ups.waiting(act.session, act.row)
        assert waits.what is FollowUp.WORDS_AFTER_CLOSING
    with week.staff("Nora New") as act:
        workflow.reopen(act, note="There is more to it.")
    assert "You sent us more on Monday 23 March. We looked at it" not in week.reads()
    with week.base() as db:
        row = db.scalars(select(Case)).one()
        assert (row.stage, row.closed_on) == (Stage.DELIVERED, None)
        assert follow_ups.waiting(db, row) == []


def _more(week: Week, words: str) -> Page:
    week.come_back()
    return submit(week.child, get(week.child, "/back/more"), to="/back/more", words=words)
