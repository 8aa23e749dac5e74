"""QR codes as pages have them."""

from bs4 import BeautifulSoup, Tag

from kids_feedback.web.rendering.qr import code_of

ADDRESS = "https://haveyoursay.example/get/abcdefghijklmnopqrstuv"


def svg(address: str, title: str = "") -> Tag:
    found = BeautifulSoup(code_of(address, title=title), "html.parser").svg
    assert found is not None
    return found


def test_a_code_is_dark_on_white_and_brings_no_style() -> None:
    drawn = svg(ADDRESS)
    light, dark = drawn.select("path")
    assert (light["fill"], dark["stroke"]) == ("#fff", "#000")
    assert not drawn.select("[style], style")


def test_white_lies_around_it() -> None:
    drawn = svg(ADDRESS)
    light, dark = drawn.select("path")
    assert str(drawn["viewbox"]) == "0 0 41 41"
    assert str(light["d"]).startswith("M0 0h41v41")
    assert str(dark["d"]).startswith("M4 4.5")


def test_a_code_is_read_out_where_nothing_beside_it_says_what_it_is() -> None:
    assert svg(ADDRESS)["aria-hidden"] == "true"
    drawn = svg(ADDRESS, title="For <phones>")
    assert drawn["role"] == "img"
    assert drawn.title is not None
    assert drawn.title.text == "For <phones>"
