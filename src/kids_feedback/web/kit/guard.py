"""Who may open a page. A route that does not say so does not start."""

from collections.abc import Callable
from enum import Enum
from typing import Any, TypeVar

from flask import Flask, abort, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from kids_feedback.domain.errors import DatabaseUnavailable
from kids_feedback.domain.people import CASE_ROLES, Person, Role
from kids_feedback.services.accounts import accounts
from kids_feedback.web.kit import context, csrf, sessions
from kids_feedback.web.kit.sessions import visit
from kids_feedback.web.visit.kept import Event

View = TypeVar("View", bound=Callable[..., Any])


class Public(Enum):
    """A page for which nobody signs in."""

    ANYONE = "everybody"
    CAME_BACK = "whoever came back with the secret words"


Policy = Public | frozenset[Role]
STAFF = CASE_ROLES
EVERY_ROLE = frozenset(Role)


class NoPolicy(Exception):
    """A route was added without saying who may open it."""


class StaleForm(Exception):
    """A form came back without the token of this visit. Nothing was changed."""


class WordsFirst(StaleForm):
    """What was typed belongs to a case, and nobody came back to one. Nothing was changed."""


def anyone(view: View) -> View:
    """Let everybody open ``view``."""
    return _declare(view, Public.ANYONE)


def came_back(view: View) -> View:
    """Let whoever came back with the secret words open ``view``; lead others to where they do.

    The view finds their case with ``opened_case``.
    """
    return _declare(view, Public.CAME_BACK)


def only(*roles: Role) -> Callable[[View], View]:
    """Let only these roles open the view."""
    return lambda view: _declare(view, frozenset(roles))


def without_visit(view: View) -> View:
    """Let ``view`` answer though the store failed, when nobody knows whose visit it is.

    No other does: from a visit that is not known nothing follows, least of all that it is gone.
    """
    view.without_visit = True  # type: ignore[attr-defined]  # functions may carry more
    return view


def keeps_words(view: View) -> View:
    """Let ``view`` see a stale form itself, because it brings the page back with every word.

    It must ask ``csrf.is_ours()`` before it changes anything; its form does (``OurForm``).
    Behind ``came_back`` such a form may be of somebody who did not come back.
    """
    view.keeps_words = True  # type: ignore[attr-defined]  # functions may carry more
    return view


def install(app: Flask) -> None:
    """Check every request against the policy of its route."""
    app.before_request(_check)


def check_every_route(app: Flask) -> None:
    """Refuse to start with a page that nobody thought about.

    Raises:
        NoPolicy: names the routes without a policy.
    """
    bare = [name for name, view in app.view_functions.items() if not hasattr(view, "policy")]
    if bare:
        raise NoPolicy(", ".join(sorted(bare)))


def policies(app: Flask) -> dict[str, Policy]:
    """Return who may open each endpoint."""
    views: dict[str, Any] = dict(app.view_functions)
    return {name: view.policy for name, view in views.items()}


def person() -> Person:
    """Return who is signed in. Only for pages behind ``only``."""
    signed_in: Person = g.person
    return signed_in


def opened_case() -> str:
    """Return the id of the case to which this child came back. Only behind ``came_back``.

    Raises:
        WordsFirst: nobody did; only where the view ``keeps_words``.
    """
    found = visit().opened_case
    if found is None:
        raise WordsFirst
    return found


def _declare(view: View, policy: Policy) -> View:
    view.policy = policy  # type: ignore[attr-defined]  # functions may carry more
    return view


def _check() -> ResponseReturnValue | None:
    if request.endpoint is None or request.routing_exception is not None:
        return None
    view: Any = request_view()
    _check_known(view)
    if isinstance(view.policy, frozenset):
        refused = _refuse(view.policy)
        if refused is not None:
            return refused
    keeps_words = getattr(view, "keeps_words", False)
    if not csrf.is_ours():
        if not keeps_words:
            raise StaleForm
    elif view.policy is Public.CAME_BACK and visit().opened_case is None:
        if request.method not in csrf.SAFE and keeps_words:
            raise WordsFirst
        return redirect(url_for("child.back"), code=303)
    return None


def _check_known(view: Any) -> None:
    if context.store_failed() and not getattr(view, "without_visit", False):
        raise DatabaseUnavailable


def request_view() -> Any:
    """Return the view function of this request."""
    return current_app.view_functions[request.endpoint or ""]


def _refuse(roles: frozenset[Role]) -> ResponseReturnValue | None:
    who = visit().person
    if who is None:
        return _sign_in_first()
    with context.reading() as db:
        found = accounts.signed_in(db, who)
    if found is None:
        sessions.outlive(Event.SIGNED_OUT)
        return _sign_in_first()
    if found.role not in roles:
        current_app.logger.info("not for the role of %s: %s", found.id, request.endpoint)
        abort(404)  # "not yours" looks like "not there"
    g.person = found
    return None


def _sign_in_first() -> ResponseReturnValue:
    if request.method in csrf.SAFE:
        return redirect(url_for("account.sign_in"), code=303)
    raise StaleForm
