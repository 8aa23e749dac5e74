"""Finding the area that answers for a case, and the manager who looks into it."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.validators import InputRequired

from kids_feedback.domain.case.procedure import BEFORE_ALLOCATED, Step
from kids_feedback.services.case.opened import Opened
from kids_feedback.services.case.people import colleagues, complained_about
from kids_feedback.services.case.people.complained_about import WhoItIsAbout
from kids_feedback.services.casework import workflow
from kids_feedback.services.errors import Incomplete, NothingChanged, WordsNotOpened
from kids_feedback.web.kit.translation import _
from kids_feedback.web.staff.kit.event_facts import EventFacts
from kids_feedback.web.staff.kit.forms import StepForm, choices_of, long_text, single_choice
from kids_feedback.web.staff.steps.declaration import StepDeclaration


class RouteForm(StepForm):
    """Where it goes."""

    about: WhoItIsAbout
    can_be_sent = True
    refused_at = ("place",)
    place = SelectField(
        _l("Area or office"),
        description=_l("Choose the office if you know it, otherwise the area."),
        validators=[InputRequired(_l("Choose an area or an office"))],
    )
    reason = long_text(
        _l("Why is it another area's?"),
        hint=_l("The local manager no longer has it then, and a meeting that was agreed is off."),
    )
    refusals = {NothingChanged: _l("It is in that area already. Choose another one.")}
    needed = {"reason": _l("Write why it is another area's: it stays in the history")}

    def arguments(self) -> dict[str, object]:
        area, _slash, office = self.place.data.partition("/")
        reason = self.reason.data if "reason" in self else ""
        return {"area": area, "office": office or None, "reason": reason}


class AllocateForm(StepForm):
    """Who gets it. The line manager of who it is about may, for a reason that is given here."""

    about: WhoItIsAbout
    must_read = False  # what the child said: nobody has said who it is about
    refused_at = ("manager",)
    refused_on_top = (WordsNotOpened,)
    refusals = {
        Incomplete: _l("Write why the line manager may have it."),
        WordsNotOpened: _l(
            "Open what the child said first: only who has read it knows whether it names somebody."
        ),
    }
    manager = single_choice(
        _l("Local manager"),
        {},
        must=_l("Choose a local manager"),
        hint=_l("Nobody whom it is about is listed."),
    )
    reason = long_text(
        _l("Why may the line manager have it?"),
        hint=_l("Only if you choose the line manager of somebody whom it is about."),
    )

    @property
    def can_be_sent(self) -> bool:
        """Whether there is anything to choose: not while it is open who it is about."""
        return self.about.is_settled

    def arguments(self) -> dict[str, object]:
        given = super().arguments()
        return {"manager_id": given.get("manager", ""), "reason": given.get("reason", "")}


def _places(opened: Opened, form: RouteForm) -> None:
    pairs = [("", _("Pick one"))]
    for place in colleagues.places(opened.session):
        pairs.append((place.code, _("%(area)s, office not known", area=place.name)))
        pairs += [
            (f"{place.code}/{code}", _("%(area)s, %(office)s", area=place.name, office=name))
            for code, name in place.offices
        ]
    form.place.choices = choices_of(pairs)
    if opened.row.stage in BEFORE_ALLOCATED:
        del form.reason
    form.about = complained_about.of_case(opened)


def _managers(opened: Opened, form: AllocateForm) -> None:
    form.about = complained_about.of_case(opened)
    form.must_read = not (form.about.is_said or form.about.has_read)
    if not form.can_be_sent:
        del form.manager, form.reason
        return
    is_about = bool(form.about.people)
    leading = colleagues.barred_line_managers(opened) if is_about else ()
    free = colleagues.candidates(opened, is_about=is_about)
    form.manager.choices = choices_of(
        [
            *((person.id, person.name) for person in free),
            *(
                (person.id, _("%(name)s, line manager: only with a reason", name=person.name))
                for person in leading
            ),
        ]
    )
    if not leading:
        del form.reason


def _route(facts: EventFacts) -> str:
    place, before = facts.name("area"), facts.name("area_before")
    if place and before and place != before:
        return _("Routed to %(area)s, from %(before)s.", area=place, before=before)
    return _("Routed to %(area)s.", area=place) if place else _("Routed to another area.")


def _allocate(facts: EventFacts) -> str:
    return _("Allocated to %(name)s.", name=facts.name("manager", _("a local manager")))


def _taken_back(facts: EventFacts) -> str:
    if facts["from"] == "area":
        return _("Nobody in the area may have the case, so it went back to customer service.")
    if facts["from"] == "manager":  # who is complained about, or leads somebody who is
        return _(
            "The local manager may no longer have the case, so somebody else has to go on with it."
        )
    return _(
        "The local manager does not have the case any more, so somebody else has to go on with it."
    )


ROUTE = StepDeclaration(
    step=Step.ROUTE,
    sentence=_route,
    label=_l("Route to an area"),
    slug="area",
    form=RouteForm,
    act=workflow.route,
    title=_l("Route to an area"),
    lead=_l("The Head of Practice there is notified by email."),
    button=_l("Route it there"),
    done=_l("Saved. It is with the area now."),
    template="staff/step_pages/giving_away.html",
    fill=_places,
)
ALLOCATE = StepDeclaration(
    step=Step.ALLOCATE,
    sentence=_allocate,
    label=_l("Allocate to a local manager"),
    slug="allocate",
    form=AllocateForm,
    act=workflow.allocate,
    title=_l("Allocate to a local manager"),
    lead=_l("They are notified by email, and contact the child."),
    button=_l("Allocate it to them"),
    done=_l("Saved. The case is allocated to them."),
    template="staff/step_pages/giving_away.html",
    fill=_managers,
)
TAKE_BACK = StepDeclaration(step=Step.TAKE_BACK, sentence=_taken_back)
DECLARED = (ROUTE, ALLOCATE, TAKE_BACK)
