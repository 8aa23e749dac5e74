"""Flask's session, kept on the server under a random id in the one cookie.

The cookie holds nothing but the id. It is set only once there is something to remember, has no
expiry (so it goes with the browser) and changes at sign-in, at sending and at leaving, which also
drops the browser's kept copies of earlier pages. Whoever only looks at a form is not remembered:
their cookie proves that a form is theirs, and the store has no row of it until something is sent.
"""

import hashlib
from contextlib import suppress
from datetime import timedelta
from typing import Any

from flask import Flask, Request, current_app, request, session
from flask.sessions import SessionInterface, SessionMixin
from werkzeug.datastructures import CallbackDict
from werkzeug.wrappers import Response

from kids_feedback.domain.errors import (
    CannotOpen,
    DatabaseUnavailable,
    EditConflict,
    UnknownCode,
)
from kids_feedback.services.organisation import shared_devices
from kids_feedback.services.organisation.shared_devices import SharedDevice
from kids_feedback.services.site import tokens, visits
from kids_feedback.web.kit import context
from kids_feedback.web.visit.kept import Event
from kids_feedback.web.visit.visit import Visit

_EARLIER = "earlier"
KEY_BYTES = 16  # of what proves that a form is of this visit
_LOOKS = "~"  # how the cookie of somebody who only looks begins


class VisitSession(CallbackDict[str, Any], SessionMixin):
    """A dictionary that knows under which token it is kept. Pages read and write ``visit``."""

    def __init__(
        self,
        state: dict[str, Any] | None = None,
        token: str | None = None,
        *,
        kind: type[Visit] = Visit,
    ) -> None:
        def changed(_: Any) -> None:
            self.modified = True

        state = dict(state or {})
        earlier = state.pop(_EARLIER, [])
        # Tokens left behind keep something until the browser comes with the one that followed.
        self.done_with = [item for item in earlier if isinstance(item, str)]
        self.earlier: list[str] = []
        super().__init__(kind.readable(state), changed)
        self.visit = kind(self)
        self.token = token
        self.lost: str | None = None  # a token whose visit cannot be read, and so is none
        self.looks: str | None = None  # the cookie of somebody of whom nothing is kept
        self.left: tuple[str, dict[str, Any]] | None = None  # the token left behind, what it keeps
        self.screen: SharedDevice | None = None  # None: nobody but this reader uses it
        self.screen_ended = False  # it says that it is shared, and is not, or not any longer
        self.dropped = False  # on a shared screen: there was a visit, and it has died
        self.stale = False  # when it was last seen wants writing
        self.modified = False

    def rotate(self, *, leaving: dict[str, Any] | None = None) -> None:
        """Go on under a new token; the old one keeps only ``leaving``, or is erased."""
        if behind := self.token or self.lost:
            self.left = (behind, leaving or {} if self.token else {})
            self.earlier += [behind] if leaving else []
        self.token = self.lost = self.looks = None
        self.modified = True

    def key_of_looks(self) -> bytes | None:
        """Return what a form proves itself by while nothing is kept; None: something is.

        A shared screen keeps every visit, as its next user may be somebody else.
        """
        if self or self.token or self.left or self.screen:
            return None
        self.looks = self.looks or _LOOKS + tokens.new()
        return _key_of(self.looks)


class Visits(SessionInterface):
    """Recall and keep visits through ``services.site.visits``.

    Args:
        kind: what there is to remember.
    """

    def __init__(self, kind: type[Visit] = Visit) -> None:
        self._kind = kind

    def open_session(self, app: Flask, request: Request) -> VisitSession:
        token = request.cookies.get(_visit_cookie(), "")
        screen_token = request.cookies.get(screen_cookie(), "")
        if token.startswith(_LOOKS) and not screen_token:
            only_looks = VisitSession(kind=self._kind)
            only_looks.looks = token
            return only_looks
        if not token and not screen_token:
            return VisitSession(kind=self._kind)
        try:
            return self._recalled(token, screen_token)
        except DatabaseUnavailable:  # from here on see ``context.store_failed``
            return VisitSession(token=token or None, kind=self._kind)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        assert isinstance(session, VisitSession)  # noqa: S101 - the only class this makes
        if not session.modified:
            _note_seen(session)
        elif not (context.store_failed() and session):  # else what it keeps stays as it was
            try:
                _write(session, response)
            except EditConflict:  # a double tap wrote the same visit first: write after it
                _write(session, response)
        if session.looks and not session and session.looks != request.cookies.get(_visit_cookie()):
            set_cookie(response, _visit_cookie(), session.looks)
            _forget_lost(session)

    def _recalled(self, token: str, screen_token: str) -> VisitSession:
        """Return the visit and the screen of these cookies; an empty value is no cookie."""
        now, screen, found, lost = context.now(), None, None, None
        with context.reading() as db:
            if screen_token:
                screen = _recognised(db, screen_token)
            if token:
                try:
                    found = visits.recall(db, token, now=now, shared=screen is not None)
                except CannotOpen:
                    current_app.logger.error("a visit cannot be read: by which key was it sealed?")
                    lost = token
        state, kept_under = (found.state, token) if found else (None, None)
        session = VisitSession(state, kept_under, kind=self._kind)
        session.lost = lost
        session.screen, session.screen_ended = screen, bool(screen_token) and screen is None
        if screen is None:
            session.stale = found is not None and found.stale
        elif token and found is None:
            session.token, session.dropped = token, True
            session.rotate()
        return session


def _recognised(db: context.Session, screen_token: str) -> SharedDevice | None:
    """Return the shared screen; one that cannot be read is one that has ended."""
    try:
        return shared_devices.recognise(db, screen_token, now=context.now())
    except (CannotOpen, UnknownCode):
        current_app.logger.error("a shared screen cannot be read")
        return None


def _note_seen(session: VisitSession) -> None:
    """Note that somebody is there: now and then, and on a shared screen with every request.

    A page that only reads waits for no writer, so at times it is not noted.
    """
    if session.token is None or not (session.stale or session.screen or session.done_with):
        return
    with suppress(DatabaseUnavailable, EditConflict), context.noting() as db:
        if session.done_with:
            _put(db, session, session.token, fresh=False)
        visits.note_seen(db, session.token, now=context.now())


def _forget_lost(session: VisitSession) -> None:
    """Erase a visit that nobody can read, and to which no cookie leads any more, if that can be."""
    if session.lost:
        with suppress(DatabaseUnavailable), context.noting() as db:
            visits.forget(db, session.lost)


def _write(session: VisitSession, response: Response) -> None:
    fresh = session.token is None
    token = session.token or tokens.new()
    if session and session.looks and session.visit.form_key is None:
        session.visit.form_key = _key_of(session.looks)  # pages that are open go on as they are
    try:
        _keep(session, token, fresh=fresh)
    except DatabaseUnavailable:
        if session and not _may_be_lost(session):
            raise
        # Nobody is kept from leaving: what could not be erased now dies by itself.
    if session and fresh:
        set_cookie(response, _visit_cookie(), token)
    elif not session and request.cookies.get(_visit_cookie()):
        # A browser drops its kept copies of pages when the cookie changes, not when it only goes.
        set_cookie(response, _visit_cookie(), tokens.new())
        response.delete_cookie(_visit_cookie(), path="/", secure=context.settings().https)


def _may_be_lost(session: VisitSession) -> bool:
    """Say whether a page may go on though the visit could not be kept, and stays as it was.

    So where somebody only reads, as when a draft was to be put aside; and where staff have acted,
    and all that is lost is what the next page was to say: told that it failed, they would do it
    again.
    """
    stays = session.token is not None and session.left is None
    reads = request.method in ("GET", "HEAD")
    has_acted = session.visit.person is not None and context.something_kept()
    return stays and (reads or has_acted)


def _key_of(looks: str) -> bytes:
    return hashlib.sha256(f"form {looks}".encode()).digest()[:KEY_BYTES]


def _keep(session: VisitSession, token: str, *, fresh: bool) -> None:
    if not (session or session.token or session.left or session.done_with):
        return
    with context.transaction() as db:
        if session.left:
            shared = session.screen is not None
            visits.leave(db, *session.left, now=context.now(), shared=shared)
        if session:
            visits.forget(db, session.lost or "")
            _put(db, session, token, fresh=fresh)
        else:
            for gone in (*session.earlier, *session.done_with, session.token or ""):
                visits.forget(db, gone)


def _put(db: context.Session, session: VisitSession, token: str, *, fresh: bool) -> None:
    """Keep what there is under ``token``, and nothing more under those before it."""
    for gone in session.done_with:
        visits.forget(db, gone)
    trail = {_EARLIER: session.earlier} if session.earlier else {}
    shared = session.screen is not None
    visits.keep(db, token, {**session, **trail}, now=context.now(), fresh=fresh, shared=shared)


def current() -> VisitSession:
    """Return the session as what it is behind Flask's proxy: where a visit is kept."""
    found: VisitSession = session._get_current_object()  # type: ignore[attr-defined]  # a proxy's
    return found


def visit() -> Visit:
    """Return what is remembered of this browser."""
    return current().visit


def outlive(event: Event, *, behind: Visit | None = None) -> None:
    """Go on under a new cookie with what survives ``event``.

    Args:
        behind: what the earlier cookie still leads to, besides how pages look; None: nothing.
    """
    leaving = {**visit().preferred(), **behind.state} if behind else None
    visit().outlive(event)
    current().rotate(leaving=leaving)


def cookie_name(name: str) -> str:
    """Return what a cookie of ours is called: as the browser lets nobody else set it, if it can."""
    return f"__Host-{name}" if context.settings().https else name


def screen_cookie() -> str:
    """Return the name of the cookie that makes a screen a shared one."""
    return cookie_name("screen")


def set_cookie(
    response: Response, name: str, value: str, *, lasts: timedelta | None = None
) -> None:
    """Give the browser a cookie of ours, as each of them is given.

    Args:
        lasts: for how long; None: it goes with the browser.
    """
    response.set_cookie(
        name,
        value,
        max_age=lasts,
        path="/",
        secure=context.settings().https,
        httponly=True,
        samesite="Lax",
    )


def _visit_cookie() -> str:
    return cookie_name("id")
