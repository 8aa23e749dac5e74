"""What the documents name as proof, looked for in the checkout."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
_PROOF = re.compile(r"`((?:tests|templates|src|static)/[\w/.]+?)(?:::(\w+))?`")
_ROW = re.compile(r"^\| *(.*?) *\|$")


def rows(text: str) -> list[list[str]]:
    """Return the cells of every row of the tables in a part of a document, without their heads."""
    lines = [[cell.strip() for cell in row.split("|")] for row in _inside(text)]
    rules = [at for at, line in enumerate(lines) if set("".join(line)) == {"-"}]
    heads = {at - 1 for at in rules} | set(rules)
    return [line for at, line in enumerate(lines) if at not in heads]


def parts(text: str, level: int) -> dict[str, str]:
    """Return what stands under each heading of one level, by the heading."""
    found = re.split(rf"^{'#' * level} (.+)$", text, flags=re.MULTILINE)
    cut = re.compile(rf"^#{{1,{level}}} ", re.MULTILINE)
    return {head: cut.split(body)[0] for head, body in zip(found[1::2], found[2::2], strict=True)}


def missing(text: str) -> list[str]:
    """Return what a text names as proof and what is not there: a file, or a test or class in it."""
    return [f"{path}::{test}" for path, test in _PROOF.findall(text) if not _is_there(path, test)]


def names_a_proof(text: str) -> bool:
    return bool(_PROOF.search(text))


def _inside(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if found := _ROW.match(line):
            yield found[1]


def _is_there(path: str, test: str) -> bool:
    file = ROOT / path
    if not file.is_file():
        return False
    if not test:
        return True
    tree = ast.parse(file.read_text())
    named = (ast.FunctionDef, ast.ClassDef)
    return any(isinstance(node, named) and node.name == test for node in tree.body)
