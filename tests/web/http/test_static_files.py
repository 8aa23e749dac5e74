"""Files that slow phones wait for: few, small, and kept for ever."""

import re
from contextlib import closing
from pathlib import Path

import brotli
import pytest
from flask import Flask

from kids_feedback import bundle
from kids_feedback.web.http import static_files

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


def test_files_that_a_wheel_made_ready_are_served_as_they_are(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    source, ready = tmp_path / "source", tmp_path / "ready"
    source.mkdir()
    (source / "a.css").write_text("p{color:red}")
    bundle.build(source, ready)
    (hashed,) = (ready / "served").iterdir()
    hashed.write_text("as it was brought")
    monkeypatch.setattr(static_files, "asset_dir", lambda name: ready)
    app = Flask("site")
    static_files.install(app)
    assert fetched(app, "a.css") == "as it was brought"
    with closing(app.test_client().get("/static/manifest.json")) as response:
        assert response.status_code == 404, "the list of names is not for browsers"


def test_a_file_that_names_none_of_ours_is_not_bundled(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("p{background:url(gone.png)}")
    with pytest.raises(KeyError, match="gone"):
        bundle.build(tmp_path, tmp_path / "ready")
