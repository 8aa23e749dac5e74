"""One view for every question: show it, keep the answer, go where it leads."""

from dataclasses import replace

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kids_feedback.domain.case.submission import Door
from kids_feedback.web.child import drafts, receipts
from kids_feedback.web.child.blueprint import child
from kids_feedback.web.child.current_office import office_here
from kids_feedback.web.child.sending import submission
from kids_feedback.web.child.start import aside
from kids_feedback.web.kit import context, guard, refused
from kids_feedback.web.kit.forms import OurForm, shown_again
from kids_feedback.web.questions.catalogue import BY_ID, BY_NUMBER, OF_DOOR, way
from kids_feedback.web.questions.forms import form_for
from kids_feedback.web.questions.model import CHECK, By, QuestionPage
from kids_feedback.web.visit.values import Draft


@child.get("/p/<num:number>", defaults={"change": False})
@child.get("/p/<num:number>/change", defaults={"change": True})
@guard.anyone
def question(number: int, *, change: bool) -> ResponseReturnValue:
    screen = _screen(number)
    draft = drafts.of_page(screen)
    if draft is None and refused.kept() is None and not submission.may_begin(screen):
        return submission.not_shown()
    return _page(screen, form_for(screen.id, drafts.answers() if draft else {}), change=change)


@child.post("/p/<num:number>", defaults={"change": False})
@child.post("/p/<num:number>/change", defaults={"change": True})
@guard.anyone
@guard.keeps_words
def answer(number: int, *, change: bool) -> ResponseReturnValue:
    screen = _screen(number)
    if receipts.is_of(drafts.named()):
        return receipts.show()
    form = form_for(screen.id)
    if form.stale:
        return shown_again(form, lambda: _page(screen, form, change=change))
    draft = drafts.of_page(screen) or drafts.begin(_door_said(screen))
    if "go" in request.form:
        _keep(draft, screen, form)
        return _aside(screen, request.form["go"], change=change)
    if not form.validate():
        drafts.press(draft)
        return shown_again(form, lambda: _page(screen, form, change=change))
    _keep(draft, screen, form)
    return onwards(screen, change=change)


def _screen(number: int) -> QuestionPage:
    if number not in BY_NUMBER:
        abort(404)
    return BY_NUMBER[number]


def _keep(draft: Draft, screen: QuestionPage, form: OurForm) -> None:
    drafts.put(draft, screen, {asked.name: form[asked.name].data for asked in screen.fields})


def _door_said(screen: QuestionPage) -> Door:
    """Return the door of a page whose draft is gone: as its form says, if that can be."""
    doors = [door for door, screens in OF_DOOR.items() if screen in screens]
    said = refused.said("door")
    return next((door for door in doors if door == said), doors[0])


def with_drawing(door: Door | None) -> QuestionPage:
    """Return the question of ``door`` beside which a child may draw."""
    return next(screen for screen in OF_DOOR[door or Door.WRONG] if "draw" in dict(screen.asides))


def onwards(screen: QuestionPage, *, change: bool) -> ResponseReturnValue:
    """Go where ``screen`` leads, now that it is answered. Nothing is sent but from the check."""
    following = screen.leads_to(drafts.answers())
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
    draft = drafts.of_page(screen)
    return render_template(
        "child/sending/question.html",
        screen=_as_asked_here(screen),
        form=form,
        change=change,
        key=drafts.id_of_page(),
        door=draft.door if draft else _door_said(screen),
        alone=screen.door is None and not drafts.is_kept(),
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


def _answered(screen_id: str) -> bool:
    given = drafts.answers()
    return screen_id in BY_ID and any(asked.name in given for asked in BY_ID[screen_id].fields)


def _address(screen: QuestionPage, *, change: bool) -> str:
    return url_for("child.question", number=screen.number, change=change)
