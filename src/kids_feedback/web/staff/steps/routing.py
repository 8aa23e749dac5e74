"""Finding the area that answers for a case, and the manager who looks into it."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.validators import InputRequired

from kids_feedback.domain.case.procedure import Step
from kids_feedback.services.case import colleagues
from kids_feedback.services.case.opened import Opened
from kids_feedback.services.casework import workflow
from kids_feedback.web.kit.translation import _
from kids_feedback.web.staff.kit.event_facts import EventFacts
from kids_feedback.web.staff.kit.forms import StepForm, choices_of, single_choice
from kids_feedback.web.staff.steps.declaration import StepDeclaration


class RouteForm(StepForm):
    """Where it goes."""

    refused_at = ("place",)
    place = SelectField(
        _l("Area or office"),
        description=_l("Pick the office if you know it, else the area."),
        validators=[InputRequired(_l("Pick where this goes"))],
    )

    def arguments(self) -> dict[str, object]:
        area, _slash, office = self.place.data.partition("/")
        return {"area": area, "office": office or None}


class AllocateForm(StepForm):
    """Who gets it."""

    refused_at = ("manager",)
    manager = single_choice(
        _l("Local manager"),
        {},
        must=_l("Pick who gets this"),
        hint=_l("Only those who may have this one are listed."),
    )

    def arguments(self) -> dict[str, object]:
        return {"manager_id": self.manager.data}


def _places(opened: Opened, form: RouteForm) -> None:
    pairs = [("", _("Pick one"))]
    for place in colleagues.places(opened.session):
        pairs.append((place.code, _("%(area)s, office not known", area=place.name)))
        pairs += [
            (f"{place.code}/{code}", _("%(area)s, %(office)s", area=place.name, office=name))
            for code, name in place.offices
        ]
    form.place.choices = choices_of(pairs)


def _managers(opened: Opened, form: AllocateForm) -> None:
    found = colleagues.candidates(opened)
    form.manager.choices = choices_of((row.id, row.name) for row in found)


def _route(facts: EventFacts) -> str:
    place = facts.name("area")
    return _("Sent to %(area)s.", area=place) if place else _("Sent to another area.")


def _allocate(facts: EventFacts) -> str:
    return _("Given to %(name)s.", name=facts.name("manager", _("a local manager")))


def _taken_back(facts: EventFacts) -> str:
    if facts["from"] == "area":
        return _("Nobody in the area may have it, so it went back to customer service.")
    return _("The local manager may not have it any more, so it waits to be given again.")


ROUTE = StepDeclaration(
    step=Step.ROUTE,
    sentence=_route,
    label=_l("Send it to the right area"),
    slug="area",
    form=RouteForm,
    act=workflow.route,
    title=_l("Send it to the right area"),
    lead=_l("The Head of Practice there gets an email that something waits."),
    button=_l("Send it there"),
    done=_l("Saved. It is with the area now."),
    fill=_places,
)
ALLOCATE = StepDeclaration(
    step=Step.ALLOCATE,
    sentence=_allocate,
    label=_l("Give it to a local manager"),
    slug="allocate",
    form=AllocateForm,
    act=workflow.allocate,
    title=_l("Give it to a local manager"),
    lead=_l("They get an email that something waits, and get in touch with the child."),
    button=_l("Give it to them"),
    done=_l("Saved. They have it now."),
    fill=_managers,
)
TAKE_BACK = StepDeclaration(step=Step.TAKE_BACK, sentence=_taken_back)
DECLARED = (ROUTE, ALLOCATE, TAKE_BACK)
