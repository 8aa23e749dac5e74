"""Check, send, and the page with the secret words."""

from datetime import datetime
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kids_feedback.domain.case.submission import Kind, Receipt, Submission
from kids_feedback.domain.errors import EditConflict
from kids_feedback.services.casework.days import working_days
from kids_feedback.services.child import case_status, intake
from kids_feedback.web.child import drafts, pace, receipts
from kids_feedback.web.child.blueprint import child
from kids_feedback.web.child.sending import drawing_draft
from kids_feedback.web.child.sending.message import as_submission
from kids_feedback.web.kit import context, guard, network, refused, sessions, shared_device
from kids_feedback.web.kit.forms import OurForm, mistakes
from kids_feedback.web.kit.sessions import visit
from kids_feedback.web.questions import progress
from kids_feedback.web.questions.catalogue import (
    BY_ID,
    BY_NUMBER,
    CHAPTERS,
    METHOD,
    OTHER_SUPPORTER,
    pages,
    shown,
    way,
)
from kids_feedback.web.questions.drawing import DRAW
from kids_feedback.web.questions.forms import form_for
from kids_feedback.web.questions.model import Field, QuestionPage
from kids_feedback.web.visit.kept import Event
from kids_feedback.web.visit.values import Draft, Shown


@child.get("/check")
@guard.anyone
def check() -> ResponseReturnValue:
    """Show all answers, each to be changed, before anything is sent."""
    draft = drafts.current()
    if draft is None:
        return not_shown()
    return _check_page(draft)


def _check_page(draft: Draft, ready_at: datetime | None = None) -> str:
    """Return the page; where no more can be sent yet, with when it can."""
    given = drafts.answers()
    asked = [screen for screen in way(draft.door, given) if screen.id != OTHER_SUPPORTER]
    drawn = _drawing()
    told = [(screen, _shown(screen, given)) for screen in asked]
    rows = [row for row in told if row[1] or (drawn and "draw" in dict(row[0].asides))]
    return render_template(
        "child/sending/check.html",
        ready_at=ready_at,
        drawing=drawn,
        chapters=[
            (chapter.title, [row for row in rows if row[0] in chapter.pages])
            for chapter in CHAPTERS[draft.door]
        ],
        skipped=[screen for screen, answers in told if not answers],
        progress=progress.at_check(draft.door, given),
        form=OurForm(),
        key=f"{draft.id}.{drafts.mark(draft)}",
        why=request.args.get("why"),
    )


@child.post("/check")
@guard.anyone
@guard.keeps_words
def send_checked() -> ResponseReturnValue:
    """Send. A double tap, or a page that was sent already, gets the same receipt."""
    if receipts.is_of(drafts.named()):
        return receipts.show()
    draft = drafts.current()
    if OurForm().stale or draft is None:
        return not_shown()
    drafts.press(draft)
    if "go" in request.form:
        return _back(draft)
    if "change" in request.form:
        return _to_change(request.form["change"])
    if request.form.get(drafts.FIELD) != f"{draft.id}.{drafts.mark(draft)}":
        return _look_again("changed")
    return _send(draft)


@child.post("/stop")
@guard.anyone
def stop() -> ResponseReturnValue:
    """Delete it all. Nothing was sent."""
    draft = drafts.current()
    if draft:
        drafts.forget(draft)
    sessions.outlive(Event.STOPPED)
    return render_template("child/sending/stopped.html")


@child.post("/go-on")
@guard.anyone
def go_on() -> ResponseReturnValue:
    """Go on with what was begun here a short while ago, or let it be."""
    draft = drafts.go_on(drafts.named())
    if draft is None:
        drafts.put_away()
        return redirect(url_for("child.start"), code=303)
    return redirect(drafts.address(draft.at), code=303)


@child.get("/done")
@guard.anyone
def done() -> ResponseReturnValue:
    """Show the secret words and what happens next; for a compliment, the thanks."""
    receipt = receipts.kept()
    if receipt is None:
        return redirect(url_for("child.back"), code=303)
    praise = receipt.kind is Kind.COMPLIMENT
    page = "child/sending/thanks.html" if praise else "child/sending/done.html"
    address = context.settings().reference.links["short_url"]
    return render_template(
        page,
        receipt=receipt,
        address=address,
        today=context.today(),
        stay=visit().words_stay,
    )


@child.post("/done/words")
@guard.anyone
def show_words() -> ResponseReturnValue:
    """Let the secret words stay on the page until the child has finished, or hide them now."""
    visit().words_stay = "stay" in request.form or None
    if not visit().words_stay:
        receipts.hide()
    return receipts.show()


@child.post("/done/reach")
@guard.anyone
def add_contact() -> ResponseReturnValue:
    """Let a child who has only just sent say how to reach them: the receipt lets them in."""
    receipt = receipts.kept()
    if receipt is None or not receipt.words:
        return redirect(url_for("child.back"), code=303)
    with context.reading() as db:
        words, key = " ".join(receipt.words), context.settings().words_key
        visit().opened_case = case_status.find(db, words, words_key=key)
    return redirect(url_for("child.change", number=BY_ID[METHOD].number), code=303)


def may_begin(screen: QuestionPage) -> bool:
    """Say whether ``screen`` stands there empty, as the first of its door.

    Its address alone also stands in the history of a browser, before what was sent.
    """
    if screen.door is None or receipts.is_of(drafts.named()):
        return False
    if drafts.named():
        return drafts.named() not in {draft.id for draft in drafts.every()}
    return bool(drafts.every()) or receipts.kept() is None


def not_shown() -> ResponseReturnValue:
    """Say why a page shows no draft: it was sent, is kept for who wrote it, or is not there."""
    if receipts.is_of(drafts.named()):
        return receipts.show()
    mine = [draft for draft in drafts.every() if draft.id == drafts.named()]
    if receipts.kept() and not mine:
        return receipts.show()
    kept = mine or drafts.every()
    offered = any(draft.shown is not Shown.AWAY and drafts.is_at_hand(draft) for draft in kept)
    if offered and shared_device.current() is None:
        return redirect(url_for("child.start"), code=303)
    page = "put_away" if kept else "cleared"
    return render_template(f"child/start/{page}.html"), 404


def _send(draft: Draft) -> ResponseReturnValue:
    """Send it, once all of it is right and says something."""
    given = drafts.answers()
    for screen in way(draft.door, given):
        form = form_for(screen.id, given, formdata=None)
        if not form.validate():
            return _not_right(screen, form)
    if drawing_draft.too_long():
        return redirect(url_for("child.draw", change=True), code=303)
    message = as_submission(draft.door, given)
    if not message.says_something:
        return _look_again("empty")
    ready_at = None if message.read_today else pace.ready_at()  # who is not safe never waits
    if ready_at is not None:
        return _check_page(draft, ready_at), 429, network.retry_after(ready_at - context.now())
    receipt = _sent(message, draft.key)
    drafts.forget(draft)
    receipts.keep(draft, receipt)
    pace.count()
    return receipts.show()


def _not_right(screen: QuestionPage, form: OurForm) -> ResponseReturnValue:
    """Open the question whose answer is not right, or is wanted and missing, and say so there."""
    page = url_for("child.question", number=screen.number, change=True)
    kept = {asked.name: form[asked.name].data for asked in screen.fields}
    fields = {
        name: [said] if isinstance(said, str) else said for name, said in kept.items() if said
    }
    sent = {drafts.FIELD: [drafts.named()], **fields}
    return refused.come_back(type(form).__name__, sent, mistakes(form), at=page)


def _look_again(why: str) -> ResponseReturnValue:
    """Show the page to check once more: nothing is sent that it has not shown, or that is empty."""
    return redirect(url_for("child.check", why=why), code=303)


def _back(draft: Draft) -> ResponseReturnValue:
    """Open the last page on which something was said."""
    given = drafts.answers()
    answered = [
        page
        for page in pages(draft.door, given)
        if any(_shown(screen, given) for screen in page) or page[0].door
    ]
    return redirect(
        url_for("child.question", number=answered[-1][0].number, change=False), code=303
    )


def _to_change(what: str) -> ResponseReturnValue:
    """Open what is to be changed. A button and no link, so that it leads there however late."""
    if what == "draw":
        return redirect(url_for("child.draw", change=True), code=303)
    number = int(what) if what.isascii() and what.isdigit() else 0
    if number not in BY_NUMBER:
        return redirect(url_for("child.check"), code=303)
    return redirect(url_for("child.question", number=number, change=True), code=303)


def _sent(message: Submission, key: str) -> Receipt:
    try:
        return _keep(message, key)
    except EditConflict:  # the same form, sent twice at once: the other one was first
        return _keep(message, key)


def _keep(message: Submission, key: str) -> Receipt:
    settings = context.settings()
    with context.transaction() as db:
        return intake.send(
            db,
            message,
            key,
            now=context.now(),
            zone=settings.timezone,
            calendar=working_days.calendar_now(db),
            promises=settings.reference.promises,
            words_key=settings.words_key,
            watch=settings.watch,
        )


def _shown(screen: QuestionPage, given: dict[str, Any]) -> list[tuple[Field, list[str]]]:
    return [
        (asked, shown(asked, given[asked.name])) for asked in screen.read if given.get(asked.name)
    ]


def _drawing() -> dict[str, Any] | None:
    """Return what the page to check says of the drawing, if there is one."""
    kept = drawing_draft.current()
    rows = _shown(DRAW, kept.answers)
    if not (rows or kept.strokes or kept.paper):
        return None
    return {
        "rows": rows,
        "drawn": drawing_draft.shown_again(),
        "paper": kept.paper,
    }
