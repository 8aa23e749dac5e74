"""A whole bad week: nobody is lost, and whatever the child reads is true at that moment.

The Head leaves, the manager falls ill, the child is not safe on a Friday evening and names only
"Hazel", the hearing moves, the email bounces, the child is not happy and writes after closing.
"""

from datetime import date, datetime

import pytest
from sqlalchemy import select

from kids_feedback.domain.case.clocks import Allowances
from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.court_notice import CaseOngoing
from kids_feedback.domain.case.follow_ups import FollowUp, Outcome
from kids_feedback.domain.case.hearings import HearingState
from kids_feedback.domain.case.identity import Identity
from kids_feedback.domain.case.procedure import Stage
from kids_feedback.domain.case.safety import Decision
from kids_feedback.domain.case.submission import Door, Submission, Wish
from kids_feedback.domain.people import Fallback, Role
from kids_feedback.services.accounts.people import Particulars
from kids_feedback.services.case import alarms, follow_ups
from kids_feedback.services.case.alarms import ALARM_NOTIFICATION
from kids_feedback.services.casework import conflicts, identity, safeguarding, undelivered, workflow
from kids_feedback.services.casework.answering import answers
from kids_feedback.services.casework.conflicts import NamedPerson
from kids_feedback.services.casework.contact import contact_log
from kids_feedback.services.casework.contact.contact_log import Channel
from kids_feedback.services.casework.court import court_notice, hearings
from kids_feedback.services.casework.people import staffing
from kids_feedback.services.casework.people.staffing import Absence
from kids_feedback.services.child import intake
from kids_feedback.services.errors import NeedsSomebodyFirst, StillToFollowUp
from kids_feedback.services.reading import opened_words
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.case import Case, PersonComplainedAbout
from kids_feedback.storage.tables.outbox import Message
from tests.conftest import SetClock
from tests.make import CALENDAR, LONDON
from tests.services.acts import BY_EMAIL, WHOLE
from tests.services.alarming import when
from tests.web.child.week import Week
from tests.web.page import Page, Visitor, get, submit

KEY = b"another key that only tests know"
FRIDAY_EVENING = datetime(2026, 3, 6, 19, 30, tzinfo=LONDON)


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
        opened_words.open_statement(act)
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
    with week.staff("Dee Deputy") as act:
        identity.record_check(act, result=Identity.FOUND, who="Case 12, Robin Moss")
    with week.staff("Nora New") as act:
        assert act.row.fallback is None, "there is a Head of Practice again"
        opened_words.open_statement(act)
    with week.staff("Nora New") as act:
        answers.approve(act)
    with week.staff("Dee Deputy") as act:
        answers.deliver(act, how=Method.HERE)
    assert "Your answer came on Monday 16 March." in week.reads()
    week.come_back()
    page = submit(week.child, get(week.child, "/back/not-happy"), to="/back/not-happy", ask="head")
    assert "Nora New will answer you by Thursday 19 March." in page.text
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
    assert "Nora New is going to read it by Thursday 26 March." in page.text
    with week.staff("Nora New") as act:
        opened_words.open_statement(act)
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
