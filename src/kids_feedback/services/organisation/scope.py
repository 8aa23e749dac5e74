"""Which offices a person answers for."""

from sqlalchemy import ColumnElement, false, true

from kids_feedback.domain.people import Person, Role
from kids_feedback.storage.tables.people import Office


def offices_of(person: Person) -> ColumnElement[bool]:
    """Return the condition on ``Office`` that holds for the offices a person answers for."""
    if person.role is Role.CUSTOMER_SERVICE:
        return true()
    if person.role is Role.HEAD_OF_PRACTICE:
        return Office.area_code.in_(person.areas)
    if person.role is Role.LOCAL_MANAGER:
        return Office.code.in_(person.offices)
    return false()
