"""Check, send, and the page with the secret words."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kids_feedback.domain.case.submission import Door, Kind, Receipt
from kids_feedback.domain.errors import EditConflict
from kids_feedback.services.casework import working_days
from kids_feedback.services.child import intake
from kids_feedback.web.child.blueprint import child
from kids_feedback.web.child.sending import drafts, drawing_draft
from kids_feedback.web.kit import context, guard, sessions
from kids_feedback.web.kit.forms import OurForm
from kids_feedback.web.kit.sessions import visit
from kids_feedback.web.questions.catalogue import OTHER_SUPPORTER, shown, way
from kids_feedback.web.questions.drawing import DRAW
from kids_feedback.web.questions.model import Field, QuestionPage, Text
from kids_feedback.web.visit.kept import Event
from kids_feedback.web.visit.values import Sent
from kids_feedback.web.visit.visit import Visit


@child.get("/check")
@guard.anyone
def check() -> ResponseReturnValue:
    """Show all answers, each to be changed, before anything is sent."""
    door = drafts.door()
    if door is None:
        return lost() or (render_template("child/start/cleared.html"), 404)
    given = drafts.answers()
    return render_template(
        "child/sending/check.html",
        drawing=_drawing(),
        rows=[
            (screen, _shown(screen, given))
            for screen in way(door, given)
            if screen.id != OTHER_SUPPORTER
        ],
        form=OurForm(),
        key=drafts.key(),
    )


@child.post("/check")
@guard.anyone
@guard.keeps_words
def send_checked() -> ResponseReturnValue:
    """Send. A double tap, or a page that was sent already, gets the same receipt."""
    if OurForm().stale or drafts.door() is None:
        again = sent_already(request.form.get("key", ""))
        return again or (render_template("child/start/cleared.html"), 404)
    return send()


@child.post("/stop")
@guard.anyone
def stop() -> ResponseReturnValue:
    """Delete it all. Nothing was sent."""
    sessions.outlive(Event.STOPPED)
    return render_template("child/sending/stopped.html")


@child.get("/done")
@guard.anyone
def done() -> ResponseReturnValue:
    """Show the secret words and what happens next; for a compliment, the thanks."""
    receipt = visit().receipt
    if receipt is None:
        return redirect(url_for("child.back"), code=303)
    page = (
        "child/sending/thanks.html"
        if receipt.kind is Kind.COMPLIMENT
        else "child/sending/done.html"
    )
    address = context.settings().reference.links["short_url"]
    return render_template(page, receipt=receipt, address=address, today=context.today())


def send() -> ResponseReturnValue:
    """Send the draft of this visit, once its one question is answered."""
    door, given = drafts.door(), drafts.answers()
    assert door is not None  # noqa: S101 - the callers asked
    unanswered = _unanswered(door, given)
    if unanswered:
        return redirect(url_for("child.question", number=unanswered.number, change=True), code=303)
    if drawing_draft.too_long():
        return redirect(url_for("child.draw", change=True), code=303)
    return _thank(Sent(key=drafts.key(), receipt=_sent(door, given, drafts.key())))


def sent_already(key: str) -> ResponseReturnValue | None:
    """Answer a form that was sent before with its receipt; None if it never was."""
    before = visit().sent
    if not key or before is None or before.key != key:
        return None
    return _thank(before)


def lost() -> ResponseReturnValue | None:
    """Give the receipt to a child whose answer got lost on its way; None if nothing did.

    Only a browser that never got the new cookie still comes with the old one.
    """
    before = visit().sent
    return _thank(before) if before and drafts.door() is None else None


def _sent(door: Door, given: dict[str, Any], key: str) -> Receipt:
    try:
        return _keep(door, given, key)
    except EditConflict:  # the same form, sent twice at once: the other one was first
        return _keep(door, given, key)


def _keep(door: Door, given: dict[str, Any], key: str) -> Receipt:
    settings = context.settings()
    draft = drafts.as_submission(door, given)
    with context.transaction() as db:
        return intake.send(
            db,
            draft,
            key,
            now=context.now(),
            zone=settings.timezone,
            calendar=working_days.calendar_now(db),
            promises=settings.reference.promises,
            words_key=settings.words_key,
            watch=settings.watch,
        )


def _thank(sent: Sent) -> ResponseReturnValue:
    """Go on under a new cookie, so that Back shows nothing; the old one keeps only the receipt."""
    behind = Visit()
    behind.sent = sent
    sessions.outlive(Event.SENT, behind=behind)
    visit().receipt = sent.receipt
    return redirect(url_for("child.done"), code=303)


def _unanswered(door: Door, given: dict[str, Any]) -> QuestionPage | None:
    """Return the screen whose one question must be answered, or whose text is too long."""
    for screen in way(door, given):
        for asked in screen.fields:
            value = given.get(asked.name) or ""
            if isinstance(asked, Text):
                if len(value) > asked.limit:
                    return screen
            elif asked.must and not value:
                return screen
    return None


def _shown(screen: QuestionPage, given: dict[str, Any]) -> list[tuple[Field, list[str]]]:
    return [
        (asked, shown(asked, given[asked.name])) for asked in screen.fields if given.get(asked.name)
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
