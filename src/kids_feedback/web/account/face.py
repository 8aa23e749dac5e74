"""The account face: its blueprint, and what it does to the visit."""

import secrets
from typing import Any

from flask import Blueprint, g, session

from kids_feedback.domain.people import Person
from kids_feedback.web import roles, screens
from kids_feedback.web.sessions import visit

account = Blueprint("account", __name__, url_prefix="/account")

_STAYS = ("language", "look", "theme", "size", "space")


@account.app_context_processor
def signed_in() -> dict[str, Any]:
    """Tell every page who is signed in, and where their work begins."""
    if "person" not in g:
        return {}
    return {"signed_in": g.person, "work": roles.home(g.person.role)}


def enter(person: Person, **kept: Any) -> None:
    """Begin a signed-in visit under a new cookie. Of what was before, only the look stays.

    A tablet that was handed over is taken back.
    """
    screens.take_back()
    stays = {name: session[name] for name in _STAYS if name in session}
    session.clear()
    visit().rotate()
    session.update(stays, person=person.id, visit=secrets.token_hex(8), **kept)


def leave() -> None:
    """End the visit; nothing of it stays."""
    session.clear()
    visit().rotate()
