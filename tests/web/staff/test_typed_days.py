"""Days as staff type them."""

from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from flask_babel import force_locale
from hypothesis import given
from hypothesis import strategies as st

from kids_feedback.storage.db import Transactions
from kids_feedback.web.kit.typed.days import read_day, read_time
from tests.conftest import SetClock
from tests.web.conftest import SignIn
from tests.web.staff.pages import TALK, a_given_case, now, saved, some_staff, step, take

WAYS = (
    "{0.day}/{0.month}/{0.year}",
    "{0:%d/%m/%Y}",
    "{0:%d/%m/%y}",
    "{0.day}.{0.month}.{0.year}",
    "{0.day}-{0.month}-{0.year}",
    "{0.day} {0.month} {0:%y}",
    "{0:%Y-%m-%d}",
    "{0:%Y/%m/%d}",
    "{0.day} {0:%B} {0.year}",
    "  {0.day} {0:%b} {0:%y} ",
    "{0:%a} {0.day} {0:%b} {0.year}",
    "{0:%A}, {0.day}th {0:%B}, {0.year}",
    "{0.day}. {0:%b}. {0.year}",
    "{0.day}{0:%b}{0.year}",
    "{0.day}-{0:%b}-{0.year}",
)


@pytest.mark.parametrize("way", WAYS)
@given(day=st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_day_is_read_in_each_usual_way_the_day_first(way: str, day: date) -> None:
    assert read_day(way.format(day)) == day
    assert read_day(way.format(day).upper()) == day


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "soon",
        "3",
        "3/3",
        "3 March",
        "3/13/2026",  # the month first
        "31/4/2026",
        "29/2/2026",
        "0/1/2026",
        "3/3/126",
        "3 Ma 2026",
        "3 Zebra 2026",
        "3/3/2026/",
        "٣/٣/٢٠٢٦",
        "3/3/2026\0",
        "1772496000",
    ],
)
def test_what_is_no_day_or_could_be_two_is_none(typed: str) -> None:
    assert read_day(typed) is None


@given(st.text(max_size=20))
def test_nothing_that_is_typed_breaks_it(typed: str) -> None:
    assert read_day(typed) is None or isinstance(read_day(typed), date)
    assert read_time(typed) is None or isinstance(read_time(typed), datetime)


def test_a_month_may_be_named_in_the_language_of_the_page(app: Flask) -> None:
    with app.test_request_context(), force_locale("cy"):
        assert read_day("3 Mawrth 2026") == read_day("3 March 2026") == date(2026, 3, 3)


@pytest.mark.parametrize(
    "typed",
    ["2026-03-03T16:00", "2026-03-03 16:00", "3/3/26 16:00", "3 March 2026 at 16.00"],
)
def test_a_time_is_read_after_its_day(typed: str) -> None:
    assert read_time(typed) == datetime.fromisoformat("2026-03-03T16:00")
    assert read_time(typed.replace("16", "25", 1)) is None


@pytest.mark.parametrize("typed", ["3/3/26", "3 March 2026", "3.3.2026", "2026-03-03"])
def test_a_form_takes_the_day_as_it_is_typed(
    signed_in: SignIn, transactions: Transactions, clock: SetClock, typed: str
) -> None:
    with transactions() as db:
        staff = some_staff(db)
        case = a_given_case(db, staff)
    clock.forward(days=3)
    client = signed_in(staff.manager)
    assert "for example 20/3/2026" in step(client, case, "talk").text
    wrong = take(client, case, "talk", **{**TALK, "talk_on": typed, "way": ""})
    assert wrong.found("[name=talk_on]")["value"] == typed
    saved(client, take(client, case, "talk", **{**TALK, "talk_on": typed}))
    assert now(transactions, case).talk_on == date(2026, 3, 2) + timedelta(days=1)
