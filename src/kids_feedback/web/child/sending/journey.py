"""One view for every question: show it, keep the answer, go where it leads."""

from dataclasses import replace

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kids_feedback.domain.case.submission import Door
from kids_feedback.web.child.blueprint import child
from kids_feedback.web.child.current_office import office_here
from kids_feedback.web.child.sending import drafts, submission
from kids_feedback.web.child.start import aside
from kids_feedback.web.kit import context, guard
from kids_feedback.web.kit.forms import OurForm
from kids_feedback.web.questions.catalogue import BY_ID, BY_NUMBER, OF_DOOR, way
from kids_feedback.web.questions.forms import form_for
from kids_feedback.web.questions.model import CHECK, SEND, By, QuestionPage


@child.get("/p/<num:number>", defaults={"change": False})
@child.get("/p/<num:number>/change", defaults={"change": True})
@guard.anyone
def question(number: int, *, change: bool) -> ResponseReturnValue:
    screen = _screen(number)
    receipt = submission.lost()
    if receipt:
        return receipt
    if drafts.door() is None and screen.door is None:
        return _nothing_here()
    form = form_for(screen.id, drafts.answers())
    return _page(screen, form, change=change)


@child.post("/p/<num:number>", defaults={"change": False})
@child.post("/p/<num:number>/change", defaults={"change": True})
@guard.anyone
@guard.keeps_words
def answer(number: int, *, change: bool) -> ResponseReturnValue:
    screen = _screen(number)
    form = form_for(screen.id)
    if form.stale:
        again = submission.sent_already(request.form.get("key", "")) if _sends(screen) else None
        return again or (_page(screen, form, change=change), 400)
    if "go" in request.form:
        _keep(screen, form)
        return _aside(screen, request.form["go"], change=change)
    if not form.validate():
        return _page(screen, form, change=change), 422
    _keep(screen, form)
    return onwards(screen, change=change)


def _screen(number: int) -> QuestionPage:
    if number not in BY_NUMBER:
        abort(404)
    return BY_NUMBER[number]


def _keep(screen: QuestionPage, form: OurForm) -> None:
    if screen.door or drafts.door() is None:
        drafts.begin(screen.door or door_of(screen))
    drafts.put(screen, {asked.name: form[asked.name].data for asked in screen.fields})


def door_of(screen: QuestionPage) -> Door:
    """Return the door of a page whose draft is gone."""
    return next(door for door, screens in OF_DOOR.items() if screen in screens)


def with_drawing(door: Door | None) -> QuestionPage:
    """Return the question of ``door`` beside which a child may draw."""
    return next(screen for screen in OF_DOOR[door or Door.WRONG] if "draw" in dict(screen.asides))


def onwards(screen: QuestionPage, *, change: bool) -> ResponseReturnValue:
    """Go where ``screen`` leads, now that it is answered."""
    following = screen.leads_to(drafts.answers())
    if following == SEND or ("send_now" in request.form and not _checks()):
        return submission.send()
    unanswered = isinstance(screen.then, By) and not _answered(following)
    if following == CHECK or "send_now" in request.form or (change and not unanswered):
        return redirect(url_for("child.check"), code=303)
    return redirect(_address(BY_ID[following], change=change), code=303)


def _aside(screen: QuestionPage, to: str, *, change: bool) -> ResponseReturnValue:
    """Open another page and come back to this one with every word still on it."""
    if to == "back":
        return redirect(_before(screen), code=303)
    if to == "draw":
        return redirect(url_for("child.draw", change=change), code=303)
    return aside(to)


def _before(screen: QuestionPage) -> str:
    door = drafts.door()
    earlier = None
    for question in way(door, drafts.answers()) if door else ():
        if question == screen:
            break
        earlier = question
    return _address(earlier, change=False) if earlier else url_for("child.start")


def _page(screen: QuestionPage, form: OurForm, *, change: bool) -> str:
    wrong = request.method == "POST" and not form.stale
    return render_template(
        "child/sending/question.html",
        screen=_as_asked_here(screen),
        form=form,
        change=change,
        wrong=wrong and bool(form.errors),
        key=drafts.key() or request.form.get("key", ""),
        notices=[
            str(text) % context.settings().reference.phones
            for text in screen.notices_for(drafts.answers())
        ],
    )


def _as_asked_here(screen: QuestionPage) -> QuestionPage:
    """Leave out what is known: which town, on a screen that stands in an office."""
    if office_here() is None:
        return screen
    return replace(screen, fields=tuple(asked for asked in screen.fields if asked.name != "town"))


def _nothing_here() -> ResponseReturnValue:
    """The draft has died, or was sent, or never was."""
    return render_template("child/start/cleared.html"), 404


def _sends(screen: QuestionPage) -> bool:
    return screen.then == SEND or screen.send_now


def _checks() -> bool:
    """Whether this door has a page to check before sending."""
    door = drafts.door()
    return door is not None and [*way(door, drafts.answers())][-1].then == CHECK


def _answered(screen_id: str) -> bool:
    given = drafts.answers()
    return screen_id in BY_ID and any(asked.name in given for asked in BY_ID[screen_id].fields)


def _address(screen: QuestionPage, *, change: bool) -> str:
    return url_for("child.question", number=screen.number, change=change)
