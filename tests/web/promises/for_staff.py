"""What staff read, the history of a case above all, and the fact behind each sentence."""

from datetime import datetime

from kids_feedback.domain.case.meetings import MeetingState
from kids_feedback.domain.case.procedure import Step
from tests.web.promises.facts import (
    PROMISES,
    Fact,
    a_case,
    both,
    either,
    has,
    hearing,
    line,
    met,
    on,
    promised,
    told_court,
)
from tests.web.promises.mail_facts import (
    alarm,
    alarm_emailed,
    child_not_emailed,
    emailed,
    given_up,
)
from tests.web.promises.reading import Said
from tests.web.promises.stored import Stored

_REDATED = line(Step.REDATE, Step.SEND_DELAY_NOTICE)


def _delivered(*, late: bool | None) -> Fact:
    def holds(it: Stored, said: Said) -> bool:
        row = it.case
        came, due = row.delivered_on, row.answer_by
        in_time = late is None or (came is not None and due is not None and late is (came > due))
        return said.names(came) and in_time

    return a_case(holds)


def _tried(it: Stored, said: Said) -> bool:
    return any(
        (event.what == Step.LOG_ATTEMPT or event.facts.get("is_try"))
        and said.names(event.written_on)
        for event in it.events
    )


def _next_attempt(it: Stored, said: Said) -> bool:
    return said.names(it.case.next_attempt_on)


def _of_answer(column: str) -> Fact:
    """A day, or a moment, of the answer is that day."""

    def holds(it: Stored, said: Said) -> bool:
        on = getattr(it.answer, column) if it.answer else None
        return on is not None and said.names(on.date() if isinstance(on, datetime) else on)

    return a_case(holds)


def _column(place: str, name: str) -> Fact:
    return a_case(lambda it, said: said.names(getattr(it.case, name), place))


def _taken_back(*since: str) -> Fact:
    return a_case(
        lambda it, _said: any(
            event.what == Step.TAKE_BACK and event.facts["from"] in since for event in it.events
        )
    )


HISTORY: dict[str, Fact] = {
    "The local manager may no longer have the case, so somebody else has to go on with it.": (
        _taken_back("manager")
    ),
    "The local manager does not have the case any more, so somebody else has to go on with it.": (
        _taken_back("leaving", "away")
    ),
    "An email told the child that there is a message.": emailed(),
    "First contact is due by %(day)s.": promised("contact"),
    "Made a complaint, as the child agreed. First contact is due by %(day)s.": line(
        Step.MAKE_COMPLAINT
    ),
    "The child wants it looked into: it is a complaint now. First contact is due by %(day)s.": line(
        Step.ASK_FOR_MORE
    ),
    "The child sent more.": line(Step.ADD),
    "The child sent more": line(Step.ADD),
    "Contact attempt. %(way)s: %(result)s. Next attempt on %(day)s.": line(Step.LOG_ATTEMPT),
    "Talked with the child on %(day)s. %(way)s.": line(Step.LOG_TALK),
    "The talk was on %(day)s, not on %(before)s.": line(Step.CORRECT_TALK),
    "The answer is now due by %(day)s, not by %(before)s.": line(Step.CORRECT_TALK, Step.LOG_TALK),
    "The answer clock started: due by %(day)s.": line(Step.LOG_TALK),
    "Delivered the answer on %(day)s: %(how)s.": line(Step.DELIVER),
    "The child had read the answer behind the secret words already.": line(Step.NOT_ARRIVED),
    "The hearing is on %(day)s, not on %(before)s.": line(Step.COURT_HEARING),
    "A hearing was held on %(day)s.": line(Step.COURT_HEARING),
    "The next hearing is on %(day)s at %(time)s.": line(Step.COURT_HEARING),
    "The next hearing is on %(day)s.": line(Step.COURT_HEARING),
    "The hearing on %(day)s does not take place.": line(
        Step.COURT_ONGOING, Step.COURT_HEARING, Step.CHANGE_HEARING
    ),
    "The hearing on %(day)s was held.": line(Step.CHANGE_HEARING),
    "The hearing on %(day)s was moved to %(to)s.": line(Step.CHANGE_HEARING),
    "The date %(day)s was a slip: the hearing is on %(to)s.": line(Step.CHANGE_HEARING),
    "The date %(day)s was a slip: no hearing was listed on it.": line(Step.CHANGE_HEARING),
    "The court was told of the complaint on %(day)s.": line(Step.COURT_TOLD),
    "The court was told what we are doing about it on %(day)s.": line(Step.COURT_TOLD),
    "Told the child that the court will know.": line(Step.COURT_CHILD_TOLD),
    "Said why the court need not be told of what the child stopped.": line(Step.END_COURT_DUTY),
    "The court is to be told after all.": line(Step.RESTORE_COURT_DUTY),
    "Our involvement with the child ended on %(day)s.": line(Step.SAY_ENDED),
    "Noted and closed. The person it is about was not told.": line(Step.PASS_ON, Step.CLOSE),
    "Sent the child a delay notice (%(what)s): now by %(day)s, not by %(before)s.": line(
        Step.SEND_DELAY_NOTICE
    ),
    "%(day)s was made a non-working day, so %(moved)s.": _REDATED,
    "%(day)s is a working day after all, so %(moved)s.": _REDATED,
    "the area is found by %(day)s, not %(before)s": _REDATED,
    "it is acknowledged by %(day)s, not %(before)s": _REDATED,
    "the child is contacted by %(day)s, not %(before)s": _REDATED,
    "a talk is offered by %(day)s, not %(before)s": _REDATED,
    "the answer is due by %(day)s, not %(before)s": _REDATED,
    "it is passed on by %(day)s, not %(before)s": _REDATED,
    "the court proceedings are found out by %(day)s, not %(before)s": _REDATED,
    "the child is told that it is read by %(day)s, not %(before)s": _REDATED,
    "the child is told of contact by %(day)s, not %(before)s": _REDATED,
    "the child is told of a talk by %(day)s, not %(before)s": _REDATED,
    "the child is told of the answer by %(day)s, not %(before)s": _REDATED,
    "the child is told that it is passed on by %(day)s, not %(before)s": _REDATED,
    "what the child did since is followed up by %(day)s, not by %(before)s": _REDATED,
    "You are to meet the child on %(day)s, on which people work after all: if you asked whether"
    " that day still suits, say so to the child.": _REDATED,
    "You are to meet the child on %(day)s, on which nobody works now: ask the child whether that"
    " day still suits.": _REDATED,
    "You offered the child a time on %(day)s, on which nobody works now: check whether you can"
    " keep it, or offer other times.": _REDATED,
    "The child chose a time to meet: %(when)s.": line(Step.PICK_MEETING),
    "The child would rather meet on %(when)s.": line(Step.SUGGEST_MEETING),
    "Cancelled the meeting on %(when)s.": line(Step.CANCEL_MEETING),
    "Agreed to meet on %(when)s.": line(Step.AGREE_MEETING),
    "The child came to the meeting on %(when)s.": line(Step.SAY_MET),
    "The child did not come to the meeting on %(when)s. Next attempt on %(day)s.": line(
        Step.SAY_MET
    ),
    "The meeting on %(when)s is to be moved to another day.": line(Step.SAY_MET),
}
_WAITS = either(  # somebody's to follow up, or a promise
    a_case(
        lambda it, said: any(
            row.ended_on is None and said.names(row.due_on) for row in it.follow_ups
        )
    ),
    promised(*PROMISES),
)
STANDING: dict[str, Fact] = {
    "We promised to find the right area by %(day)s.": promised("route"),
    "We promised to acknowledge it by %(day)s.": promised("read"),
    "We promised to contact the child by %(day)s.": promised("contact"),
    "We promised to offer a talk by %(day)s.": promised("talk"),
    "We still promised to talk by %(day)s. Contact the child another way.": promised("talk"),
    "We still promised to talk by %(day)s. The child reads why:": promised("talk"),
    "Three times or more, one of them out of school hours, and two places or more. We promised to"
    " talk by %(day)s.": promised("talk"),
    "The child gets the written answer by %(day)s.": promised("answer", "here"),
    "The answer is due by %(day)s.": promised("answer", "here"),
    "We promised to pass it on by %(day)s.": promised("pass_on"),
    "Received on %(day)s.": on("received_on"),
    "Received %(day)s": on("received_on"),
    "Who gets the case received on %(day)s?": on("received_on"),
    "Closed on %(day)s.": on("closed_on"),
    "Withdrawn on %(day)s": on("stopped_on"),
    "%(who)s, by %(day)s": _WAITS,
    "%(what)s, by %(day)s": _WAITS,
    "Checked by %(name)s on %(day)s": a_case(
        lambda it, said: any(
            event.what == Step.CHECK_SUPPORTER and said.names(event.written_on)
            for event in it.events
        )
    ),
    "Away until %(day)s. %(deputy)s stands in.": lambda world, said: any(
        said.names(row.away_until) for row in world.people
    ),
    "The child got the answer on %(day)s, late: it was due by %(due)s.": _delivered(late=True),
    "The child got the answer on %(day)s, in time.": _delivered(late=False),
    "The child got the answer on %(day)s.": _delivered(late=None),
    "The answer was posted on %(day)s, late: it was due by %(due)s.": _delivered(late=True),
    "The answer was posted on %(day)s, in time.": _delivered(late=False),
    "The answer was posted on %(day)s.": both(has("posted_on"), _delivered(late=None)),
    "%(number)s working days from %(talk)s is %(due)s.": both(
        _column("talk", "talk_on"), _column("due", "answer_by")
    ),
    "%(number)s working days from %(talk)s is %(due)s (%(days)s not counted).": both(
        _column("talk", "talk_on"), _column("due", "answer_by")
    ),
    "The child was told: %(what)s, now by %(day)s.": a_case(
        lambda it, said: any(said.names(row.new_on) for row in it.delays)
    ),
    "Tried once to reach the child, on %(day)s.": a_case(_tried),
    "Tried %(num)d times to reach the child, last on %(day)s.": a_case(_tried),
    "The next attempt is on %(day)s.": a_case(_next_attempt),
    "Next attempt %(day)s": a_case(_next_attempt),
    "Meet the child %(day)s, %(time)s": met(MeetingState.AGREED),
    "Say how the meeting on %(day)s went": met(MeetingState.AGREED),
    "%(why)s. The email was written on %(day)s.": child_not_emailed(on=True),
    "What was said on %(day)s": a_case(
        lambda it, said: any(said.names(talk.talk_on) for talk in it.talks)
    ),
    "In the talk on %(day)s": a_case(
        lambda it, said: any(said.names(talk.talk_on) for talk in it.talks)
    ),
    "The child opened it on %(day)s.": _of_answer("read_on"),
    "Approved by %(name)s on %(day)s.": _of_answer("approved_on"),
    "Last saved by %(name)s on %(day)s, %(time)s.": _of_answer("saved_at"),
    "Last saved on %(day)s, %(time)s.": _of_answer("saved_at"),
    "Saved. The child can see that you have read it.": has("acknowledged_on"),
    "An alarm was raised on %(day)s at %(time)s.": a_case(
        lambda it, said: any(said.names(row.raised_at.date()) for row in it.alarms)
    ),
    "Told by email: %(names)s.": alarm_emailed(),
    "Given up on %(day)s": given_up(),
    "Nobody could be told.": alarm(told=False),
    "Unless somebody decides, people are told again on %(day)s at %(time)s.": a_case(
        lambda it, said: any(
            said.names(row.next_round_at and row.next_round_at.date()) for row in it.alarms
        )
    ),
    "This child may not be safe. Somebody must read what they said, and decide today what is"
    " done.": alarm(decided=False),
    "Not safe: read it and decide": alarm(decided=False),
}
_MISSING = hearing(told=(False, False))
_COURT_DUTY_ENDED = a_case(
    lambda it, _said: bool(it.case.stopped_on and it.case.court_duty_ended_on)
)
COURT: dict[str, Fact] = {
    "The court need not be told: the child stopped the complaint, and the Head of Practice has said"
    " why.": _COURT_DUTY_ENDED,
    "Saved. The court need not be told.": _COURT_DUTY_ENDED,
    "The child stopped this complaint. The court is told of it all the same, until you write why"
    " that is not needed. If the child wants it after all, the court is told.": a_case(
        lambda it, _said: bool(it.case.stopped_on and not it.case.court_duty_ended_on)
    ),
    "Saved. The court is to be told.": a_case(lambda it, _said: not it.case.court_duty_ended_on),
    "Tell the court both parts by %(day)s: the hearing is on %(hearing)s.": _MISSING,
    "Tell the court of the complaint by %(day)s: the hearing is on %(hearing)s.": hearing(
        told=(False, True)
    ),
    "Tell the court what we are doing by %(day)s: the hearing is on %(hearing)s.": hearing(
        told=(True, False)
    ),
    "The hearing on %(hearing)s came before the court was told both parts. Tell it now.": hearing(
        told=(False, False), past=True
    ),
    "The hearing on %(hearing)s came before the court was told of the complaint. Tell it now.": (
        hearing(told=(False, True), past=True)
    ),
    "The hearing on %(hearing)s came before the court was told what we are doing. Tell it now.": (
        hearing(told=(True, False), past=True)
    ),
    "The court need not be told: there are no ongoing proceedings.": a_case(
        lambda it, _said: it.case.ongoing is False
    ),
    "The court has been told both parts. No hearing is listed yet.": told_court(both=False),
    "The court has been told both parts in time: the hearing is on %(hearing)s.": hearing(
        told=(True, True)
    ),
    "The hearing on %(hearing)s is over. Find out by %(by)s when the next one is.": both(
        hearing(past=True), _column("by", "court_by")
    ),
    "There are ongoing proceedings. Find out by %(by)s when the next hearing is, or tell the court"
    " now.": both(_column("by", "court_by"), a_case(lambda it, _said: bool(it.case.ongoing))),
    "Find out by %(by)s whether there are ongoing court proceedings, and when the next hearing"
    " is.": _column("by", "court_by"),
    "The hearing on %(hearing)s came before the court was told. It was told on %(day)s.": hearing(
        told=(True, True), past=True
    ),
    "The hearing on %(hearing)s came before the court was told.": hearing(past=True),
    "After the hearing on %(hearing)s, find out by %(by)s when the next one is.": both(
        hearing(), _column("by", "court_by")
    ),
    "After the hearing, ask for the next one by %(day)s": on("court_by"),
    "Moved to %(to)s.": a_case(
        lambda it, said: any(said.names(row.moved_to_on, "to") for row in it.hearings)
    ),
    "A slip: the right date is %(to)s.": a_case(
        lambda it, said: any(said.names(row.moved_to_on, "to") for row in it.hearings)
    ),
    "The court was not told before the hearing": a_case(
        lambda it, _said: any(row.hearing_on and row.hearing_on <= it.today for row in it.hearings)
    ),
}
FOR_STAFF = HISTORY | STANDING | COURT
