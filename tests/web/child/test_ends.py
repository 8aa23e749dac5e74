"""What a child reads before the first word and after the last: who, by when, what comes next."""

import pytest

from kids_feedback.domain.errors import DomainError, EditConflict, StepNotOpen
from kids_feedback.web.child import drafts
from tests.web.child.test_done import complain
from tests.web.page import Visitor, follow, get, submit

TODAY, BY = "Today is Monday 2 March.", "We will read it by Tuesday 3 March."
LOOKS = ("words", "pictures")


@pytest.fixture(params=LOOKS)
def look(request: pytest.FixtureRequest, child: Visitor) -> str:
    chosen = str(request.param)
    submit(child, get(child, "/look"), to="/look", look=chosen)
    return chosen


@pytest.mark.usefixtures("look")
def test_done_says_the_day_and_the_path(child: Visitor) -> None:
    done = complain(child, "here", {})
    in_words = "look-words" in done.response.text  # in Pictures the path alone says the day
    assert (f"{TODAY} {BY}" if in_words else TODAY) in done.text
    stones = done.texts(".path li")
    assert stones[0] == "You told us."
    assert done.texts(".path .done") == stones[:1]
    assert done.texts(".path .now") == stones[1:2] == [BY]
    assert "write to you" in stones[-1]
    assert done.soup.select(".scene")
    assert done.links()["Finish"] == "/finish"


@pytest.mark.usefixtures("look")
def test_who_reads_stands_apart_from_what_never_happens(child: Visitor) -> None:
    page = get(child, "/who-sees")
    each, never = page.soup.select(".each li"), " ".join(page.texts(".never"))
    assert len(each) >= 5
    assert all(item.select_one(".picture") for item in each)
    assert "internet" in never
    assert "find out" in never


@pytest.mark.usefixtures("look")
@pytest.mark.parametrize("number", [1, 2, 3])
def test_each_thing_to_know_first_has_a_picture(child: Visitor, number: int) -> None:
    page = get(child, f"/first/{number}")
    each = page.soup.select(".each li")
    assert len(each) == (4 if number == 1 else 3)
    assert all(item.select_one(".picture") for item in each)
    assert page.soup.select(".scene")


@pytest.mark.usefixtures("look")
def test_a_page_about_feelings_opens_the_help(child: Visitor) -> None:
    assert get(child, "/first/3").soup.select(".help details[open]")
    assert not get(child, "/first/1").soup.select(".help details[open]")


@pytest.mark.usefixtures("look")
def test_who_finds_no_page_is_not_blamed_and_has_two_ways_on(child: Visitor) -> None:
    page = get(child, "/no-such-page")
    assert page.heading == "We can't find that page"
    assert "It isn't your fault." in page.text
    assert {"/", "/back"} <= set(page.links().values())
    assert page.soup.select(".scene")


def test_pages_have_names_of_their_own(child: Visitor) -> None:
    paths = ("/first/1", "/who-sees", "/look", "/language", "/today", "/changed", "/no-such-page")
    titles = [get(child, path).title for path in paths]
    assert len(set(titles)) == len(titles)


def test_each_look_shows_itself(child: Visitor) -> None:
    page = get(child, "/look")
    assert page.texts("legend")[2:] == ["Size", "Space between letters"]
    assert [page.text.count(name) for name in ("Biggest", "Bigger")] == [1, 0]
    for option in page.soup.select(".shows .option"):
        assert option.select_one(".shown, .icon"), option
    assert page.soup.select(".swatch.theme-night")


@pytest.mark.parametrize(
    ("error", "heading"),
    [
        (EditConflict(), "This page changed while you were here"),
        (StepNotOpen(step="send", state="sent"), "We can't do that just now"),
    ],
)
def test_what_has_moved_on_is_not_the_childs_fault(
    child: Visitor, monkeypatch: pytest.MonkeyPatch, error: DomainError, heading: str
) -> None:
    page = follow(child, submit(child, get(child, "/p/1"), topics=["unkind"]))

    def moved(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(drafts, "put", moved)
    told = submit(child, page, happened="She shouted.")
    assert (told.status, told.heading) == (409, heading)
    assert told.texts(".note")[0].startswith("It wasn't you.")
    assert told.texts("textarea") == ["She shouted."]
    assert told.links()["Go to the start"] == "/"
    assert told.soup.select(".scene")


@pytest.mark.usefixtures("look")
def test_praise_says_the_day_and_the_path(child: Visitor) -> None:
    submit(child, get(child, "/p/31"), topics=["kind"])
    page = follow(child, submit(child, get(child, "/p/33"), pass_on="with_name"))
    done = follow(child, submit(child, page, to="/check"))
    assert TODAY in done.text
    assert done.texts(".path .done") == ["You told us."]
    assert done.texts(".path .now") == ["We will pass it on by Thursday 5 March."]


@pytest.mark.usefixtures("look")
@pytest.mark.parametrize("path", ["/changed", "/check", "/no-such-page", "/first/1"])
def test_where_a_page_ends_or_waits_there_is_a_scene(child: Visitor, path: str) -> None:
    assert get(child, path).soup.select(".scene")
