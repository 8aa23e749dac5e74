"""Only the engine's act sets the stage or the kind of a case: the whole source is read for it."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import kids_feedback

SOURCE = Path(kids_feedback.__file__).parent
ITS_OWN = "services/case/act.py"
BEGINS = "services/child/intake.py"  # which makes a new row
ROW = "storage/tables/case.py"  # the one class whose ``self`` is a case
MOVES = frozenset({"stage", "kind"})
SETTERS = frozenset({"setattr", "__setattr__", "set_attribute", "set_committed_value"})
BULK = frozenset({"values", "update", "set_"})  # of SQLAlchemy, and of dicts
# Names that are worked out are those of promised days, of sealed columns and of a form's fields.
WORKED_OUT = frozenset(
    {"services/case/case_state.py", "storage/encryption.py", "web/child/back/replies.py"}
)


def offences(text: str, where: str = "services/some.py") -> list[str]:
    """Return what sets the stage or the kind of a row, and what might without saying so."""
    return [f"{where}:{line}: {what}" for line, what in _found(ast.parse(text), where)]


def _found(tree: ast.AST, where: str) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from ((node.lineno, what) for what in _of_call(node, where))
        elif isinstance(node, ast.Attribute | ast.Subscript | ast.Constant):
            yield from ((node.lineno, what) for what in _of_name(node, where))


def _of_name(node: ast.Attribute | ast.Subscript | ast.Constant, where: str) -> Iterator[str]:
    if isinstance(node, ast.Constant):
        if "update feedback" in " ".join(str(node.value).lower().split()):
            yield "updates it with SQL"
    elif not isinstance(node.ctx, ast.Load):
        another = _name(node.value) == "self" and where != ROW
        if isinstance(node, ast.Attribute) and node.attr in MOVES and not another:
            yield f"sets .{node.attr}"
        if isinstance(node, ast.Subscript) and _is_inside(node):
            yield "sets it behind the row's back"


def _of_call(call: ast.Call, where: str) -> Iterator[str]:
    called = _name(call.func)
    given = {word.arg for word in call.keywords} & MOVES
    if called in SETTERS and len(call.args) > 1:
        name = _name(call.args[-2])
        if name in MOVES:
            yield f"sets {name} by {called}"
        elif not isinstance(call.args[-2], ast.Constant) and where not in WORKED_OUT:
            yield f"sets by {called} what it does not name"
    if called == "Feedback" and given and where != BEGINS:
        yield "makes a row with a stage or a kind"
    if called in BULK:
        keys = {_name(key) for item in _dicts(call) for key in item.keys}
        if given or keys & MOVES:
            yield f"sets it by {called}"


def _dicts(call: ast.Call) -> Iterator[ast.Dict]:
    return (item for item in ast.walk(call) if isinstance(item, ast.Dict))


def _is_inside(node: ast.Subscript) -> bool:
    """Say whether it is a stage or a kind in the dict of an object."""
    of = node.value.func if isinstance(node.value, ast.Call) else node.value
    return _name(node.slice) in MOVES and _name(of) in {"vars", "__dict__"}


def _name(node: ast.expr | None) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def test_nothing_but_an_act_moves_a_case() -> None:
    files = [path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts]
    assert len(files) > 100
    named = [(path, path.relative_to(SOURCE).as_posix()) for path in sorted(files)]
    found = {name: offences(path.read_text(), name) for path, name in named}
    assert {name for name, faults in found.items() if faults} == {ITS_OWN}, found


@pytest.mark.parametrize(
    "planted",
    [
        "row.stage = Stage.CLOSED",
        "row.kind, row.stopped_on = Kind.NOTE, today",
        "act.row.stage: Stage = Stage.CLOSED",
        "row.stage += 'x'",
        "[row.kind] = kinds",
        "for row.stage in stages: pass",
        "with closing() as row.stage: pass",
        "del row.stage",
        "setattr(row, 'stage', Stage.CLOSED)",
        "setattr(row, chosen, Stage.CLOSED)",
        "object.__setattr__(row, 'kind', Kind.NOTE)",
        "set_committed_value(row, 'stage', Stage.CLOSED)",
        "session.execute(update(Feedback).values(stage=Stage.CLOSED))",
        "session.execute(update(Feedback).values({'kind': Kind.NOTE}))",
        "session.execute(update(Feedback).values({Feedback.stage: Stage.CLOSED}))",
        "session.query(Feedback).update({Feedback.kind: Kind.NOTE})",
        "session.execute(text('UPDATE  feedback SET closed_on = NULL'))",
        "vars(row)['stage'] = Stage.CLOSED",
        "row.__dict__['kind'] = Kind.NOTE",
        "vars(row).update(stage=Stage.CLOSED)",
        "Feedback(stage=Stage.CLOSED)",
    ],
)
def test_an_offence_is_found(planted: str) -> None:
    assert len(offences(planted)) == 1


@pytest.mark.parametrize(
    "harmless",
    [
        "leaf.state = LeafState.SHOWN",
        "stage = row.stage",
        "Situation(kind=row.kind, stage=row.stage)",
        "if row.stage == Stage.CLOSED: pass",
        "session.execute(update(Message).values(sent_at=now))",
        "kept['kind'] = draft.kind",
    ],
)
def test_reading_is_no_offence(harmless: str) -> None:
    assert offences(harmless) == []


def test_another_class_may_have_a_kind_of_its_own() -> None:
    assert offences("self.kind = kind") == []
    assert len(offences("self.kind = kind", ROW)) == 1
    assert len(offences("self.row.kind = kind")) == 1


def test_a_new_row_begins_in_intake_alone() -> None:
    made = "Feedback(kind=draft.kind, stage=Stage.RECEIVED)"
    assert offences(made, BEGINS) == []
    assert len(offences(made, "services/casework/routing.py")) == 1
