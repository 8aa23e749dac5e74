"""Arranging to meet: R3, R4 and R5."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from kids_feedback.domain.meetings import MeetingState
from kids_feedback.services import days, meeting_replies
from kids_feedback.services.meeting_replies import Meet
from kids_feedback.services.refusals import NoLongerOffered
from kids_feedback.web import calendar_file, context, guard, spoken
from kids_feedback.web.calendar_file import Entry
from kids_feedback.web.child import reply_draft
from kids_feedback.web.child.acting import act
from kids_feedback.web.child.face import child
from kids_feedback.web.child.meeting_forms import CalendarForm, PickForm, when_form, where_form


@child.get("/back/meet/when")
@guard.came_back
def meet_when() -> ResponseReturnValue:
    """R3."""
    meet = arranged()
    if meet is None or not meet.open:
        return _back_to_now()
    form, picked = when_form(meet), reply_draft.of(meet)
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
        return _page("when", meet, form), 422
    reply_draft.put(meet, start=form.picked, wish=form.words)
    return redirect(url_for("child.meet_where"), code=303)


@child.get("/back/meet/where")
@guard.came_back
def meet_where() -> ResponseReturnValue:
    """R4."""
    meet = arranged()
    if meet is None or not meet.open:
        return _back_to_now()
    form, picked = where_form(meet), reply_draft.of(meet)
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
        return _page("where", meet, form), 422
    reply_draft.put(meet, place=form.picked, somewhere=form.words)
    return redirect(url_for("child.meet_check"), code=303)


@child.get("/back/meet/check")
@guard.came_back
def meet_check() -> ResponseReturnValue:
    """R5: what was picked, to be confirmed; or the meeting as it is agreed."""
    meet = arranged()
    if meet is None or not meet.open:
        return _back_to_now()
    picked = reply_draft.of(meet)
    if reply_draft.is_whole(picked):
        slot = reply_draft.slot(meet, picked)
        return render_template("child/meet_check.html", meet=meet, picked=picked, slot=slot)
    if meet.slot is None:
        return redirect(url_for("child.meet_when"), code=303)
    return render_template("child/meet_agreed.html", meet=meet, form=CalendarForm())


@child.post("/back/meet/check")
@guard.came_back
def confirm_meet() -> ResponseReturnValue:
    meet = arranged()
    if meet is None or not meet.open:
        return _gone()
    picked = reply_draft.of(meet)
    if not reply_draft.is_whole(picked):
        return redirect(url_for("child.meet_check"), code=303)
    try:
        with act() as opened:
            state = meeting_replies.reply(
                opened,
                meeting_id=meet.id,
                said=reply_draft.reply(picked),
                zone=context.settings().timezone,
            )
    except NoLongerOffered:
        return _gone()
    reply_draft.forget()
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
    except NoLongerOffered:
        return _gone()
    reply_draft.forget()
    return _back_to_now()


@child.post("/back/meet/calendar")
@guard.came_back
def meet_calendar() -> ResponseReturnValue:
    """A file for the child's own calendar: what is agreed, or that it is off."""
    meet = arranged()
    entry = _entry(meet) if meet and not meet.moved else None
    return calendar_file.answer(entry, made_at=context.now()) if entry else _gone()


def _entry(meet: Meet) -> Entry | None:
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
        place=spoken.where(meet.place or "") if tells_place else "",
        cancelled=meet.slot is None,
    )


def arranged() -> Meet | None:
    """Return what is arranged with whoever came back; None: nothing."""
    with context.reading() as db:
        return meeting_replies.arranged(
            db,
            guard.opened_case(),
            now=context.now(),
            zone=context.settings().timezone,
            calendar=days.calendar_now(db),
        )


def _page(asks: str, meet: Meet, form: PickForm) -> str:
    return render_template("child/meet_pick.html", asks=asks, meet=meet, form=form)


def _back_to_now() -> ResponseReturnValue:
    return redirect(url_for("child.where_things_are"), code=303)


def _gone() -> ResponseReturnValue:
    """Say that it can't be picked any more."""
    reply_draft.forget()
    return render_template("child/meet_gone.html", meet=arranged()), 409
