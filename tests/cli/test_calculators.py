"""The two sums that anybody can ask for, without a database or a setting."""

import json
from collections.abc import Mapping

import pytest
from click.testing import CliRunner, Result

from kids_feedback.cli import main
from tests.cli.conftest import misused, refused


def ask(*words: str) -> Result:
    return CliRunner().invoke(main, words, env={}, prog_name="kids-feedback")


def answer(*words: str) -> Mapping[str, object]:
    said = ask(*words, "--json")
    assert said.exit_code == 0, said.stderr
    found: Mapping[str, object] = json.loads(said.stdout)
    return found


def test_the_clock_after_a_talk_before_easter() -> None:
    """Good Friday and Easter Monday are not counted; weekends go without saying."""
    assert ask("clock", "2026-03-20", "--json").stdout == (
        '{"talk_on": "2026-03-20", "due_on": "2026-04-21",'
        ' "not_counted": ["2026-04-03", "2026-04-06"]}\n'
    )


@pytest.mark.parametrize(
    ("talk_on", "due_on", "not_counted"),
    [
        pytest.param("2026-06-01", "2026-06-29", [], id="no bank holiday on the way"),
        pytest.param(
            "2025-12-24", "2026-01-26", ["2025-12-25", "2025-12-26", "2026-01-01"], id="christmas"
        ),
        pytest.param("2026-03-21", "2026-04-21", ["2026-04-03", "2026-04-06"], id="on a saturday"),
        pytest.param("2022-09-16", "2022-10-17", ["2022-09-19"], id="the funeral of the Queen"),
    ],
)
def test_the_clock_names_the_bank_holidays(
    talk_on: str, due_on: str, not_counted: list[str]
) -> None:
    assert answer("clock", talk_on) == {
        "talk_on": talk_on,
        "due_on": due_on,
        "not_counted": not_counted,
    }


def test_the_clock_in_words() -> None:
    assert ask("clock", "2026-03-20").stdout.splitlines() == [
        "Talk: Friday 20 March 2026",
        "Written answer due: Tuesday 21 April 2026",
        "Not counted: Friday 3 April 2026 (Good Friday)",
        "Not counted: Monday 6 April 2026 (Easter Monday)",
    ]


@pytest.mark.parametrize("day", ["1999-01-04", "2035-12-20", "9999-12-31", "0001-01-01"])
def test_the_clock_does_not_guess_beyond_the_calendar(day: str) -> None:
    assert refused(ask("clock", day), "it reaches from 2010-01-01 to 2035-12-31")


@pytest.mark.parametrize(
    ("ended_on", "until"),
    [
        pytest.param("2025-08-31", "2026-02-28", id="a shorter month"),
        pytest.param("2027-08-31", "2028-02-29", id="a leap year"),
        pytest.param("2025-08-15", "2026-02-15", id="the same date"),
        pytest.param("2026-02-28", "2026-08-28", id="not the end of the longer month"),
    ],
)
def test_six_months_are_in_time(ended_on: str, until: str) -> None:
    assert answer("late", ended_on) == {"ended_on": ended_on, "in_time_until": until}
    assert ask("late", ended_on).stdout.startswith("In time until ")


def test_the_last_year_has_no_six_months_more() -> None:
    assert refused(ask("late", "9999-08-31"), "beyond the year 9999")


@pytest.mark.parametrize("command", ["clock", "late"])
@pytest.mark.parametrize(
    "text", ["2026-02-30", "20 March 2026", "2026-3-20", "20260320", "٢٠٢٦-٠٣-٢٠", "2026-W12-5", ""]
)
def test_what_is_no_day_is_wrong_usage(command: str, text: str) -> None:
    assert misused(ask(command, text), "is not a day like 2026-03-20")
    assert misused(ask(command), "Missing argument")
