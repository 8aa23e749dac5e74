"""What a reviewer reads of a release, an old one too: only figures that count what they say."""

from datetime import UTC, datetime

import pytest

from kids_feedback.domain.people import Role
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.summaries import Summary
from tests.domain.board.test_figures import FROZEN
from tests.make import a_person
from tests.web.conftest import SignIn
from tests.web.page import Visitor, get

PAGES = ("/board/", "/board/before", "/board/numbers", "/board/about", "/board/time")


@pytest.fixture
def reviewer(signed_in: SignIn, transactions: Transactions) -> Visitor:
    with transactions() as db:
        secretary = a_person(db, "Sec Retary", role=Role.BOARD_SECRETARY)
        db.add(
            Summary(
                ends="2025-10",
                payload=FROZEN,
                digest="0" * 64,
                released_at=datetime(2026, 3, 1, tzinfo=UTC),
                released_by=secretary.id,
            )
        )
        person = a_person(db, "Rae Viewer", role=Role.BOARD_REVIEWER)
    return signed_in(person)


def test_an_old_release_is_read_without_what_counts_something_else(reviewer: Visitor) -> None:
    said = " ".join(get(reviewer, path).text for path in PAGES)
    assert "Read in time: about 9 in 10" in said
    assert "Each child is counted once: by the first box from the top that they ticked." in said
    for untrue in ("Had someone with them", "within 20 working days", "most common"):
        assert untrue not in said
