"""Servers that browsers can reach: this test's site, and a neutral site to leave to."""

import datetime as dt
import ipaddress
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from kids_feedback.config import Settings
from kids_feedback.web.kit import context
from tests.app import an_app

HERE = "127.0.0.1"
SOON = 0.02  # seconds until a server notices that it should end
Certificate = tuple[str, str]  # the file of a certificate, and of its key


class Quiet(WSGIRequestHandler):
    """Keeps its log to itself."""

    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002 - as its parent
        pass


@contextmanager
def site(
    settings: Settings, now: Callable[[], dt.datetime], certificate: Certificate | None = None
) -> Iterator[str]:
    """Serve the site; with a certificate over HTTPS, and set up to be reached by it."""
    made: list[Flask] = []

    def make(url: str) -> Flask:
        here = replace(settings, https=certificate is not None, base_url=url)
        made.append(an_app(here, now))
        return made[0]

    with serving(make, certificate) as url:
        yield url
    with made[0].app_context():
        context.site().transactions.engine.dispose()


@contextmanager
def serving(make: Callable[[str], Any], certificate: Certificate | None = None) -> Iterator[str]:
    """Serve what ``make`` returns for the address that it will have; the port is a free one."""
    server = make_server(
        HERE, 0, weather, threaded=True, request_handler=Quiet, ssl_context=certificate
    )
    url = f"{'https' if certificate else 'http'}://{HERE}:{server.server_port}"
    server.app = make(url)
    thread = threading.Thread(target=server.serve_forever, args=[SOON])
    thread.start()
    try:
        yield url
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def weather(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    """A neutral site of one page."""
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
    return [b"<!doctype html><html lang=en><title>Weather</title><h1>Weather</h1>"]


def a_certificate(folder: Path) -> Certificate:
    """Write a certificate for this machine alone, good for today."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HERE)])
    now, day = dt.datetime.now(dt.UTC), dt.timedelta(days=1)
    address = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(HERE))])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - day)
        .not_valid_after(now + day)
        .add_extension(address, critical=False)
        .sign(key, hashes.SHA256())
    )
    files = folder / "certificate.pem", folder / "key.pem"
    files[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    files[1].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return str(files[0]), str(files[1])
