"""Getting in touch: the rules first, the number second, and each look at it kept."""

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField
from wtforms.validators import InputRequired

from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.procedure import Step
from kids_feedback.domain.case.submission import Answers, Door
from kids_feedback.services.reading import case_file, contact_rules
from kids_feedback.services.reading.case_file import Contact, of_case
from kids_feedback.web.kit import context, guard
from kids_feedback.web.kit.forms import OurForm
from kids_feedback.web.questions.catalogue import answered
from kids_feedback.web.staff.blueprint import staff
from kids_feedback.web.staff.case.contact_rules import pairs, rules_in_words
from kids_feedback.web.staff.case.heading import heading, place
from kids_feedback.web.staff.case.loader import act, look

_WHERE = {  # channel: the answers that are the number or address itself
    Method.PHONE: ("phone",),
    Method.LETTER: ("letter_address",),
    Method.EMAIL: ("email",),
}
_LOGS = (Step.LOG_TALK, Step.LOG_ATTEMPT)


class ReadForm(OurForm):
    """The rules come first."""

    read = BooleanField(
        _l("I have read the contact rules"),
        validators=[InputRequired(_l("Read how to contact the child safely, then tick this."))],
    )


@staff.get("/case/<case_id>/contact")
@guard.only(*guard.STAFF)
def contact(case_id: str) -> ResponseReturnValue:
    """How to reach the child safely: the rules, not yet the number."""
    return _page(case_id, ReadForm()), 200


@staff.post("/case/<case_id>/contact")
@guard.only(*guard.STAFF)
def open_contact(case_id: str) -> ResponseReturnValue:
    """Show the number once the rules were read, and keep that it was opened."""
    form = ReadForm()
    if not form.validate():
        return _page(case_id, form), 422
    with act(case_id) as acting:
        found = case_file.open_contact(acting)
    return _page(case_id, form, found), 200


def _page(case_id: str, form: ReadForm, found: Contact | None = None) -> str:
    with look(case_id) as opened:
        case, safe = of_case(opened), contact_rules.safe_contact(opened)
    return render_template(
        "staff/case/contact.html",
        case=case,
        head=heading(case),
        form=form,
        safely=rules_in_words(safe),
        now=context.now(),
        found=found,
        where=_where(found) if found else [],
        helper=_helper(found.helper) if found else [],
        logs=[(place(step, case.id), step) for step in _LOGS if step in case.steps],
        talk=Step.LOG_TALK,
    )


def _where(found: Contact) -> list[tuple[str, str]]:
    """Return the number or address of the channel that the child called safe, and no other."""
    names = _WHERE.get(found.tell_by, ())
    return pairs({name: value for name, value in found.details.items() if name in names})


def _helper(answers: Answers) -> list[tuple[str, str]]:
    return [
        (str(screen.title), ", ".join(texts))
        for screen, _field, texts in answered(Door.WRONG, answers, frozenset({"helper"}))
    ]
