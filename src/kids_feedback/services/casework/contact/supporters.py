"""Whether the person whom a child wants with them may be there: nobody who is part of the case."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kids_feedback.domain.case.procedure import Step
from kids_feedback.services.case.act import Act, Saved
from kids_feedback.services.case.events import HistoryEvent


class SupporterCheck(StrEnum):
    """What staff found out about the supporter."""

    FINE = "fine"  # they may come
    PARTY = "party"  # of the court case, so the child is asked for somebody else
    CHECKING = "checking"


@dataclass(frozen=True, kw_only=True)
class CheckedSupporter:
    """The last word on the supporter whom the child names now."""

    result: SupporterCheck
    on: date
    who: str


def record_check(act: Act, *, result: SupporterCheck, note: str = "") -> Saved:
    """Keep what was found out about the supporter; earlier findings stay in the history.

    Raises:
        StepNotOpen: see ``Act.take``.

    Source: docs/procedure.md, paragraph 22.
    """
    act.take(Step.CHECK_SUPPORTER)
    return act.record(note, {"result": result})


OF_SUPPORTERS = (Step.CHECK_SUPPORTER, Step.CHANGE_SUPPORTER)


def standing(lines: Iterable[HistoryEvent]) -> CheckedSupporter | None:
    """Return what was found out last, out of a history.

    None: nothing yet, or the child has named another since.
    """
    last = None
    for line in lines:
        last = line if line.what in OF_SUPPORTERS else last
    if last is None or last.what != Step.CHECK_SUPPORTER or "result" not in last.facts:
        return None
    return CheckedSupporter(
        result=SupporterCheck(last.facts["result"]), on=last.written_on, who=last.who or ""
    )
