"""Getting in touch: the rules first, the number second, and each look at it kept."""

import re
from collections.abc import Iterator, Mapping

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField
from wtforms.validators import InputRequired

from kids_feedback.domain.case.contact import Method, asked_for_times, is_good_time
from kids_feedback.domain.case.procedure import Step
from kids_feedback.domain.case.requests import Asked
from kids_feedback.domain.case.submission import Answers, Door
from kids_feedback.domain.people import Role
from kids_feedback.services.case.events import events_of
from kids_feedback.services.casework.contact import supporters
from kids_feedback.services.casework.contact.supporters import CheckedSupporter
from kids_feedback.services.reading import contact_rules, opened_words
from kids_feedback.services.reading.case_file import of_case
from kids_feedback.services.reading.opened_words import Contact
from kids_feedback.web.kit import context, guard
from kids_feedback.web.kit.forms import OurForm, not_right
from kids_feedback.web.kit.text import Text
from kids_feedback.web.kit.translation import _
from kids_feedback.web.questions.catalogue import answered
from kids_feedback.web.staff.blueprint import staff
from kids_feedback.web.staff.case.contact_rules import pairs, rules_in_words
from kids_feedback.web.staff.case.heading import heading, place
from kids_feedback.web.staff.case.loader import act, look, shown_again
from kids_feedback.web.staff.kit import labels
from kids_feedback.web.staff.kit.dates import short_year
from kids_feedback.web.staff.kit.forms import long_text
from kids_feedback.web.staff.steps.contacting.request_sentences import asked_for
from kids_feedback.web.staff.steps.registry import STEPS

_WHERE = {  # channel: the answers that are the number or address itself
    Method.PHONE: ("phone",),
    Method.LETTER: ("letter_address",),
    Method.EMAIL: ("email",),
}
_WHO: Mapping[str, Text] = {  # for a manager; the child was asked in other words
    "supporter": _l("Wants a supporter"),
    "supporter_name": _l("Supporter's name"),
    "supporter_link": _l("How the child knows them"),
    "supporter_party": _l("Part of the court case, as the child says"),
    "supporter_instead": _l("Instead of somebody in the court case"),
}
_AFTERWARDS = (
    Step.DECIDE_REQUEST,
    Step.PROPOSE_WAY,
    Step.CONFIRM_WAY,
    Step.LOG_TALK,
    Step.LOG_ATTEMPT,
    Step.WRITE_TO_CHILD,
    Step.CHECK_SUPPORTER,
)
_DIALLED = re.compile(r"[+0-9]")


class ReadForm(OurForm):
    """The rules come first."""

    read = BooleanField(
        _l("I have read the contact rules"),
        validators=[InputRequired(_l("Read how to contact the child safely, then tick this."))],
    )


class RingForm(OurForm):
    """Why the child is rung at a time that is not one for ringing them."""

    reason = long_text(
        _l("Why ring now?"),
        must=_l("Say why you ring now"),
        limit=500,
    )


@staff.get("/case/<case_id>/contact")
@guard.only(*guard.STAFF)
def contact(case_id: str) -> ResponseReturnValue:
    """How to reach the child safely: the rules, not yet the number."""
    return _page(case_id), 200


@staff.post("/case/<case_id>/contact")
@guard.only(*guard.STAFF)
def open_contact(case_id: str) -> ResponseReturnValue:
    """Show the number once the rules were read, and keep that it was opened."""
    form = ReadForm()
    if not form.validate():
        return shown_again(case_id, form, lambda: _page(case_id, form))
    with act(case_id) as acting:
        found = opened_words.open_contact(acting)
    return _page(case_id, form, found), 200


@staff.post("/case/<case_id>/contact/now")
@guard.only(Role.LOCAL_MANAGER)
def ring_anyway(case_id: str) -> ResponseReturnValue:
    """Keep why the child is rung outside the times for that, and show the number."""
    why = RingForm()
    if not why.validate():
        at = url_for("staff.contact", case_id=case_id)
        return shown_again(case_id, why, lambda: _page(case_id, why=why), at=at)
    with act(case_id) as acting:
        found = opened_words.ring_anyway(acting, reason=why.reason.data)
    return _page(case_id, found=found, why=why, may_ring=True), 200


def _page(
    case_id: str,
    form: ReadForm | None = None,
    found: Contact | None = None,
    why: RingForm | None = None,
    *,
    may_ring: bool = False,
) -> str:
    with look(case_id) as opened:
        case, safe = of_case(opened), contact_rules.safe_contact(opened)
        lines = events_of(opened, *supporters.OF_SUPPORTERS) if found else []
    read, why = form or ReadForm(formdata=None), why or RingForm(formdata=None)
    by_phone = found is not None and found.tell_by is Method.PHONE
    where = _where(found) if found else []
    asks_why = (bool(by_phone and where) and not safe.not_used) or bool(why.errors)
    local = context.now().astimezone(context.settings().timezone)
    used = found is not None and not found.not_used
    good = may_ring or is_good_time(safe.rules.get("phone_when", ()), local)
    return render_template(
        "staff/case/contact.html",
        case=case,
        head=heading(case),
        form=not_right(read, why),
        read=read,
        why=why,
        asked_times=_asked_times(safe.rules) if asks_why and not good else None,
        may_say_why=Step.RING_ANYWAY in case.steps,
        dials=_dials(found) if found and by_phone and good and used else "",
        safely=rules_in_words(safe),
        now=context.now(),
        found=found,
        where=where,
        asked=[*_asked_instead(found)] if found else [],
        helper=[*_helper(found.helper), *_check(supporters.standing(lines))] if found else [],
        logs=[
            (place(step, case.id), str(STEPS[step].title))
            for step in _AFTERWARDS
            if step in case.steps
        ],
    )


def _where(found: Contact) -> list[tuple[str, str]]:
    """Return the number or address of the channel that the child called safe, and no other."""
    names = _WHERE.get(found.tell_by, ())
    return pairs({name: value for name, value in found.details.items() if name in names})


def _asked_instead(found: Contact) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield what is asked for instead: what, when and how, and what was given."""
    for item in found.asked:
        if item.what is not Asked.STOP:
            shown = pairs(item.given) if item.what is Asked.WAY else _helper(item.given)
            yield asked_for(item.what, item.asked_on, item.asked_again_on), shown


def _dials(found: Contact) -> str:
    """Return the number as a phone dials it."""
    number = found.details.get("phone", "")
    return "".join(_DIALLED.findall(number if isinstance(number, str) else ""))


def _asked_times(rules: Answers) -> str:
    """Return at which times the child said that it is safe to ring; empty: by day."""
    asked = rules.get("phone_when", ())
    if not asked_for_times(asked):
        return ""
    return ", ".join(text for _label, text in pairs({"phone_when": asked}))


def _helper(answers: Answers) -> list[tuple[str, str]]:
    """Return who comes along. Each answer says what it is, not only which page asked for it."""
    return [
        (str(_WHO.get(field.name) or screen.title), ", ".join(texts))
        for screen, field, texts in answered(Door.WRONG, answers, frozenset({"helper"}))
    ]


def _check(checked: CheckedSupporter | None) -> Iterator[tuple[str, str]]:
    """Yield what staff found out about them."""
    if checked:
        yield (
            _("Checked by %(name)s on %(day)s", name=checked.who, day=short_year(checked.on)),
            labels.of(checked.result),
        )
