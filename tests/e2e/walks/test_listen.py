"""Listen: by a voice of this device alone, and never what a child typed."""

import json

import pytest
from playwright.sync_api import Locator, Page, expect

from kids_feedback.domain.case.submission import Kind
from tests.e2e.conftest import OpenPage
from tests.e2e.pages.child import Start
from tests.e2e.tools import axe, measure
from tests.e2e.tools.samples import ANSWERS, RECEIPT
from tests.make import NOW
from tests.web.visits import writing

CANARY = "Nobody asked me about the hamster."
NEAR = {"name": "Near", "lang": "en-GB", "localService": True}
FAR = {"name": "Far", "lang": "en-GB", "localService": False}
OTHER = {"name": "Other", "lang": "pl_PL", "localService": True}
VOICES = """
voices => {
  window.said = [];
  const speech = {
    voices,
    getVoices() { return this.voices; },
    speak(words) { said.push(words); },
    cancel() { this.cancelled = said.length; },
  };
  Object.defineProperty(window, "speechSynthesis", { value: speech });
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
}
"""


def with_voices(page: Page, *voices: dict[str, object]) -> Page:
    page.add_init_script(f"({VOICES})({json.dumps(voices)})")
    return page


def listen(page: Page) -> Locator:
    return page.get_by_role("button", name="Listen")


def said(page: Page) -> list[str]:
    lines: list[str] = page.evaluate("said.map(each => each.text)")
    return lines


@pytest.mark.parametrize("voices", [(), (FAR,), (OTHER,), (FAR, OTHER)], ids=str)
def test_where_no_voice_of_its_own_speaks_the_language_nothing_is_offered(
    page: Page, voices: tuple[dict[str, object], ...]
) -> None:
    Start.open(with_voices(page, *voices))
    expect(page.get_by_role("link", name="Language")).to_be_visible()
    expect(listen(page)).to_have_count(0)


def test_a_voice_may_come_late(page: Page) -> None:
    Start.open(with_voices(page))
    expect(listen(page)).to_have_count(0)
    page.evaluate(
        "voice => { speechSynthesis.voices = [voice]; speechSynthesis.onvoiceschanged(); }", NEAR
    )
    expect(listen(page)).to_have_count(1)


@pytest.mark.parametrize("look", ["words", "pictures"])
def test_a_question_is_read_in_the_order_it_stands_in(open_page: OpenPage, look: str) -> None:
    page = with_voices(open_page(visit={"look": look, **writing(NOW)}), FAR, NEAR)
    page.goto("/p/4")
    listen(page).click()
    shown = [" ".join(line.split()) for line in page.get_by_role("main").inner_text().splitlines()]
    assert said(page) == [line for line in shown if line]
    assert page.evaluate("said.every(each => each.voice.name === 'Near')")


def test_of_two_texts_it_reads_the_one_that_its_voice_speaks(open_page: OpenPage) -> None:
    arabic = {"name": "Arabic", "lang": "ar-SA", "localService": True}
    page = with_voices(open_page(visit={"language": "ar", **writing(NOW)}), arabic)
    page.goto("/p/4")
    english = page.get_by_role("main").locator(".english").all_inner_texts()
    assert "Yes" in english
    page.locator("[data-listen] button").click()
    assert "نعم" in said(page)
    assert not set(english) & set(said(page))


def test_what_was_typed_is_never_read(page: Page) -> None:
    with_voices(page, NEAR)
    question = Start.open(page).something_was_wrong().go_on().skip().fill_in(happened=CANARY)
    listen(page).click()
    assert said(page)[:3] == ["Back", "What happened: 1 short page left", "What happened?"]
    again = question.on(happened=CANARY).back()
    listen(page).click()
    assert "Next" in said(page)
    assert "hamster" not in " ".join(said(page))
    expect(again.control("happened")).to_have_value(CANARY)


def test_neither_the_page_to_check_nor_the_last_one_tells_anybody_near(open_page: OpenPage) -> None:
    page = with_voices(open_page(visit=writing(NOW, answers=ANSWERS)), NEAR)
    page.goto("/check")
    for fold in page.get_by_role("main").locator("summary").all():
        fold.click()
    listen(page).click()
    read = " ".join(said(page))
    assert "What happened?" in read
    for own in ("laughed", "Say sorry", "Pip", "Ostrich", "0116", "Gran", "Polski"):
        assert own not in read

    kept = {**RECEIPT, "kind": Kind.COMPLAINT.value}
    page = with_voices(open_page(visit={"receipt": kept}), NEAR)
    page.goto("/done")
    listen(page).click()
    assert "Your secret words" in said(page)
    read = " ".join(said(page))
    assert not [word for word in ("apple", "cinnamon", "rhinoceros", "wheelbarrow") if word in read]


def test_a_second_press_or_leaving_stops_it(page: Page) -> None:
    Start.open(with_voices(page, NEAR))
    button = listen(page)
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    assert not page.evaluate("speechSynthesis.cancelled")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    assert page.evaluate("speechSynthesis.cancelled")
    button.click()
    page.evaluate("said.at(-1).onend()")
    expect(button).to_have_attribute("aria-pressed", "false")


def test_leaving_the_page_stops_it_too(page: Page) -> None:
    Start.open(with_voices(page, NEAR))
    listen(page).click()
    assert not page.evaluate("speechSynthesis.cancelled")
    page.evaluate("dispatchEvent(new Event('pagehide'))")
    assert page.evaluate("speechSynthesis.cancelled")


@pytest.mark.parametrize("look", ["words", "pictures"])
def test_the_button_is_for_everybody(open_page: OpenPage, look: str) -> None:
    page = with_voices(open_page(visit={"look": look, **writing(NOW)}), NEAR)
    page.goto("/p/1")
    listen(page).focus()
    page.keyboard.press("Enter")
    for theme in ("day", "night"):
        measure.faults(page, mirror=False)
        measure.use_theme(page, theme)
        assert not measure.faults(page, mirror=True) + axe.strictly(page)
