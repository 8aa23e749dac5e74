"""Whom a child names, by part of a name or of a town, is kept out. docs/procedure.md, 17 and 31."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain.case.procedure import Stage, Step
from kids_feedback.domain.errors import NotFound
from kids_feedback.domain.people import Fallback, Role
from kids_feedback.services.case import access
from kids_feedback.services.case.people import colleagues
from kids_feedback.storage.tables.case import Case, PersonComplainedAbout
from kids_feedback.storage.tables.people import PersonRow
from tests.make import NOW, a_person, an_office, person_of
from tests.services.acts import sent_to
from tests.services.child.test_intake import COMPLAINT, send, the_row


def about(db: Session) -> dict[str, bool]:
    """Return who is kept out, and whether they are certainly meant, by name."""
    rows = db.scalars(select(PersonComplainedAbout))
    return {db.get_one(PersonRow, row.person_id).name: row.certain for row in rows}


def leicester(db: Session) -> None:
    an_office(db, "leicester", area="east", towns="LE1\nLoughborough")
    a_person(db, "Hazel Quill", role=Role.HEAD_OF_PRACTICE)
    a_person(db, "Cosmo Wren", role=Role.CUSTOMER_SERVICE)
    a_person(db, "Marlow Finch", role=Role.LOCAL_MANAGER, offices=("leicester",))


@pytest.mark.parametrize("typed", ["Hazel", "Miss Quill", "Hazle", "hazel q", "Quil Hazel"])
def test_who_is_possibly_meant_is_kept_out_until_somebody_else_says(
    db: Session, typed: str
) -> None:
    leicester(db)
    a_person(db, "Hazel Elsewhere", role=Role.LOCAL_MANAGER, offices=())
    send(db, replace(COMPLAINT, worker=typed, town="in Leicester."))
    row, head = the_row(db), the_person(db, "Hazel Quill")
    assert about(db)["Hazel Quill"] is False
    assert row.fallback is Fallback.CUSTOMER_SERVICE, "nobody else there may see it"
    desk = the_person(db, "Cosmo Wren")
    assert sent_to(db) == [desk.email]
    with pytest.raises(NotFound):
        access.find(db, row.id, person_of(head))
    assert access.find(db, row.id, person_of(the_person(db, "Cosmo Wren"))) is row


def test_a_possibly_meant_workers_line_manager_is_kept_out_too(db: Session) -> None:
    leicester(db)
    head = the_person(db, "Hazel Quill")
    a_person(db, "Basil Thistle", offices=("leicester",), line_manager=head)
    send(db, replace(COMPLAINT, worker="Basil", town="Leicester"))
    assert about(db) == {"Basil Thistle": False}
    assert the_row(db).fallback is Fallback.CUSTOMER_SERVICE


def test_a_whole_name_is_certain_and_says_where(db: Session) -> None:
    leicester(db)
    a_person(db, "Sinead O'Neill", offices=("leicester",))
    a_person(db, "Sinead Oak", offices=("leicester",))
    send(db, replace(COMPLAINT, worker="Ms Sinead O’Neill"))
    assert about(db) == {"Sinead O'Neill": True}
    assert the_row(db).office_code == "leicester"


def test_a_namesake_elsewhere_is_not_meant_where_the_child_named_a_place(db: Session) -> None:
    leicester(db)
    an_office(db, "york", area="west")
    a_person(db, "Basil Thistle", offices=("leicester",))
    a_person(db, "Basil Rowan", role=Role.LOCAL_MANAGER, offices=("york",))
    send(db, replace(COMPLAINT, worker="Basil", office="leicester"), key="k1")
    assert about(db) == {"Basil Thistle": False}
    send(db, replace(COMPLAINT, worker="Basil"), key="k2")
    assert about(db).keys() == {"Basil Thistle", "Basil Rowan"}


def test_who_left_in_the_last_two_years_can_be_named(db: Session) -> None:
    leicester(db)
    marlow = the_person(db, "Marlow Finch")
    for name, left in (("Iris Copper", 700), ("Iris Longago", 800)):
        a_person(
            db,
            name,
            offices=("leicester",),
            closed_at=NOW - timedelta(days=left),
            line_manager=marlow,
        )
    send(db, replace(COMPLAINT, worker="Iris Copper"))
    row = the_row(db)
    assert about(db) == {"Iris Copper": True}
    assert (row.area_code, row.office_code) == ("east", "leicester")
    assert colleagues.managers_of(db, row.id, "east") == [], "their line manager of then"


def test_where_no_place_is_typed_a_slip_in_a_name_still_leads_there(db: Session) -> None:
    leicester(db)
    a_person(db, "Basil Thistle", offices=("leicester",))
    send(db, replace(COMPLAINT, worker="Basil Thisle"))
    assert (about(db), the_row(db).office_code) == ({"Basil Thistle": False}, "leicester")


@pytest.mark.parametrize("town", ["Leicester.", "in leicester", "Leicester city", "LE1 4AB"])
def test_a_town_is_forgiven_how_it_is_written(db: Session, town: str) -> None:
    leicester(db)
    send(db, replace(COMPLAINT, town=town))
    assert the_row(db).office_code == "leicester"


@pytest.mark.parametrize("area", ["east", "west"])
def test_where_two_offices_fit_customer_service_decides(db: Session, area: str) -> None:
    leicester(db)
    a_person(db, "Rowan Lantern", role=Role.HEAD_OF_PRACTICE, areas=("west",))
    an_office(db, "darlington", area="east", towns="Richmond")
    an_office(db, "richmond", area=area)
    send(db, replace(COMPLAINT, town="Richmond"))
    row = the_row(db)
    assert (row.area_code, row.office_code, row.next_step) == (None, None, Step.ROUTE)


def test_a_name_typed_when_the_form_is_sent_again_is_looked_at_too(db: Session) -> None:
    leicester(db)
    manager = the_person(db, "Marlow Finch")
    send(db, replace(COMPLAINT, town="Leicester"))
    row = the_row(db)
    assert row.area_code == "east"
    _give(row, manager)
    again = {"happened": "And it was Marlow.", "worker": "Marlow"}
    send(db, replace(COMPLAINT, worker="Marlow", statement=again))
    assert about(db) == {"Marlow Finch": False}
    assert (row.manager_id, row.stage) == (None, Stage.ACKNOWLEDGED)
    again["worker"] = "Hazel"
    send(db, replace(COMPLAINT, worker="Hazel", statement=again))
    assert about(db) == {"Marlow Finch": False, "Hazel Quill": False}
    assert row.fallback is Fallback.CUSTOMER_SERVICE


def _give(row: Case, manager: PersonRow) -> None:
    row.stage, row.manager_id = Stage.ALLOCATED, manager.id


def the_person(db: Session, name: str) -> PersonRow:
    return db.scalars(select(PersonRow).where(PersonRow.name == name)).one()
