"""Arranging to meet: when, where, and the agreed meeting."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from kids_feedback.domain.case.meetings import MeetingState
from kids_feedback.services.casework.days import working_days
from kids_feedback.services.child import meeting_replies
from kids_feedback.services.child.meeting_replies import MeetingForChild
from kids_feedback.services.errors import OfferExpired
from kids_feedback.web.child.back import meeting_draft
from kids_feedback.web.child.back.acting import act
from kids_feedback.web.child.back.meeting_forms import (
    CalendarForm,
    PickForm,
    when_form,
    where_form,
)
from kids_feedback.web.child.blueprint import child
from kids_feedback.web.kit import context, guard
from kids_feedback.web.kit.forms import shown_again
from kids_feedback.web.rendering import calendar_file, meeting_labels
from kids_feedback.web.rendering.calendar_file import Entry


@child.get("/back/meet/when")
@guard.came_back
def meet_when() -> ResponseReturnValue:
    """Ask when to meet."""
    meet = arranged()
    if meet is None or not meet.open:
        return _back_to_now()
    form, picked = when_form(meet), meeting_draft.of(meet)
    form.show(picked.start, picked.wish)
    return _page("when", meet, form)


@child.post("/back/meet/when")
@guard.came_back
def pick_when() -> ResponseReturnValue:
    meet = arranged()
    if meet is None or not meet.open:
        return _gone()
    form = when_form(meet)
    if not form.validate():
        return shown_again(form, lambda: _page("when", meet, form))
    meeting_draft.put(meet, start=form.picked, wish=form.words)
    return redirect(url_for("child.meet_where"), code=303)


@child.get("/back/meet/where")
@guard.came_back
def meet_where() -> ResponseReturnValue:
    """Ask where to meet."""
    meet = arranged()
    if meet is None or not meet.open:
        return _back_to_now()
    form, picked = where_form(meet), meeting_draft.of(meet)
    form.show(picked.place, picked.somewhere)
    return _page("where", meet, form)


@child.post("/back/meet/where")
@guard.came_back
def pick_where() -> ResponseReturnValue:
    meet = arranged()
    if meet is None or not meet.open:
        return _gone()
    form = where_form(meet)
    if not form.validate():
        return shown_again(form, lambda: _page("where", meet, form))
    meeting_draft.put(meet, place=form.picked, somewhere=form.words)
    return redirect(url_for("child.meet_check"), code=303)


@child.get("/back/meet/check")
@guard.came_back
def meet_check() -> ResponseReturnValue:
    """Show what was picked, to be confirmed; or the meeting as it is agreed."""
    meet = arranged()
    if meet is None or not meet.open:
        return _back_to_now()
    picked = meeting_draft.of(meet)
    if meeting_draft.is_whole(picked):
        slot = meeting_draft.slot(meet, picked)
        return render_template("child/meeting/check.html", meet=meet, picked=picked, slot=slot)
    if meet.slot is None:
        return redirect(url_for("child.meet_when"), code=303)
    return render_template("child/meeting/agreed.html", meet=meet, form=CalendarForm())


@child.post("/back/meet/check")
@guard.came_back
def confirm_meet() -> ResponseReturnValue:
    meet = arranged()
    if meet is None or not meet.open:
        return _gone()
    picked = meeting_draft.of(meet)
    if not meeting_draft.is_whole(picked):
        return redirect(url_for("child.meet_check"), code=303)
    try:
        with act() as opened:
            state = meeting_replies.reply(
                opened,
                meeting_id=meet.id,
                said=meeting_draft.reply(picked),
                zone=context.settings().timezone,
            )
    except OfferExpired:
        return _gone()
    meeting_draft.forget()
    page = "child.meet_check" if state is MeetingState.AGREED else "child.where_things_are"
    return redirect(url_for(page), code=303)


@child.post("/back/meet/stop")
@guard.came_back
def stop_meet() -> ResponseReturnValue:
    """No meeting. It stays open to a change of mind."""
    meet = arranged()
    if meet is None or not meet.open:
        return _gone()
    try:
        with act() as opened:
            meeting_replies.decline(opened, meeting_id=meet.id)
    except OfferExpired:
        return _gone()
    meeting_draft.forget()
    return _back_to_now()


@child.post("/back/meet/calendar")
@guard.came_back
def meet_calendar() -> ResponseReturnValue:
    """A file for the child's own calendar: what is agreed, or that it is off."""
    meet = arranged()
    entry = _entry(meet) if meet and not meet.moved else None
    return calendar_file.answer(entry, made_at=context.now()) if entry else _gone()


def _entry(meet: MeetingForChild) -> Entry | None:
    """Return what a calendar should have of it, if anything. The place only if they said so."""
    off = meet.cancelled.at if meet.cancelled else None
    starts_at = meet.slot.at if meet.slot else off
    if starts_at is None:
        return None
    tells_place = meet.slot is not None and CalendarForm().place.data
    return Entry(
        uid=meet.entry,
        sequence=meet.changes,
        title=gettext("Meeting"),
        starts_at=starts_at,
        minutes=meet.minutes,
        place=meeting_labels.where(meet.place or "") if tells_place else "",
        cancelled=meet.slot is None,
    )


def arranged() -> MeetingForChild | None:
    """Return what is arranged with whoever came back; None: nothing."""
    with context.reading() as db:
        return meeting_replies.arranged(
            db,
            guard.opened_case(),
            now=context.now(),
            zone=context.settings().timezone,
            calendar=working_days.calendar_now(db),
        )


def _page(asks: str, meet: MeetingForChild, form: PickForm) -> str:
    return render_template("child/meeting/pick.html", asks=asks, meet=meet, form=form)


def _back_to_now() -> ResponseReturnValue:
    return redirect(url_for("child.where_things_are"), code=303)


def _gone() -> ResponseReturnValue:
    """Say that it can't be picked any more."""
    meeting_draft.forget()
    return render_template("child/meeting/gone.html", meet=arranged()), 409
