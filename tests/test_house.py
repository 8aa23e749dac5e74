"""The house itself: small files, one language of style, nothing of one machine, a whole wheel."""

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest

from kids_feedback import bundle

ROOT = Path(__file__).resolve().parents[1]
LONGEST = dict.fromkeys(("src", "templates", "static", "script", "tests"), 300)  # lines
WRITTEN = {".py", ".html", ".css", ".js", ".toml", ".md", ".txt", ".po", ".cfg", ".sh", ""}
DATA = {  # words, no code
    "secret_words.txt",
    "old_secret_words.txt",
    "common_passwords.txt",
    "common_words.txt",
}
FOLDERS = ("src", "templates", "static", "translations", "script", "tests", "benchmarks", "docs")

ONE_MACHINE = re.compile(r"/(?:root|work/(?:main|shared)|home/\w+|Users/\w+)/")
PHYSICAL = re.compile(
    r"""
    (?<![\w-])(?:left|right)\s*:                             # left: 0
    | -(?:left|right)(?:-(?:width|style|color|radius))?\s*:  # margin-left:, border-right-width:
    | (?:text-align|float|clear|caption-side)\s*:\s*(?:left|right)
    """,
    re.VERBOSE,
)
FONT = re.compile(r"@font-face\s*{[^}]*}")
FOUR_SIDES = re.compile(
    r"(?:margin|padding|inset|border-(?:width|style|color))\s*:\s*" + " +".join([r"([^\s;}]+)"] * 4)
)


@pytest.mark.parametrize(("folder", "longest"), LONGEST.items())
def test_a_file_is_about_one_thing(folder: str, longest: int) -> None:
    """A migration is as long as its change."""
    files = [file for file in written_files(folder) if "versions" not in file.parts]
    assert not {name(file): count for file in files if (count := lines(file)) > longest}


def test_nothing_speaks_of_one_machine() -> None:
    files = [*ROOT.glob("*.toml"), *ROOT.glob("*.md"), ROOT / "Makefile", ROOT / "hatch_build.py"]
    for folder in FOLDERS:
        files += written_files(folder)
    assert not {name(file) for file in files if ONE_MACHINE.search(file.read_text())}


def test_every_module_says_what_it_is_about() -> None:
    modules = [file for folder in FOLDERS for file in (ROOT / folder).rglob("*.py")]
    written = {name(file): text for file in modules if (text := file.read_text().strip())}
    assert not [item for item, text in written.items() if not ast.get_docstring(ast.parse(text))]


def test_styles_know_start_and_end_not_left_and_right() -> None:
    """So that one style sheet serves both directions."""
    assert not list(physical_sides())


def test_letters_that_come_late_move_nothing() -> None:
    """They are for the next page: this one is not drawn again."""
    styles = (ROOT / "static" / "css").glob("*.css")
    faces = [face for file in styles for face in FONT.findall(file.read_text()) if "url(" in face]
    assert faces
    assert not [face for face in faces if "font-display: optional" not in face]


def test_the_check_of_styles_sees_what_it_should() -> None:
    wrong = ("a{left:0}", "a { margin-left: 1em }", "a{border-right-width:0}", "a{float: right}")
    right = ("a{inset-inline-start:0}", "a{padding-inline:1em 2em}", "a{margin:1em 2em 3em 2em}")
    assert all(PHYSICAL.search(css) for css in wrong)
    assert not any(PHYSICAL.search(css) or uneven_sides(css) for css in right)
    assert uneven_sides("a{margin: 0 1em 0 2em}")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> ZipFile:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (built,) = folder.glob("*.whl")
    return ZipFile(built)


def test_the_wheel_has_everything_that_the_site_needs(wheel: ZipFile) -> None:
    names = set(wheel.namelist())
    for wanted in (
        "kids_feedback/templates/base.html",
        "kids_feedback/translations/ar/LC_MESSAGES/messages.mo",
        "kids_feedback/storage/migrations/versions/0001_people_and_visits.py",
        "kids_feedback/reference.toml",
    ):
        assert wanted in names
    assert not [name for name in names if name.startswith(("tests/", "benchmarks/"))]
    in_wheel = {name for name in names if name.startswith("kids_feedback/templates/")}
    assert len(in_wheel) == len(files_in("templates"))


def test_the_wheel_brings_the_static_files_that_a_checkout_makes_at_start(
    wheel: ZipFile, tmp_path: Path
) -> None:
    bundle.build(ROOT / "static", tmp_path)
    made = {
        file.relative_to(tmp_path).as_posix(): file.read_bytes()
        for file in tmp_path.rglob("*")
        if file.is_file()
    }
    base = "kids_feedback/static/"
    brought = {
        item.removeprefix(base): wheel.read(item)
        for item in wheel.namelist()
        if item.startswith(base)
    }
    assert brought == made
    assert len(json.loads(made["manifest.json"])) == len(files_in("static"))


def physical_sides() -> Iterator[str]:
    for file in (ROOT / "static").rglob("*.css"):
        css = re.sub(r"/\*.*?\*/", "", file.read_text(), flags=re.DOTALL)
        for found in (*PHYSICAL.finditer(css), *uneven_sides(css)):
            yield f"{name(file)}: {found[0]}"


def uneven_sides(css: str) -> list[re.Match[str]]:
    """Return the shorthands of four sides whose left is not their right."""
    return [found for found in FOUR_SIDES.finditer(css) if found[2] != found[4]]


def written_files(folder: str) -> list[Path]:
    """Return the files of ``folder`` that people write, as opposed to fonts and what is built."""
    return [file for file in files_in(folder) if file.suffix in WRITTEN and file.name not in DATA]


def files_in(folder: str) -> list[Path]:
    files = (ROOT / folder).rglob("*")
    return [file for file in files if file.is_file() and "__pycache__" not in file.parts]


def lines(file: Path) -> int:
    return len(file.read_text().splitlines())


def name(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()
