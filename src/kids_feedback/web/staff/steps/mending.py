"""Taking a step back, and putting right what was recorded wrongly; always with a reason."""

from flask_babel import lazy_gettext as _l

from kids_feedback.domain.case.procedure import Step
from kids_feedback.services.case.opened import Opened
from kids_feedback.services.casework.answering import answers
from kids_feedback.services.casework.contact import contact_corrections
from kids_feedback.services.casework.contact.contact_corrections import NONE, Tried
from kids_feedback.services.casework.court import court_notice
from kids_feedback.web.kit.translation import _
from kids_feedback.web.staff.kit import labels
from kids_feedback.web.staff.kit.dates import short_year
from kids_feedback.web.staff.kit.event_facts import EventFacts
from kids_feedback.web.staff.kit.forms import (
    StepForm,
    WithPromises,
    choices_of,
    day_field,
    long_text,
    single_choice,
)
from kids_feedback.web.staff.steps.contacting.contact import answer_clock
from kids_feedback.web.staff.steps.declaration import StepDeclaration, plain

_STAYS = _l("Write why: it stays in the history")


class BackForm(StepForm):
    """Why a step is taken back."""

    reason = long_text(_l("Why do you take it back?"), must=_STAYS)


class StrikeForm(StepForm):
    """Why a talk is struck."""

    because = long_text(
        _l("Why was there no such talk?"), must=_STAYS, hint=_l("The child does not see this.")
    )
    talk_id = ""  # of the talk, from the address

    def arguments(self) -> dict[str, object]:
        return {"talk_id": self.talk_id, "reason": self.because.data}


class CorrectAttemptForm(StepForm):
    """What came of a try, as it was."""

    refused_at = ("result",)
    needed = {
        "result": _l("Choose what came of it. A meeting and an attempt end in different ways."),
        "next_attempt_on": _l("Enter the date of the next attempt"),
    }
    number = single_choice(
        _l("Which attempt was recorded wrongly?"), {}, must=_l("Choose the attempt")
    )
    result = single_choice(
        _l("What came of it?"),
        {
            **labels.RESULTS,
            **labels.MET,
            NONE: _l("There was no such attempt: it is not of this child"),
        },
        must=_l("Choose what came of it"),
    )
    next_attempt_on = day_field(
        _l("When is the next attempt?"),
        hint=_l("Needed if nobody has reached the child, and no date is set."),
    )
    reason = long_text(_l("Why was it recorded wrongly?"), must=_STAYS)

    def arguments(self) -> dict[str, object]:
        return {**super().arguments(), "number": int(self.number.data)}


class NotToldForm(WithPromises):
    """Before which hearing nobody was told after all."""

    refused_at = ("hearing_id",)
    hearing_id = single_choice(
        _l("Of which hearing was it recorded?"), {}, must=_l("Choose the hearing")
    )
    reason = long_text(_l("Why was it recorded wrongly?"), must=_STAYS)


def _fill_told(opened: Opened, form: NotToldForm) -> None:
    form.hearing_id.choices = choices_of(
        (row.id, short_year(row.hearing_on) if row.hearing_on else _("The hearing to come"))
        for row in court_notice.told_hearings(opened)
    )


def _not_told(facts: EventFacts) -> str:
    days = [facts.day(name) for name in ("complaint_on", "doing_on", "child_on") if name in facts]
    return _(
        "What was recorded as told to the court and the child (%(days)s) was not told. It is to be "
        "told again.",
        days=", ".join(dict.fromkeys(days)),
    )


def _fill_tries(opened: Opened, form: CorrectAttemptForm) -> None:
    form.number.choices = choices_of(
        (str(item.number), _tried(item)) for item in contact_corrections.tried(opened)
    )


def _tried(item: Tried) -> str:
    said = {"day": short_year(item.on), "result": labels.came_of(item.result)}
    if item.way is None:
        return _("%(day)s. Meeting: %(result)s", **said)
    return _("%(day)s. %(way)s: %(result)s", way=labels.way(item.way), **said)


def _attempt_corrected(facts: EventFacts) -> str:
    said = {"day": facts.day("tried_on"), "before": labels.came_of(facts["before"])}
    if "result" not in facts:
        return _(
            "What was recorded for %(day)s (%(before)s) was none: there was no such attempt.",
            **said,
        )
    return _(
        "What was recorded for %(day)s is put right: %(result)s, not: %(before)s.",
        result=labels.came_of(facts["result"]),
        **said,
    )


def _struck(facts: EventFacts) -> str:
    said = [
        _(
            "Struck the talk on %(day)s: there was none with this child. The child is told so.",
            day=facts.day("talk_on"),
        )
    ]
    if "answer_by_off" in facts:
        said.append(_("The answer is no longer due by %(day)s.", day=facts.day("answer_by_off")))
    return " ".join([*said, *answer_clock(facts)])


STRIKE_TALK = StepDeclaration(
    step=Step.STRIKE_TALK,
    sentence=_struck,
    endpoint="staff.correct_talk",
    form=StrikeForm,
    act=contact_corrections.strike_talk,
    done=_l("Saved. The talk is struck, and the child can read that."),
)
DECLARED = (
    StepDeclaration(
        step=Step.RECALL_ANSWER,
        sentence=plain(_l("Took the answer back before it was checked.")),
        label=_l("Take the answer back"),
        slug="recall",
        form=BackForm,
        act=answers.recall,
        title=_l("Take the answer back"),
        lead=_l("Then you can write on, and submit it again."),
        button=_l("Take the answer back"),
        done=_l("Saved. You can write on."),
    ),
    StepDeclaration(
        step=Step.TAKE_APPROVAL_BACK,
        sentence=plain(_l("Took the approval of the answer back.")),
        label=_l("Take the approval back"),
        slug="take-approval-back",
        form=BackForm,
        act=answers.take_approval_back,
        title=_l("Take the approval back"),
        lead=_l("The answer waits to be checked again. The local manager is notified by email."),
        button=_l("Take the approval back"),
        done=_l("Saved. The answer waits to be checked again."),
    ),
    STRIKE_TALK,
    StepDeclaration(
        step=Step.TAKE_NOTICE_BACK,
        sentence=_not_told,
        slug="court-not-told",
        form=NotToldForm,
        act=court_notice.take_back,
        title=_l("The court has not been told after all"),
        lead=_l(
            "If it was recorded by mistake, or with a wrong date. It is to be told again then, and "
            "the child reads that the court does not know yet."
        ),
        fill=_fill_told,
    ),
    StepDeclaration(
        step=Step.CORRECT_ATTEMPT,
        sentence=_attempt_corrected,
        slug="correct-attempt",
        form=CorrectAttemptForm,
        act=contact_corrections.correct_attempt,
        title=_l("Put an attempt right"),
        lead=_l("What was recorded first stays in the history."),
        fill=_fill_tries,
    ),
)
