"""docs/accessibility.md: every criterion is there, and what it names as proof as well."""

import re

import pytest

from tests.named import DOCS, missing, names_a_proof, parts, rows

DOCUMENT = (DOCS / "accessibility.md").read_text()
SECTIONS = parts(DOCUMENT, 2)
PROOFS = {name: where for name, _, where in rows(SECTIONS["Proofs"])}
A_AND_AA = rows(SECTIONS["Level A and AA"])
AAA = rows(SECTIONS["Chosen from level AAA"])
ALL = [*A_AND_AA, *AAA]
LEVEL_A = """
1.1.1 1.2.1 1.2.2 1.2.3 1.3.1 1.3.2 1.3.3 1.4.1 1.4.2 2.1.1 2.1.2 2.1.4 2.2.1 2.2.2 2.3.1 2.4.1
2.4.2 2.4.3 2.4.4 2.5.1 2.5.2 2.5.3 2.5.4 3.1.1 3.2.1 3.2.2 3.2.6 3.3.1 3.3.2 3.3.7 4.1.2
"""
LEVEL_AA = """
1.2.4 1.2.5 1.3.4 1.3.5 1.4.3 1.4.4 1.4.5 1.4.10 1.4.11 1.4.12 1.4.13 2.4.5 2.4.6 2.4.7 2.4.11
2.5.7 2.5.8 3.1.2 3.2.3 3.2.4 3.3.3 3.3.4 3.3.8 4.1.3
"""
CHOSEN = """
1.4.6 1.4.8 1.4.9 2.1.3 2.2.4 2.2.6 2.3.3 2.4.9 2.4.10 2.4.12 2.4.13 2.5.5 2.5.6 3.1.3 3.1.4 3.1.5
3.2.5 3.3.5 3.3.6 3.3.9
"""


@pytest.mark.parametrize(("level", "wanted"), [("A", LEVEL_A), ("AA", LEVEL_AA), ("AAA", CHOSEN)])
def test_every_criterion_has_its_line(level: str, wanted: str) -> None:
    listed = [name.split()[0] for name, its_level, _, _ in ALL if its_level == level]
    assert sorted(listed) == sorted(wanted.split())


def test_what_passes_is_proved_by_a_test_or_a_page() -> None:
    for name, _, state, proof in ALL:
        assert state in ("pass", "part", "not applicable"), name
        if state == "pass":
            assert names_a_proof(proof) or proofs_in(proof), name


def test_what_is_not_proved_whole_says_what_is_missing() -> None:
    for name, _, state, proof in ALL:
        if state != "pass":
            assert set(re.split("[,;] ", proof)) - PROOFS.keys(), name


def test_what_is_named_as_proof_is_there() -> None:
    assert all(names_a_proof(where) for where in PROOFS.values())
    assert not missing(DOCUMENT)


def proofs_in(text: str) -> list[str]:
    return [name for name in PROOFS if re.search(rf"\b{name}\b", text)]
