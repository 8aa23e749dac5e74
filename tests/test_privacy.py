"""Nothing about a child is kept without a reason that docs/privacy.md gives."""

import importlib
import pkgutil
import re
from pathlib import Path

import pytest
from sqlalchemy import LargeBinary, Table

import kids_feedback
from kids_feedback.storage import tables
from kids_feedback.storage.base import Base
from kids_feedback.storage.facts import Fact
from kids_feedback.storage.tables.case import Case
from tests.named import DOCS, missing, names_a_proof, parts, rows

DOCUMENT = (DOCS / "privacy.md").read_text()
SECTIONS = parts(DOCUMENT, 2)
OF_A_CHILD = parts(DOCUMENT, 3)
WITHOUT = {
    table: (hidden, clear)
    for table, _, hidden, clear in rows(SECTIONS["Tables with nothing of a child"])
}
AT_REST = {word for word, _ in rows(SECTIONS["What a stolen database says"])}
KEPT = {word for word, _ in rows(SECTIONS["How long"])}
# The desk and the reports are to ask for these, by the brief for what may stand in the clear.
CLEAR_BY_DECISION = {f"feedback.{name}" for name in ("door", "language", "topics", "needs")}
ALIASES = {"PersonComplainedAbout": "about"}
PACKAGE = Path(kids_feedback.__file__).parent
QUERIES = "".join(
    path.read_text()
    for folder in ("services", "storage/tables")
    for path in sorted((PACKAGE / folder).rglob("*.py"))
)
STANDARDS = rows(SECTIONS["The Children's code"])


def every_table() -> dict[str, Table]:
    for module in pkgutil.iter_modules(tables.__path__):
        if not module.ispkg:
            importlib.import_module(f"{tables.__name__}.{module.name}")
    return dict(Base.metadata.tables)


def test_every_table_is_of_a_child_or_holds_nothing_of_one() -> None:
    assert not OF_A_CHILD.keys() & WITHOUT
    assert OF_A_CHILD.keys() | WITHOUT.keys() == every_table().keys()


@pytest.mark.parametrize("table", OF_A_CHILD)
def test_every_field_has_a_reason_and_an_end(table: str) -> None:
    listed = {field: (reason, kept) for field, reason, _, kept in rows(OF_A_CHILD[table])}
    assert listed.keys() == set(every_table()[table].columns.keys())
    assert all(reason and kept in KEPT for reason, kept in listed.values())


@pytest.mark.parametrize("table", OF_A_CHILD)
def test_every_field_says_what_a_thief_of_the_database_reads(table: str) -> None:
    """A new column needs its word, and "asked" needs somebody who asks the database for it."""
    columns = every_table()[table].columns
    for field, _, word, _ in rows(OF_A_CHILD[table]):
        assert word in AT_REST, field
        digest = isinstance(columns[field].type, LargeBinary) and not field.endswith("_sealed")
        assert (word == "keyed") == digest, field
        assert (word == "random") == (field in {"id", "key"}), field
        assert word != "asked" or f"{table}.{field}" in CLEAR_BY_DECISION or is_asked(table, field)


@pytest.mark.parametrize("table", WITHOUT)
def test_every_field_of_the_other_tables_is_listed_too(table: str) -> None:
    hidden, clear = (set(re.findall(r"\w+", cell)) for cell in WITHOUT[table])
    assert not hidden & clear
    assert hidden | clear == set(every_table()[table].columns.keys())
    assert {name for name in hidden | clear if name.endswith("_sealed")} <= hidden


@pytest.mark.parametrize(
    ("field", "attributes"),
    {
        "glance_sealed": "name wish pass_on age_band method supporter share look meeting_at",
        "words_sealed": "statement",
        "contact_sealed": "contact",
        "helper_sealed": "helper",
    }.items(),
)
def test_what_no_query_needs_of_a_child_is_sealed(field: str, attributes: str) -> None:
    for name in attributes.split():
        kept = vars(Case)[name]
        assert (kept.facts if isinstance(kept, Fact) else kept).column == field
        assert name not in Case.__table__.columns


def is_asked(table: str, field: str) -> bool:
    """Say whether a query of the services, or of the tables, names this column."""
    mapper = next(item for item in Base.registry.mappers if item.class_.__tablename__ == table)
    named = mapper.class_.__name__
    attribute = mapper.get_property_by_column(every_table()[table].columns[field]).key
    asks = re.compile(rf"\b({named}|{ALIASES.get(named, named)})\.{attribute}\b")
    return bool(asks.search(QUERIES)) or bool(every_table()[table].columns[field].foreign_keys)


@pytest.mark.parametrize("table", OF_A_CHILD)
def test_a_field_that_is_sealed_says_so(table: str) -> None:
    for field, reason, word, _ in rows(OF_A_CHILD[table]):
        assert reason.startswith("sealed: ") == field.endswith("_sealed"), field
        assert (word == "sealed") == field.endswith("_sealed"), field


def test_a_table_with_nothing_of_a_child_has_no_way_to_one() -> None:
    for name in WITHOUT:
        keys = every_table()[name].foreign_keys
        assert not {key.column.table.name for key in keys} & OF_A_CHILD.keys(), name


def test_each_of_the_fifteen_standards_has_its_proof() -> None:
    assert [int(name.split(".")[0]) for name, _, _ in STANDARDS] == list(range(1, 16))
    assert not [name for name, _, proof in STANDARDS if not names_a_proof(proof)]


def test_what_is_named_as_proof_is_there() -> None:
    assert not missing(DOCUMENT)
