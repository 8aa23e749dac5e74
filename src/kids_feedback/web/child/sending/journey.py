"""One view for every question: show it, keep the answer, go where it leads."""

from dataclasses import replace
from itertools import dropwhile, islice

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
from kids_feedback.web.questions import progress
from kids_feedback.web.questions.catalogue import (
    BY_ID,
    BY_NUMBER,
    CHAPTERS,
    OF_DOOR,
    pages,
    together,
    way,
)
from kids_feedback.web.questions.forms import form_of
from kids_feedback.web.questions.model import CHECK, QuestionPage
from kids_feedback.web.visit.values import Draft

Asked = tuple[QuestionPage, ...]  # the questions of one page


@child.get("/p/<num:number>", defaults={"change": False})
@child.get("/p/<num:number>/change", defaults={"change": True})
@guard.anyone
def question(number: int, *, change: bool) -> ResponseReturnValue:
    page = _asked(number, change=change)
    draft = drafts.of_page(page[0])
    if draft is None and refused.kept() is None and not submission.may_begin(page[0]):
        return submission.not_shown()
    return _page(page, form_of(page, drafts.answers() if draft else {}), change=change)


@child.post("/p/<num:number>", defaults={"change": False})
@child.post("/p/<num:number>/change", defaults={"change": True})
@guard.anyone
@guard.keeps_words
def answer(number: int, *, change: bool) -> ResponseReturnValue:
    page = _asked(number, change=change)
    if receipts.is_of(drafts.named()):
        return receipts.show()
    form = form_of(page)
    if form.stale:
        return shown_again(form, lambda: _page(page, form, change=change))
    draft = drafts.of_page(page[0]) or drafts.begin(_door_said(page[0]))
    if "go" in request.form:
        _keep(draft, page, form)
        return _aside(page[0], request.form["go"], change=change)
    if not form.validate():
        drafts.press(draft)
        return shown_again(form, lambda: _page(page, form, change=change))
    _keep(draft, page, form)
    return onwards(page[-1], change=change)


def _asked(number: int, *, change: bool) -> Asked:
    """Return the questions of a page; who changes an answer is asked for that one alone."""
    if number not in BY_NUMBER:
        abort(404)
    return (BY_NUMBER[number],) if change else together(BY_NUMBER[number])


def _keep(draft: Draft, page: Asked, form: OurForm) -> None:
    fields = tuple(asked for screen in page for asked in screen.fields)
    given = {asked.name: form[asked.name].data for asked in fields}
    drafts.put(draft, replace(page[0], fields=fields), given)


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
    if "send_now" in request.form:
        return _to_check()
    if change:
        return _after_a_change(screen)
    following = screen.leads_to(drafts.answers())
    return _to_check() if following == CHECK else _to(BY_ID[following], change=False)


def _after_a_change(screen: QuestionPage) -> ResponseReturnValue:
    """Go back to the check; before that, on to what only the new answer asks for."""
    door, given = drafts.door() or Door.WRONG, drafts.answers()
    everyone = {asked.id for asked in way(door, {})}
    after = dropwhile(lambda asked: asked != screen, way(door, given))
    for asked in islice(after, 1, None):
        if asked.beside:
            continue
        if asked.id in everyone:
            break
        if not any(field.name in given for field in asked.fields):
            return _to(asked, change=_of_one_chapter(door, screen, asked))
    return _to_check()


def _of_one_chapter(door: Door, *screens: QuestionPage) -> bool:
    return any(all(screen in chapter.pages for screen in screens) for chapter in CHAPTERS[door])


def _to_check() -> ResponseReturnValue:
    return redirect(url_for("child.check"), code=303)


def _to(screen: QuestionPage, *, change: bool) -> ResponseReturnValue:
    return redirect(_address(screen, change=change), code=303)


def _aside(screen: QuestionPage, to: str, *, change: bool) -> ResponseReturnValue:
    """Open another page and come back to this one with every word still on it."""
    if to == "back":
        return _to_check() if change else redirect(_before(screen), code=303)
    if to == "draw":
        return redirect(url_for("child.draw", change=change), code=303)
    return aside(to)


def _before(screen: QuestionPage) -> str:
    door = drafts.door()
    earlier = None
    for page in pages(door, drafts.answers()) if door else ():
        if screen in page:
            break
        earlier = page[0]
    return _address(earlier, change=False) if earlier else url_for("child.start")


def _page(page: Asked, form: OurForm, *, change: bool) -> str:
    draft = drafts.of_page(page[0])
    door, given = draft.door if draft else _door_said(page[0]), drafts.answers()
    said = dict.fromkeys(text for screen in page for text in screen.notices_for(given))
    return render_template(
        "child/sending/question.html",
        page=tuple(map(_as_asked_here, page)),
        form=form,
        change=change,
        progress=progress.at(door, given if draft else {}, page[0]),
        key=drafts.id_of_page(),
        door=door,
        alone=page[0].door is None and not drafts.is_kept(),
        notices=[str(text) % context.settings().reference.phones for text in said],
    )


def _as_asked_here(screen: QuestionPage) -> QuestionPage:
    """Leave out what is known: which town, on a screen that stands in an office."""
    if office_here() is None:
        return screen
    return replace(screen, fields=tuple(asked for asked in screen.fields if asked.name != "town"))


def _address(screen: QuestionPage, *, change: bool) -> str:
    return url_for("child.question", number=screen.number, change=change)
