"""New secret words after a check of who the child is. docs/procedure.md, paragraph 22."""

import pytest
from sqlalchemy.orm import Session

from kids_feedback.domain.child.secret_words import GIVEN, fingerprint
from kids_feedback.services.casework.secret_words import replace_secret_words
from kids_feedback.services.child import case_status
from kids_feedback.services.errors import Incomplete
from tests.make import a_complaint, person_of
from tests.services.acts import a_manager, an_act, last_line, lines

KEY = b"a key for words"
OLD = "lantern otter igloo zebra"


def test_the_new_words_lead_to_the_case_and_the_old_ones_nowhere(db: Session) -> None:
    manager = a_manager(db)
    row = a_complaint(db, manager=manager, fingerprint=fingerprint(OLD, KEY))
    assert case_status.find(db, OLD, words_key=KEY) == row.id
    before = (row.stage, row.next_step, row.next_due_on)
    act = an_act(db, row, person_of(manager))
    words = replace_secret_words(act, checked="Rang the school.", words_key=KEY)
    assert len(GIVEN.listed.intersection(words)) == 5
    assert case_status.find(db, " ".join(words), words_key=KEY) == row.id
    assert case_status.find(db, OLD, words_key=KEY) is None
    assert (row.stage, row.next_step, row.next_due_on) == before


def test_the_history_says_how_it_was_checked_and_never_the_words(db: Session) -> None:
    manager = a_manager(db)
    row = a_complaint(db, manager=manager)
    replace_secret_words(
        an_act(db, row, person_of(manager)), checked="Rang the school.", words_key=KEY
    )
    line = last_line(db, row, "new_words")
    assert (line.person_id, line.facts, line.note) == (manager.id, {}, "Rang the school.")


@pytest.mark.parametrize("checked", ["", " \n"])
def test_nobody_gets_new_words_unchecked(db: Session, checked: str) -> None:
    manager = a_manager(db)
    row = a_complaint(db, manager=manager, fingerprint=fingerprint(OLD, KEY))
    with pytest.raises(Incomplete) as refused:
        replace_secret_words(an_act(db, row, person_of(manager)), checked=checked, words_key=KEY)
    assert refused.value.missing == ("checked",)
    assert case_status.find(db, OLD, words_key=KEY) == row.id
    assert lines(db, row) == []
