"""A visit that does not open is no visit: the site goes on, and leaving always leaves."""

import pytest
from sqlalchemy import func, literal_column, select, update

from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.shared_devices import Device
from kids_feedback.storage.tables.visits import Visit
from tests.conftest import SetClock
from tests.make import a_kiosk
from tests.web.conftest import COOKIE
from tests.web.page import Visitor, get, submit

only_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def spoil(transactions: Transactions) -> None:
    """Change one bit of whatever is kept of each visit."""
    with transactions() as db:
        for row in db.scalars(select(Visit)):
            assert row.state_sealed is not None
            spoilt = row.state_sealed[:-1] + bytes([row.state_sealed[-1] ^ 1])
            db.execute(update(Visit).where(Visit.id == row.id).values(state_sealed=spoilt))


@pytest.fixture
def spoilt(child: Visitor, transactions: Transactions) -> Visitor:
    """A child who has begun, and whose visit cannot be read any more."""
    submit(child, get(child, "/p/1"), topics="unkind")
    spoil(transactions)
    return child


@pytest.mark.parametrize("path", ["/", "/who-sees", "/look", "/back", "/account/sign-in"])
def test_every_page_opens(spoilt: Visitor, path: str, caplog: pytest.LogCaptureFixture) -> None:
    assert get(spoilt, path).status == 200
    assert "a visit cannot be read" in caplog.text


def test_words_that_are_sent_then_stay_on_the_page(spoilt: Visitor) -> None:
    page = submit(spoilt, get(spoilt, "/p/1"), topics="unkind")
    assert page.location == "/p/2"


@pytest.mark.parametrize("path", ["/leave", "/finish"])
def test_leaving_leaves_and_erases_it(
    spoilt: Visitor, transactions: Transactions, path: str
) -> None:
    assert get(spoilt, path).status == 303
    assert spoilt.get_cookie(COOKIE) is None
    with transactions.reading() as db:
        assert db.scalar(select(func.count()).select_from(Visit)) == 0


def test_a_shared_screen_is_cleared(
    child: Visitor, transactions: Transactions, clock: SetClock
) -> None:
    with transactions() as db:
        child.set_cookie("__Host-screen", a_kiosk(db, clock()))
    submit(child, get(child, "/p/1"), topics="unkind")
    spoil(transactions)
    assert get(child, "/p/2").location == "/kiosk/cleared"


@only_sqlite
@pytest.mark.parametrize("column", ["started_at", "seen_at", "state_sealed"])
@pytest.mark.parametrize("kept", ["'2026-1'", "'?'", "x'ff00'", "7", "1.5"])
def test_whatever_stands_in_its_row_leaving_leaves(
    child: Visitor, transactions: Transactions, column: str, kept: str
) -> None:
    """SQLite keeps any text, bytes or number in any column."""
    submit(child, get(child, "/p/1"), topics="unkind")
    page = get(child, "/p/2")
    with transactions() as db:
        db.execute(update(Visit).values({column: literal_column(kept)}))
    assert get(child, "/").status == 200
    again = submit(child, page, happened="Wagtail")
    assert (again.status, again.texts("textarea")) == (400, ["Wagtail"])
    assert get(child, "/leave").status == 303
    assert child.get_cookie(COOKIE) is None
    with transactions.reading() as db:
        assert db.scalar(select(func.count()).select_from(Visit)) == 0


@only_sqlite
@pytest.mark.parametrize("column", ["made_at", "kind", "closed_at"])
def test_a_shared_screen_that_cannot_be_read_is_one_no_longer(
    child: Visitor, transactions: Transactions, clock: SetClock, column: str
) -> None:
    """So what a child wrote on it is shown to nobody."""
    with transactions() as db:
        child.set_cookie("__Host-screen", a_kiosk(db, clock()))
    submit(child, get(child, "/p/1"), topics="unkind")
    with transactions() as db:
        db.execute(update(Device).values({column: literal_column("'?'")}))
    assert get(child, "/p/2").status in (303, 404)
    assert get(child, "/leave").status == 303
    assert get(child, "/").status == 200
