"""A manager gives a child new secret words."""

from sqlalchemy import select

from kids_feedback.domain.case.procedure import Stage
from kids_feedback.domain.child.secret_words import fingerprint
from kids_feedback.domain.people import Role
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.casework import Event
from kids_feedback.storage.tables.people import PersonRow
from tests.make import a_complaint, a_person
from tests.web.child.back.test_case_status import KEY, WORDS, come_back
from tests.web.conftest import SignIn
from tests.web.page import Visitor, follow, get, submit


def a_case(transactions: Transactions) -> tuple[str, PersonRow]:
    with transactions() as db:
        manager = a_person(db, "Mo Manager", role=Role.LOCAL_MANAGER)
        row = a_complaint(
            db,
            manager=manager,
            stage=Stage.ALLOCATED,
            fingerprint=fingerprint(" ".join(WORDS), KEY),
        )
        return row.id, manager


def test_new_words_are_shown_once_and_the_old_ones_die(
    transactions: Transactions, signed_in: SignIn, child: Visitor
) -> None:
    case_id, manager = a_case(transactions)
    desk = signed_in(manager)
    page = get(desk, f"/staff/case/{case_id}/new-words")
    given = submit(desk, page, to=f"/staff/case/{case_id}/new-words", checked="Rang the school.")
    words = given.texts(".slip li")
    assert len(words) == 5
    assert " ".join(words) not in get(desk, f"/staff/case/{case_id}").text
    assert come_back(child, " ".join(WORDS)).status == 422
    assert follow(child, come_back(child, " ".join(words))).heading == "Where things are"
    with transactions() as db:
        line = db.scalars(select(Event)).one()
        assert (line.what, line.facts, line.note) == ("new_words", {}, "Rang the school.")


def test_nobody_gets_new_words_unchecked(
    transactions: Transactions, signed_in: SignIn, child: Visitor
) -> None:
    case_id, manager = a_case(transactions)
    desk = signed_in(manager)
    page = get(desk, f"/staff/case/{case_id}/new-words")
    refused = submit(desk, page, to=f"/staff/case/{case_id}/new-words", checked=" ")
    assert refused.status == 422
    assert follow(child, come_back(child, " ".join(WORDS))).heading == "Where things are"
