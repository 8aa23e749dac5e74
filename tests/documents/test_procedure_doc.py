"""Every paragraph of docs/procedure.md names what keeps it, or says what is not there yet."""

import re

import pytest

from tests.named import DOCS, missing, names_a_proof

DOCUMENT = (DOCS / "procedure.md").read_text()
PAGES = set(re.findall(r"^\| (\w+\.\w+) \|", (DOCS / "pages.md").read_text(), re.MULTILINE))
_NUMBERED = re.compile(r"^(\d+[a-z]?)\. ", re.MULTILINE)
_PAGE = re.compile(r"`(\w+\.\w+)`")
_KEPT = re.compile(r"^ +(?:Kept by:|Not yet:)", re.MULTILINE)


def paragraphs() -> dict[str, str]:
    """Return each numbered paragraph with what stands under it, by its number."""
    found = _NUMBERED.split(DOCUMENT)
    return {
        number: body.split("\n## ")[0]
        for number, body in zip(found[1::2], found[2::2], strict=True)
    }


PARAGRAPHS = paragraphs()


def test_no_number_is_given_twice_and_none_is_left_out() -> None:
    numbers = _NUMBERED.findall(DOCUMENT)
    assert len(numbers) == len(PARAGRAPHS)
    assert [int(number) for number in numbers if number.isdigit()] == list(range(1, 78))


@pytest.mark.parametrize("number", PARAGRAPHS)
def test_every_paragraph_says_what_keeps_it_or_what_is_not_there_yet(number: str) -> None:
    said = PARAGRAPHS[number]
    start = _KEPT.search(said)
    assert start, "neither 'Kept by:' nor 'Not yet:'"
    proof = said[start.start() :]
    if "Kept by:" in proof:
        kept = proof.split("Not yet:")[0]
        assert names_a_proof(kept) or _PAGE.search(kept)
    if "Not yet:" in proof:
        assert len(proof.split("Not yet:")[1].split()) > 3, "say what is not there"


def test_what_is_named_is_there() -> None:
    assert not missing(DOCUMENT)
    assert not set(_PAGE.findall(DOCUMENT)) - PAGES


def test_what_code_and_tests_cite_is_a_paragraph() -> None:
    cited = re.compile(r"docs/procedure\.md, paragraphs? ((?:\d+[a-z]?(?:, | and | to |-)?)+)")
    for folder in ("src", "tests"):
        for file in (DOCS.parent / folder).rglob("*.py"):
            for numbers in cited.findall(file.read_text()):
                assert set(re.findall(r"\d+[a-z]?", numbers)) <= PARAGRAPHS.keys(), file
