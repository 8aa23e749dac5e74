"""A child and a manager arrange to meet, each in a browser of their own."""

import pytest
from playwright.sync_api import expect

from kids_feedback.storage.db import Transactions
from tests.e2e import ways
from tests.e2e.conftest import OpenPage
from tests.e2e.pages.child import Now
from tests.e2e.pages.meeting import Arranging, Pick
from tests.e2e.tools import axe
from tests.services.casework.meeting_room import Room

TIMES = ["2026-03-04T10:00", "2026-03-05T16:00", "2026-03-06T11:30"]
PLACES = ["The library", "Our office"]
DAY = {"en": "Thursday 5 March", "ar": "الخميس 5 مارس"}


@pytest.mark.parametrize(("javascript", "look", "language"), ways.to("meets"))
def test_a_meeting_is_offered_picked_confirmed_seen_and_cancelled(
    open_page: OpenPage,
    transactions: Transactions,
    javascript: bool,  # noqa: FBT001 - a fixture's name
    language: str,
    look: str,
) -> None:
    with transactions() as db:
        room = Room(db)
        case_id, manager_id = room.row.id, room.manager.id
    child = open_page(
        visit={"mine": case_id, "language": language, "look": look},
        java_script_enabled=javascript,
    )
    desk = open_page(visit={"person": manager_id}, viewport={"width": 1024, "height": 800})
    Arranging.open(desk, case_id).offer(TIMES, PLACES)

    child.goto("/back/now")
    meeting = Pick.from_now(Now(child)).when(1).where(0)
    expect(meeting.main).to_contain_text(DAY[language])
    meeting = meeting.confirm()
    expect(meeting.main).to_contain_text("The library")
    if javascript:
        assert not axe.strictly(child)

    arranging = Arranging.open(desk, case_id)
    expect(arranging.main).to_contain_text("Thu 5 Mar 2026, 16:00 · The library")
    arranging.cancel("I am ill. Sorry.")

    child.goto("/back/now")
    expect(Now(child).main).to_contain_text("I am ill. Sorry.")
    expect(Now(child).main).to_contain_text("16")
    expect(Now(child).link("/back/meet/when")).to_have_count(0)
