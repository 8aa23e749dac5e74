"""In front of everything: what gets no further, and what every answer carries, whoever makes it.

Static files, answers that Flask makes before it asks us, and a fault in the making of an error page
pass here too. What Granian answers by itself does not (docs/operating.md).
"""

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from flask import Flask
from werkzeug.exceptions import BadRequest, HTTPException, InternalServerError, RequestURITooLarge
from werkzeug.sansio.utils import host_is_trusted
from werkzeug.wrappers import Response
from werkzeug.wsgi import get_host

from kids_feedback.config import Settings, host_in, is_loopback
from kids_feedback.web.http import headers, request_ids

LONGEST_ADDRESS = 8_000  # bytes; ours have a few hundred
Environ = dict[str, Any]
Start = Callable[..., Any]
Wsgi = Callable[[Environ, Start], Iterable[bytes]]


def install(app: Flask, settings: Settings) -> None:
    """Stand in front of ``app`` and of whatever stands there already."""
    app.wsgi_app = Front(app, settings)  # type: ignore[method-assign]  # Flask's own way


class Front:
    """See the module."""

    def __init__(self, app: Flask, settings: Settings) -> None:
        self._app = app
        self._inner: Wsgi = app.wsgi_app
        self._https = settings.https
        self._hosts = settings.hosts
        self._here = is_loopback(host_in(settings.base_url))

    def __call__(self, environ: Environ, start_response: Start) -> Iterable[bytes]:
        start = self._start(environ, start_response)
        refused = self._refused(environ)
        if refused:
            return self._plain(refused, environ, start)
        try:
            return self._inner(environ, start)
        except Exception as error:
            # It broke where nothing else catches it. What it says may quote a child: not logged.
            return self._plain(InternalServerError(), environ, start, type(error).__name__)

    def _refused(self, environ: Environ) -> HTTPException | None:
        if not self._answers_to(environ.get("HTTP_HOST", "")):
            return BadRequest()
        if (
            len(environ.get("PATH_INFO", "")) + len(environ.get("QUERY_STRING", ""))
            > LONGEST_ADDRESS
        ):
            return RequestURITooLarge()
        return None

    def _answers_to(self, host: str) -> bool:
        if not host_is_trusted(host):  # it can't be read
            return False
        name = host_in(f"//{host}")
        return name in self._hosts or (self._here and is_loopback(name))

    def _plain(
        self, error: HTTPException, environ: Environ, start: Start, broken: str = ""
    ) -> Iterable[bytes]:
        """Answer in one line that repeats nothing of the request."""
        code, said = request_ids.of(environ), f"{error.code} {error.name}"
        log = self._app.logger.error if broken else self._app.logger.warning
        log("answered %s before any page %s[%s]", error.code, broken and f"({broken}) ", code)
        return Response(f"{said}. [{code}]\n", error.code, mimetype="text/plain")(environ, start)

    def _start(self, environ: Environ, start_response: Start) -> Start:
        wanted = headers.of_every_answer(environ.get("PATH_INFO", ""), https=self._https)

        def start(status: str, given: list[tuple[str, str]], *more: Any) -> Any:
            names = {name.lower() for name, _ in given}
            missing = [row for row in wanted.items() if row[0].lower() not in names]
            return start_response(
                status, [*(_here(row, environ) for row in given), *missing], *more
            )

        return start


def _here(row: tuple[str, str], environ: Environ) -> tuple[str, str]:
    """Return a header; one that leads to a page of ours leads there without naming a host.

    Werkzeug makes whole addresses of the host and scheme that it was asked by, where slashes are
    doubled. Behind TLS that led from https:// to http://.
    """
    name, value = row
    if name.lower() != "location":
        return row
    _, host, path, query, fragment = urlsplit(value)
    if host.lower() != get_host(environ).lower():
        return row
    return name, urlunsplit(("", "", f"/{path.lstrip('/')}", query, fragment))
