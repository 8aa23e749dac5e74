"""Keeps the figures of a run in docs/benchmarks.md, with the day and the machine."""

import os
import platform
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from benchmarks.run import Report

PLACE = Path(__file__).resolve().parents[1] / "docs" / "benchmarks.md"
_HEAD = """\
# Benchmarks

`make bench ARGS=--keep` measures and writes this page. A time is of one machine on one day: what
counts is its bar, and what was measured beside it in the same run.

**{day}**, {machine}.

| what | measured | bar | |
|---|---|---|---|
"""


def keep(report: Report, today: date, place: Path = PLACE) -> None:
    """Write the page anew."""
    head = _HEAD.format(day=f"{today.day} {today:%B %Y}", machine=machine())
    place.write_text(head + "".join(f"{line}\n" for line in _lines(report)), encoding="utf-8")


def machine() -> str:
    """Return what it ran on, in a few words."""
    return (
        f"{os.cpu_count()} cores ({_processor()}), {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}"
    )


def _lines(report: Report) -> Iterator[str]:
    for figure in report.figures:
        past = "" if figure.holds else "**past its bar**"
        yield f"| {figure.what} | {figure.measured} | {figure.bar} | {past} |"
    if report.unmeasured:
        yield from ("", *(f"- {item}" for item in report.unmeasured))


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or "unknown"
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor() or "unknown")
