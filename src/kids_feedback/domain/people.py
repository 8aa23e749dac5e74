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


@dataclass(frozen=True, kw_only=True)
class Person:
    """Who is signed in, as every service needs to know them."""

    id: str
    name: str
    role: Role
    areas: frozenset[str] = frozenset()  # codes; a Head of Practice answers for these
    offices: frozenset[str] = frozenset()  # codes; a local manager works in these


def may_approve(*, approver: str, author: str) -> bool:
    """Say whether ``approver`` may approve an answer by ``author``: never one's own.

    Source: docs/procedure.md, ruling R7.
    """
    return approver != author
