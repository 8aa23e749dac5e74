"""Where the leaves of a feedback tree hang in its picture."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import cos, radians, sin

from kids_feedback.domain.child.leaves import LeafShape
from kids_feedback.services.feedback_tree.leaves import ON_A_TREE

_RINGS = ((19, 158, 124), (16, 124, 98), (12, 90, 72), (8, 54, 46), (5, 22, 20))  # leaves, radii
_MIDDLE = -196  # of the crown; the ground is at 0, up is less
_FROM, _TO = -208, 28  # degrees; 0 is to the right, -90 up: the trunk has no leaves
_APART = 37  # each next leaf hangs so many places on; shares no factor with ON_A_TREE
_TINTS = ("l", "s", "n", "p", "l", "n", "w")


@dataclass(frozen=True)
class HangingLeaf:
    """One leaf in the picture: where it hangs, how it is turned and how large it is."""

    shape: str
    tint: str  # a class of the sheet
    x: int
    y: int
    turn: int  # degrees from upright
    size: float


def hanging(shapes: Sequence[LeafShape]) -> tuple[HangingLeaf, ...]:
    """Return a place for each leaf, spread over the whole crown; the fewer, the larger.

    A leaf more leaves the others where they are, until all get smaller.
    """
    places = tuple(_places())
    size = 0.62 if len(shapes) <= 12 else 0.5 if len(shapes) <= 30 else 0.42
    found = (
        (at * _APART % ON_A_TREE, shape, _TINTS[at % len(_TINTS)])
        for at, shape in enumerate(shapes[:ON_A_TREE])
    )
    return tuple(  # those farther out lie beneath
        HangingLeaf(shape, tint, *places[at], size) for at, shape, tint in sorted(found)
    )


def _places() -> Iterator[tuple[int, int, int]]:
    for ring, (many, across, up) in enumerate(_RINGS):
        for leaf in range(many):
            angle = _FROM + (_TO - _FROM) * (leaf + 0.5 * (ring % 2)) / (many - 0.5)
            at = radians(angle)
            swing = (leaf * 17 + ring * 29) % 37 - 18  # no two alike
            yield (
                round(across * cos(at) * 0.8),
                round(_MIDDLE + up * sin(at) * 0.9),
                round(angle + 90) + swing,
            )
