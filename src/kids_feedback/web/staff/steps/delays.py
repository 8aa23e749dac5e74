"""Promises that are missed or moved, and what the child was told of it."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from kids_feedback.domain.case.procedure import Step
from kids_feedback.domain.case.promises import Promise
from kids_feedback.services.case.case_state import STORED_IN
from kids_feedback.services.casework import delay_notices
from kids_feedback.web.kit.text import Text
from kids_feedback.web.kit.translation import _
from kids_feedback.web.staff.kit import labels
from kids_feedback.web.staff.kit.event_facts import EventFacts
from kids_feedback.web.staff.kit.forms import (
    day_field,
    single_choice,
    text_for_child,
)
from kids_feedback.web.staff.steps.contacting.identity import (
    ForChildForm,
    nothing_of_case,
    said_nothing,
)
from kids_feedback.web.staff.steps.declaration import StepDeclaration

_MOVED: Mapping[Promise, Text] = {
    Promise.ROUTE: _l("the area is found by %(day)s, not %(before)s"),
    Promise.READ: _l("it is acknowledged by %(day)s, not %(before)s"),
    Promise.CONTACT: _l("the child is contacted by %(day)s, not %(before)s"),
    Promise.TALK: _l("a talk is offered by %(day)s, not %(before)s"),
    Promise.ANSWER: _l("the answer is due by %(day)s, not %(before)s"),
    Promise.PASS_ON: _l("it is passed on by %(day)s, not %(before)s"),
    Promise.COURT: _l("the court proceedings are found out by %(day)s, not %(before)s"),
}
_TOLD_MOVED: Mapping[Promise, Text] = {
    Promise.READ: _l("the child is told that it is read by %(day)s, not %(before)s"),
    Promise.CONTACT: _l("the child is told of contact by %(day)s, not %(before)s"),
    Promise.TALK: _l("the child is told of a talk by %(day)s, not %(before)s"),
    Promise.ANSWER: _l("the child is told of the answer by %(day)s, not %(before)s"),
    Promise.PASS_ON: _l("the child is told that it is passed on by %(day)s, not %(before)s"),
}
_WHAT_MOVED: Mapping[str, Text] = {  # by the name under which the history keeps the day
    **{STORED_IN[promise]: said for promise, said in _MOVED.items()},
    **{f"{promise}_told": said for promise, said in _TOLD_MOVED.items()},
    "follow_up_by": _l("what the child did since is followed up by %(day)s, not by %(before)s"),
}
_MET: Mapping[bool, Mapping[str, Text]] = {  # where the day is opened again, and where it is closed
    True: {
        "meeting_on": _l(
            "You are to meet the child on %(day)s, on which people work after all: "
            "if you asked whether that day still suits, say so to the child."
        )
    },
    False: {
        "meeting_on": _l(
            "You are to meet the child on %(day)s, on which nobody works now: "
            "ask the child whether that day still suits."
        ),
        "offer_on": _l(
            "You offered the child a time on %(day)s, on which nobody works now: "
            "check whether you can keep it, or offer other times."
        ),
    },
}


class DelayNoticeForm(ForChildForm):
    """Which promise, until when, and why."""

    refused_at = ("new_on", "nothing_of_case")
    promise = single_choice(
        _l("Which promise will be missed?"), {}, must=_l("Choose the promise that will be missed")
    )
    new_on = day_field(_l("What is the new date?"), must=_l("Enter the new date"))
    reason = text_for_child(
        _l("What is the reason? The child reads this"),
        must=_l("Enter the reason: the child reads it"),
    )
    nothing_of_case = nothing_of_case()

    def arguments(self) -> dict[str, object]:
        return {**super().arguments(), "promise": Promise(self.promise.data)}


def _delay_notice(facts: EventFacts) -> str:
    said = _(
        "Sent the child a delay notice (%(what)s): now by %(day)s, not by %(before)s.",
        what=labels.of(Promise(facts["promise"])),
        day=facts.day("new_on"),
        before=facts.day("old_on"),
    )
    return " ".join((said, *said_nothing(facts)))


def _redated(facts: EventFacts) -> str:
    moved = [
        str(said) % {"day": facts.day(name), "before": facts.day(f"{name}_before")}
        for name, said in _WHAT_MOVED.items()
        if name in facts
    ]
    opened = "opened_day" in facts
    said, day = [], facts.day("opened_day" if opened else "closed_day")
    if moved:
        whole = (
            _("%(day)s is a working day after all, so %(moved)s.")
            if opened
            else _("%(day)s was made a non-working day, so %(moved)s.")
        )
        said.append(whole % {"day": day, "moved": "; ".join(moved)})
    said += [str(text) % {"day": day} for name, text in _MET[opened].items() if name in facts]
    return " ".join(said)


SEND_DELAY_NOTICE = StepDeclaration(
    step=Step.SEND_DELAY_NOTICE,
    sentence=_delay_notice,
    endpoint="staff.delay_notice",
    form=DelayNoticeForm,
    act=delay_notices.send_delay_notice,
    done=_l("Saved. The child sees this first, and the Head of Practice is notified."),
)
REDATE = StepDeclaration(step=Step.REDATE, sentence=_redated)
DECLARED = (SEND_DELAY_NOTICE, REDATE)
