"""What was recorded wrongly is put right: talks, tries, an area, what the court was told.

docs/procedure.md, paragraphs 24 and 51b.
"""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain.case.clocks import Allowances
from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.procedure import Stage, Step
from kids_feedback.domain.case.submission import Door, Kind
from kids_feedback.domain.errors import NotFound, StepNotOpen
from kids_feedback.domain.people import Person
from kids_feedback.services.casework import workflow
from kids_feedback.services.casework.contact import contact_corrections, contact_log
from kids_feedback.services.casework.contact.contact_log import AttemptResult, Channel
from kids_feedback.services.casework.court import court_notice
from kids_feedback.services.child import case_status, mended
from kids_feedback.services.errors import Incomplete, NothingChanged
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.casework import Talk
from tests.make import a_hearing, an_office
from tests.services.acts import BY_EMAIL, MONDAY, a_head, an_act, last_line, sent_to
from tests.services.casework.given import TUESDAY, a_try, given


def talk(db: Session, row: Case, manager: Person, on: date = MONDAY, **said: Any) -> Talk:
    contact_log.log_talk(
        an_act(db, row, manager, TUESDAY),
        **{
            "talk_on": on,
            "way": Channel.PHONE,
            "present": "Robin",
            "wants": "Peace",
            "still_wants": True,
            "why_way": "They rang.",
            **said,
        },
    )
    newest = select(Talk).where(Talk.struck_on.is_(None)).order_by(Talk.talk_on.desc())
    return db.scalars(newest.limit(1)).one()


def test_a_talk_on_the_wrong_child_is_struck_and_its_clock_ends(db: Session) -> None:
    row, manager, _ = given(db, method=Method.EMAIL, contact=BY_EMAIL)
    before = row.contact_by
    kept = talk(db, row, manager)
    promised = row.answer_by
    saved = contact_corrections.strike_talk(
        an_act(db, row, manager, TUESDAY), talk_id=kept.id, reason="It was Sam."
    )
    assert (saved.stage, saved.next_step) == (Stage.ALLOCATED, Step.LOG_ATTEMPT)
    assert (row.talk_on, row.answer_by, row.contacted_on) == (None, None, None)
    assert row.next_due_on == before
    assert case_status.status(db, row.id, today=TUESDAY).clock is None
    told = mended.of_case(db, row.id)
    assert (told.talk_off, told.answer_off) == (MONDAY, promised)
    assert last_line(db, row, "talk_struck").facts["emailed"]
    talk(db, row, manager, TUESDAY)
    assert mended.of_case(db, row.id).talk_off is None
    with pytest.raises(NotFound):
        contact_corrections.strike_talk(
            an_act(db, row, manager, TUESDAY), talk_id=kept.id, reason="Twice."
        )


def test_the_clock_follows_the_first_talk_that_is_left(db: Session) -> None:
    row, manager, _ = given(db)
    first = talk(db, row, manager)
    due = row.answer_by
    talk(db, row, manager, TUESDAY)
    contact_corrections.strike_talk(
        an_act(db, row, manager, TUESDAY), talk_id=first.id, reason="It was Sam."
    )
    assert (row.stage, row.talk_on, row.contacted_on) == (Stage.TALKED, TUESDAY, TUESDAY)
    assert row.answer_by == date(2026, 3, 31) != due


def test_nobody_is_asked_whether_to_stop_for_what_another_child_said(db: Session) -> None:
    row, manager, _ = given(db)
    talk(db, row, manager)
    other = talk(db, row, manager, TUESDAY, still_wants=False)
    assert case_status.status(db, row.id, today=TUESDAY).stop_asked
    contact_corrections.strike_talk(
        an_act(db, row, manager, TUESDAY), talk_id=other.id, reason="It was Sam."
    )
    assert not case_status.status(db, row.id, today=TUESDAY).stop_asked


@pytest.mark.parametrize("still_wants", [True, False])
def test_feelings_are_feelings_again_without_the_talk(db: Session, *, still_wants: bool) -> None:
    row, manager, _ = given(db, kind=Kind.FEELINGS, door=Door.FEEL, wish=None)
    kept = talk(db, row, manager, still_wants=still_wants)
    assert row.kind is (Kind.COMPLAINT if still_wants else Kind.NOTE)
    saved = contact_corrections.strike_talk(
        an_act(db, row, manager, TUESDAY), talk_id=kept.id, reason="It was Sam."
    )
    assert (row.kind, saved.stage) == (Kind.FEELINGS, Stage.ALLOCATED)


def test_a_talk_is_put_right_and_both_records_stay(db: Session) -> None:
    row, manager, _ = given(db)
    kept = talk(db, row, manager)
    what: dict[str, Any] = {"talk_id": kept.id, "talk_on": MONDAY, "reason": "A slip."}
    with pytest.raises(NothingChanged):
        contact_corrections.correct_talk(an_act(db, row, manager, TUESDAY), **what)
    contact_corrections.correct_talk(
        an_act(db, row, manager, TUESDAY), **what, way=Channel.MEET, wants="To be asked."
    )
    facts = last_line(db, row, "talk_corrected").facts
    assert (facts["way"], facts["way_before"], facts["words"]) == ("meet", "phone", True)
    found = {one.wants: one.struck_on is not None for one in db.scalars(select(Talk))}
    assert found == {"Peace": True, "To be asked.": False}
    assert row.talk_on == MONDAY


def test_a_wrong_result_of_a_try_is_put_right(db: Session) -> None:
    row, manager, _ = given(db)
    number = a_try(db, row, manager, AttemptResult.ANOTHER_TIME)
    assert row.contacted_on == MONDAY
    with pytest.raises(Incomplete) as refused:
        contact_corrections.correct_attempt(
            an_act(db, row, manager), number=number, result="came", reason="A slip."
        )
    assert refused.value.missing == ("result",)
    contact_corrections.correct_attempt(
        an_act(db, row, manager),
        number=number,
        result=AttemptResult.NO_ANSWER,
        reason="A slip.",
        next_attempt_on=TUESDAY,
    )
    db.refresh(row)
    assert row.contacted_on is None
    assert row.next_attempt_on == TUESDAY
    (item,) = contact_corrections.tried(an_act(db, row, manager))
    assert item.result == AttemptResult.NO_ANSWER
    contact_corrections.correct_attempt(
        an_act(db, row, manager), number=number, result=contact_corrections.NONE, reason="Not Sam."
    )
    assert contact_corrections.tried(an_act(db, row, manager)) == ()
    with pytest.raises(NotFound):
        contact_corrections.correct_attempt(
            an_act(db, row, manager), number=number, result="sent", reason="Again."
        )


@pytest.mark.parametrize("stage", [Stage.ALLOCATED, Stage.WRITTEN, Stage.DELIVERED])
def test_a_wrong_area_is_mended_after_allocation(db: Session, stage: Stage) -> None:
    columns = {} if stage is Stage.ALLOCATED else {"talk_on": MONDAY}
    row, manager, head = given(db, stage=stage, delivered_on=None, **columns)
    an_office(db, "westham", area="west")
    west = a_head(db, "Wes West", areas=("west",))
    with pytest.raises(Incomplete):
        workflow.route(an_act(db, row, head), area="west")
    with pytest.raises(NothingChanged):
        workflow.route(an_act(db, row, head), area="east", reason="Oops.")
    with pytest.raises(StepNotOpen):
        workflow.route(an_act(db, row, manager), area="west", reason="Oops.")
    saved = workflow.route(an_act(db, row, head), area="west", reason="They moved.")
    assert not saved.still_theirs
    assert (row.area_code, row.manager_id) == ("west", None)
    assert row.stage is (Stage.DELIVERED if stage is Stage.DELIVERED else Stage.ACKNOWLEDGED)
    assert sent_to(db) == [west.email]
    line = last_line(db, row, "route")
    assert (line.note, line.facts["area_before"]) == ("They moved.", "east")


def test_what_was_kept_as_told_to_the_court_is_taken_back(db: Session) -> None:
    row, manager, _ = given(db, ongoing=True, hearings=[a_hearing(date(2026, 3, 20))])
    promises = Allowances()
    court_notice.tell_child(an_act(db, row, manager))
    court_notice.tell_court(
        an_act(db, row, manager), complaint_on=MONDAY, doing_on=MONDAY, promises=promises
    )
    (told,) = court_notice.told_hearings(an_act(db, row, manager))
    said: dict[str, Any] = {
        "hearing_id": told.id,
        "reason": "I mixed two up.",
        "promises": promises,
    }
    court_notice.take_back(an_act(db, row, manager), **said)
    assert (told.told_complaint_on, told.told_doing_on, told.child_told_on) == (None, None, None)
    line = case_status.status(db, row.id, today=MONDAY).court
    assert line is not None
    assert (line.told_on, line.is_owed) == (None, True)
    assert last_line(db, row, "court_not_told").facts["complaint_on"] == "2026-03-02"
    with pytest.raises(NotFound):
        court_notice.take_back(an_act(db, row, manager), **said)
