"""Letters, what was put right, and who the child is: the fact behind each sentence."""

from kids_feedback.domain.case.follow_ups import FollowUp
from kids_feedback.domain.case.identity import IN_DOUBT, Identity
from kids_feedback.domain.case.procedure import Step
from tests.web.promises.facts import (
    Fact,
    a_case,
    both,
    did,
    has,
    line,
    missed,
    on,
    promised,
    waits,
)

_WROTE = a_case(lambda it, said: any(said.names(row.written_on) for row in it.letters))
_OPENED = a_case(lambda it, said: any(said.names(row.opened_on) for row in it.letters))
_CHANGED = a_case(lambda it, said: any(said.names(row.given_on) for row in it.changes))
_ANSWERED = a_case(
    lambda it, said: any(
        event.what == Step.ADD and said.names(event.written_on) for event in it.events
    )
)
_STRUCK = line(Step.STRIKE_TALK)

LETTERS: dict[str, Fact] = {
    "Done: We wrote to you on %(day)s.": _WROTE,
    "%(who)s wrote to you on %(day)s": _WROTE,
    "What was written on %(day)s": _WROTE,
    "Opened by the child on %(day)s": _OPENED,
    "The child opened the message of %(day)s.": line(Step.READ_LETTER),
    "Answered on %(day)s": _ANSWERED,
    "Answered on %(day)s our message of %(written)s": _ANSWERED,
    "The child answered the message of %(day)s.": line(Step.ADD),
}
OVERDUE: dict[str, Fact] = {
    "Late: We have not read it yet.": missed("read"),
    "Late: We have not been in touch yet.": missed("contact"),
    "Late: We have not talked yet.": missed("talk"),
    "Late: Your answer has not come yet.": missed("answer", "here"),
    "Late: We have not passed it on yet.": missed("pass_on"),
    "Late: Nobody has kept a note of it yet.": missed("pass_on"),
    "%(who)s will read by %(day)s that you want us to stop.": waits(FollowUp.STOPPED),
}
MENDED: dict[str, Fact] = {
    "We changed our answer on %(day)s. This is why:": _CHANGED,
    "What we wrote before %(day)s": _CHANGED,
    "We wrote that we talked with you on %(day)s, but we did not. That was our mistake. Sorry.": (
        _STRUCK
    ),
    "So the day we gave you for your answer, %(day)s, does not count any more.": _STRUCK,
    "Struck the talk on %(day)s: there was none with this child. The child is told so.": _STRUCK,
    "The answer is no longer due by %(day)s.": _STRUCK,
    "The talk on %(day)s was: %(way)s, not: %(before)s.": line(Step.CORRECT_TALK),
    "Put right what was said in the talk on %(day)s.": line(Step.CORRECT_TALK),
    "What was recorded for %(day)s (%(before)s) was none: there was no such attempt.": line(
        Step.CORRECT_ATTEMPT
    ),
    "What was recorded for %(day)s is put right: %(result)s, not: %(before)s.": line(
        Step.CORRECT_ATTEMPT
    ),
    "What was recorded as told to the court and the child (%(days)s) was not told. It is to be"
    " told again.": line(Step.TAKE_NOTICE_BACK),
    "The manager's boss decided this on %(day)s.": both(
        has("ended_as"), a_case(lambda it, said: said.names(it.case.closed_on))
    ),
    "You told us on %(day)s that it was not right to stop.": did(FollowUp.ENDING_REJECTED),
    "Recorded until now: %(day)s. The clock follows the first talk, so the date of the answer may"
    " move. What was recorded first stays readable.": a_case(
        lambda it, said: any(said.names(talk.talk_on) for talk in it.talks)
    ),
    "The new date is %(day)s. Once the child is told, this can't be taken back: only another notice"
    " can put it right.": promised("read", "contact", "talk", "answer", "pass_on"),
}
_WITHOUT_CASE = a_case(lambda it, _said: it.case.identity is Identity.WITHOUT_CASE)
_DECIDED = a_case(
    lambda it, _said: any(event.what == Step.GO_ON_WITHOUT_CASE for event in it.events)
)
_HELD = a_case(
    lambda it, _said: (
        it.case.identity in IN_DOUBT and bool(it.case.delivered_on or it.case.not_arrived)
    )
)

IDENTITY: dict[str, Fact] = {
    "Checked on %(day)s. %(result)s.": on("identity_on"),
    "Nothing about the case is told": _WITHOUT_CASE,
    "Decided on %(day)s: nothing about the case is told, in the answer neither.": both(
        on("identity_on"), _WITHOUT_CASE
    ),
    "Decided that it goes on with nothing about the case told.": _DECIDED,
    "Now: We are checking one thing. Then you can read your answer.": _HELD,
    "Now: We are checking something first. Then you can read your answer here.": _HELD,
}
FOR_BOTH = LETTERS | OVERDUE | MENDED | IDENTITY
