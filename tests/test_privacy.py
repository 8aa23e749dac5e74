"""Nothing about a child is kept without a reason that docs/privacy.md gives."""

import importlib
import pkgutil

import pytest
from sqlalchemy import Table

from kids_feedback.storage import tables
from kids_feedback.storage.base import Base
from tests.named import DOCS, missing, names_a_proof, parts, rows

DOCUMENT = (DOCS / "privacy.md").read_text()
SECTIONS = parts(DOCUMENT, 2)
OF_A_CHILD = parts(DOCUMENT, 3)
WITHOUT = {table for table, _ in rows(SECTIONS["Tables with nothing of a child"])}
KEPT = {word for word, _ in rows(SECTIONS["How long"])}
STANDARDS = rows(SECTIONS["The Children's code"])


def every_table() -> dict[str, Table]:
    for module in pkgutil.iter_modules(tables.__path__):
        if not module.ispkg:
            importlib.import_module(f"{tables.__name__}.{module.name}")
    return dict(Base.metadata.tables)


def test_every_table_is_of_a_child_or_holds_nothing_of_one() -> None:
    assert not OF_A_CHILD.keys() & WITHOUT
    assert OF_A_CHILD.keys() | WITHOUT == every_table().keys()


@pytest.mark.parametrize("table", OF_A_CHILD)
def test_every_field_has_a_reason_and_an_end(table: str) -> None:
    listed = {field: (reason, kept) for field, reason, kept in rows(OF_A_CHILD[table])}
    assert listed.keys() == set(every_table()[table].columns.keys())
    assert all(reason and kept in KEPT for reason, kept in listed.values())


@pytest.mark.parametrize("table", OF_A_CHILD)
def test_a_field_that_is_sealed_says_so(table: str) -> None:
    for field, reason, _ in rows(OF_A_CHILD[table]):
        assert reason.startswith("sealed: ") == field.endswith("_sealed"), field


def test_a_table_with_nothing_of_a_child_has_no_way_to_one() -> None:
    for name in WITHOUT:
        keys = every_table()[name].foreign_keys
        assert not {key.column.table.name for key in keys} & OF_A_CHILD.keys(), name


def test_each_of_the_fifteen_standards_has_its_proof() -> None:
    assert [int(name.split(".")[0]) for name, _, _ in STANDARDS] == list(range(1, 16))
    assert not [name for name, _, proof in STANDARDS if not names_a_proof(proof)]


def test_what_is_named_as_proof_is_there() -> None:
    assert not missing(DOCUMENT)
