"""Who the child complains about: they, and by default their line manager, lose sight of it."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, SelectMultipleField, StringField
from wtforms.validators import ValidationError

from kids_feedback.domain.case.procedure import Step
from kids_feedback.services.case.people.complained_about import Concerned, WhoItIsAbout
from kids_feedback.services.case.people.workers import Worker
from kids_feedback.services.casework import conflicts
from kids_feedback.services.casework.conflicts import NamedPerson
from kids_feedback.services.errors import ConflictOfInterest, WordsNotOpened
from kids_feedback.web.kit.forms import trimmed
from kids_feedback.web.kit.translation import _
from kids_feedback.web.staff.kit.event_facts import EventFacts
from kids_feedback.web.staff.kit.forms import StepForm, choices_of, long_text
from kids_feedback.web.staff.steps.declaration import StepDeclaration


class PeopleComplainedAboutForm(StepForm):
    """Everybody whom it is about. A name is looked for without leaving the page."""

    must_read = False  # what the child said: this person has not opened it
    refused_at = ("may",)
    refused_on_top = (WordsNotOpened,)
    refusals = {
        ConflictOfInterest: _l("You are that line manager, so another Head of Practice decides."),
        WordsNotOpened: _l(
            "Open what the child said first: only who has read it can say who it is about."
        ),
    }
    name = StringField(
        _l("Search by name"),
        description=_l(
            "For somebody who is not in the list below. Who has left in the last two years is "
            "found, too."
        ),
        filters=[trimmed],
    )
    people = SelectMultipleField(
        _l("Which member of staff is it about?"),
        description=_l("Tick who it is. Whoever you leave out can see the case as usual."),
        choices=[],
    )
    none = BooleanField(_l("None of these, or nobody in particular"))
    may = SelectMultipleField(
        _l("Whose line manager may see it all the same?"),
        description=_l("Only if you decide so. Your reason stays in the history."),
        choices=[],
    )
    reason = long_text(_l("Why may they see it?"), hint=_l("Only where a line manager may see it."))
    about: WhoItIsAbout  # what the child typed, and whom it may mean

    def fill(self, about: WhoItIsAbout, found: Iterable[Worker]) -> None:
        """Offer who may be meant, who is named, and who was ticked or found; in this order."""
        self.about = about
        offered = {item.worker.id: _label(item) for item in about.people}
        workers = {item.worker.id: item.worker for item in about.people}
        for worker in found:
            offered.setdefault(worker.id, described(worker))
            workers.setdefault(worker.id, worker)
        self.people.choices = choices_of(offered.items())
        self.may.choices = choices_of(
            (key, _of_manager(worker)) for key, worker in workers.items() if worker.line_manager
        )

    def validate_people(self, field: Field) -> None:
        if field.data and self.none.data:
            raise ValidationError(_("You ticked somebody and also “None of these”. Untick one."))
        if not field.data and not self.none.data and not self.about.is_settled:
            raise ValidationError(_("Tick who it is, or tick “None of these”."))

    def arguments(self) -> dict[str, object]:
        may, people = self.may.data or (), dict.fromkeys(self.people.data or ())
        workers = [
            NamedPerson(person_id=person, line_manager_may=person in may) for person in people
        ]
        return {
            "workers": workers,
            "reason": self.reason.data,
            "none_of_them": bool(self.none.data),
        }


def described(worker: Worker) -> str:
    """Return a name with what tells it from a namesake."""
    facts = [worker.name, *worker.places]
    if worker.line_manager:
        facts.append(_("line manager: %(name)s", name=worker.line_manager))
    if worker.has_left:
        facts.append(_("has left"))
    return ", ".join(facts)


def _label(item: Concerned) -> str:
    who = described(item.worker)
    return who if item.certain else _("Perhaps meant: %(who)s", who=who)


def _of_manager(worker: Worker) -> str:
    return _("%(manager)s, line manager of %(name)s", manager=worker.line_manager, name=worker.name)


def _name_worker(facts: EventFacts) -> str:
    said = _named(facts)
    if not_meant := facts.all_names("not_meant"):
        said += " " + _("It is not about %(names)s.", names=not_meant)
    return said


def _named(facts: EventFacts) -> str:
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
    label=_l("Say who it is about"),
    endpoint="staff.who",
    form=PeopleComplainedAboutForm,
    act=conflicts.name_worker,
)
DECLARED = (NAME_WORKER,)
