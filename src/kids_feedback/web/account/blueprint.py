"""The account's blueprint, and what signing in and out does to the visit."""

import secrets
from typing import Any

from flask import Blueprint, g

from kids_feedback.domain.people import Person
from kids_feedback.web.kit import roles, sessions, shared_device
from kids_feedback.web.kit.sessions import visit
from kids_feedback.web.visit.kept import Event

account = Blueprint("account", __name__, url_prefix="/account")


@account.app_context_processor
def signed_in() -> dict[str, Any]:
    """Tell every page who is signed in, and where their work begins."""
    if "person" not in g:
        return {}
    return {"signed_in": g.person, "work": roles.home(g.person.role)}


def enter(person: Person) -> None:
    """Begin a signed-in visit under a new cookie. Of what was before, only the look stays.

    A tablet that was handed over is taken back.
    """
    shared_device.take_back()
    sessions.outlive(Event.SIGNED_IN)
    visit().person, visit().label = person.id, secrets.token_hex(8)


def leave() -> None:
    """End the visit; nothing of it stays."""
    sessions.outlive(Event.SIGNED_OUT)
