"""What a page says when something went wrong, and whether what was typed is kept."""

from typing import Any

from babel.numbers import format_decimal
from flask import Flask, current_app, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from werkzeug.exceptions import HTTPException, InternalServerError

from kids_feedback.domain.case.submission import WORDS_LIMIT
from kids_feedback.domain.errors import (
    BrokenConstraint,
    CalendarGap,
    CannotOpen,
    DatabaseUnavailable,
    DomainError,
    EditConflict,
    NotFound,
    UnknownCode,
)
from kids_feedback.web.kit import csrf, guard, shared_device
from kids_feedback.web.kit.forms import given_back
from kids_feedback.web.kit.guard import StaleForm
from kids_feedback.web.kit.sessions import visit

_STAFF_FRAME, _CHILD_FRAME = "account/frame.html", "base.html"
_SOON = "30"  # seconds until a browser or a machine may ask again
_OWN_PAGE = {403, 404, 405, 413, 429}


def install(app: Flask) -> None:
    """Answer every error with a page in the reader's language, in the frame of its address."""
    app.register_error_handler(StaleForm, stale_form)
    app.register_error_handler(NotFound, not_there)
    app.register_error_handler(EditConflict, moved_on)
    app.register_error_handler(CalendarGap, calendar_gap)
    app.register_error_handler(DomainError, refused)
    app.register_error_handler(DatabaseUnavailable, store_unavailable)
    app.register_error_handler(BrokenConstraint, broken_constraint)
    app.register_error_handler(CannotOpen, unreadable)
    app.register_error_handler(UnknownCode, unreadable)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(Exception, our_fault)


def stale_form(error: StaleForm) -> ResponseReturnValue:
    """Nothing was changed. What was typed stays on the page, to be sent again."""
    signed_out = isinstance(guard.request_view().policy, frozenset) and "person" not in g
    page = _page(
        "errors/stale.html",
        given=given_back(),
        signed_out=signed_out,
        words_first=isinstance(error, guard.WordsFirst),
        token=csrf.token_to_resend() if signed_out else csrf.token(),
    )
    return page, 400


def not_there(error: NotFound) -> ResponseReturnValue:
    if "person" in g:  # it is not there, or not theirs
        current_app.logger.info("not there for %s: %s", guard.person().id, request.endpoint)
    return _page("errors/not_there.html"), 404


def moved_on(error: EditConflict) -> ResponseReturnValue:
    """Somebody else saved first. Both texts are there: theirs in the case, this one here."""
    return _page("errors/moved_on.html", given=given_back()), 409


def refused(error: DomainError) -> ResponseReturnValue:
    current_app.logger.info("refused: %s", type(error).__name__)
    return _page("errors/not_now.html", given=given_back()), 409


def calendar_gap(error: CalendarGap) -> ResponseReturnValue:
    """Nobody entered that year's closed days: an operator's fault, so log it as one."""
    current_app.logger.error("the working calendar does not know %s", error.day)
    return _page("errors/sorry.html", given=given_back()), 503, {"Retry-After": _SOON}


def store_unavailable(error: DatabaseUnavailable) -> ResponseReturnValue:
    current_app.logger.error("the database did not answer: %s", type(error.__cause__).__name__)
    sends = request.method not in csrf.SAFE
    page = _page("errors/store_away.html", given=given_back() if sends else [], sends=sends)
    return page, 503, {"Retry-After": _SOON}


def unreadable(error: CannotOpen | UnknownCode) -> ResponseReturnValue:
    """What is kept was changed, or its key is missing: no act goes by what nobody can read."""
    current_app.logger.error("cannot be read: %s", error)
    return _page("errors/unreadable.html", given=given_back()), 503


def broken_constraint(error: BrokenConstraint) -> ResponseReturnValue:
    """The database held a rule that we forgot: log which, never the row that broke it."""
    current_app.logger.error("a rule of the database was broken: %s", error.name)
    return _page("errors/sorry.html", given=given_back()), 500


def http_error(error: HTTPException) -> ResponseReturnValue:
    cause = error.original_exception if isinstance(error, InternalServerError) else None
    if isinstance(cause, DatabaseUnavailable):  # after the view, as the visit was kept
        return store_unavailable(cause)
    if isinstance(cause, Exception):
        return our_fault(cause)
    code = error.code or 500
    if code < 400:
        return error
    page = f"errors/{code}.html" if code in _OWN_PAGE else "errors/sorry.html"
    shown = _page(page, given=[], most=format_decimal(WORDS_LIMIT, locale=get_locale()))
    answer = current_app.make_response((shown, code))
    if code == 405 and hasattr(error, "valid_methods") and error.valid_methods:
        answer.headers["Allow"] = ", ".join(sorted(error.valid_methods))
    return answer


def our_fault(error: Exception) -> ResponseReturnValue:
    """Log where it broke, never what was written: an exception's text may quote a child."""
    where = error.__traceback__
    while where and where.tb_next:
        where = where.tb_next
    place = f"{where.tb_frame.f_code.co_qualname}:{where.tb_lineno}" if where else "?"
    current_app.logger.error("broken: %s in %s", type(error).__name__, place)
    return _page("errors/sorry.html", given=given_back()), 500


def _page(name: str, **facts: Any) -> str:
    """Show a page in the frame of its address."""
    frame = _STAFF_FRAME if shared_device.in_staff_frame() else _CHILD_FRAME
    query = f"?{request.query_string.decode('ascii', 'replace')}" if request.query_string else ""
    return render_template(
        name,
        frame=frame,
        is_in=visit().person is not None,
        is_back=visit().opened_case is not None,
        here=request.path + query,
        **facts,
    )
