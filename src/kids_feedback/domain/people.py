"""Who works here, and what each role may reach."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a signed-in person does. A practitioner has no role: they never sign in."""

    CUSTOMER_SERVICE = "customer_service"
    HEAD_OF_PRACTICE = "head_of_practice"
    LOCAL_MANAGER = "local_manager"
    BOARD_REVIEWER = "board_reviewer"
    BOARD_SECRETARY = "board_secretary"
    ADMINISTRATOR = "administrator"


CASE_ROLES = frozenset({Role.CUSTOMER_SERVICE, Role.HEAD_OF_PRACTICE, Role.LOCAL_MANAGER})


class Fallback(StrEnum):
    """Who has a case that nobody else may have, or can (ruling R18), the first of them first."""

    DEPUTY = "deputy"  # of the area's Head of Practice
    CUSTOMER_SERVICE = "customer_service"
    LAST_RESORT = "last_resort"  # the people who are named for it
    OUTSIDE = "outside"  # a named person who is none of them


NAMED_ROLES = {  # of who is named for what nobody else may have
    Fallback.LAST_RESORT: frozenset({Role.CUSTOMER_SERVICE, Role.HEAD_OF_PRACTICE}),
    Fallback.OUTSIDE: CASE_ROLES,  # nobody else can open a case
}
FEWEST_NAMED = 2  # people for what nobody else may have; before, the site opens no door


@dataclass(frozen=True, kw_only=True)
class Person:
    """Who is signed in, as every service needs to know them."""

    id: str
    name: str
    role: Role
    leads: frozenset[str]  # ids of those whose line manager they are
    areas: frozenset[str] = frozenset()  # codes; a Head of Practice answers for these
    offices: frozenset[str] = frozenset()  # codes; a local manager works in these
    last_resort: Fallback | None = None  # ``LAST_RESORT`` or ``OUTSIDE``, where they are named so
    deputy_in: frozenset[str] = frozenset()  # areas; of their Head of Practice
    covers_areas: frozenset[str] = frozenset()  # areas whose Head of Practice is away
    covers_people: frozenset[str] = frozenset()  # ids of local managers who are away


def may_approve(*, approver: str, author: str) -> bool:
    """Say whether ``approver`` may approve an answer by ``author``: never one's own.

    Source: docs/procedure.md, ruling R7.
    """
    return approver != author
