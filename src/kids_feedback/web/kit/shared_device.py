"""The device that asks: the reader's own, or a shared one. See ``domain.child.shared_devices``.

A shared screen is known by a cookie that holds nothing but random letters. It outlives every visit
on it, and says nothing about any.
"""

from datetime import datetime, timedelta

from flask import Flask, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from kids_feedback.domain.child.shared_devices import DeviceKind, ends_at
from kids_feedback.services.organisation import shared_devices
from kids_feedback.services.organisation.shared_devices import SharedDevice
from kids_feedback.web.kit import context, csrf, sessions
from kids_feedback.web.kit.sessions import screen_cookie, visit
from kids_feedback.web.visit.kept import Event

_LASTS = timedelta(days=400)  # as long as browsers keep any cookie; a kiosk's is renewed in use
_ALWAYS_OPEN = {"child.kiosk", "child.kiosk_cleared", "child.kiosk_language", "child.kiosk_still"}
_NO_ANSWER = {"child.choose_look", "child.choose_language"}


def current() -> SharedDevice | None:
    """Return the shared screen that asks; None when the reader alone uses it."""
    return sessions.current().screen


def says_shared() -> bool:
    """Say whether the browser says that its screen is shared, even if nobody can tell now."""
    return screen_cookie() in request.cookies


def in_staff_frame() -> bool:
    """Say whether this page is of those where staff work, though never on a screen of children.

    An address that is none says by its first part whose it would be.
    """
    prefixes = (blueprint.url_prefix for blueprint in current_app.blueprints.values())
    addresses = {prefix.strip("/") for prefix in prefixes if prefix}  # only staff's have one
    return request.path.split("/")[1] in addresses and not current()


def install(app: Flask) -> None:
    """On shared screens, end what is over before any page is made."""
    app.before_request(_end_what_is_over)
    app.after_request(_forget_ended_screen)


def seconds_left() -> int | None:
    """Return the seconds until the longest visit ends on this screen; None if it has not begun."""
    end = _end()
    return None if end is None else max(0, int((end - context.now()).total_seconds()))


def minutes_left() -> int | None:
    """Return the minutes until then, once they are few enough to be spoken of."""
    screen, left = current(), seconds_left()
    if screen is None or left is None:
        return None
    return -(-left // 60) if left <= screen.rules.warn_before_end.total_seconds() else None


def is_in_use() -> bool:
    """Say whether a child has begun something in this visit, or has come back to something."""
    return visit().person is None and visit().has_begun()


def become(response: Response, token: str, kind: DeviceKind) -> None:
    """Make the browser a shared screen: a kiosk for good, a tablet until its browser closes."""
    g.screen_given = True
    lasts = _LASTS if kind is DeviceKind.KIOSK else None
    sessions.set_cookie(response, screen_cookie(), token, lasts=lasts)


def renew(response: Response) -> None:
    """Let a kiosk's cookie last from today on."""
    screen = current()
    if screen is not None and screen.kind is DeviceKind.KIOSK:
        become(response, request.cookies[screen_cookie()], screen.kind)


def take_back() -> None:
    """End that this tablet is in a child's hands. A kiosk stays one."""
    screen = current()
    if screen is None or screen.kind is not DeviceKind.LENT:
        return
    with context.transaction() as db:
        shared_devices.take_back(db, screen.id, now=context.now())
    here = sessions.current()
    here.screen, here.screen_ended = None, True


def forget_visit(answer: Response) -> Response:
    """Leave nothing of this visit behind, here or in the browser. The screen stays what it is."""
    sessions.outlive(Event.LEFT)
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


def _end_what_is_over() -> ResponseReturnValue | None:
    here = sessions.current()
    shared = here.screen is not None or here.screen_ended
    if not shared or request.blueprint != "child" or request.endpoint in _ALWAYS_OPEN:
        return None
    if visit().person is not None:
        return None
    answers = request.method not in csrf.SAFE
    left_open = answers and (here.screen_ended or here.token is None)  # by a visit that has ended
    too_long = seconds_left() == 0 and request.endpoint != "child.send_checked"
    if here.dropped or left_open or too_long:
        return forget_visit(redirect(url_for("child.kiosk_cleared"), code=303))
    if answers and request.endpoint not in _NO_ANSWER and visit().first_answer_at is None:
        visit().first_answer_at = context.now()
    return None


def _end() -> datetime | None:
    screen = current()
    if screen is None:
        return None
    return ends_at(screen.kind, made_at=screen.made_at, first_answer_at=visit().first_answer_at)


def _forget_ended_screen(response: Response) -> Response:
    if sessions.current().screen_ended and "screen_given" not in g:
        response.delete_cookie(screen_cookie(), path="/", secure=context.settings().https)
    return response
