"""Raising the alarm, deciding, and what waits for it. docs/procedure.md, paragraph 12."""

import pytest
from sqlalchemy.orm import Session

from kids_feedback.domain.case.procedure import Stage
from kids_feedback.domain.case.safety import USUAL, Decision
from kids_feedback.domain.errors import NotFound, StepNotOpen
from kids_feedback.domain.people import Person, Role
from kids_feedback.services.case import alarms
from kids_feedback.services.casework import safeguarding, workflow
from kids_feedback.services.casework.people import duty
from kids_feedback.services.errors import Incomplete, SafetyUndecided, WordsNotOpened
from kids_feedback.services.reading import opened_words
from kids_feedback.storage.tables.case import Case
from tests.make import NOW, a_compliment, a_note, a_person, an_area, person_of
from tests.services.acts import (
    a_head,
    a_manager,
    acknowledge,
    an_act,
    last_line,
    lines,
    moment,
    post,
)
from tests.services.alarming import a_desk, alarmed, raised, when


def decided(db: Session, row: Case, who: Person, **said: str) -> None:
    given = {"note": "Told Dee.", **said}
    safeguarding.decide(an_act(db, row, who), decision=Decision.HANDED_OVER, **given)


def test_anybody_raises_the_alarm_and_people_are_told(db: Session) -> None:
    row, head, desk = a_note(db), person_of(a_head(db)), a_desk(db)
    safeguarding.start(an_act(db, row, head), USUAL)
    assert lines(db, row) == ["handover"]
    assert alarmed(db) == [desk.email]
    found = safeguarding.safety_of(an_act(db, row, head), USUAL)
    assert found.alarm is not None
    assert (found.alarm.told, found.alarm.on_its_way) == ((), (desk.name,))
    post(db, moment().now)
    found = safeguarding.safety_of(an_act(db, row, head), USUAL)
    assert found.alarm is not None
    assert (found.alarm.told, found.alarm.decision, found.has_opened) == (
        (desk.name,),
        None,
        False,
    )


def test_the_words_are_opened_before_anybody_decides(db: Session) -> None:
    row, head, other = a_note(db), person_of(a_head(db)), person_of(a_head(db, "Other"))
    raised(db, row)
    opened_words.open_statement(an_act(db, row, other))
    with pytest.raises(WordsNotOpened):
        decided(db, row, head)


def test_a_decision_ends_the_alarm_and_is_kept(db: Session) -> None:
    row, head = a_note(db), person_of(a_head(db))
    alarm = raised(db, row)
    acknowledge(db, row, head)
    assert row.read_today, "to acknowledge it decides nothing"
    decided(db, row, head)
    assert not row.read_today
    assert (alarm.decision, alarm.decided_by, alarm.next_round_at, alarm.note) == (
        Decision.HANDED_OVER,
        head.id,
        None,
        "Told Dee.",
    )
    line = last_line(db, row, "safety_decided")
    assert (line.facts, line.note) == ({"decision": "handed_over"}, "Told Dee.")
    assert alarms.repeat(db, when()) == 0


def test_a_decision_says_something(db: Session) -> None:
    row, head = a_note(db), person_of(a_head(db))
    raised(db, row)
    opened_words.open_statement(an_act(db, row, head))
    with pytest.raises(Incomplete):
        decided(db, row, head, note="")


def test_a_mistaken_decision_is_put_right_with_a_reason(db: Session) -> None:
    row, head = a_note(db), person_of(a_head(db))
    raised(db, row)
    opened_words.open_statement(an_act(db, row, head))
    decided(db, row, head)
    with pytest.raises(Incomplete) as refused:
        decided(db, row, head)
    assert refused.value.missing == ("reason",)
    act = an_act(db, row, head)
    safeguarding.decide(act, decision=Decision.SPOKEN, note="She is at Gran's.", reason="A slip.")
    line = last_line(db, row, "safety_decided")
    assert line.facts == {"decision": "spoken", "before": "handed_over"}
    assert line.note == "She is at Gran's.\n\nA slip."


def test_without_an_alarm_there_is_nothing_to_decide(db: Session) -> None:
    row, head = a_note(db), person_of(a_head(db))
    with pytest.raises(StepNotOpen):
        decided(db, row, head)


def test_nothing_closes_while_nobody_has_decided(db: Session) -> None:
    head = person_of(a_head(db))
    note, praise = a_note(db, stage=Stage.ACKNOWLEDGED), a_compliment(db)
    for row in (note, praise):
        raised(db, row)
    with pytest.raises(SafetyUndecided):
        workflow.close(an_act(db, note, head))
    with pytest.raises(SafetyUndecided):
        workflow.pass_on(an_act(db, praise, head), told=False)
    opened_words.open_statement(an_act(db, note, head))
    decided(db, note, head)
    assert workflow.close(an_act(db, note, head)).stage is Stage.CLOSED


def test_who_decided_goes_on_seeing_it_to_put_it_right(db: Session) -> None:
    row, desk = a_note(db), person_of(a_desk(db))
    raised(db, row)
    opened_words.open_statement(an_act(db, row, desk))
    decided(db, row, desk)
    assert an_act(db, row, desk).row.id == row.id


def test_an_administrator_keeps_the_list(db: Session) -> None:
    keeper = person_of(a_person(db, "Alma", role=Role.ADMINISTRATOR))
    an_area(db, "east")
    assert not duty.listed(db, keeper).somebody
    manager = a_manager(db)
    duty.add(db, keeper, manager.id, "east", USUAL.shift, now=NOW)
    everywhere, east = duty.listed(db, keeper).places
    assert (everywhere.code, everywhere.lines) == (None, ())
    (line,) = east.lines
    assert (line.name, line.shift) == (manager.name, USUAL.shift)
    duty.say_outside(db, keeper, "east", "Ring 01234")
    duty.remove(db, keeper, line.id, now=NOW)
    (_, east) = duty.listed(db, keeper).places
    assert (east.lines, east.outside) == ((), "Ring 01234")
    for refused in (
        lambda: duty.listed(db, person_of(manager)),
        lambda: duty.remove(db, person_of(manager), line.id, now=NOW),
        lambda: duty.say_outside(db, person_of(manager), "east", ""),
        lambda: duty.remove(db, keeper, "none-such", now=NOW),
    ):
        with pytest.raises(NotFound):
            refused()


def test_customer_service_alone_is_somebody(db: Session) -> None:
    keeper = person_of(a_person(db, "Alma", role=Role.ADMINISTRATOR))
    a_desk(db)
    assert duty.listed(db, keeper).somebody
