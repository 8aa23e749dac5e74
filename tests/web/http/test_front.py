"""Which names the site answers to, and that every answer carries every header, whoever makes it."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient
from werkzeug.test import Client, TestResponse

from kids_feedback.config import Settings
from kids_feedback.web.kit import context, sessions
from tests.app import an_app
from tests.conftest import SetClock
from tests.web import house_rules
from tests.web.conftest import visitor

BASE = "https://say.example.org"
STRANGE = (
    "evil.test",
    "evil.test:443",
    "say.example.org.evil.test",
    "evil.say.example.org",
    "say.example.org.",
    "say.example.org:80 evil.test",
    "say.example.org@evil.test",
    "say.example.org:99999",
    "say.example.org:x",
    "localhost",  # not where the base address is elsewhere
    "127.0.0.1",
    "[::1]",
    "[::1",
    "a..b",
    "",
    "%",
    "say.example.org/x",
    "<script>",
    "\u00e9vil.test",
    "x" * 300,
)


@pytest.fixture
def public(settings: Settings, clock: SetClock) -> Iterator[FlaskClient]:
    """The site as everybody reaches it, by one name of its own and two more."""
    more = ("Other.example.org", "münchen.example:8443")
    site = an_app(replace(settings, base_url=BASE, trusted_hosts=more), clock)
    yield site.test_client()
    with site.app_context():
        context.site().transactions.engine.dispose()


def asked(client: FlaskClient, path: str, host: str, method: str = "GET") -> TestResponse:
    answer = client.open(path, method=method, environ_overrides={"HTTP_HOST": host})
    house_rules.check_headers(answer, path)
    return answer


@pytest.mark.parametrize(
    "host",
    [
        "say.example.org",
        "say.example.org:443",
        "say.example.org:8443",
        "SAY.Example.ORG",
        "other.example.org",
        "xn--mnchen-3ya.example",
    ],
)
def test_it_answers_to_its_own_names(public: FlaskClient, host: str) -> None:
    assert asked(public, "/healthz", host).status_code == 200


@pytest.mark.parametrize("host", STRANGE)
def test_a_strange_name_gets_a_plain_400(public: FlaskClient, host: str) -> None:
    for path in ("/", "/staff/queue", "/nothing", "/static/nothing.css", "/back//now"):
        for method in ("GET", "POST", "OPTIONS"):
            answer = asked(public, path, host, method)
            assert (answer.status_code, answer.mimetype) == (400, "text/plain")
            assert answer.text.startswith("400 Bad Request.")
            assert not host or len(host) < 2 or host not in answer.text
            assert "Location" not in answer.headers
            assert not answer.headers.getlist("Set-Cookie")


def test_who_names_no_host_gets_one_too(public: FlaskClient) -> None:
    def without_a_host(environ: dict[str, Any], start: Any) -> Any:
        del environ["HTTP_HOST"]
        return public.application.wsgi_app(environ, start)

    assert Client(without_a_host).get("/healthz").status_code == 400


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST:5000", "127.0.0.1:80", "127.9.9.9", "[::1]"]
)
def test_a_site_on_this_machine_answers_to_every_name_of_it(app: Flask, host: str) -> None:
    assert asked(visitor(app), "/healthz", host).status_code == 200
    assert asked(visitor(app), "/healthz", "say.example.org").status_code == 400


@pytest.mark.parametrize(
    ("path", "leads_to"),
    [
        ("/back//now", "/back/now"),
        ("/back//now?a=//b", "/back/now?a=//b"),
        ("/staff//queue", "/staff/queue"),
        ("/account", "/account/"),
    ],
)
@pytest.mark.parametrize("host", ["say.example.org", "SAY.example.org:443", "say.example.org:81"])
def test_no_redirect_repeats_the_host(
    public: FlaskClient, path: str, leads_to: str, host: str
) -> None:
    before, _, query = path.partition("?")
    overrides = {"HTTP_HOST": host, "PATH_INFO": before, "QUERY_STRING": query}
    answer = public.open("/", environ_overrides=overrides)
    house_rules.check_headers(answer, path)
    assert (answer.status_code, answer.headers["Location"]) == (308, leads_to)


@pytest.mark.parametrize(
    "path", ["//evil.test", "//evil.test/p/1", "///evil.test//p", "//p/1", "//"]
)
def test_an_address_that_begins_twice_leads_nowhere_else(public: FlaskClient, path: str) -> None:
    for method in ("GET", "POST"):
        overrides = {"HTTP_HOST": "say.example.org", "PATH_INFO": path}
        answer = public.open("/", method=method, environ_overrides=overrides)
        assert not answer.headers.get("Location", "/").startswith("//")
        assert 'action="//' not in answer.text


@pytest.mark.parametrize("elsewhere", ["https://weather.example/", "https://say.example.org:81/a"])
def test_a_way_to_another_site_stays_whole(public: FlaskClient, elsewhere: str) -> None:
    with public.application.app_context():
        site = context.site()
        links = {**site.settings.reference.links, "leave": elsewhere}
        reference = replace(site.settings.reference, links=links)
        settings = replace(site.settings, reference=reference)
        context.install(public.application, replace(site, settings=settings))
    assert asked(public, "/leave", "say.example.org").headers["Location"] == elsewhere


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "POST", "PUT", "DELETE", "BREW"])
@pytest.mark.parametrize(
    "path", ["/", "/p/1", "/nothing", "/healthz", "/staff/queue", "/static/no"]
)
def test_every_answer_has_every_header(app: Flask, method: str, path: str) -> None:
    house_rules.check_headers(visitor(app).open(path, method=method), path)


def test_a_static_file_has_them_and_is_kept_all_the_same(app: Flask) -> None:
    named: Any = app.jinja_env.globals["asset"]
    asset = named("css/base.css")
    wanted = visitor(app).get("/nothing").headers
    for headers in ({}, {"Accept-Encoding": "br"}, {"If-None-Match": "x"}, {"Range": "bytes=0-1"}):
        for method in ("GET", "HEAD"):
            with closing(visitor(app).open(asset, method=method, headers=headers)) as answer:
                got = answer.headers
                for name in (*house_rules.HEADERS, "Permissions-Policy", "X-Robots-Tag"):
                    if name != "Cache-Control":
                        assert got[name] == wanted[name], name
                assert "default-src 'none'" in got["Content-Security-Policy"]
                assert "immutable" in got["Cache-Control"]
                assert len(got.getlist("Cache-Control")) == 1


def test_an_address_without_end_gets_a_plain_414(app: Flask) -> None:
    for path in (f"/{'a' * 9_000}", f"/?{'a' * 9_000}"):
        answer = visitor(app).get(path)
        house_rules.check_headers(answer, "/" if "?" in path else path)
        assert (answer.status_code, answer.mimetype) == (414, "text/plain")
        assert "aaa" not in answer.text


def test_what_breaks_beneath_every_page_is_still_an_answer(
    app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def break_it(*_: object) -> Response:
        raise RuntimeError("what a child wrote")

    monkeypatch.setattr(sessions.Visits, "open_session", break_it)
    monkeypatch.setattr("kids_feedback.web.http.errors.render_template", break_it)
    answer = visitor(app).get("/p/1")
    house_rules.check_headers(answer, "/p/1")
    assert (answer.status_code, answer.mimetype) == (500, "text/plain")
    code = answer.text.split("[")[1].split("]")[0]
    last = caplog.messages[-1]
    assert last.startswith("answered 500 before any page (")
    assert all(f"[{code}]" in line for line in caplog.messages)
    assert "child wrote" not in answer.text + caplog.text
    assert "/p/1" not in caplog.text
    assert len(caplog.text.splitlines()) == len(caplog.messages), "no traceback"
