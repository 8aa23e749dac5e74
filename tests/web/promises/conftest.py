"""Every page that these tests open is read by the checker of promises."""

import pytest

from kids_feedback.storage.db import Transactions
from tests.conftest import SetClock
from tests.web.promises.checker import Checker, read_by


@pytest.fixture
def every_sentence_is_true() -> None:
    """The checker of these tests asks for more."""


@pytest.fixture
def checker(
    transactions: Transactions, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> Checker:
    reads = Checker(transactions, clock)
    read_by(reads, monkeypatch)
    return reads
