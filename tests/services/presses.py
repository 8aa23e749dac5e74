"""What staff press in the first days of a case, until they have talked with the child."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from kids_feedback.domain.case.clocks import Allowances
from kids_feedback.domain.case.identity import Identity
from kids_feedback.domain.case.meetings import Offer
from kids_feedback.domain.case.procedure import Step
from kids_feedback.domain.case.promises import Promise
from kids_feedback.domain.case.safety import USUAL, Decision
from kids_feedback.domain.people import Role
from kids_feedback.services.case import meeting_offers
from kids_feedback.services.case.act import Act
from kids_feedback.services.casework import (
    conflicts,
    delay_notices,
    identity,
    late_complaints,
    safeguarding,
    secret_words,
    workflow,
)
from kids_feedback.services.casework.contact import (
    contact_corrections,
    contact_log,
    letters,
    meetings,
    supporters,
)
from kids_feedback.services.casework.contact.contact_log import AttemptResult, Channel
from kids_feedback.services.casework.contact.meetings import MeetingOutcome
from kids_feedback.services.casework.contact.supporters import SupporterCheck
from kids_feedback.services.child import meeting_replies
from kids_feedback.services.child.meeting_replies import MeetingReply
from kids_feedback.services.reading import opened_words
from kids_feedback.storage.tables.casework import Event, Talk
from kids_feedback.storage.tables.people import PersonRow
from tests.make import LONDON
from tests.services.acts import MONDAY

PROMISES = Allowances()
WHY = "Since it was not so."
CHILD, HEAD, MANAGER, OUTSIDE = "child", "head", "manager", "outside"
A_WEEK_LATER = MONDAY + timedelta(days=7)


@dataclass(frozen=True)
class Press:
    """One button, pressed once by one person."""

    step: Step
    act: Callable[[Act], object]
    by: str = MANAGER
    on: date = MONDAY
    sees: bool = True  # its form says which version of the case they had before them


def _manager(act: Act) -> str:
    wanted = select(PersonRow.id).where(PersonRow.role == Role.LOCAL_MANAGER)
    wanted = wanted.order_by(PersonRow.name.desc())
    return act.session.scalars(wanted).first() or ""


def _talk(act: Act) -> str:
    wanted = select(Talk.id).where(Talk.case_id == act.row.id, Talk.struck_on.is_(None))
    return act.session.scalars(wanted.order_by(Talk.number.desc(), Talk.id)).first() or ""


def _try(act: Act) -> int:
    wanted = select(Event.number).where(
        Event.case_id == act.row.id, Event.what == Step.LOG_ATTEMPT.value
    )
    return act.session.scalars(wanted).first() or 0


def _offer(act: Act) -> object:
    days = (act.today + timedelta(days=number) for number in (1, 2, 3))
    starts = tuple(datetime.combine(day, time(16), tzinfo=LONDON) for day in days)
    offered = Offer(starts=starts, places=("Our office", "Your school"), minutes=30)
    return meetings.offer(act, offered=offered, not_on_case=True)


def _suggest(act: Act) -> object:
    found = meeting_offers.newest(act.session, act.row.id)
    said = MeetingReply(start=None, wish="Another day", place="Our office")
    return meeting_replies.reply(act, meeting_id=found.id if found else "", said=said, zone=LONDON)


def _agree(act: Act) -> object:
    start = datetime.combine(act.today + timedelta(days=1), time(16), tzinfo=LONDON)
    return meetings.agree(act, start=start, place="Our office")


def _log_talk(act: Act) -> object:
    return contact_log.log_talk(
        act,
        talk_on=act.today,
        way=Channel.MEET,
        present="Robin",
        wants="Say sorry.",
        still_wants=True,
        why_way="They came by.",
    )


def _try_in_vain(act: Act) -> object:
    return contact_log.log_attempt(
        act,
        way=Channel.LETTER,
        result=AttemptResult.SENT,
        next_attempt_on=act.today + timedelta(days=1),
    )


READ = (
    Press(Step.OPEN_STATEMENT, opened_words.open_statement, HEAD, sees=False),
    Press(Step.ACKNOWLEDGE, workflow.acknowledge, HEAD),
)
FIRST_DAYS = (
    Press(Step.ROUTE, lambda act: workflow.route(act, area="east", office="eastham"), HEAD),
    *READ,
    Press(
        Step.NAME_WORKER,
        lambda act: conflicts.name_worker(act, workers=(), none_of_them=True),
        HEAD,
    ),
    Press(
        Step.ALLOCATE,
        lambda act: workflow.allocate(act, manager_id=_manager(act)),
        HEAD,
    ),
)
CONTACT = (
    Press(
        Step.CHECK_IDENTITY,
        lambda act: identity.record_check(act, result=Identity.NOT_FOUND, note=WHY),
    ),
    Press(Step.GO_ON_WITHOUT_CASE, lambda act: identity.go_on_without_case(act, reason=WHY), HEAD),
    Press(
        Step.CHECK_IDENTITY,
        lambda act: identity.record_check(act, result=Identity.FOUND, who="The older of two."),
    ),
    Press(Step.OPEN_CONTACT, opened_words.open_contact, sees=False),
    Press(Step.RING_ANYWAY, lambda act: opened_words.ring_anyway(act, reason=WHY), sees=False),
    Press(Step.SAFEGUARDING, lambda act: safeguarding.start(act, USUAL), sees=False),
    Press(Step.OPEN_STATEMENT, opened_words.open_statement, sees=False),
    Press(
        Step.DECIDE_SAFETY,
        lambda act: safeguarding.decide(act, decision=Decision.SPOKEN, note="All is well."),
        sees=False,
    ),
    Press(Step.LOG_ATTEMPT, _try_in_vain),
    Press(
        Step.CORRECT_ATTEMPT,
        lambda act: contact_corrections.correct_attempt(
            act, number=_try(act), result=contact_corrections.NONE, reason=WHY
        ),
    ),
    Press(Step.WRITE_TO_CHILD, lambda act: letters.write(act, text="We want to talk with you.")),
    Press(
        Step.REPLACE_WORDS,
        lambda act: secret_words.replace_secret_words(act, checked=WHY, words_key=b"w" * 32),
    ),
    Press(
        Step.CHECK_SUPPORTER,
        lambda act: supporters.record_check(act, result=SupporterCheck.FINE),
    ),
    Press(
        Step.SAY_ENDED,
        lambda act: late_complaints.record_end_of_work(act, ended_on=None, circumstances=""),
    ),
    Press(
        Step.SEND_DELAY_NOTICE,
        lambda act: delay_notices.send_delay_notice(
            act, promise=Promise.TALK, new_on=act.calendar.add(act.today, 15), reason=WHY
        ),
    ),
)
MEETING = (
    Press(Step.OFFER, _offer),
    Press(Step.CANCEL_MEETING, lambda act: meetings.cancel(act, reason=WHY)),
    Press(Step.OFFER, _offer),
    Press(Step.SUGGEST_MEETING, _suggest, CHILD),
    Press(Step.AGREE_MEETING, _agree),
    Press(
        Step.SAY_MET,
        lambda act: meetings.say_met(act, outcome=MeetingOutcome.CAME),
        on=A_WEEK_LATER,
    ),
)
TALK = (
    Press(Step.LOG_TALK, _log_talk),
    Press(
        Step.CORRECT_TALK,
        lambda act: contact_corrections.correct_talk(
            act, talk_id=_talk(act), talk_on=act.today, present="Robin and Jo", reason=WHY
        ),
    ),
    Press(
        Step.STRIKE_TALK,
        lambda act: contact_corrections.strike_talk(act, talk_id=_talk(act), reason=WHY),
    ),
    Press(Step.LOG_TALK, _log_talk),
)
