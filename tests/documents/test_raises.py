"""Every error that a docstring says may be raised is one that there is."""

import ast
import builtins
import re
from pathlib import Path

import kids_feedback

SOURCE = Path(kids_feedback.__file__).parent
TREES = [ast.parse(file.read_text()) for file in SOURCE.rglob("*.py")]
NODES = [node for tree in TREES for node in ast.walk(tree)]
KNOWN = {
    *(node.name for node in NODES if isinstance(node, ast.ClassDef)),
    *(alias.name for node in NODES if isinstance(node, ast.ImportFrom) for alias in node.names),
    *(node.attr for node in NODES if isinstance(node, ast.Attribute)),  # ``click.ClickException``
    *dir(builtins),
}
_SECTION = re.compile(r"^ *Raises:\n((?:(?: .*)?\n)+?)(?=\n|\Z)", re.MULTILINE)
_NAMES = re.compile(r"^ +([A-Z]\w+(?:, [A-Z]\w+)*):", re.MULTILINE)


def said() -> set[str]:
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    texts = [ast.get_docstring(node) or "" for node in NODES if isinstance(node, documented)]
    sections = [section for text in texts for section in _SECTION.findall(f"{text}\n")]
    return {
        name for section in sections for row in _NAMES.findall(section) for name in row.split(", ")
    }


def test_what_is_said_to_be_raised_is_there() -> None:
    found = said()
    assert {"NotFound", "StepNotOpen"} <= found, "nothing was read"
    assert found - KNOWN == set()
