"""A poster for an office."""

import re
from pathlib import Path

import pytest

from tests.cli.conftest import Run, misused, refused

SITE = {"KIDS_FEEDBACK_BASE_URL": "https://say.example.org", "KIDS_FEEDBACK_HTTPS": "1"}


@pytest.fixture
def office(run: Run) -> str:
    assert run("add-area", "east", "East").exit_code == 0
    assert run("add-office", "eastham", "Eastham", "--area", "east").exit_code == 0
    return "eastham"


def test_a_poster_has_both_looks_the_address_and_the_code(run: Run, office: str) -> None:
    made = run("poster", "--office", office, **SITE)
    assert (made.exit_code, made.stderr) == (0, "")
    assert "Was it good? Was it bad?" in made.stdout
    assert "How did we do?" in made.stdout
    assert made.stdout.count(">say.example.org/o/eastham<") == 2
    large = re.findall(r'<p class="address">(.*)</p>', made.stdout)
    assert [re.sub("<[^>]*>", "", item) for item in large] == ["say.example.org/o/eastham"] * 2
    assert made.stdout.count('class="qr"') == 2
    assert "0808 175 3333" in made.stdout


def test_a_poster_needs_nothing_else(run: Run, office: str) -> None:
    made = run("poster", "--office", office, **SITE).stdout
    assert not re.search(r"(src|href)=|url\(|@import|<script|<link", made)


def test_it_can_be_written_to_a_file(run: Run, office: str, tmp_path: Path) -> None:
    out = tmp_path / "poster.html"
    made = run("poster", "--office", office, "--out", str(out), **SITE)
    assert (made.exit_code, made.stdout) == (0, "")
    assert out.read_text().startswith("<!DOCTYPE html>")


def test_a_draft_says_that_somebody_must_read_it_first(run: Run, office: str) -> None:
    made = run("poster", "--office", office, "--language", "ar", **SITE)
    assert made.exit_code == 0
    assert 'lang="ar" dir="rtl"' in made.stdout
    assert "have somebody read it first" in made.stderr


def test_an_office_that_is_not_there(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "poster.html"
    made = run("poster", "--office", "nowhere", "--out", str(out))
    assert misused(made, "no office has the code 'nowhere'")
    assert not out.exists()


def test_a_language_that_is_not_spoken_here(run: Run, office: str) -> None:
    assert misused(run("poster", "--office", office, "--language", "xx"), "en, cy, ar")


def test_a_file_that_cannot_be_written(run: Run, office: str, tmp_path: Path) -> None:
    out = tmp_path / "no-such-folder" / "poster.html"
    assert refused(run("poster", "--office", office, "--out", str(out), **SITE), "poster.html")
