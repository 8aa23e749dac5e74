"""What a page says when something went wrong, and whether what was typed is kept."""

from typing import Any

from flask import Flask, current_app, g, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, InternalServerError

from kids_feedback.domain.errors import (
    BrokenConstraint,
    CalendarGap,
    DatabaseUnavailable,
    DomainError,
    EditConflict,
    NotFound,
)
from kids_feedback.web.kit import csrf, guard, shared_device
from kids_feedback.web.kit.forms import NEVER_SHOWN, words_typed
from kids_feedback.web.kit.guard import StaleForm
from kids_feedback.web.kit.sessions import visit

_STAFF_FRAME, _CHILD_FRAME = "account/frame.html", "base.html"
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
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(Exception, our_fault)


def stale_form(error: StaleForm) -> ResponseReturnValue:
    """Nothing was changed. What was typed stays on the page, to be sent again."""
    signed_out = isinstance(guard.request_view().policy, frozenset) and "person" not in g
    page = _page(
        "errors/stale.html",
        typed=_typed(),
        signed_out=signed_out,
        words_first=isinstance(error, guard.WordsFirst),
        token=csrf.token_to_resend() if signed_out else csrf.token(),
    )
    return page, 400


def not_there(error: NotFound) -> ResponseReturnValue:
    return _page("errors/not_there.html"), 404


def moved_on(error: EditConflict) -> ResponseReturnValue:
    """Somebody else saved first. Both texts are there: theirs in the case, this one here."""
    return _page("errors/moved_on.html", typed=words_typed()), 409


def refused(error: DomainError) -> ResponseReturnValue:
    current_app.logger.info("refused: %s", type(error).__name__)
    return _page("errors/not_now.html", typed=_typed()), 409


def calendar_gap(error: CalendarGap) -> ResponseReturnValue:
    """Nobody entered that year's closed days: an operator's fault, so log it as one."""
    current_app.logger.error("the working calendar does not know %s", error.day)
    return _page("errors/sorry.html", typed=_typed()), 503


def store_unavailable(error: DatabaseUnavailable) -> ResponseReturnValue:
    current_app.logger.error("the database did not answer: %s", type(error.__cause__).__name__)
    return _page("errors/sorry.html", typed=_typed()), 503


def broken_constraint(error: BrokenConstraint) -> ResponseReturnValue:
    """The database held a rule that we forgot: log which, never the row that broke it."""
    current_app.logger.error("a rule of the database was broken: %s", error.name)
    return _page("errors/sorry.html", typed=_typed()), 500


def http_error(error: HTTPException) -> ResponseReturnValue:
    cause = error.original_exception if isinstance(error, InternalServerError) else None
    if isinstance(cause, DatabaseUnavailable):  # as the visit was kept, after the page was made
        return store_unavailable(cause)
    code = error.code or 500
    if code < 400:
        return error
    page = f"errors/{code}.html" if code in _OWN_PAGE else "errors/sorry.html"
    answer = current_app.make_response((_page(page, typed=[]), code))
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
    return _page("errors/sorry.html", typed=_typed()), 500


def _page(name: str, **facts: Any) -> str:
    """Show a page: in the staff's frame where staff work, though not on a screen of children.

    An address that is none says by its first part whose it would be.
    """
    first_part = request.path.split("/")[1]
    staff = first_part in _staff_addresses() and not shared_device.current()
    frame = _STAFF_FRAME if staff else _CHILD_FRAME
    return render_template(name, frame=frame, is_in=visit().person is not None, **facts)


def _staff_addresses() -> set[str]:
    """Return the first parts of addresses that only staff have: their blueprints have a prefix."""
    prefixes = (blueprint.url_prefix for blueprint in current_app.blueprints.values())
    return {prefix.strip("/") for prefix in prefixes if prefix}


def _typed() -> list[tuple[str, str]]:
    """Return what was typed and ticked, so that the page can give it back. Never a password."""
    return [
        (name, value) for name, value in request.form.items(multi=True) if name not in NEVER_SHOWN
    ]
