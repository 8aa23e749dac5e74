"""Which page of a list an address asks for."""

from flask import abort, request

_LAST_PAGE = 9_999


def page_asked_for() -> int:
    """Return its number, from 1 on; anything else is not there."""
    asked = request.args.get("page", "1")
    if not (asked.isascii() and asked.isdigit() and 1 <= int(asked[:5]) <= _LAST_PAGE):
        abort(404)
    return int(asked[:5])
