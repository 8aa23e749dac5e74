"""Every page that these tests open is read by the checker of promises."""

import pytest
from bs4 import BeautifulSoup

from kids_feedback.storage.db import Transactions
from tests.conftest import SetClock
from tests.web import house_rules
from tests.web.promises.checker import Checker


@pytest.fixture
def checker(
    transactions: Transactions, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> Checker:
    reads, check = Checker(transactions, clock), house_rules.check

    def with_promises(soup: BeautifulSoup, path: str) -> None:
        check(soup, path)
        reads.page(soup, path)

    monkeypatch.setattr(house_rules, "check", with_promises)
    return reads
