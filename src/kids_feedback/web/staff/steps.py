"""The small pages, one a step: each is a form and the one service call behind its button."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from kids_feedback.domain.contact import Method
from kids_feedback.domain.people import Person
from kids_feedback.domain.procedure import Step
from kids_feedback.services import answers, casework, colleagues, lateness, talks
from kids_feedback.services.casefile import CaseFile
from kids_feedback.services.cases import Saved
from kids_feedback.services.talks import Result, Way
from kids_feedback.web import guard
from kids_feedback.web.staff import labels, letters, step_forms
from kids_feedback.web.staff.forms import SeenForm, choices_of
from kids_feedback.web.staff.heading import SLUGS
from kids_feedback.web.staff.opening import Moment
from kids_feedback.web.staff.wording import _

_SAVE = _l("Save")
Act = Callable[[Any, str, Person, Any, Moment], Saved]


def _nothing_to_fill(db: Any, case: CaseFile, form: Any) -> None:
    """Most forms ask nothing that depends on the case."""


@dataclass(frozen=True, kw_only=True)
class StepPage:
    """One step's page."""

    step: Step
    form: type[SeenForm]
    act: Act
    title: Any
    lead: Any = ""
    button: Any = _SAVE
    done: Any  # what is said afterwards
    fill: Callable[[Any, CaseFile, Any], None] = _nothing_to_fill  # the choices
    refused_at: str = ""  # the field beside which a refusal stands


def _acknowledge(db: Any, case_id: str, person: Person, form: Any, at: Moment) -> Saved:
    return casework.acknowledge(
        db, case_id, person, wording=letters.a_message_waits, seen=form.seen.data, **at
    )


def _route(db: Any, case_id: str, person: Person, form: Any, at: Moment) -> Saved:
    area, _slash, office = form.place.data.partition("/")
    return casework.route(
        db, case_id, person, area=area, office=office or None, seen=form.seen.data, **at
    )


def _give(db: Any, case_id: str, person: Person, form: Any, at: Moment) -> Saved:
    return casework.give(
        db, case_id, person, manager_id=form.manager.data, seen=form.seen.data, **at
    )


def _log_try(db: Any, case_id: str, person: Person, form: Any, at: Moment) -> Saved:
    return talks.log_try(
        db,
        case_id,
        person,
        way=Way(form.way.data),
        result=Result(form.result.data),
        next_try_on=form.next_try_on.data,
        note=form.note.data,
        seen=form.seen.data,
        **at,
    )


def _log_talk(db: Any, case_id: str, person: Person, form: Any, at: Moment) -> Saved:
    return talks.log_talk(
        db,
        case_id,
        person,
        talk_on=form.talk_on.data,
        way=Way(form.way.data),
        present=form.present.data,
        wants=form.wants.data,
        still_wants=form.still_wants.data == "yes",
        seen=form.seen.data,
        **at,
    )


def _deliver(db: Any, case_id: str, person: Person, form: Any, at: Moment) -> Saved:
    return answers.deliver(
        db,
        case_id,
        person,
        how=Method(form.how.data),
        wording=letters.a_message_waits,
        seen=form.seen.data,
        **at,
    )


def _pass_on(db: Any, case_id: str, person: Person, form: Any, at: Moment) -> Saved:
    return casework.pass_on(
        db,
        case_id,
        person,
        told=form.told.data == "yes",
        note=form.note.data,
        seen=form.seen.data,
        **at,
    )


def _say_ended(db: Any, case_id: str, person: Person, form: Any, at: Moment) -> Saved:
    return lateness.say_ended(
        db,
        case_id,
        person,
        ended_on=form.ended_on.data,
        circumstances=form.circumstances.data,
        seen=form.seen.data,
        **at,
    )


def _close(db: Any, case_id: str, person: Person, form: Any, at: Moment) -> Saved:
    return casework.close(db, case_id, person, note=form.note.data, seen=form.seen.data, **at)


def _places(db: Any, case: CaseFile, form: Any) -> None:
    pairs = [("", _("Pick one"))]
    for place in colleagues.places(db):
        pairs.append((place.code, _("%(area)s, office not known", area=place.name)))
        pairs += [
            (f"{place.code}/{code}", _("%(area)s, %(office)s", area=place.name, office=name))
            for code, name in place.offices
        ]
    form.place.choices = choices_of(pairs)


def _managers(db: Any, case: CaseFile, form: Any) -> None:
    found = colleagues.candidates(db, case.id, guard.person())
    form.manager.choices = choices_of((each.id, each.name) for each in found)


def _ways(db: Any, case: CaseFile, form: Any) -> None:
    ways = answers.read(db, case.id, guard.person()).ways
    form.how.choices = choices_of((way, labels.of(way)) for way in ways)


PAGES: Mapping[str, StepPage] = {
    SLUGS[page.step]: page
    for page in (
        StepPage(
            step=Step.ACKNOWLEDGE,
            form=step_forms.PlainForm,
            act=_acknowledge,
            title=_l("Say that you have read it"),
            lead=_l(
                "Read what the child said first. "
                "Then the child sees that somebody did, and gets an email if that is safe."
            ),
            button=_l("I have read it"),
            done=_l("Saved. The child can see that you have read it."),
        ),
        StepPage(
            step=Step.ROUTE,
            form=step_forms.RouteForm,
            act=_route,
            title=_l("Send it to the right area"),
            lead=_l("The Head of Practice there gets an email that something waits."),
            button=_l("Send it there"),
            done=_l("Saved. It is with the area now."),
            fill=_places,
            refused_at="place",
        ),
        StepPage(
            step=Step.GIVE,
            form=step_forms.GiveForm,
            act=_give,
            title=_l("Give it to a local manager"),
            lead=_l("They get an email that something waits, and get in touch with the child."),
            button=_l("Give it to them"),
            done=_l("Saved. They have it now."),
            fill=_managers,
            refused_at="manager",
        ),
        StepPage(
            step=Step.LOG_TRY,
            form=step_forms.TryForm,
            act=_log_try,
            title=_l("Log a try to reach the child"),
            lead=_l("A try does not start the answer clock. Only a talk does."),
            done=_l("Saved."),
            refused_at="next_try_on",
        ),
        StepPage(
            step=Step.LOG_TALK,
            form=step_forms.TalkForm,
            act=_log_talk,
            title=_l("Log the talk"),
            lead=_l(
                "The first talk about it starts the clock: "
                "the child gets a written answer within 20 working days."
            ),
            button=_l("Save the talk"),
            done=_l("Saved."),
            refused_at="talk_on",
        ),
        StepPage(
            step=Step.DELIVER,
            form=step_forms.DeliverForm,
            act=_deliver,
            title=_l("Give the child the answer"),
            lead=_l("Do this when it goes out. From then on it is behind the secret words, too."),
            button=_l("The child has it from today"),
            done=_l("Saved. The answer is there for the child."),
            fill=_ways,
            refused_at="how",
        ),
        StepPage(
            step=Step.PASS_ON,
            form=step_forms.PassOnForm,
            act=_pass_on,
            title=_l("Pass it on"),
            lead=_l("The person is told only if the child said so."),
            button=_l("Save and close"),
            done=_l("Saved and closed."),
            refused_at="told",
        ),
        StepPage(
            step=Step.SAY_ENDED,
            form=step_forms.EndedForm,
            act=_say_ended,
            title=_l("Say when our work with the child ended"),
            lead=_l(
                "A complaint that comes more than six months after that is late. "
                "It is never refused for that: get in touch with the child all the same."
            ),
            done=_l("Saved."),
            refused_at="ended_on",
        ),
        StepPage(
            step=Step.CLOSE,
            form=step_forms.CloseForm,
            act=_close,
            title=_l("Close it"),
            lead=_l("It leaves the queue. The child can still read everything."),
            button=_l("Close it"),
            done=_l("Closed."),
        ),
    )
}
