"""The rooms of the house: none too full, none in a circle, each word of the glossary at home."""

import ast
import re
from collections import Counter
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from tests.named import DOCS
from tests.test_privacy import every_table

ROOT = Path(__file__).resolve().parents[1]
SRC = ROOT / "src"
FULL = 15  # files in one folder, beside the one that says what it is about
GLOSSARY = DOCS / "glossary.md"
Row = tuple[str, ...]


def test_no_folder_is_too_full() -> None:
    """Where there are more, there are two errands."""
    full: Counter[str] = Counter()
    for folder, ending in (("src", "py"), ("templates", "html"), ("tests", "py")):
        for file in (ROOT / folder).rglob(f"*.{ending}"):
            if file.name != "__init__.py" and "versions" not in file.parts:
                full[file.parent.relative_to(ROOT).as_posix()] += 1
    assert not {folder: count for folder, count in full.items() if count > FULL}


def test_no_two_rooms_know_each_other() -> None:
    """In a folder that has folders of its own, each file is a room of its own."""
    modules = {dotted(file): file for file in SRC.rglob("*.py") if file.name != "__init__.py"}
    folders = {name.rpartition(".")[0] for name in modules}
    mixed = {folder for folder in folders if any(o.startswith(f"{folder}.") for o in folders)}

    def room(name: str) -> str:
        folder = name.rpartition(".")[0]
        return name if folder in mixed else folder

    known: dict[str, set[str]] = {room(name): set() for name in modules}
    for name, file in modules.items():
        known[room(name)] |= {room(other) for other in imported(file) if other in modules}
    for name, others in known.items():
        others.discard(name)
    try:
        TopologicalSorter(known).prepare()
    except CycleError as circle:
        pytest.fail(" → ".join(circle.args[1]))


def test_each_word_of_the_glossary_stands_once() -> None:
    terms = Counter(term for row in rows() for term in row[0].split(", "))
    assert len(terms) > 40
    assert not [term for term, count in terms.items() if count > 1]


def test_the_glossary_names_what_is_there() -> None:
    """Module, table, page and paragraph of each row exist."""
    tables = every_table().keys()
    pages = set(re.findall(r"^\| (\w+\.\w+) \|", (DOCS / "pages.md").read_text(), re.MULTILINE))
    paragraphs = set(
        re.findall(r"^(\d+[a-z]?)\. ", (DOCS / "procedure.md").read_text(), re.MULTILINE)
    )
    for term, _meaning, module, table, page, cited in rows():
        file = SRC / "kids_feedback" / f"{module.replace('.', '/')}.py"
        assert file.exists(), f"{term}: no module {module}"
        assert table in tables, f"{term}: no table {table}"
        assert page in pages, f"{term}: no page {page}"
        assert set(re.findall(r"\d+[a-z]?", cited)) <= paragraphs, f"{term}: no paragraph {cited}"


def rows() -> list[Row]:
    """Return the rows of the glossary's tables, without their headings."""
    lines = [line for line in GLOSSARY.read_text().splitlines() if line.startswith("| ")]
    cells = [tuple(cell.strip() for cell in line.strip("|").split(" | ")) for line in lines]
    return [row for row in cells if row[0] != "term"]


def dotted(file: Path) -> str:
    return ".".join(file.relative_to(SRC).with_suffix("").parts)


def imported(file: Path) -> set[str]:
    """Return what a file imports: modules, and names that may be modules."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found
