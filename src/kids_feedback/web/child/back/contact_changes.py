"""Ask for another way to get in touch, or another supporter: the same questions, in their own flow.

It is a request: until a person has made sure that it is the child, all stays as it is (ruling R28).

What was given before is never shown: a found slip of words gives no number and no name away.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from kids_feedback.domain.case import contact
from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.follow_ups import FollowUp
from kids_feedback.domain.case.requests import Asked
from kids_feedback.domain.case.submission import Answers
from kids_feedback.services.case.alarms import When
from kids_feedback.services.child import case_status, intake, requests
from kids_feedback.web.child import drafts, receipts
from kids_feedback.web.child.back.acting import act
from kids_feedback.web.child.back.replies import thank, thank_for_asking
from kids_feedback.web.child.blueprint import child
from kids_feedback.web.kit import context, guard
from kids_feedback.web.kit.forms import OurForm, shown_again
from kids_feedback.web.kit.sessions import visit
from kids_feedback.web.questions.catalogue import BY_ID, BY_NUMBER, asked_on, still_asked
from kids_feedback.web.questions.forms import form_for
from kids_feedback.web.questions.model import Choice, QuestionPage

_PICK = _l("Pick one, or go back")
_WRITE = _l("Write it here, or go back and pick another way")


@dataclass(frozen=True)
class _Flow:
    """Some screens of the big journey, by their ids, and what each cannot do without."""

    asked: Asked
    first: str
    needed: dict[str, str]


_CONTACT = _Flow(
    Asked.WAY,
    "W4",
    {
        "W4": "method",
        "W5m": "meet_tell",
        "W5p": "phone",
        "W5q": "",
        "W5l": "letter_where",
        "W5k": "",
        "W5e": "email",
        "W5f": "",
    },
)
_SUPPORTER = _Flow(
    Asked.SUPPORTER, "W6", {"W6": "supporter", "W7": "", "W7p": "", "W7x": "supporter_instead"}
)
_FLOWS = (_CONTACT, _SUPPORTER)


@child.get("/back/change/<num:number>")
@guard.came_back
def change(number: int) -> ResponseReturnValue:
    """Ask, with nothing filled in."""
    flow, screen = _screen(number)
    with context.reading() as db:
        status = case_status.status(db, guard.opened_case(), today=context.today())
    if not status.may_change:
        return redirect(url_for("child.where_things_are"), code=303)
    if screen.id == flow.first:
        visit().changing = None
    return _page(screen, form_for(screen.id))


@child.post("/back/change/<num:number>")
@guard.came_back
@guard.keeps_words
def keep_change(number: int) -> ResponseReturnValue:
    """Keep one page's answer, and ask for it all after the last."""
    flow, screen = _screen(number)
    form = form_for(screen.id)
    if form.stale:
        return shown_again(form, lambda: _page(screen, form))
    given = {asked.name: form[asked.name].data for asked in screen.fields}
    answers = drafts.with_answers(still_asked(visit().changing or {}), screen, given)
    if not (form.validate() and _says_enough(flow, screen, form, answers)):
        return shown_again(form, lambda: _page(screen, form))
    following = _following(flow, screen, answers)
    if following:
        visit().changing = answers
        return redirect(url_for("child.change", number=following.number), code=303)
    return _asked_for(flow, answers)


def _screen(number: int) -> tuple[_Flow, QuestionPage]:
    screen = BY_NUMBER.get(number)
    flow = next((flow for flow in _FLOWS if screen and screen.id in flow.needed), None)
    if screen is None or flow is None:
        abort(404)
    return flow, screen


def _says_enough(flow: _Flow, screen: QuestionPage, form: OurForm, answers: Answers) -> bool:
    """Say whether a way to reach the child is whole; the old one would be lost for nothing."""
    name = flow.needed[screen.id]
    if name and form[name].data and flow is _CONTACT:
        name = _lacks(answers) or ""
    if not name or name not in form or form[name].data:
        return True
    asked = next(item for item in screen.fields if item.name == name)
    form[name].errors = [_PICK if isinstance(asked, Choice) else _WRITE]
    return False


def _lacks(answers: Answers) -> str | None:
    method = answers.get("method")
    return contact.lacks(Method(str(method)) if method else None, answers)


def _asked_for(flow: _Flow, answers: Answers) -> ResponseReturnValue:
    way = [*_way(flow, answers)]
    given = {name: value for name, value in answers.items() if name in asked_on(way)}
    if flow.needed[flow.first] not in given:  # a page in the middle was opened by hand
        return redirect(url_for("child.change", number=BY_ID[flow.first].number), code=303)
    just_sent = receipts.kept() if flow is _CONTACT and receipts.shows_words() else None
    with act() as opened:
        if just_sent:  # coming back with words drops any receipt
            requests.add_missing(opened, given)
            when = When.of(opened, context.settings().watch)
            receipts.renew(intake.receipt_of(opened.session, opened.row, just_sent.words, when))
        else:
            requests.ask_for(opened, flow.asked, given)
        asks = any(item.what is flow.asked for item in requests.waiting_in(opened))
    visit().changing = None
    if not asks:
        return thank(gettext("Thank you. We have changed it."), FollowUp.CONTACT_CHANGED)
    return thank_for_asking(flow.asked, _thanks(given))


def _way(flow: _Flow, answers: Answers) -> Iterator[QuestionPage]:
    following, seen = BY_ID.get(flow.first), set[str]()
    while following and following.id not in seen:
        seen.add(following.id)
        yield following
        following = _following(flow, following, answers)


def _following(flow: _Flow, screen: QuestionPage, answers: Answers) -> QuestionPage | None:
    """Return what this flow asks after ``screen``, past what only the big journey asks there."""
    following = BY_ID.get(screen.leads_to(answers))
    while following and following.id not in flow.needed:
        following = BY_ID.get(following.leads_to(answers))
    return following


def _thanks(given: Answers) -> str:
    if given.get("supporter_party") == "not_sure":
        return gettext("That's OK. We will check and tell you.")
    return gettext("Thank you. You asked us to change it.")


def _page(screen: QuestionPage, form: OurForm) -> str:
    return render_template("child/back/contact_change.html", screen=screen, form=form)
