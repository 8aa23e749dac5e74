"""A server that has gone quiet: frozen, or behind a network that is gone."""

from time import monotonic
from typing import Any

import pytest
from sqlalchemy import select, text

from kids_feedback.domain.errors import DatabaseUnavailable
from kids_feedback.storage import patience
from kids_feedback.storage.db import Transactions, engine_for, migrating
from tests.conftest import KEYS

pytestmark = pytest.mark.parametrize("database", ["postgresql"], indirect=True)


def test_a_server_that_has_gone_quiet_is_not_waited_for(
    transactions: Transactions, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its own limits are of no use then: it does not get to say that they are over."""
    monkeypatch.setattr("kids_feedback.storage.db._LONGEST", 0)  # for its answer: one second
    hurried = Transactions(engine_for(str(transactions.engine.url)), KEYS)
    begun = monotonic()
    with pytest.raises(DatabaseUnavailable), hurried() as session:
        session.execute(text("SELECT pg_sleep(30)"))
    assert monotonic() - begun < 15
    with hurried.reading() as session:  # by another connection
        assert session.scalar(select(1)) == 1
    hurried.engine.dispose()


def test_a_migration_takes_as_long_as_it_takes(
    transactions: Transactions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kids_feedback.storage.db._LONGEST", 0)
    hurried = engine_for(str(transactions.engine.url))
    with migrating(hurried) as connection:
        assert connection.scalar(text("SELECT 1 FROM pg_sleep(1.5)")) == 1
    hurried.dispose()


def test_whether_a_server_is_there_is_asked_with_less_patience(transactions: Transactions) -> None:
    """Whoever asks has the rest of their wait for a new connection."""
    with transactions.engine.connect() as connection:
        raw: Any = connection.connection.dbapi_connection
        assert raw.patience > patience.LOOK
    assert raw.patience == patience.LOOK
