"""Headers on every response, and the compression that slow phones need."""

import gzip

import brotli
from flask import Flask, Response, g, request

from kids_feedback.web.kit import context, pairs

_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'{styles}",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "object-src 'none'",
        "require-trusted-types-for 'script'",
    )
)
_DENIED = (
    "accelerometer",
    "autoplay",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "serial",
    "usb",
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # no-referrer would send `Origin: null` with our own forms
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{name}=()" for name in _DENIED),
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex",
}
STRICT_TRANSPORT = "max-age=31536000; includeSubDomains"
# Of Brotli: 3 ms, and 50 ms for the largest page of two texts, an eighth smaller.
_FAST, _SMALL_AS_CAN_BE = 7, 11
_SMALL = 400  # bytes; below this compressing costs more than it saves


def install(app: Flask) -> None:
    """Add the headers after every request, errors included; ``front`` adds them to the rest."""
    app.after_request(_compress)
    app.after_request(_add)


def allow_style(digest: str) -> None:
    """Let the page that is being made carry the one style sheet with this SHA-256 (base64)."""
    g.setdefault("styles", {})[f" 'sha256-{digest}'"] = True  # in order, each once


def of_every_answer(path: str, *, https: bool, styles: str = "") -> dict[str, str]:
    """Return what the answer to a request for ``path`` carries, whoever makes it.

    Args:
        https: the site is reached over HTTPS.
        styles: what the policy says of the style sheets in the page.
    """
    found = {**HEADERS, "Content-Security-Policy": _POLICY.format(styles=styles)}
    if path == "/":
        del found["X-Robots-Tag"]
    if https:
        found["Strict-Transport-Security"] = STRICT_TRANSPORT
    return found


def _add(response: Response) -> Response:
    styles, https = "".join(g.get("styles", ())), context.settings().https
    response.headers.update(of_every_answer(request.path, https=https, styles=styles))
    return response


def _compress(response: Response) -> Response:
    """Compress pages. What is secret in them is masked afresh each time (see ``csrf``)."""
    response.vary.add("Accept-Encoding")
    if (
        response.is_streamed
        or response.direct_passthrough
        or "Content-Encoding" in response.headers
    ):
        return response
    body = response.get_data()
    accepted = request.accept_encodings
    if len(body) < _SMALL:
        return response
    if accepted["br"] > 0:
        quality = _SMALL_AS_CAN_BE if pairs.is_paired() else _FAST
        response.set_data(brotli.compress(body, quality=quality))
        response.headers["Content-Encoding"] = "br"
    elif accepted["gzip"] > 0:
        response.set_data(gzip.compress(body, compresslevel=5))
        response.headers["Content-Encoding"] = "gzip"
    return response
