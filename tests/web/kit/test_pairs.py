"""Two texts for one: how they are found, filled in and joined, and what the page makes of them."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask, g, render_template_string
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from kids_feedback.domain.case.meetings import PartOfDay
from kids_feedback.services.child.meeting_replies import Slot
from kids_feedback.web.kit import pairs
from kids_feedback.web.kit.sessions import visit
from kids_feedback.web.kit.translation import _, ngettext
from kids_feedback.web.rendering import filters, meeting_labels, second_text
from kids_feedback.web.rendering.child_notifications import message_waiting

PAIR = f"{pairs.FIRST}Iawn{pairs.SECOND}Fine{pairs.END}"
BOTH = (
    '<span class="pair"><span>Iawn</span>'
    '<span class="english" lang="en" dir="ltr">Fine</span></span>'
)


@pytest.fixture
def in_welsh(app: Flask) -> Iterator[None]:
    """A request for a child's page, by somebody who picked a language that is a draft."""
    with app.test_request_context("/"):
        visit().language = "cy"
        yield


def page(template: str, **facts: object) -> str:
    return second_text.shown(render_template_string(template, **facts))


@pytest.mark.usefixtures("in_welsh")
def test_each_way_to_a_text_finds_both() -> None:
    both = (pairs.first_of(_("Yes")), pairs.second_of(_("Yes")))
    assert both == ("Ie", "Yes")
    assert str(_l("Yes")) == _("Yes")
    assert _("Yes") in render_template_string('{{ _("Yes") }}')


@pytest.mark.usefixtures("in_welsh")
def test_what_fills_a_place_is_in_each_language() -> None:
    inner = _("half past %(hour)s", hour="4")
    said = _("%(day)s, %(time)s, after school", day=PAIR, time=inner)
    assert pairs.first_of(said) == "Iawn, hanner awr wedi 4, ar ôl ysgol"
    assert pairs.second_of(said) == "Fine, half past 4, after school"


@pytest.mark.usefixtures("in_welsh")
def test_a_number_picks_the_form_of_each_language() -> None:
    one, two = (ngettext("%(num)d minute", "%(num)d minutes", number) for number in (1, 2))
    assert (pairs.first_of(one), pairs.second_of(one)) == ("1 munud", "1 minute")
    assert (pairs.first_of(two), pairs.second_of(two)) == ("2 funud", "2 minutes")


@pytest.mark.usefixtures("in_welsh")
def test_what_is_the_same_in_both_is_said_once() -> None:
    assert page('{{ _("Childline") }}') == "Childline"
    assert page("{{ words }}", words=pairs.pair("999", "999")) == "999"


@pytest.mark.usefixtures("in_welsh")
def test_each_half_is_cut_at_its_own_place() -> None:
    said = Markup("{}").format(pairs.pair("Wedi gorffen: dyma ni", "Done: here we are"))
    before, after = filters.at_colon(said)
    assert (pairs.first_of(before), pairs.second_of(before)) == ("Wedi gorffen:", "Done:")
    assert (pairs.first_of(after), pairs.second_of(after)) == (" dyma ni", " here we are")
    assert isinstance(after, Markup)
    only_one = pairs.pair("Dyma ni", "Done: here we are")
    assert filters.at_colon(only_one) == (only_one, "")


@pytest.mark.usefixtures("in_welsh")
def test_the_day_of_a_meeting_stands_apart_in_both() -> None:
    slot = Slot(at=datetime(2026, 3, 10, 16, tzinfo=UTC), part=PartOfDay.AFTER_SCHOOL)
    day, hour = meeting_labels.day_and_hour(slot)
    assert (pairs.first_of(day), pairs.second_of(day)) == (
        "Dydd Mawrth 10 Mawrth,",
        "Tuesday 10 March,",
    )
    assert pairs.second_of(hour) == " 4 o'clock, after school"


@pytest.mark.usefixtures("in_welsh")
def test_what_people_wrote_stays_text_in_both() -> None:
    said = page('{{ _("%(day)s, %(time)s", day="<b>", time="&") }}')
    assert said == "&lt;b&gt;, &amp;"
    assert "<b>" not in page('{{ _("half past %(hour)s", hour="<b>") }}')


@pytest.mark.usefixtures("in_welsh")
def test_a_number_to_ring_is_a_link_once() -> None:
    link = Markup('<a class="phone" id="ring" href="tel:999"><bdi>999</bdi></a>')
    said = page('{{ _("Ring %(number)s.", number=link) }}', link=link)
    assert said.count("<a ") == said.count("</a>") == said.count("id=") == 1
    assert 'dir="ltr">Ring <bdi>999</bdi>.</span>' in said


@pytest.mark.parametrize(
    ("html", "shown"),
    {
        "text": ("<p>@</p>", f"<p>{BOTH}</p>"),
        "two": ("<p>@ @</p>", f"<p>{BOTH} {BOTH}</p>"),
        "button": ("<button>@</button>", f"<button>{BOTH}</button>"),
        "attribute": (
            '<p aria-label="@" data-left="@, @">',
            '<p aria-label="Iawn" data-left="Iawn, Iawn">',
        ),
        "value": ("<input value='@ > 1'>", "<input value='Iawn > 1'>"),
        "title": ("<title>@ · @</title>", "<title>Iawn · Iawn</title>"),
        "option": ('<option value="1">@</option>', '<option value="1">Iawn</option>'),
        "box": ("<textarea>\n@</textarea>", "<textarea>\nIawn</textarea>"),
        "heard only": (
            '<span class="hidden-text">@</span> @',
            f'<span class="hidden-text">Iawn</span> {BOTH}',
        ),
        "picture": ("<svg><text>@</text></svg>", "<svg><text>Iawn</text></svg>"),
    }.values(),
)
def test_both_stand_where_there_is_room_for_both(html: str, shown: str) -> None:
    assert second_text.shown(html.replace("@", PAIR)) == shown


@pytest.mark.parametrize("stray", [*pairs.SIGNS, pairs.FIRST + pairs.SECOND, pairs.END * 2])
def test_a_sign_that_is_of_no_pair_leaves_the_words_and_goes(stray: str) -> None:
    assert second_text.shown(f"<p>{stray}one{stray} two</p>") == "<p>one two</p>"


@pytest.mark.usefixtures("in_welsh")
def test_a_letter_speaks_one_language_on_any_page() -> None:
    letter = message_waiting("cy", named=True)
    assert letter.subject == "Mae gen ti neges newydd gan Cafcass"
    assert pairs.is_paired()
    assert pairs.second_of(_("You have a new message from Cafcass")).startswith("You have")


@pytest.mark.parametrize(
    ("path", "language"), [("/staff/", "cy"), ("/account/sign-in", "cy"), ("/", "en"), ("/", "")]
)
def test_nobody_else_reads_two(app: Flask, path: str, language: str) -> None:
    with app.test_request_context(path):
        visit().language = language
        assert not pairs.is_paired()
        assert pairs.FIRST not in _("Yes")
    with app.app_context():
        assert not pairs.is_paired()


def test_a_language_that_was_checked_stands_alone(app: Flask) -> None:
    with app.test_request_context("/"):
        visit().language = "cy"
        g.paired = False
        assert _("Yes") == "Ie"
