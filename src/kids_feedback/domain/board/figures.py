"""The figures of one period as the board sees them, and as they are frozen.

Everything here has passed ``domain.board.disclosure``: there is no field for a true count.
"""

import json
from dataclasses import asdict, dataclass
from typing import Any

from kids_feedback.domain.board.disclosure import Amount, Cell, Portion, Share, Table
from kids_feedback.domain.board.half_years import HalfYear, Period

_VERSION = 1  # of the frozen form


@dataclass(frozen=True, kw_only=True)
class Figures:
    """National, one way at a time, rounded and hidden."""

    period: Period
    kinds: dict[str, int | None]  # complaint, compliment, other: each alone, with no sum beside it
    about: Table  # complaints by their primary topic
    promises: dict[str, Share]  # by code; older releases hold more than is shown of them now


def freeze(figures: Figures) -> bytes:
    """Return the figures as the bytes that are kept; the same figures give the same bytes."""
    kept = {
        "version": _VERSION,
        "begins": figures.period.begins.code,
        "ends": figures.period.ends.code,
        "kinds": figures.kinds,
        "about": asdict(figures.about),
        "promises": {code: asdict(share) for code, share in figures.promises.items()},
    }
    return json.dumps(kept, sort_keys=True, separators=(",", ":")).encode()


def thaw(frozen: bytes) -> Figures:
    """Return what was frozen."""
    kept = json.loads(frozen)
    return Figures(
        period=Period(
            begins=HalfYear.from_code(kept["begins"]), ends=HalfYear.from_code(kept["ends"])
        ),
        kinds=kept["kinds"],
        about=_table(kept["about"]),
        promises={code: _share(share) for code, share in kept["promises"].items()},
    )


def _table(kept: dict[str, Any]) -> Table:
    cells = tuple(
        Cell(code=cell["code"], shown=cell["shown"], portion=_portion(cell["portion"]))
        for cell in kept["cells"]
    )
    return Table(total=kept["total"], cells=cells)


def _share(kept: dict[str, Any]) -> Share:
    return Share(**{**kept, "portion": _portion(kept["portion"])})


def _portion(kept: dict[str, Any] | None) -> Portion | None:
    return None if kept is None else Portion(**{**kept, "amount": Amount(kept["amount"])})
