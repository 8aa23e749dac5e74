"""The person outside the list opens a case with a recorded reason (paragraph 31a, ruling R18)."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain.case.procedure import Stage, Step
from kids_feedback.domain.errors import EditConflict, NotFound, StepNotOpen
from kids_feedback.domain.people import CASE_ROLES, Fallback, Person, Role
from kids_feedback.services.accounts import accounts
from kids_feedback.services.case import access
from kids_feedback.services.case.act import by_person_outside
from kids_feedback.services.case.events import events_of
from kids_feedback.services.case.opened import open_case
from kids_feedback.services.case.people import holders
from kids_feedback.services.casework import endings, workflow
from kids_feedback.services.casework.people import outside
from kids_feedback.services.errors import Incomplete, ReasonNeeded
from kids_feedback.services.reading import queue
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.people import PersonRow
from kids_feedback.storage.tables.safety import Alarm, AlarmTold
from tests.make import CALENDAR, a_complaint, a_compliment
from tests.services.acts import (
    MONDAY,
    a_head,
    a_manager,
    acknowledge,
    an_act,
    last_line,
    lines,
    moment,
    open_words,
)

WHY = "Both who are named for it may be meant."


def signed_in(db: Session, row: PersonRow) -> Person:
    known = accounts.signed_in(db, row.id)
    assert known is not None
    return known


def an_outsider(db: Session, name: str = "Ola Outside") -> PersonRow:
    return a_head(db, name, areas=["west"], last_resort=Fallback.OUTSIDE)


def for_outside(db: Session, **columns: object) -> Case:
    """Add a complaint of area east, about everybody who could have it but who is outside."""
    named = {"Hana Head": None, "Lena Last": Fallback.LAST_RESORT}
    heads = list(db.scalars(select(PersonRow).where(PersonRow.name.in_(named))))
    heads = heads or [a_head(db, name, last_resort=last) for name, last in named.items()]
    row = a_complaint(db, about=heads, **columns)
    assert holders.stand_in(db, row) is Fallback.OUTSIDE
    return row


def say_why(db: Session, row: Case, who: Person, reason: str = WHY) -> None:
    outside.say_why(by_person_outside(db, row.id, who, moment()), reason=reason)


def waiting(db: Session, who: Person) -> queue.Queue:
    return queue.waiting(db, who, today=MONDAY, calendar=CALENDAR)


@pytest.mark.parametrize("role", [*sorted(CASE_ROLES), Role.ADMINISTRATOR])
@pytest.mark.parametrize("area", ["east", None])
def test_nobody_opens_it_from_outside_without_a_reason(
    db: Session, role: Role, area: str | None
) -> None:
    person = an_outsider(db)
    person.role = role
    ola = signed_in(db, person)
    row = a_complaint(db, area=area, fallback=Fallback.OUTSIDE)
    if role is Role.CUSTOMER_SERVICE and area is None:
        assert open_case(db, row.id, ola, moment()).row is row, "it is theirs as it is"
        return
    assert db.scalars(select(Case.id).where(access.asks_why(db, ola))).all() == [row.id]
    assert db.scalars(select(Case.id).where(access.open_to(db, ola))).all() == []
    for try_it in (
        lambda: open_case(db, row.id, ola, moment()),
        lambda: an_act(db, row, ola),
        lambda: an_act(db, row, ola, seen=row.version - 1),
        lambda: access.find(db, row.id, ola),
    ):
        with pytest.raises(ReasonNeeded) as refused:
            try_it()
        assert refused.value.case_id == row.id
    assert outside.is_asked(db, row.id, ola)
    assert lines(db, row) == []


def test_with_a_reason_it_is_theirs_and_the_history_says_who_why_and_when(db: Session) -> None:
    ola = signed_in(db, an_outsider(db))
    row = for_outside(db)
    version = row.version
    say_why(db, row, ola)
    line = last_line(db, row, Step.OPEN_FROM_OUTSIDE)
    assert (line.person_id, line.written_on, line.note) == (ola.id, MONDAY, WHY)
    assert line.at == moment().now
    assert row.version == version, "nothing of the case has changed"
    assert not outside.is_asked(db, row.id, ola)
    opened = open_case(db, row.id, ola, moment())
    assert Step.ACKNOWLEDGE in opened.steps
    assert acknowledge(db, row, ola).stage is Stage.ACKNOWLEDGED
    with pytest.raises(EditConflict):
        an_act(db, row, ola, seen=version)


def test_an_empty_reason_is_none(db: Session) -> None:
    ola = signed_in(db, an_outsider(db))
    row = for_outside(db)
    for reason in ("", " \n "):
        with pytest.raises(Incomplete) as refused:
            say_why(db, row, ola, reason)
        assert refused.value.missing == ("reason",)
    assert outside.is_asked(db, row.id, ola)
    assert lines(db, row) == []


def test_before_that_no_other_step_is_open(db: Session) -> None:
    ola = signed_in(db, an_outsider(db))
    row = for_outside(db)
    act = by_person_outside(db, row.id, ola, moment())
    assert act.steps == {Step.OPEN_FROM_OUTSIDE}
    with pytest.raises(StepNotOpen):
        act.take(Step.OPEN_STATEMENT)


def test_each_person_is_asked_once_for_each_case(db: Session) -> None:
    ola, una = (signed_in(db, an_outsider(db, name)) for name in ("Ola", "Una"))
    row, other = for_outside(db), for_outside(db)
    say_why(db, row, ola)
    with pytest.raises(StepNotOpen):
        say_why(db, row, ola)
    assert outside.is_asked(db, other.id, ola)
    assert outside.is_asked(db, row.id, una)
    row.fallback = None
    db.flush()
    with pytest.raises(NotFound):
        open_case(db, row.id, ola, moment())
    assert holders.stand_in(db, row) is Fallback.OUTSIDE
    assert open_case(db, row.id, ola, moment()).row is row, "they have said why"


def test_whoever_has_it_later_reads_the_reason(db: Session) -> None:
    ola = signed_in(db, an_outsider(db))
    row = for_outside(db)
    say_why(db, row, ola)
    later = a_head(db, "Nia New")
    assert holders.stand_in(db, row) is None
    (line,) = events_of(open_case(db, row.id, signed_in(db, later), moment()))
    assert (line.what, line.who, line.note) == (Step.OPEN_FROM_OUTSIDE, "Ola Outside", WHY)


def test_a_case_that_is_theirs_otherwise_asks_nothing(db: Session) -> None:
    manager = a_manager(db, last_resort=Fallback.OUTSIDE)
    row = for_outside(
        db, office="eastham", manager=manager, stage=Stage.WRITTEN, acknowledged_on=MONDAY
    )
    theirs = signed_in(db, manager)
    assert not outside.is_asked(db, row.id, theirs)
    assert Step.RECALL_ANSWER in open_case(db, row.id, theirs, moment()).steps
    with pytest.raises(StepNotOpen):
        say_why(db, row, theirs)


def test_nobody_else_is_asked(db: Session) -> None:
    row = a_complaint(db, fallback=Fallback.OUTSIDE)
    last = a_head(db, "Lou Last", areas=["west"], last_resort=Fallback.LAST_RESORT)
    meant = a_head(db, "Mo Meant", areas=["west"], last_resort=Fallback.OUTSIDE)
    barred = a_complaint(db, about=[meant], fallback=Fallback.OUTSIDE)
    for case, person in ((row, last), (barred, meant)):
        for look in (outside.is_asked, access.find):
            with pytest.raises(NotFound):
                look(db, case.id, signed_in(db, person))
    row.fallback = Fallback.LAST_RESORT
    db.flush()
    assert open_case(db, row.id, signed_in(db, last), moment()).row is row


def test_the_queue_says_no_more_than_that_a_case_waits(db: Session) -> None:
    ola = signed_in(db, an_outsider(db))
    mine, row = a_complaint(db, area="west"), for_outside(db, name="Robin")
    praise = a_compliment(db, fallback=Fallback.OUTSIDE)
    closed = a_complaint(db, fallback=Fallback.OUTSIDE, closed_on=MONDAY, stage=Stage.CLOSED)
    found = waiting(db, ola)
    assert [line.id for line in found.lines] == [mine.id]
    assert sum(found.counts.values()) == 1
    assert set(found.unopened) == {row.id, praise.id}
    assert closed.id not in found.unopened
    assert queue.to_check(db, ola, today=MONDAY, calendar=CALENDAR) == ()
    say_why(db, row, ola)
    found = waiting(db, ola)
    assert {line.id for line in found.lines} == {mine.id, row.id}
    assert found.unopened == (praise.id,)


def test_another_case_of_theirs_names_it_to_nobody(db: Session) -> None:
    """As what it may be a duplicate of, a case stands there with the child's name."""
    ola = signed_in(db, an_outsider(db))
    mine, row = a_complaint(db, area="west"), for_outside(db, name="Robin")
    assert endings.others(open_case(db, mine.id, ola, moment())) == ()
    say_why(db, row, ola)
    assert [other.id for other in endings.others(open_case(db, mine.id, ola, moment()))] == [row.id]


def test_a_childs_safety_waits_for_no_reason_and_all_else_does(db: Session) -> None:
    person = an_outsider(db)
    ola, row = signed_in(db, person), for_outside(db, read_today=True)
    alarm = Alarm(case_id=row.id, raised_at=moment().now)
    db.add(alarm)
    db.flush()
    db.add(AlarmTold(alarm_id=alarm.id, person_id=person.id))
    db.flush()
    opened = open_case(db, row.id, ola, moment())
    assert Step.DECIDE_SAFETY in opened.steps
    assert Step.OPEN_FROM_OUTSIDE in opened.steps
    assert Step.ACKNOWLEDGE not in opened.steps
    assert waiting(db, ola).unopened == ()
    open_words(db, row, ola)
    with pytest.raises(StepNotOpen):
        workflow.acknowledge(an_act(db, row, ola))
    say_why(db, row, ola)
    assert Step.ACKNOWLEDGE in open_case(db, row.id, ola, moment()).steps
