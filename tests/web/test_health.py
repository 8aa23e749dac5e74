"""What whoever runs the site can ask of it: is it alive, and can it do its work?"""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from kids_feedback.domain.errors import DatabaseUnavailable
from kids_feedback.storage.db import Transactions
from tests.web.page import Visitor


@contextmanager
def nothing_is_written(*_: object) -> Iterator[None]:
    raise DatabaseUnavailable
    yield


def test_a_site_that_has_all_it_needs_says_so(child: Visitor) -> None:
    answer = child.get("/readyz")
    assert answer.status_code == 200
    assert set(answer.json or {}) == {
        "calendar",
        "database",
        "key",
        "outbox",
        "schema",
        "space",
        "writing",
    }


def test_a_site_that_can_only_read_is_alive_and_not_ready(
    child: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Transactions, "__call__", nothing_is_written)
    answer = child.get("/readyz")
    found = answer.json or {}
    assert (answer.status_code, found["database"], found["writing"]) == (503, True, False)
    assert child.get("/healthz").status_code == 200


def test_a_site_whose_database_is_away_says_so_too(
    child: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("__call__", "reading"):
        monkeypatch.setattr(Transactions, name, nothing_is_written)
    answer = child.get("/readyz")
    found = answer.json or {}
    assert (answer.status_code, found["database"], found["writing"]) == (503, False, False)
