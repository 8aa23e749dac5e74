"""A short code for a request: on the page that says something went wrong, and in its log lines.

Whoever asks about such a page gives the code, and whoever runs the site finds the line. It is drawn
anew for each request and says nothing of anybody.
"""

import logging
import secrets
from typing import Any

from flask import Flask, Response, current_app, has_request_context, request

_SIGNS = "23456789bcdfghjkmnpqrstvwxyz"  # none is mistaken for another, and they make no words
_LENGTH = 8
_ID, _SHOWN, _LOGGED = (f"kids_feedback.request.{name}" for name in ("id", "shown", "logged"))


def install(app: Flask) -> None:
    """Write the code into each log line, and a line for each page that shows it."""
    app.jinja_env.globals["request_id"] = _shown
    app.logger.addFilter(_IN_EACH_LINE)
    app.after_request(_log_what_is_shown)


def of(environ: dict[str, Any]) -> str:
    """Return the code of this request."""
    if _ID not in environ:
        environ[_ID] = "".join(secrets.choice(_SIGNS) for _ in range(_LENGTH))
    found: str = environ[_ID]
    return found


def _shown() -> str:
    request.environ[_SHOWN] = True
    return of(request.environ)


class _InEachLine(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        if has_request_context():
            request.environ[_LOGGED] = True
            record.msg = f"{record.msg} [{of(request.environ)}]"
        return True


_IN_EACH_LINE = _InEachLine()  # one for all: the sites of one process share a logger


def _log_what_is_shown(response: Response) -> Response:
    """Log a page with a code that no other line has: which page it was, and nothing of its reader.

    A warning, so that it is written wherever errors are.
    """
    if _SHOWN in request.environ and _LOGGED not in request.environ:
        asked = request.endpoint or "no page"
        current_app.logger.warning("answered %d: %s", response.status_code, asked)
    return response
