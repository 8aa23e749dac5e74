"""What a second release of a period may show, beside what the board saw before it was taken back.

Whoever kept the first version can subtract it from the second. docs/adr/0011-small-numbers.md,
"A second release", has the reasons.
"""

from collections.abc import Iterable

from kids_feedback.domain.board.disclosure import STEP, Cell, Share, Table
from kids_feedback.domain.board.figures import Figures

FAR = 2 * STEP  # between two shown numbers: the children whom they count differ by 6 or more
COMPLAINT = "complaint"  # the kind whose children the topics and the promises count, too


def beside(figures: Figures, shown: Iterable[Figures]) -> Figures:
    """Return what may be shown of ``figures`` to somebody who keeps all that was ever ``shown``.

    Figures of the same children stand or fall together: each is as it was in every earlier version
    (hidden, too), or further from it than a few children; otherwise none of them is shown.

    Source: docs/procedure.md, paragraphs 51b and 74; docs/adr/0011-small-numbers.md.
    """
    for before in shown:
        figures = _beside_one(figures, before)
    return figures


def shows_anything(figures: Figures) -> bool:
    """Say whether any number is left."""
    return any(number is not None for number in figures.kinds.values())


def _beside_one(now: Figures, before: Figures) -> Figures:
    kinds = {
        code: number if _agree(number, before.kinds.get(code)) else None
        for code, number in now.kinds.items()
    }
    if _complaints_agree(now, before):
        return Figures(period=now.period, kinds=kinds, about=now.about, promises=now.promises)
    return Figures(
        period=now.period,
        kinds={**kinds, COMPLAINT: None},
        about=Table(total=None, cells=tuple(Cell(code=cell.code) for cell in now.about.cells)),
        promises={code: Share() for code in now.promises},
    )


def _complaints_agree(now: Figures, before: Figures) -> bool:
    return (
        _agree(now.kinds.get(COMPLAINT), before.kinds.get(COMPLAINT))
        and _tables_agree(now.about, before.about)
        and all(
            _shares_agree(share, before.promises.get(code, Share()))
            for code, share in now.promises.items()
        )
    )


def _tables_agree(now: Table, before: Table) -> bool:
    codes = [cell.code for cell in now.cells]
    return (
        codes == [cell.code for cell in before.cells]
        and _agree(now.total, before.total)
        and all(
            _agree(cell.shown, other.shown)
            for cell, other in zip(now.cells, before.cells, strict=True)
        )
    )


def _shares_agree(now: Share, before: Share) -> bool:
    return (
        (now.few_yes, now.few_no) == (before.few_yes, before.few_no)
        and _agree(now.base, before.base)
        and _agree(now.yes, before.yes)
    )


def _agree(now: int | None, before: int | None) -> bool:
    """Say whether the two, kept side by side, tell nothing of a few children."""
    if now is None or before is None:
        return now is before
    return now == before or abs(now - before) >= FAR
