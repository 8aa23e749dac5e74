"""Whom a child names bars wherever it is typed, and wherever the case or the person goes.

docs/procedure.md, paragraph 31 (rulings R8 and R21).
"""

from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain.case.procedure import Stage
from kids_feedback.domain.people import Person, Role
from kids_feedback.services.accounts import accounts
from kids_feedback.services.accounts.people import Particulars
from kids_feedback.services.case import access
from kids_feedback.services.case.people import colleagues
from kids_feedback.services.casework import conflicts, workflow
from kids_feedback.services.casework.people import handing_on, staffing
from kids_feedback.services.child import replies
from kids_feedback.services.errors import NobodySaidWho, WordsNotOpened
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.people import PersonRow
from tests.make import a_complaint, a_person, an_office, person_of
from tests.services.acts import (
    a_childs_act,
    acknowledge,
    an_act,
    having_read,
    moment,
    sent_to,
)
from tests.services.child.test_intake import COMPLAINT, send, the_row

HAZEL, MOLLY = "hazel@example.org", "molly@example.org"
WAYS = [
    "Hazel",
    "hazel",
    "Ms Heading",
    "Heading",
    "Miss Hazel Heading",
    "Hazel Heading (manager)",
    "the manager hazel heading",
    "hazel heding",
    "Hazle",
    "HÁZEL",
    "Hazel-Heading",
    "HazelHeading",
    "Heading, Hazel",
    "Hazel H",
    "H. Heading",
    "H.H.",
    "H a z e l",
    "Hazel\u2019s",
    "Mum says it is Hazel Heading",
    "Molly and Hazel",
    "Hazel\u200b",
]
TOLD = [
    "Hazel said that I am a liar.",
    "it was ms heading who shouted",
    "I told hazel\u2019s office, and nothing came of it",
    "HAZEL HEADING, you know who",
]


@pytest.fixture
def office(db: Session) -> dict[str, PersonRow]:
    """An area with a Head of Practice and her deputy, a manager, and customer service."""
    an_office(db, "eastham", area="east", towns="Leeds")
    people = {
        "deputy": a_person(db, "Dee Dunn", role=Role.HEAD_OF_PRACTICE, areas=("west",)),
        "desk": a_person(db, "Cora Wren", role=Role.CUSTOMER_SERVICE),
        "other": a_person(db, "Olu Finch", role=Role.LOCAL_MANAGER),
        "molly": a_person(db, "Molly Eastlake", role=Role.LOCAL_MANAGER, email=MOLLY),
    }
    people["hazel"] = a_person(
        db,
        "Hazel Heading",
        role=Role.HEAD_OF_PRACTICE,
        email=HAZEL,
        deputy_id=people["deputy"].id,
    )
    return people


def sees(db: Session, person: PersonRow, row: Case) -> bool:
    known = accounts.signed_in(db, person.id)
    wanted = select(Case.id).where(Case.id == row.id)
    return known is not None and db.scalar(wanted.where(access.visible_to(db, known))) is not None


def the_head(db: Session, person: PersonRow) -> Person:
    known = accounts.signed_in(db, person.id)
    assert known is not None
    return known


@pytest.mark.parametrize("typed", WAYS)
def test_however_the_name_is_typed_she_neither_sees_nor_hears_of_it(
    db: Session, office: dict[str, PersonRow], typed: str
) -> None:
    send(db, replace(COMPLAINT, worker=typed, town="Leeds"))
    row = the_row(db)
    assert row.area_code == "east"
    assert not sees(db, office["hazel"], row)
    assert HAZEL not in sent_to(db)
    assert sees(db, office["deputy"], row), "somebody else has it"


@pytest.mark.parametrize("told", TOLD)
def test_a_name_among_the_words_bars_too(
    db: Session, office: dict[str, PersonRow], told: str
) -> None:
    send(db, replace(COMPLAINT, town="Leeds", worker="", statement={"happened": told}))
    row = the_row(db)
    assert not sees(db, office["hazel"], row)
    assert HAZEL not in sent_to(db)


def test_what_the_child_is_called_is_nobody_elses_name(
    db: Session, office: dict[str, PersonRow]
) -> None:
    said = {"happened": "I am Hazel, and my dog is sad."}
    send(db, replace(COMPLAINT, name="Hazel", town="Leeds", worker="", statement=said))
    assert sees(db, office["hazel"], the_row(db))


def test_nothing_is_allocated_to_whom_the_words_name(
    db: Session, office: dict[str, PersonRow]
) -> None:
    """The finding: "Molly", read by nobody, was given to Molly Eastlake."""
    for worker, told in (("Molly", "She was mean."), ("", "Molly was mean.")):
        send(
            db,
            replace(
                COMPLAINT,
                worker=worker,
                town="Leeds",
                statement={"happened": told, "worker": worker},
            ),
            key=f"form-{worker}",
        )
        row = db.scalars(select(Case).where(Case.key == f"form-{worker}")).one()
        hazel = the_head(db, office["hazel"])
        acknowledge(db, row, hazel)
        with pytest.raises(NobodySaidWho):
            workflow.allocate(an_act(db, row, hazel), manager_id=office["molly"].id)
        names = {person.name for person in colleagues.candidates(an_act(db, row, hazel))}
        assert names == {"Olu Finch"}


def test_only_who_has_opened_the_words_says_who_it_is_about(
    db: Session, office: dict[str, PersonRow]
) -> None:
    send(db, replace(COMPLAINT, worker="Molly", town="Leeds"))
    row, hazel = the_row(db), the_head(db, office["hazel"])
    with pytest.raises(WordsNotOpened):
        conflicts.name_worker(an_act(db, row, hazel), workers=[], none_of_them=True)
    conflicts.name_worker(having_read(an_act(db, row, hazel)), workers=[], none_of_them=True)


def test_where_nothing_is_typed_whoever_allocates_has_read_it(
    db: Session, office: dict[str, PersonRow]
) -> None:
    row = a_complaint(db, stage=Stage.ACKNOWLEDGED)
    hazel, other = the_head(db, office["hazel"]), office["other"]
    with pytest.raises(WordsNotOpened):
        workflow.allocate(an_act(db, row, hazel), manager_id=other.id)
    workflow.allocate(having_read(an_act(db, row, hazel)), manager_id=other.id)
    assert row.manager_id == other.id


def test_words_sent_later_bar_until_it_is_allocated(
    db: Session, office: dict[str, PersonRow]
) -> None:
    row = a_complaint(db, stage=Stage.ACKNOWLEDGED)
    assert sees(db, office["hazel"], row)
    replies.send_more(a_childs_act(db, row), "And Ms Heading laughed.")
    assert not sees(db, office["hazel"], row)
    assert HAZEL not in sent_to(db)

    given = a_complaint(db, stage=Stage.ALLOCATED, manager=office["molly"])
    replies.send_more(a_childs_act(db, given), "Thank you Molly, Tuesday is fine.")
    assert sees(db, office["molly"], given), "the child writes to her by name"


@pytest.mark.parametrize(("worker", "told"), [("Hazel", "She lied."), ("", "Hazel lied.")])
def test_in_another_area_the_names_there_are_looked_at(
    db: Session, office: dict[str, PersonRow], worker: str, told: str
) -> None:
    an_office(db, "westham", area="west", towns="York")
    said = {"happened": told, "worker": worker}
    a_person(db, "Hazel Brook", role=Role.LOCAL_MANAGER, offices=("westham",))
    send(db, replace(COMPLAINT, town="York", worker=worker, statement=said))
    row = the_row(db)
    assert row.area_code == "west"
    workflow.route(an_act(db, row, the_head(db, office["deputy"])), area="east")
    assert not sees(db, office["hazel"], row)
    assert HAZEL not in sent_to(db)


def test_nothing_is_asked_again_once_staff_have_said(
    db: Session, office: dict[str, PersonRow]
) -> None:
    an_office(db, "westham", area="west", towns="York")
    said = {"worker": "Hazel"}
    send(db, replace(COMPLAINT, worker="Hazel", town="York", statement=said))
    row, dee = the_row(db), the_head(db, office["deputy"])
    act = having_read(an_act(db, row, dee))
    conflicts.name_worker(act, workers=[], none_of_them=True)
    workflow.route(an_act(db, row, dee), area="east")
    assert sees(db, office["hazel"], row)


@pytest.mark.parametrize("typed", [{"worker": "Tansy"}, {"worker": "", "told": "Tansy lied."}])
@pytest.mark.parametrize("comes", ["new", "renamed", "moved"])
def test_who_comes_later_is_kept_out_too(
    db: Session, office: dict[str, PersonRow], typed: dict[str, str], comes: str
) -> None:
    ada = person_of(a_person(db, "Ada Admin", role=Role.ADMINISTRATOR))
    an_office(db, "westham", area="west")
    said = {"happened": typed.get("told", "She lied."), "worker": typed["worker"]}
    send(db, replace(COMPLAINT, worker=typed["worker"], town="Leeds", statement=said))
    row = the_row(db)
    tansy = Particulars(
        name="Tansy Vale",
        role=Role.HEAD_OF_PRACTICE,
        email="tansy@example.org",
        areas=frozenset({"east"}),
    )
    if comes == "new":
        who = staffing.add(db, ada, tansy, moment())
    else:
        before = replace(
            tansy,
            name="Nan Vale" if comes == "renamed" else "Tansy Vale",
            areas=frozenset({"east" if comes == "renamed" else "west"}),
        )
        who = staffing.add(db, ada, before, moment())
        staffing.change(db, ada, who, tansy, moment())
    assert not sees(db, db.get_one(PersonRow, who), row)
    assert sees(db, office["hazel"], row)


def test_what_is_handed_on_never_goes_to_who_is_meant(
    db: Session, office: dict[str, PersonRow]
) -> None:
    ada = person_of(a_person(db, "Ada Admin", role=Role.ADMINISTRATOR))
    row = a_complaint(db, stage=Stage.ALLOCATED, manager=office["other"], about=[office["molly"]])
    (held,) = handing_on.held_by(db, ada, office["other"].id)
    assert held.id == row.id
    assert office["molly"].id not in {person.id for person in held.to}
