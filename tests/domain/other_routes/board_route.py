"""The route of a child's words that are shared with the young people's board, for the tests alone.

One person takes the names out, another checks, then the board sees it; anybody hides it at once.
"""

from collections.abc import Iterable
from enum import StrEnum

from kids_feedback.domain.case.engine import Actor, Condition, Route, Task, Transition
from kids_feedback.domain.people import Role


class Board(StrEnum):
    """Where a child's words are that are shared with the young people's board."""

    SHARED = "shared"
    NAMELESS = "nameless"
    SHOWN = "shown"
    HIDDEN = "hidden"


class Says(StrEnum):
    SHARES = "shares"  # the child, until they say otherwise
    SECOND = "second"  # who checks is not who took the names out


SECRETARY, REVIEWER = frozenset({Role.BOARD_SECRETARY}), frozenset({Role.BOARD_REVIEWER})


def line(
    step: str, by: frozenset[str], where: Iterable[str], to: str, given: Iterable[str] = ()
) -> Transition:
    when = Condition(kinds=frozenset({"words"}), stages=frozenset(where), given=frozenset(given))
    return Transition(step=step, by=by, when=when, leads_to=to)


def waits(step: str, where: str) -> Task:
    given = frozenset({Says.SHARES})
    when = Condition(kinds=frozenset({"words"}), stages=frozenset({where}), given=given)
    return Task(step=step, owner=Role.BOARD_SECRETARY, when=when)


TO_THE_BOARD = Route(
    name="to the board",
    kinds=frozenset({"words"}),
    begins=frozenset({Board.SHARED}),
    ends=frozenset({Board.SHOWN, Board.HIDDEN}),
    transitions=(
        line("no_names", SECRETARY, {Board.SHARED, Board.HIDDEN}, Board.NAMELESS, {Says.SHARES}),
        line("check", SECRETARY, {Board.NAMELESS}, Board.SHOWN, {Says.SHARES, Says.SECOND}),
        line("send_back", SECRETARY, {Board.NAMELESS}, Board.SHARED, {Says.SECOND}),
        line("hide", SECRETARY | REVIEWER | {Actor.CHILD}, set(Board), Board.HIDDEN),
    ),
    tasks=(waits("no_names", Board.SHARED), waits("check", Board.NAMELESS)),
)
