"""Days as people read them."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask

from kids_feedback.web.rendering import filters


@pytest.mark.parametrize("shown", [filters.day, filters.day_year, filters.month])
def test_no_day_is_never_shown_as_today(app: Flask, shown: Callable[[Any], str]) -> None:
    with app.test_request_context("/"), pytest.raises(AttributeError):
        shown(None)


def test_a_moment_is_of_the_day_it_was_in_england(app: Flask) -> None:
    with app.test_request_context("/"):
        assert filters.day(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)) == "Wednesday 1 July"
        assert filters.month(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)) == "July 2026"
        assert filters.day_year(date(2026, 6, 30)) == "Tuesday 30 June 2026"
