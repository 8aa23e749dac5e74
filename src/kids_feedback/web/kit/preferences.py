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
from kids_feedback.web.visit.visit import Visit

REMEMBERED_FOR = timedelta(days=180)


def current() -> dict[str, str]:
    """Return each preference of this reader by its name, as a page needs it."""
    return {item.name: _of(item) for item in visit().preferences()}


def keep(chosen: Mapping[str, str]) -> None:
    """Keep what was chosen; anything unknown is passed over."""
    for preference in visit().preferences():
        if chosen.get(preference.name) in preference.known:
            preference.put(visit(), chosen[preference.name])


def language() -> str:
    """Return the code of the language that was chosen, or nothing."""
    return _of(Visit.language)


def look() -> str:
    """Return "pictures" or "words"."""
    return _of(Visit.look)


def say(pictures: str, words: str) -> str:
    """Return the text for the look of this page."""
    return pictures if look() == "pictures" else words


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


def _of(item: Preference) -> str:
    """Return what was chosen in this visit, what the browser remembers, or what is usual."""
    if chosen := item.chosen(visit()):
        return chosen
    if sessions.current().screen is not None:  # whoever comes next to it may be five
        return "pictures" if item is Visit.look else item.usual
    if not is_remembered():
        return item.usual
    names = [each.name for each in visit().preferences()]  # in the order in which they are kept
    said = request.cookies[cookie_name("look")].split(".")
    value = dict(zip(names, said, strict=False)).get(item.name, "")
    return value if value in item.known or not item.known else item.usual
