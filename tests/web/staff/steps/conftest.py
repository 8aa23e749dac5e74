"""What the tests of several steps share: a team, a case of theirs, and its child's way back."""

from typing import Any

import pytest

from kids_feedback.domain.case.procedure import Stage
from kids_feedback.domain.child.secret_words import fingerprint
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.casework import Answer
from tests.make import NOW
from tests.services.acts import WHOLE
from tests.web.child.back.test_case_status import KEY, WORDS, come_back
from tests.web.page import Page, Visitor, follow
from tests.web.staff.pages import Staff, a_given_case, a_talked_case, some_staff

MINE = fingerprint(" ".join(WORDS), KEY)
TRIED = {"way": "phone", "result": "no_answer", "next_attempt_on": "2026-03-03"}


@pytest.fixture
def team(transactions: Transactions) -> Staff:
    with transactions() as db:
        return some_staff(db)


def a_case_of(transactions: Transactions, team: Staff, stage: Stage, **columns: Any) -> Case:
    with transactions() as db:
        make = a_given_case if stage is Stage.ALLOCATED else a_talked_case
        case = make(db, team, stage=stage, ongoing=False, fingerprint=MINE, **columns)
        if stage in {Stage.WRITTEN, Stage.APPROVED, Stage.DELIVERED}:
            db.add(Answer(case_id=case.id, parts=WHOLE, written_by=team.manager.id, saved_at=NOW))
        return case


def way_back(child: Visitor) -> Page:
    return follow(child, come_back(child, " ".join(WORDS)))
