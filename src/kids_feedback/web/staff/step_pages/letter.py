"""Writing to the child behind the secret words, beside what was written before."""

from flask import render_template
from flask.typing import ResponseReturnValue

from kids_feedback.domain.case.procedure import Step
from kids_feedback.domain.errors import EditConflict
from kids_feedback.services.case.events import events_of
from kids_feedback.services.case.letters import letters_of
from kids_feedback.services.reading import contact_rules
from kids_feedback.services.reading.case_file import of_case
from kids_feedback.web.kit import guard
from kids_feedback.web.kit.translation import _
from kids_feedback.web.staff.blueprint import staff
from kids_feedback.web.staff.case.contact_rules import rules_in_words
from kids_feedback.web.staff.case.heading import heading
from kids_feedback.web.staff.case.loader import look, onwards, open_at, shown_again, take
from kids_feedback.web.staff.steps.contacting.letters import LONGEST, WRITE_TO_CHILD, LetterForm


@staff.get("/case/<case_id>/message")
@guard.only(*guard.STAFF)
def write_to_child(case_id: str) -> ResponseReturnValue:
    """Show what was written before, and room for a message."""
    return _page(case_id), 200


@staff.post("/case/<case_id>/message")
@guard.only(*guard.STAFF)
def send_to_child(case_id: str) -> ResponseReturnValue:
    """Send it. Where somebody saved first, the words stay, to be looked at once more."""
    form = LetterForm()
    try:
        if saved := take(case_id, WRITE_TO_CHILD, form):
            return onwards(saved, str(WRITE_TO_CHILD.done))
    except EditConflict:
        form.form_errors.append(
            _("Something else was saved meanwhile. Look at it, then send your message again.")
        )
        return _page(case_id, form, anew=True), 409
    return shown_again(case_id, form, lambda: _page(case_id, form))


def _page(case_id: str, form: LetterForm | None = None, *, anew: bool = False) -> str:
    """Return the page with what was typed; ``anew``: sent once more, it is of the case as it is."""
    with look(case_id) as opened:
        case = of_case(opened) if form else open_at(opened, Step.WRITE_TO_CHILD)
        written = letters_of(opened, events_of(opened, Step.ADD))
        safe = contact_rules.safe_contact(opened)
    form = form or LetterForm(formdata=None, data={"seen": case.version})
    form.ask_of(case)
    return render_template(
        "staff/step_pages/letter.html",
        case=case,
        head=heading(case),
        form=form,
        seen=case.version if anew else form.seen._value(),
        written=written,
        safely=rules_in_words(safe),
        longest=LONGEST,
    )
