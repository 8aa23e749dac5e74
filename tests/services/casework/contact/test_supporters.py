"""The supporter's check. docs/procedure.md, paragraph 22."""

import pytest
from sqlalchemy.orm import Session

from kids_feedback.domain.case.procedure import Fact, Stage, Step
from kids_feedback.domain.errors import StepNotOpen
from kids_feedback.services.case.events import events_of
from kids_feedback.services.casework.contact import supporters
from kids_feedback.services.casework.contact.supporters import SupporterCheck
from tests.make import a_complaint, person_of
from tests.services.acts import MONDAY, a_manager, an_act, lines


def test_the_last_word_counts_until_the_child_names_another(db: Session) -> None:
    manager_row = a_manager(db)
    manager = person_of(manager_row)
    row = a_complaint(db, stage=Stage.ALLOCATED, manager=manager_row, supporter="known")
    assert supporters.standing(events_of(an_act(db, row, manager))) is None
    for result in SupporterCheck:
        supporters.record_check(an_act(db, row, manager), result=result, note="Asked the worker.")
        found = supporters.standing(events_of(an_act(db, row, manager)))
        assert found is not None
        assert (found.result, found.on, found.who) == (result, MONDAY, manager.name)
    assert lines(db, row) == ["supporter_checked"] * len(SupporterCheck)
    row.requested_on = MONDAY
    asked = an_act(db, row, manager)
    asked.take(Step.CHANGE_SUPPORTER, Fact.AGREED)
    asked.record()
    assert supporters.standing(events_of(an_act(db, row, manager))) is None


@pytest.mark.parametrize("supporter", [None, "no", "help_find", "not_sure"])
def test_nobody_is_checked_where_nobody_is_named(db: Session, supporter: str | None) -> None:
    manager_row = a_manager(db)
    row = a_complaint(db, stage=Stage.ALLOCATED, manager=manager_row, supporter=supporter)
    with pytest.raises(StepNotOpen):
        supporters.record_check(an_act(db, row, person_of(manager_row)), result=SupporterCheck.FINE)
