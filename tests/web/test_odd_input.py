"""Every box of every form gets what no browser of ours would send: it is answered, and quickly.

Each box gets texts of odd signs and of far too many, in both ways that a browser can write a form,
and a file in the place of a text. The two ways are answered alike, and never as our own fault.
"""

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from werkzeug.test import TestResponse

from kids_feedback.domain.people import Role
from kids_feedback.storage.db import Transactions
from kids_feedback.web.http.limits import MOST_FIELDS
from kids_feedback.web.kit.forms import NEVER_SHOWN
from kids_feedback.web.staff.step_pages.court import PARTS
from kids_feedback.web.staff.steps.registry import BY_SLUG
from tests import sample
from tests.conftest import SetClock
from tests.make import a_person
from tests.web.page import Visitor, get
from tests.web.routes import Route, a_world, roles_of, routes_of, somebody, token

BOXES = "textarea, input:not([type=hidden], [type=checkbox], [type=radio], [type=submit])"
SLUGS = {"staff.take_step": BY_SLUG, "staff.save_court": PARTS}
MARKS = "a" + "\u0316\u0301" * 60_000  # 240 kB, which takes seconds to put in order
MOST_READ = 1_000  # characters that are put in order at a time
ODD: dict[str, bytes] = {
    "marks": MARKS.encode(),
    "letters": b"x" * 300_000,
    "emoji": "\U0001f469\u200d\U0001f680".encode() * 20_000,
    "right to left": "\u202eabc\u2066".encode() * 1_000,
    "nothing to see": "\u200b\u2060".encode() * 1_000,
    "NUL": b"a\0b",
    "half a character": b"\xed\xa0\x80",
    "no UTF-8": b"\xff\xfe\x80",
    "line breaks": b"\r\n" * 3_000,
    "a number": b"9" * 400,
    "digits of others": "\u0661\u0662\u0663".encode(),
    "a formula": b"=1+1",
    "a tag": b"<script>alert(1)</script>",
    "a quote": b"'; DROP TABLE person; --",
}
WAYS = ("application/x-www-form-urlencoded", "multipart/form-data")


Body = tuple[bytes, str]  # and how it is written


@dataclass(frozen=True)
class Box:
    """A box of a form, and who sends it."""

    client: Visitor
    path: str
    name: str


@pytest.fixture
def boxes(app: Flask, transactions: Transactions, clock: SetClock) -> list[Box]:
    """Every box of every form, whoever may fill it in."""
    with transactions() as db:
        world = a_world(db)
        team = {role: a_person(db, role=role) for role in Role}
    found: dict[tuple[str, str], Box] = {}
    for route in routes_of(app, world):
        for path in _addresses(route, world) if route.changes else ():
            roles: list[Role | None] = [*sorted(roles_of(app, route.endpoint))]
            for role in roles or [None]:
                kept = {} if role else {"mine": str(world["case_id"])}
                who = team[role] if role else None
                client = somebody(app, transactions, clock, who, **kept)
                for name in _names(client, path):
                    found.setdefault((path, name), Box(client, path, name))
                if any(at == path for at, _ in found):
                    break
    return list(found.values())


def _addresses(route: Route, world: dict[str, object]) -> Iterator[str]:
    for slug in SLUGS.get(route.endpoint, [world["slug"]]):
        yield route.path.replace(f"/{world['slug']}", f"/{slug}")


def _names(client: Visitor, path: str) -> set[str]:
    """Return the boxes of the form that is sent there: of its page, or as it comes back empty."""
    sent = client.post(path, data={"csrf_token": token()})
    pages = [client.get(path), client.get(sent.location) if sent.location else sent]
    found: set[str] = set()
    for page in pages:
        soup = BeautifulSoup(page.text, "html.parser")
        found |= {str(box["name"]) for box in soup.select(f"form[action='{path}'] :is({BOXES})")}
    return found - NEVER_SHOWN | found & {"password", "current", "code"}


def _in_one(name: str, value: bytes) -> Body:
    return urlencode({"csrf_token": token(), name: value}).encode(), WAYS[0]


def _in_parts(name: str, value: bytes, file: str = "") -> Body:
    parts = [("csrf_token", "", token().encode()), (name, file, value)]
    body = b"".join(
        b"--x\r\nContent-Disposition: form-data; "
        + (f'name="{each}"' + (f'; filename="{of}"' if of else "")).encode()
        + b"\r\n\r\n%s\r\n" % said
        for each, of, said in parts
    )
    return body + b"--x--\r\n", f"{WAYS[1]}; boundary=x"


def _sent(box: Box, body: Body) -> TestResponse:
    return box.client.post(box.path, data=body[0], content_type=body[1])


@pytest.mark.long
def test_nothing_odd_in_a_box_is_our_fault_or_keeps_anybody_waiting(
    boxes: list[Box], monkeypatch: pytest.MonkeyPatch
) -> None:
    read = [0]  # how many characters were put in order at a time
    normalize: Callable[[Any, str], str] = unicodedata.normalize

    def counted(form: Any, text: str) -> str:
        read.append(len(text))
        return normalize(form, text)

    monkeypatch.setattr(unicodedata, "normalize", counted)
    dice, with_file = sample.dice("odd input"), 0
    assert len(boxes) > 80
    boxes = dice.sample(boxes, sample.many(small=24, full=len(boxes)))
    for box in boxes:
        for kind in sample.many(small=["marks", dice.choice(list(ODD))], full=list(ODD)):
            answers = [_sent(box, written(box.name, ODD[kind])) for written in (_in_one, _in_parts)]
            assert max(answer.status_code for answer in answers) < 500, (box, kind, answers)
            assert max(read) <= MOST_READ, (box, kind)
        with_file += _is_told_of_the_file(box)
    assert with_file > len(boxes) / 2  # the others are of steps that are not open, or not asked


def _is_told_of_the_file(box: Box) -> bool:
    """Send a file in the place of the text; say whether the box is shown, and says so."""
    answer = _sent(box, _in_parts(box.name, b"Wagtail", file="a.txt"))
    assert answer.status_code < 500, box
    page = box.client.get(answer.location) if "again=" in (answer.location or "") else answer
    soup = BeautifulSoup(page.text, "html.parser")
    shown = soup.select(f"[name='{box.name}'][aria-invalid]")
    assert (
        not shown or "We can't open a file here. Please write it in the box." in soup.get_text()
    ), box
    return bool(shown)


@pytest.mark.parametrize("way", WAYS)
def test_too_many_fields_are_too_many_in_either_way(child: Visitor, way: str) -> None:
    fields = {f"field{number}": "x" for number in range(MOST_FIELDS + 1)}
    assert child.post("/look", data=fields, content_type=way).status_code == 413


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("letter", ["x", "\u0634"])
def test_far_too_many_words_come_back_with_the_limit(child: Visitor, way: str, letter: str) -> None:
    page = get(child, "/leaf")
    long = letter * 100_000
    fields = {"csrf_token": page.token, "shape": "oak", "words": long}
    answer = child.post("/leaf", data=fields, content_type=way)
    assert answer.status_code == 422
    assert "This is too long. Please keep it to 120 letters." in answer.text
    assert long in answer.text


@pytest.mark.parametrize("odd", [b"%FF", b"\xff", b"\xed\xa0\x80", b"\xe9"])
def test_a_byte_that_is_no_letter_takes_no_word_with_it(child: Visitor, odd: bytes) -> None:
    page = get(child, "/leaf")
    sent = urlencode({"csrf_token": page.token, "shape": "oak"}).encode() + b"&words=Wagtail+" + odd
    answer = child.post("/leaf", data=sent, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 303
    assert "Wagtail" in get(child, "/leaf").texts("textarea")[0]
