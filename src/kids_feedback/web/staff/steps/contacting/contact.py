"""Reaching the child, and the talk that starts the clock."""

from collections.abc import Iterator, Mapping
from typing import ClassVar

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, TextAreaField

from kids_feedback.domain.case.procedure import Step
from kids_feedback.services.case.opened import Opened
from kids_feedback.services.casework.contact import contact_corrections, contact_log
from kids_feedback.services.casework.contact.contact_log import AttemptResult, Channel
from kids_feedback.services.errors import NothingWritten
from kids_feedback.web.kit.text import Text
from kids_feedback.web.kit.translation import _
from kids_feedback.web.staff.kit import labels
from kids_feedback.web.staff.kit.event_facts import EventFacts
from kids_feedback.web.staff.kit.forms import StepForm, day_field, long_text, single_choice
from kids_feedback.web.staff.steps.declaration import StepDeclaration, plain

_WAY = _l("Choose the method")


def _why_way() -> TextAreaField:
    return long_text(_l("Why not the way that the child chose?"), limit=500)


class WayForm(StepForm):
    """What is asked where the way may not be one that the child chose."""

    why_way: TextAreaField
    needed: ClassVar[Mapping[str, Text]] = {
        "why_way": _l("Say why it was not the way that the child chose"),
        "next_attempt_on": _l("Enter the date of the next attempt"),
    }


class AttemptForm(WayForm):
    """A try that was not yet the talk."""

    refused_at = ("next_attempt_on",)
    refusals = {
        NothingWritten: _l(
            "A message on this website is written on its own page, “Write to the child”. "
            "That is the contact attempt: log nothing here."
        )
    }
    way = single_choice(_l("How did you try to contact the child?"), labels.WAYS, must=_WAY)
    why_way = _why_way()
    child_agreed = BooleanField(_l("The child agreed to this other way"))
    result = single_choice(
        _l("What was the result?"),
        labels.RESULTS,
        must=_l("Choose the result"),
    )
    next_attempt_on = day_field(
        _l("When is the next attempt?"),
        hint=_l("Needed unless you reached the child. The queue shows it to you on that day."),
    )
    note = long_text(_l("Notes"), hint=_l("You can leave this empty."))

    def arguments(self) -> dict[str, object]:
        ways = {"way": Channel(self.way.data), "result": AttemptResult(self.result.data)}
        return super().arguments() | ways


class TalkForm(WayForm):
    """The talk that starts the clock."""

    refused_at = ("talk_on",)
    refusals = {
        NothingWritten: _l(
            "The child has not opened any message on this website, so it was not there that you "
            "talked. Choose another method, or write to the child first."
        )
    }
    talk_on = day_field(
        _l("On which date did you talk with the child?"), must=_l("Enter the date of the talk")
    )
    way = single_choice(_l("How did you talk?"), labels.WAYS, must=_WAY)
    why_way = _why_way()
    present = long_text(_l("Who was present?"), must=_l("Enter who was present"), limit=500)
    wants = long_text(
        _l("What does the child want, in their words?"), must=_l("Enter what the child wants")
    )
    read_back = BooleanField(_l("I read this back to the child, and they said that it is right"))
    still_wants = single_choice(
        _l("Does the child still want us to look into it?"),
        {
            "yes": _l("Yes: look into it, and write to them"),
            "no": _l("No: keep it as a note, without a written answer"),
        },
        must=_l("Choose what the child said"),
    )

    def arguments(self) -> dict[str, object]:
        return {
            "talk_on": self.talk_on.data,
            "way": Channel(self.way.data),
            "present": self.present.data,
            "wants": self.wants.data,
            "still_wants": self.still_wants.data == "yes",
            "why_way": self.why_way.data if "why_way" in self else "",
        }


class CorrectForm(StepForm):
    """A talk as it was, where something else was kept."""

    refused_at = ("talk_on",)
    talk_on = day_field(_l("On which date was the talk?"), must=_l("Enter the date of the talk"))
    way = single_choice(_l("How did you talk?"), labels.WAYS, must=_WAY)
    present = long_text(_l("Who was present?"), must=_l("Enter who was present"), limit=500)
    wants = long_text(
        _l("What does the child want, in their words?"), must=_l("Enter what the child wants")
    )
    reason = long_text(
        _l("Why was it recorded otherwise?"), must=_l("Enter the reason: it stays in the history")
    )
    talk_id = ""  # of the talk, from the address

    def arguments(self) -> dict[str, object]:
        said = super().arguments()
        return {**said, "way": Channel(self.way.data), "talk_id": self.talk_id}


def _ask_the_way(opened: Opened, form: WayForm) -> None:
    """Say what the child chose, and ask for the reason only where they chose something."""
    method = opened.row.method
    if method is None:
        del form.why_way
        if "child_agreed" in form:
            del form["child_agreed"]
        return
    chosen = contact_log.chosen_ways(opened)
    named = [labels.of(way) for way in Channel if way in chosen] or [labels.of(method)]
    form.why_way.description = _(
        "The child chose: %(ways)s. Fill this in only if it was another way.",
        ways=", ".join(named),
    )


def _log_attempt(facts: EventFacts) -> str:
    return " ".join([_attempt(facts), *_other_way(facts)])


def _other_way(facts: EventFacts) -> Iterator[str]:
    if "child_agreed" in facts:
        yield _("It was not the way that the child chose, and the child agreed to it.")
    elif "another_way" in facts:
        yield _("It was not the way that the child chose.")


def _attempt(facts: EventFacts) -> str:
    tried = {"way": labels.way(facts["way"]), "result": labels.of(AttemptResult(facts["result"]))}
    if "next_try_on" in facts:
        return _(
            "Contact attempt. %(way)s: %(result)s. Next attempt on %(day)s.",
            day=facts.day("next_try_on"),
            **tried,
        )
    return _("Contact attempt. %(way)s: %(result)s.", **tried)


def _log_talk(facts: EventFacts) -> str:
    return " ".join([_talk(facts), *_other_way(facts), *answer_clock(facts)])


def _talk(facts: EventFacts) -> str:
    talk = {"day": facts.day("talk_on"), "way": labels.way(facts["way"])}
    if "to_confirm" in facts:
        return _(
            (
                "Talked with the child on %(day)s. %(way)s. We heard that it should stop: the "
                "child is asked whether that is right, and until then it goes on."
            ),
            **talk,
        )
    if "still_wants" not in facts:  # of feelings, and of what is older than that question
        return _(
            (
                "Talked with the child on %(day)s. %(way)s. The child does not want it looked "
                "into: it is now a note."
            ),
            **talk,
        )
    return _("Talked with the child on %(day)s. %(way)s.", **talk)


def _talk_corrected(facts: EventFacts) -> str:
    return " ".join([*_put_right(facts), *answer_clock(facts)])


def _put_right(facts: EventFacts) -> Iterator[str]:
    day = facts.day("talk_on")
    if facts["from"] != facts["talk_on"]:
        yield _("The talk was on %(day)s, not on %(before)s.", day=day, before=facts.day("from"))
    if "way" in facts:
        yield _(
            "The talk on %(day)s was: %(way)s, not: %(before)s.",
            day=day,
            way=labels.way(facts["way"]),
            before=labels.way(facts["way_before"]),
        )
    if "words" in facts:
        yield _("Put right what was said in the talk on %(day)s.", day=day)


def answer_clock(facts: EventFacts) -> Iterator[str]:
    """Yield where the clock of the answer stands after it."""
    if "answer_by_before" in facts:
        yield _(
            "The answer is now due by %(day)s, not by %(before)s.",
            day=facts.day("answer_by"),
            before=facts.day("answer_by_before"),
        )
    elif "answer_by" in facts:
        yield _("The answer clock started: due by %(day)s.", day=facts.day("answer_by"))


LOG_ATTEMPT = StepDeclaration(
    step=Step.LOG_ATTEMPT,
    sentence=_log_attempt,
    label=_l("Get in touch"),
    quiet_label=_l("Log a contact attempt"),
    slug="attempt",
    form=AttemptForm,
    act=contact_log.log_attempt,
    title=_l("Log a contact attempt"),
    lead=_l(
        "A contact attempt does not start the answer clock. Only a talk does. "
        "Only reaching the child keeps the promise to be in touch."
    ),
    fill=_ask_the_way,
)
LOG_TALK = StepDeclaration(
    step=Step.LOG_TALK,
    sentence=_log_talk,
    label=_l("Talk with the child, then log the talk"),
    slug="talk",
    form=TalkForm,
    act=contact_log.log_talk,
    title=_l("Log the talk"),
    lead=_l(
        "The first talk about it starts the clock: "
        "the child gets a written answer within 20 working days."
    ),
    button=_l("Save the talk"),
    fill=_ask_the_way,
)
RING_ANYWAY = StepDeclaration(
    step=Step.RING_ANYWAY,
    sentence=plain(_l("Rang outside the times for ringing this child.")),
    endpoint="staff.contact",
)
CORRECT_TALK = StepDeclaration(
    step=Step.CORRECT_TALK,
    sentence=_talk_corrected,
    endpoint="staff.correct_talk",
    form=CorrectForm,
    act=contact_corrections.correct_talk,
)
DECLARED = (LOG_ATTEMPT, LOG_TALK, CORRECT_TALK, RING_ANYWAY)
