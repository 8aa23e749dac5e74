"""What only a demonstration has, and only for this machine."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import request

from kids_feedback.domain.errors import NotFound
from kids_feedback.web.kit import context


def check() -> None:
    """Refuse all but a demonstration that is opened on the machine it runs on.

    Raises:
        NotFound: anything else.
    """
    asked, asking = urlsplit(f"//{request.host}").hostname, request.remote_addr
    if context.settings().demo is None or not (_is_loopback(asked) and _is_loopback(asking)):
        raise NotFound


def _is_loopback(host: str | None) -> bool:
    try:
        return host == "localhost" or ip_address(host or "").is_loopback
    except ValueError:
        return False
