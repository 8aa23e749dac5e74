"""Who may open a page. A route that does not say so does not start."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from flask import Flask, abort, current_app, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from kids_feedback.domain.people import CASE_ROLES, Person, Role
from kids_feedback.services import accounts
from kids_feedback.web import context, csrf

View = TypeVar("View", bound=Callable[..., Any])

ANYONE: frozenset[Role] | None = None
STAFF = CASE_ROLES
EVERY_ROLE = frozenset(Role)


class NoPolicy(Exception):  # noqa: N818
    """A route was added without saying who may open it."""


class StaleForm(Exception):  # noqa: N818
    """A form came back without the token of this visit. Nothing was changed."""


def anyone(view: View) -> View:
    """Let everybody open ``view``."""
    return _declare(view, ANYONE)


def only(*roles: Role) -> Callable[[View], View]:
    """Let only these roles open the view."""
    return lambda view: _declare(view, frozenset(roles))


def keeps_words(view: View) -> View:
    """Let ``view`` see a stale form itself, because it brings the page back with every word.

    It must ask ``csrf.is_ours()`` before it changes anything; its form does (``OurForm``).
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


def policies(app: Flask) -> dict[str, frozenset[Role] | None]:
    """Return who may open each endpoint; None is everybody."""
    views: dict[str, Any] = dict(app.view_functions)
    return {name: view.policy for name, view in views.items()}


def person() -> Person:
    """Return who is signed in. Only for pages behind ``only``."""
    signed_in: Person = g.person
    return signed_in


def _declare(view: View, roles: Iterable[Role] | None) -> View:
    view.policy = roles  # type: ignore[attr-defined]  # functions may carry more
    return view


def _check() -> ResponseReturnValue | None:
    if request.endpoint is None or request.routing_exception is not None:
        return None
    view: Any = request_view()
    if view.policy is not ANYONE:
        refused = _refuse(view.policy)
        if refused is not None:
            return refused
    if not csrf.is_ours() and not getattr(view, "keeps_words", False):
        raise StaleForm
    return None


def request_view() -> Any:
    """Return the view function of this request."""
    return current_app.view_functions[request.endpoint or ""]


def _refuse(roles: frozenset[Role]) -> ResponseReturnValue | None:
    who = session.get("person")
    if who is None:
        return _sign_in_first()
    with context.reading() as db:
        found = accounts.signed_in(db, who)
    if found is None:
        session.clear()
        return _sign_in_first()
    if found.role not in roles:
        abort(404)  # "not yours" looks like "not there"
    g.person = found
    return None


def _sign_in_first() -> ResponseReturnValue:
    if request.method in csrf.SAFE:
        return redirect(url_for("account.sign_in"), code=303)
    raise StaleForm
