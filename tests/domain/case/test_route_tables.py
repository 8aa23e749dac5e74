"""The tables of the children's routes, written out beside this test, a line for each row.

Whoever changes a table sees in ``route_tables.txt`` what else it changed. It is written anew by
``python -m tests.domain.case.test_route_tables``, and then read against docs/procedure.md.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from kids_feedback.domain.case.engine import Condition, Route, Task, Transition
from kids_feedback.domain.case.promises import Clock
from kids_feedback.domain.case.route.complaint_route import COMPLAINT
from kids_feedback.domain.case.route.routes import COMPLIMENT, LEAF, route_of
from kids_feedback.domain.case.submission import Kind

WRITTEN = Path(__file__).with_name("route_tables.txt")


def test_every_row_is_as_it_is_written_here() -> None:
    assert written_out().splitlines() == WRITTEN.read_text().splitlines()


def test_each_kind_goes_the_route_that_names_it() -> None:
    assert {kind: route_of(kind).name for kind in Kind} == {
        Kind.COMPLAINT: "complaint",
        Kind.NOTE: "complaint",
        Kind.FEELINGS: "complaint",
        Kind.COMPLIMENT: "compliment",
    }


def written_out() -> str:
    return "\n".join(line for route in (COMPLAINT, COMPLIMENT, LEAF) for line in _lines(route))


def _lines(route: Route) -> Iterator[str]:
    yield f"# {route.name}: {_all(route.kinds)}"
    yield f"stages {_all(route.stages)}, begins {_all(route.begins)}, ends {_all(route.ends)}"
    yield from map(_transition, route.transitions)
    yield from map(_task, route.tasks)
    for kind, clocks in sorted(route.clocks.items()):
        yield from (f"clock of {kind}: {_clock(clock)}" for clock in clocks)
    yield ""


def _transition(row: Transition) -> str:
    more = {"to": row.leads_to, "becomes": row.becomes, "sets": row.sets, "opens": row.opens}
    does = [f"{name} {value}" for name, value in more.items() if value]
    does += [f"clears {', '.join(row.clears)}"] if row.clears else []
    does += [f"then {', '.join(row.effects)}"] if row.effects else []
    does += ["keeps the version"] if row.keeps_version else []
    return f"{row.step} by {_all(row.by)} | {_when(row.when)} | {'; '.join(does) or '-'}"


def _task(task: Task) -> str:
    return f"next {task.step} by {task.owner} | {_when(task.when)}"


def _clock(clock: Clock) -> str:
    more = {
        "working days": clock.working_days,
        "before the hearing": clock.before_hearing,
        "contact wanted": clock.contact,
        "day of": clock.day_of,
    }
    said = [f"{clock.promise} from {clock.counts_from}, kept by {_all(clock.kept_by)}"]
    said += [f"{name} {value}" for name, value in more.items() if value is not None]
    said += [] if clock.is_told else ["not told"]
    return "; ".join(said)


def _when(condition: Condition) -> str:
    said = f"{_all(condition.kinds)} | {_all(condition.stages)}"
    said += f" | given {_all(condition.given)}" if condition.given else ""
    return said + (f" | unless {_all(condition.unless)}" if condition.unless else "")


def _all(codes: Iterable[str]) -> str:
    return ", ".join(sorted(codes)) or "-"


if __name__ == "__main__":
    WRITTEN.write_text(written_out())
