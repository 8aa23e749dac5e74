"""Visits end by themselves, and stay ended."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kids_feedback.domain.people import Role
from kids_feedback.services.site import visits
from kids_feedback.storage.tables.visits import Visit, end_of
from tests.make import NOW, a_person


def test_a_visit_is_recalled_by_its_token_only(db: Session) -> None:
    visits.keep(db, "token", {"look": "words"}, now=NOW)
    found = visits.recall(db, "token", now=NOW)
    assert found is not None
    assert found.state == {"look": "words"}
    assert visits.recall(db, "other", now=NOW) is None


@pytest.mark.parametrize(
    ("role", "idle"),
    [(None, timedelta(hours=2)), (Role.LOCAL_MANAGER, timedelta(minutes=30))],
    ids=["a child", "a manager"],
)
def test_an_idle_visit_dies_and_is_erased(db: Session, role: Role | None, idle: timedelta) -> None:
    state = {"person": a_person(db, role=role).id} if role else {"answers": {"name": "Pip"}}
    visits.keep(db, "token", state, now=NOW)
    assert visits.recall(db, "token", now=NOW + idle) is not None
    later = NOW + idle + timedelta(seconds=1)
    assert visits.recall(db, "token", now=later) is None
    visits.erase_old(db, now=later)
    assert db.scalar(select(func.count()).select_from(Visit)) == 0


def test_a_visit_that_was_ended_is_not_revived_by_a_request_under_way(db: Session) -> None:
    person = a_person(db, role=Role.LOCAL_MANAGER)
    visits.keep(db, "token", {"person": person.id}, now=NOW)
    end_of(db, person.id)
    visits.keep(db, "token", {"person": person.id}, now=NOW, fresh=False)
    assert visits.recall(db, "token", now=NOW) is None


def test_nobody_is_signed_in_by_a_state_that_names_somebody_else(db: Session) -> None:
    person = a_person(db, role=Role.LOCAL_MANAGER)
    visits.keep(db, "token", {"look": "words"}, now=NOW)
    db.query(Visit).one().state = {"look": "words", "person": person.id}
    db.flush()
    found = visits.recall(db, "token", now=NOW)
    assert found is not None
    assert found.state == {"look": "words"}


def test_what_is_left_behind_is_only_what_was_said(db: Session) -> None:
    visits.keep(db, "token", {"answers": {"name": "Pip"}}, now=NOW)
    visits.leave(db, "token", {"sent": "key"}, now=NOW)
    found = visits.recall(db, "token", now=NOW)
    assert found is not None
    assert found.state == {"sent": "key"}
    visits.leave(db, "token", {}, now=NOW)
    assert visits.recall(db, "token", now=NOW) is None


def test_a_visit_seen_long_ago_wants_to_be_noted(db: Session) -> None:
    visits.keep(db, "token", {"look": "words"}, now=NOW)
    soon, later = (
        visits.recall(db, "token", now=NOW + timedelta(seconds=seconds)) for seconds in (30, 90)
    )
    assert soon is not None
    assert later is not None
    assert (soon.stale, later.stale) == (False, True)


FIVE_MINUTES, MOMENT = timedelta(minutes=5), timedelta(seconds=1)


def test_a_childs_visit_on_a_shared_screen_is_dropped_after_five_minutes(db: Session) -> None:
    visits.keep(db, "token", {"answers": {"name": "Pip"}}, now=NOW, shared=True)
    assert visits.recall(db, "token", now=NOW + FIVE_MINUTES, shared=True) is not None
    later = NOW + FIVE_MINUTES + MOMENT
    assert visits.recall(db, "token", now=later, shared=True) is None
    visits.erase_old(db, now=later)
    assert db.scalar(select(func.count()).select_from(Visit)) == 0


def test_who_is_still_there_keeps_the_visit_alive(db: Session) -> None:
    visits.keep(db, "token", {"answers": {"name": "Pip"}}, now=NOW, shared=True)
    visits.note_seen(db, "token", now=NOW + FIVE_MINUTES)
    found = visits.recall(db, "token", now=NOW + 2 * FIVE_MINUTES, shared=True)
    assert found is not None
    assert found.state == {"answers": {"name": "Pip"}}


def test_what_was_written_on_a_kiosk_is_gone_once_it_is_none(db: Session) -> None:
    visits.keep(db, "token", {"answers": {"name": "Pip"}}, now=NOW, shared=True)
    assert visits.recall(db, "token", now=NOW, shared=False) is None


def test_staff_who_sign_in_on_a_kiosk_are_not_cut_short(db: Session) -> None:
    person = a_person(db, role=Role.LOCAL_MANAGER)
    visits.keep(db, "token", {"person": person.id}, now=NOW, shared=True)
    visits.erase_old(db, now=NOW + 2 * FIVE_MINUTES)
    assert visits.recall(db, "token", now=NOW + 2 * FIVE_MINUTES) is not None
