"""Files that slow phones wait for: few, small, and kept for ever."""

import re
from contextlib import closing

import brotli
import pytest
from flask import Flask

MOST_SCRIPT = 3_000  # bytes on the wire


def fetched(app: Flask, name: str) -> str:
    address = app.jinja_env.from_string("{{ asset(name) }}").render(name=name)
    with closing(app.test_client().get(address)) as response:
        return response.text


def test_a_script_brings_the_scripts_that_it_needs(app: Flask) -> None:
    drawing = fetched(app, "js/draw.js")
    assert fetched(app, "js/child.js").strip() in drawing
    assert not re.search(r"^import\b", drawing, re.MULTILINE)


def test_what_we_say_to_each_other_stays_here(app: Flask) -> None:
    assert "/*" not in fetched(app, "css/pictures.css")
    assert not re.search(r"^\s*//", fetched(app, "js/draw.js"), re.MULTILINE)
    assert "url(/static/fonts/" in fetched(app, "css/pictures.css"), "and the rest is there"


@pytest.mark.parametrize("script", ["js/child.js", "js/draw.js"])
def test_what_scripts_add_to_a_page_is_small(app: Flask, script: str) -> None:
    assert len(brotli.compress(fetched(app, script).encode())) <= MOST_SCRIPT
