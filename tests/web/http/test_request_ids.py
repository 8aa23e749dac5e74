"""A page that says something went wrong has a code, and the log has a line with the same."""

import logging
import re
from collections.abc import Callable

import pytest
from flask import Flask, abort

from kids_feedback.domain.errors import DatabaseUnavailable
from kids_feedback.web.kit import guard
from tests.web.conftest import visitor
from tests.web.page import Page, Visitor, get, post

SENTENCE = re.compile(r"If you ask us about this page, tell us: ([2-9b-z]{8})\. It says nothing")
WORDS = "Bullfinch was unkind"


def code_of(page: Page) -> str:
    found = SENTENCE.findall(page.text)
    assert len(found) == 1, page.text
    code: str = found[0]
    return code


def failing(error: Exception) -> Callable[..., str]:
    @guard.anyone
    @guard.keeps_words
    def fail() -> str:
        raise error

    return fail


@pytest.mark.parametrize("error", [RuntimeError(WORDS), DatabaseUnavailable(), KeyError(WORDS)])
def test_the_line_of_an_error_has_the_code_that_its_page_has(
    app: Flask, child: Visitor, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    app.view_functions["child.look"] = failing(error)
    page = get(child, "/look")
    (line,) = caplog.messages
    assert line.endswith(f" [{code_of(page)}]")
    assert WORDS not in line


@pytest.mark.parametrize("path", ["/nothing", "/staff/nothing", "/p/99/99"])
def test_so_has_a_page_that_is_not_there(
    child: Visitor, caplog: pytest.LogCaptureFixture, path: str
) -> None:
    page = get(child, path)
    assert page.status == 404
    (line,) = caplog.messages
    assert re.fullmatch(rf"answered 404: [a-z_. ]+ \[{code_of(page)}\]", line)
    assert caplog.records[0].levelno == logging.WARNING, "it is written wherever errors are"


def test_so_has_what_cannot_be_done(child: Visitor, caplog: pytest.LogCaptureFixture) -> None:
    wrong = [
        get(child, "/p/1"),
        post(child, "/p/1", csrf_token="old", topics="unfair"),
        post(child, "/look", csrf_token="old"),
        post(child, "/healthz"),  # 405
        post(child, "/p/2", happened="x" * 3_000_000),  # 413
    ]
    for page in wrong[2:]:
        code = code_of(page)
        assert sum(f"[{code}]" in line for line in caplog.messages) == 1
    assert all(WORDS not in line for line in caplog.messages)


def test_each_request_has_a_code_of_its_own(child: Visitor) -> None:
    assert len({code_of(get(child, "/nothing")) for _ in range(20)}) == 20


def test_a_page_that_is_right_has_none(child: Visitor, caplog: pytest.LogCaptureFixture) -> None:
    assert not SENTENCE.findall(get(child, "/").response.text)
    assert not caplog.messages


@pytest.mark.parametrize("status", [400, 403, 410, 418, 429, 500, 501, 502, 503])
def test_every_kind_of_error_page_has_one(app: Flask, status: int) -> None:
    @guard.anyone
    def fail() -> str:
        abort(status)

    app.view_functions["child.look"] = fail
    page = get(visitor(app), "/look")
    assert page.status == status
    assert code_of(page)
