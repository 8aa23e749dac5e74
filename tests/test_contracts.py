"""Each contract of the house refuses what it forbids, reached at once or through a helper.

A copy of the source gets one forbidden import for each line of ``PLANTED``; the linter is asked
once for all of them, and must name each under the contract that is there to refuse it.
"""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = "kids_feedback"


@dataclass(frozen=True)
class Planted:
    """An import that a contract forbids."""

    contract: str
    importer: str  # a package gets a new module, a module gets a new line
    imported: str

    @property
    def place(self) -> Path:
        return Path(*self.importer.split("."))


_BLUEPRINTS = [
    f"{PACKAGE}.web.account",
    f"{PACKAGE}.web.board",
    f"{PACKAGE}.web.child",
    f"{PACKAGE}.web.shared_devices",
    f"{PACKAGE}.web.health",
    f"{PACKAGE}.web.people",
    f"{PACKAGE}.web.record",
    f"{PACKAGE}.web.secretary",
    f"{PACKAGE}.web.staff",
    f"{PACKAGE}.web.working_days",
]
_LAYERS = "Layers: rules know nothing of tables, tables nothing of pages"
_SERVICES = "Inside the services: errands of people, then casework, then the case"
_WEB = "Inside the web: blueprints, then questions, then the kit"
_CHILD = "Inside the child's pages: ways back and offices, then sending, then the start"
_STAFF = "Inside the staff's pages: pages, then the steps as they are declared, then the kit"
_DATABASE = "Pages reach the database only through services"
_BOARD = "Reviewers' pages reach the review service and three of the kit"
_KIT = "The kit reaches only what signing in and a visit need"
_SIGNING_IN = "Signing in, visits and shared devices know nothing of cases"
_REVIEW = "The review service reads summaries, never messages"

PLANTED = (
    Planted(_LAYERS, "kids_feedback.domain", "kids_feedback.storage.base"),
    Planted(_LAYERS, "kids_feedback.storage", "kids_feedback.services.reading.queue"),
    Planted(_LAYERS, "kids_feedback.services", "kids_feedback.web.kit.context"),
    Planted(
        _SERVICES,
        "kids_feedback.services.case",
        "kids_feedback.services.casework.answering.answers",
    ),
    Planted(_SERVICES, "kids_feedback.services.child", "kids_feedback.services.reading.queue"),
    Planted(_WEB, "kids_feedback.web.questions", "kids_feedback.web.child.blueprint"),
    Planted(_WEB, "kids_feedback.web.kit.guard", "kids_feedback.web.questions.model"),
    Planted(_CHILD, "kids_feedback.web.child.sending", "kids_feedback.web.child.back.replies"),
    Planted(_CHILD, "kids_feedback.web.child.office", "kids_feedback.web.child.back.meeting"),
    Planted(_STAFF, "kids_feedback.web.staff.steps", "kids_feedback.web.staff.case.page"),
    Planted(_STAFF, "kids_feedback.web.staff.kit", "kids_feedback.web.staff.lists.queue"),
    *(
        Planted("No blueprint knows another", face, other)
        for face, other in zip(_BLUEPRINTS, _BLUEPRINTS[1:] + _BLUEPRINTS[:1], strict=True)
    ),
    Planted("Rules are pure", "kids_feedback.domain", "sqlalchemy"),
    Planted("Only the web speaks Flask", "kids_feedback.services", "flask"),
    Planted("Only the web speaks Flask", "kids_feedback.storage", "wtforms"),
    Planted(_DATABASE, "kids_feedback.web.staff", "kids_feedback.storage.tables.case"),
    Planted(_DATABASE, "kids_feedback.web.child", "sqlalchemy"),
    Planted(_BOARD, "kids_feedback.web.board", "kids_feedback.services.reading.queue"),
    Planted(_BOARD, "kids_feedback.web.board", "kids_feedback.services.reading.case_file"),
    Planted(_BOARD, "kids_feedback.web.board", "kids_feedback.web.people.forms"),
    Planted(_BOARD, "kids_feedback.web.board", "kids_feedback.web.rendering.calendar_file"),
    Planted(_KIT, "kids_feedback.web.kit.guard", "kids_feedback.services.reading.case_file"),
    Planted(
        _KIT,
        "kids_feedback.web.rendering.figure_sentences",
        "kids_feedback.services.board.summaries",
    ),
    Planted(
        _SIGNING_IN, "kids_feedback.services.accounts.accounts", "kids_feedback.storage.tables.case"
    ),
    Planted(
        _SIGNING_IN, "kids_feedback.services.site.visits", "kids_feedback.services.case.access"
    ),
    Planted(_REVIEW, "kids_feedback.services.board.review", "kids_feedback.storage.tables.case"),
    Planted(_REVIEW, "kids_feedback.services.board.review", "kids_feedback.services.case.access"),
)
CYCLE = Planted(
    "No cycles anywhere", "kids_feedback.services.site.tokens", "kids_feedback.services.site.visits"
)


@pytest.fixture(scope="module")
def house() -> dict[str, Any]:
    found: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())
    return dict(found["tool"]["importlinter"])


def test_each_contract_is_tried_here(house: dict[str, Any]) -> None:
    tried = {item.contract for item in (*PLANTED, CYCLE)}
    assert {item["name"] for item in house["contracts"]} == tried


def test_no_contract_lets_anything_through_by_a_helper(house: dict[str, Any]) -> None:
    assert not [item["name"] for item in house["contracts"] if "allow_indirect_imports" in item]


def test_every_blueprint_is_among_those_that_do_not_know_each_other(house: dict[str, Any]) -> None:
    (contract,) = (item for item in house["contracts"] if item["type"] == "independence")
    routes = (ROOT / "src" / PACKAGE / "web" / "blueprints.py").read_text()
    blueprints = re.findall(r"^from (kids_feedback\.web\.\w+)", routes, re.MULTILINE)
    assert sorted(contract["modules"]) == sorted(blueprints) == sorted(_BLUEPRINTS)


@pytest.mark.parametrize("helped", [False, True], ids=["at once", "through a helper"])
def test_the_linter_refuses_what_a_contract_forbids(tmp_path: Path, *, helped: bool) -> None:
    _copy(tmp_path)
    expected = [
        (item.contract, _plant(item, f"helper_{number}" if helped else None, tmp_path))
        for number, item in enumerate(PLANTED)
    ]
    said = _linted(tmp_path)
    missed = [(contract, line) for contract, line in expected if line not in said.get(contract, "")]
    assert not missed


@pytest.mark.parametrize("helper", [None, "helper"], ids=["at once", "through a helper"])
def test_the_linter_refuses_a_cycle(tmp_path: Path, helper: str | None) -> None:
    _copy(tmp_path)
    _plant(CYCLE, helper, tmp_path)
    assert "No cycles are allowed in kids_feedback.services." in _linted(tmp_path)[CYCLE.contract]


def _copy(to: Path) -> None:
    shutil.copytree(ROOT / "src" / PACKAGE, to / PACKAGE)
    shutil.copy(ROOT / "pyproject.toml", to)


def _plant(planted: Planted, helper: str | None, root: Path) -> str:
    """Write the import, into ``helper`` if there is one; return how the linter must name it."""
    place, imported = root / planted.place, planted.imported
    last = f" -> {imported} ("
    if helper:
        place.with_name(f"{helper}.py").write_text(f"import {imported}\n")
        imported = f"{planted.importer.rpartition('.')[0]}.{helper}"
        last = imported + last
    if place.is_dir():
        module = place / f"planted_{len(list(place.glob('planted_*')))}.py"
        module.write_text(f"import {imported}\n")
        return last if helper else f"{planted.importer}.{module.stem}{last}"
    with place.with_suffix(".py").open("a") as module_of_ours:
        module_of_ours.write(f"import {imported}\n")
    return last if helper else planted.importer + last


def _linted(root: Path) -> dict[str, str]:
    """Return what the linter says, by the name of the contract that is broken."""
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [str(linter), "--no-cache"],
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(root), "COLUMNS": "1000"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    _, _, broken = done.stdout.partition("\nBroken contracts\n")
    parts = re.split(r"^(.+)\n-+\n", broken, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))
