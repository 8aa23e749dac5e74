"""While the database does not answer, no words are lost and nobody is kept from leaving."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from kids_feedback.domain.errors import DatabaseUnavailable
from kids_feedback.services.site import visits
from kids_feedback.storage.db import Transactions
from tests.conftest import SetClock
from tests.make import a_kiosk
from tests.web.conftest import COOKIE
from tests.web.page import Page, Visitor, follow, get, submit


@contextmanager
def nobody_there(*_: object) -> Iterator[None]:
    raise DatabaseUnavailable
    yield


def broken(*_: object, **__: object) -> None:
    raise DatabaseUnavailable


def away(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("__call__", "reading"):
        monkeypatch.setattr(Transactions, name, nobody_there)


def tell(child: Visitor) -> Page:
    """Write on the first two questions; return the third."""
    page = submit(child, get(child, "/p/1"), topics="unkind")
    return follow(child, submit(child, follow(child, page), happened="Wagtail"))


@pytest.mark.parametrize("path", ["/p/3", "/who-sees", "/look", "/kiosk/in/cy"])
def test_a_visit_that_could_not_be_read_is_there_again(
    child: Visitor, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    tell(child)
    with monkeypatch.context() as moment:
        moment.setattr(visits, "recall", broken)
        get(child, path)
    assert "Wagtail" in get(child, "/p/2").response.text


def test_words_that_come_meanwhile_stay_on_the_page_beside_those_before(
    child: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tell(child)
    with monkeypatch.context() as moment:
        moment.setattr(visits, "recall", broken)
        page = submit(child, page, better="Bullfinch", wish="ask")
    assert page.status == 503
    assert "Bullfinch" in page.response.text
    assert submit(child, page).location == "/p/5"
    assert "Bullfinch" in get(child, "/p/3").response.text
    assert "Wagtail" in get(child, "/p/2").response.text


def test_words_that_could_not_be_kept_stay_on_the_page(
    child: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tell(child)
    with monkeypatch.context() as moment:
        moment.setattr(visits, "keep", broken)
        page = submit(child, page, better="Bullfinch", wish="ask")
    assert page.status == 503
    assert "Bullfinch" in page.response.text
    assert submit(child, page).location == "/p/5"
    assert "Bullfinch" in get(child, "/p/3").response.text


@pytest.mark.parametrize("path", ["/leave", "/finish", "/kiosk/cleared"])
def test_nobody_is_kept_from_leaving(
    child: Visitor, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    tell(child)
    away(monkeypatch)
    assert get(child, path).status in (200, 303)
    assert child.get_cookie(COOKIE) is None


def test_a_kiosk_leads_nowhere_else_even_then(
    child: Visitor, transactions: Transactions, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with transactions() as db:
        child.set_cookie("__Host-screen", a_kiosk(db, clock()))
    tell(child)
    away(monkeypatch)
    assert get(child, "/leave").location == "/kiosk/cleared"
    assert child.get_cookie("__Host-screen") is not None


@pytest.mark.parametrize("path", ["/", "/first/1", "/look", "/who-sees"])
def test_a_page_that_only_reads_is_shown_while_nothing_can_be_written(
    child: Visitor, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    tell(child)
    with monkeypatch.context() as moment:
        moment.setattr(Transactions, "__call__", nobody_there)
        assert get(child, path).status == 200
    assert get(child, "/p/2").found("textarea").get_text().strip() == "Wagtail"
