"""How a page looks: Pictures or Words, colours, size, space, language.

It is kept in the visit, and goes with it, unless the reader asks their own phone to remember it.
That cookie says how pages look and nothing else; leaving the page takes it away.
"""

from collections.abc import Mapping
from datetime import timedelta

from flask import request
from werkzeug.wrappers import Response

from kids_feedback.web.kit import context, sessions
from kids_feedback.web.kit.sessions import cookie_name, visit
from kids_feedback.web.visit.kept import Preference

REMEMBERED_FOR = timedelta(days=180)
_FOR_A_SHARED_SCREEN = {"look": "pictures"}  # whoever comes next may be five


def current() -> dict[str, str]:
    """Return each preference of this reader by its name, as a page needs it."""
    remembered = _remembered()
    return {
        item.name: item.chosen(visit()) or remembered.get(item.name) or _usual(item)
        for item in visit().preferences()
    }


def keep(chosen: Mapping[str, str]) -> None:
    """Keep what was chosen; anything unknown is passed over."""
    for preference in visit().preferences():
        if chosen.get(preference.name) in preference.known:
            preference.put(visit(), chosen[preference.name])


def say(pictures: str, words: str) -> str:
    """Return the text for the look of this page."""
    return pictures if current()["look"] == "pictures" else words


def is_remembered() -> bool:
    """Say whether this browser was asked to remember how pages look."""
    return cookie_name("look") in request.cookies


def remembering(answer: Response, form: Mapping[str, str]) -> Response:
    """Give ``answer`` with what the browser is to remember, or is to forget.

    A form that asks has the field ``asks``; where another changes the look, what was said stands.
    """
    wanted = "remember" in form if "asks" in form else is_remembered()
    if wanted and sessions.current().screen is None:
        said = ".".join(current().values())
        sessions.set_cookie(answer, cookie_name("look"), said, lasts=REMEMBERED_FOR)
        return answer
    return forgetting(answer)


def forgetting(answer: Response) -> Response:
    """Give ``answer`` with nothing for the browser to remember."""
    if is_remembered():
        answer.delete_cookie(cookie_name("look"), path="/", secure=context.settings().https)
    return answer


def _remembered() -> dict[str, str]:
    """Return what this browser remembers, as far as it is something that may be chosen."""
    if sessions.current().screen is not None:
        return {}
    said = request.cookies.get(cookie_name("look"), "").split(".")
    named = zip(visit().preferences(), said, strict=False)
    return {item.name: value for item, value in named if not item.known or value in item.known}


def _usual(item: Preference) -> str:
    shared = sessions.current().screen is not None
    return (_FOR_A_SHARED_SCREEN.get(item.name, "") if shared else "") or item.usual
