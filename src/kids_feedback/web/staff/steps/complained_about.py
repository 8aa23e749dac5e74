"""Who the child complains about: they, and by default their line manager, lose sight of it."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectMultipleField, StringField

from kids_feedback.domain.case.procedure import Step
from kids_feedback.services.casework import conflicts
from kids_feedback.services.casework.conflicts import NamedPerson
from kids_feedback.services.errors import ConflictOfInterest
from kids_feedback.web.kit.forms import trimmed
from kids_feedback.web.kit.translation import _
from kids_feedback.web.staff.kit.event_facts import EventFacts
from kids_feedback.web.staff.kit.forms import StepForm, long_text
from kids_feedback.web.staff.steps.declaration import StepDeclaration


class PeopleComplainedAboutForm(StepForm):
    """Everybody whom it is about. A name is looked for without leaving the page."""

    refused_at = ("may",)
    refusals = {
        ConflictOfInterest: _l("You are that line manager, so another Head of Practice decides."),
    }
    name = StringField(
        _l("Search by name"),
        description=_l("Without a name you see everybody who works in the area."),
        filters=[trimmed],
    )
    people = SelectMultipleField(
        _l("Which member of staff is it about?"),
        description=_l("Nobody ticked means: about nobody in particular."),
        choices=[],
    )
    may = SelectMultipleField(
        _l("Whose line manager may see it all the same?"),
        description=_l("Only if you decide so. Your reason stays in the history."),
        choices=[],
    )
    reason = long_text(_l("Why may they see it?"), hint=_l("Only where a line manager may see it."))

    def arguments(self) -> dict[str, object]:
        may, people = self.may.data or (), dict.fromkeys(self.people.data or ())
        workers = [
            NamedPerson(person_id=person, line_manager_may=person in may) for person in people
        ]
        return {"workers": workers, "reason": self.reason.data}


def _name_worker(facts: EventFacts) -> str:
    names = facts.all_names("people")
    if not names:
        return _("Nobody in particular is complained about.")
    if "line_manager_may" in facts:
        return _(
            (
                "The complaint is about %(names)s. Decided that a line manager may see it "
                "(%(whose)s)."
            ),
            names=names,
            whose=facts.all_names("line_manager_may"),
        )
    return _(
        ("The complaint is about %(names)s. They and their line managers can't see it."),
        names=names,
    )


NAME_WORKER = StepDeclaration(
    step=Step.NAME_WORKER,
    sentence=_name_worker,
    label=_l("Name the member of staff"),
    endpoint="staff.who",
    form=PeopleComplainedAboutForm,
    act=conflicts.name_worker,
    done=_l("Saved. They can't see it."),
)
DECLARED = (NAME_WORKER,)
