"""The first pages, and those that open from everywhere: look, language, leaving."""

import re
from typing import Any
from urllib.parse import urlsplit

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from kids_feedback.domain.case.submission import Door
from kids_feedback.services.casework.people import staffing
from kids_feedback.web.child import drafts, leaving, receipts
from kids_feedback.web.child.blueprint import child
from kids_feedback.web.kit import context, guard, languages, preferences, shared_device
from kids_feedback.web.kit.forms import OurForm
from kids_feedback.web.kit.sessions import visit
from kids_feedback.web.questions.catalogue import FIRST
from kids_feedback.web.visit.visit import Visit

_DOORS = {1: Door.WRONG, 2: Door.GOOD, 3: Door.FEEL}  # neutral in the address
_ASIDE = {
    "look": "child.look",
    "language": "child.language",
    "who": "child.who_sees",
    "leaf": "child.leaf",
}
_OURS = re.compile(rf"/[a-z0-9/-]*(\?{drafts.IN_ADDRESS}={drafts.ID.pattern})?")


@child.get("/")
@guard.anyone
def start() -> ResponseReturnValue:
    """Show the three doors, and offer to go on with what was begun here a short while ago.

    Until somebody can have what nobody else may, there is no door, but whom to ring (ruling R18).
    """
    if not _is_open():
        return render_template("child/start/not_open.html")
    return render_template(
        "child/start/start.html", begun=drafts.put_aside(), offered=languages.offered()
    )


@child.get("/first/<num:number>")
@guard.anyone
def first(number: int) -> ResponseReturnValue:
    """Say what happens first: the limits of secrecy come before the first word."""
    door = _DOORS.get(number)
    if door is None or not _is_open():
        return redirect(url_for("child.start"), code=303)
    drafts.put_aside()
    is_first = not drafts.every() and receipts.kept() is None
    asked: dict[str, Any] = {"number": FIRST[door].number, "change": False}
    asked[drafts.IN_ADDRESS] = None if is_first else drafts.new_id()
    go_on = url_for("child.question", **asked)
    return render_template("child/start/first.html", door=door, go_on=go_on)


def _is_open() -> bool:
    """Say whether enough people can sign in who are named for what nobody else may have."""
    with context.reading() as db:
        return staffing.named_for_last_resort(db) >= context.settings().named_first


@child.get("/who-sees")
@guard.anyone
@guard.without_visit
def who_sees() -> ResponseReturnValue:
    """Say who sees what a child sends."""
    return render_template("child/start/who_sees.html", back=came_from())


@child.get("/look")
@guard.anyone
def look() -> ResponseReturnValue:
    return render_template("child/start/look.html", form=OurForm(), back=came_from())


@child.post("/look")
@guard.anyone
def choose_look() -> ResponseReturnValue:
    preferences.keep(request.form)
    back = redirect(_ours(request.form.get("back", "")), code=303)
    return preferences.remembering(back, request.form)


@child.get("/language")
@guard.anyone
def language() -> ResponseReturnValue:
    return render_template(
        "child/start/language.html", form=OurForm(), offered=languages.offered(), back=came_from()
    )


@child.post("/language")
@guard.anyone
def choose_language() -> ResponseReturnValue:
    picked = request.form.get("language", "")
    if picked in [language.code for language in languages.offered()]:
        visit().language = picked
    back = redirect(_ours(request.form.get("back", "")), code=303)
    return preferences.remembering(back, request.form)


@child.get("/leave")
@guard.anyone
@guard.without_visit
def leave() -> ResponseReturnValue:
    """Leave nothing behind, and be somewhere neutral. A plain link, so that it always works.

    What the phone was to remember goes too. A shared screen opens no other site.
    """
    return _gone(context.settings().reference.links["leave"], looks=True)


@child.get("/finish")
@guard.anyone
@guard.without_visit
def finish() -> ResponseReturnValue:
    """Leave nothing behind but how pages look, if the phone was to remember it; be at the start."""
    return _gone(url_for("child.start"))


def came_from() -> str:
    """Return the page of ours that the reader came from, or the start."""
    return _ours(visit().take(Visit.came_from) or _path(request.referrer or ""))


def aside(to: str) -> Response:
    """Open another page, which leads back to this one."""
    visit().came_from = drafts.address(request.path)
    return redirect(url_for(_ASIDE.get(to, "child.start")), code=303)


def _gone(to: str, *, looks: bool = False) -> ResponseReturnValue:
    if shared_device.says_shared():
        to = url_for("child.kiosk_cleared")
    return leaving.leave(redirect(to, code=303), looks=looks)


def _path(address: str) -> str:
    if not leaving.is_ours(address):
        return ""
    _, _, path, asks, _ = urlsplit(address)
    named = next((part for part in asks.split("&") if part.startswith(f"{drafts.IN_ADDRESS}=")), "")
    return f"{path}?{named}" if named else path


def _ours(path: str) -> str:
    """Return ``path`` if it is one of ours; nobody is sent elsewhere by what a form says."""
    good = _OURS.fullmatch(path) and not path.startswith("//")
    return path if good else url_for("child.start")
