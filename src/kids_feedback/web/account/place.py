"""The browser that staff sign in from: a cookie that names no one, and the network it is in.

A child's browser never gets it, and a screen that others use too is no place of anybody's.
"""

from flask import after_this_request, current_app, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from kids_feedback.domain.people import Person
from kids_feedback.services.accounts import known_places, turns
from kids_feedback.services.accounts.known_places import LASTS, Place
from kids_feedback.services.accounts.turns import Turn
from kids_feedback.services.site import tokens
from kids_feedback.web.account.forms import GuardedForm
from kids_feedback.web.kit import context, network, sessions, shared_device


def here() -> Place:
    """Return where this request comes from: by a new name for a browser that has none yet."""
    if shared_device.says_shared():
        return Place(network=network.asking())
    return Place(network=network.asking(), browser=request.cookies.get(_name()) or tokens.new())


def take_turn(email: str) -> Turn:
    """Take a turn at signing in from here."""
    with context.transaction() as db:
        return turns.take(db, email=email, place=here(), now=context.now())


def keep(place: Place) -> None:
    """Give the browser its name, once somebody has signed in by it."""
    if not place.browser:
        return

    @after_this_request
    def give(response: Response) -> Response:
        sessions.set_cookie(response, _name(), place.browser, lasts=LASTS)
        return response


def stay_known(db: context.Session, person: Person) -> None:
    """Know this place after all that was known is forgotten, or before anything is."""
    place = here()
    known_places.remember(db, person.id, place, today=context.now().date())
    keep(place)


def later(form: GuardedForm, page: str) -> ResponseReturnValue:
    """Judge nothing for a while. It is the same for an address that nobody has."""
    current_app.logger.warning("a sign-in was not judged: too many miss there")
    return render_template(page, form=form), 429, network.retry_after(form.later)


def _name() -> str:
    return sessions.cookie_name("place")
