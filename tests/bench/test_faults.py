"""A page that cannot be read, or a figure past its bar, ends a run badly and is named."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from benchmarks import cpu, kept, load, reading, site
from benchmarks.__main__ import main
from benchmarks.figures import SMALLEST, Benchmark, Figure, Size, Unreadable
from benchmarks.load import Outcome
from benchmarks.run import Report, run
from flask import Flask, Response

WORDS = ("apple", "river", "cloud", "spoon", "robin")
SLIP = "".join(f'<li><bdi dir="auto">{word}</bdi></li>' for word in WORDS)


def giving(*figures: Figure) -> Benchmark:
    def benchmark(size: Size) -> Iterator[Figure]:
        yield from figures

    return benchmark


def breaking(size: Size) -> Iterator[Figure]:
    yield Figure(what="so far", value=1)
    raise Unreadable("slip", "/done")


def nothing(text: str) -> None:
    """Say nothing."""


def test_a_figure_past_its_bar_ends_the_run_badly(capsys: pytest.CaptureFixture[str]) -> None:
    slow = Figure(what="a page", value=9, unit="ms", most=7)
    few = Figure(what="submits", value=100, least=220)
    good = Figure(what="another", value=7, most=7)
    assert main([], {"one": giving(slow, good), "two": giving(few)}) == 1
    assert capsys.readouterr().err.splitlines() == [
        "past its bar: a page: 9.00 ms (at most 7 ms)",
        "past its bar: submits: 100 (at least 220)",
    ]


def test_a_run_in_which_all_holds_ends_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([], {"one": giving(Figure(what="a page", value=7, unit="ms", most=7))}) == 0
    shown = capsys.readouterr()
    assert (shown.out, shown.err) == ("a page: 7.00 ms (at most 7 ms)\n", "")


def test_a_benchmark_that_breaks_is_named_and_the_rest_still_run(
    capsys: pytest.CaptureFixture[str],
) -> None:
    benchmarks = {"broken": breaking, "whole": giving(Figure(what="another", value=1))}
    assert main([], benchmarks) == 1
    shown = capsys.readouterr()
    assert shown.err == "broken could not be measured: no slip on /done\n"
    assert "another: 1.00" in shown.out


def test_only_some_can_be_asked_for() -> None:
    assert main(["good"], {"good": giving(), "broken": breaking}) == 0
    for wrong in (["gone"], ["--keep", "good"], ["--keep", "--smallest"]):
        with pytest.raises(SystemExit):
            main(wrong, {"good": giving()})


def test_a_changed_page_of_the_site_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The slip's markup changed once, and no word was found ever after: nobody was told."""
    real = site.made

    def changed(url: str) -> Flask:
        app = real(url)

        @app.after_request
        def spell_it_otherwise(response: Response) -> Response:
            if response.mimetype == "text/html":
                response.set_data(response.get_data().replace(b"bdi", b"b"))
            return response

        return app

    monkeypatch.setattr(site, "made", changed)
    report = run({"cpu": cpu.submit}, SMALLEST, nothing)
    assert report.faults == [
        "cpu could not be measured: no 5 secret words, but 0, on /done",
    ]


def test_what_breaks_for_one_of_many_clients_breaks_the_run() -> None:
    def break_down() -> None:
        raise Unreadable("slip", "/done")

    with pytest.raises(Unreadable):
        load.all_at_once([lambda: None, break_down, lambda: None])


@pytest.mark.parametrize(
    ("receipts", "refused", "rows", "wrong"),
    [
        pytest.param([WORDS], 0, 1, [], id="all is well"),
        pytest.param([WORDS], 0, 0, ["lost or doubled"], id="lost"),
        pytest.param([WORDS], 0, 2, ["lost or doubled"], id="doubled"),
        pytest.param([WORDS, WORDS], 0, 2, ["receipts alike"], id="two with one receipt"),
        pytest.param([WORDS], 1, 1, ["refused"], id="refused"),
        pytest.param([], 0, 1411, ["receipts", "lost or doubled"], id="none that can be read"),
    ],
)
def test_receipts_are_held_against_rows(
    receipts: list[tuple[str, ...]], refused: int, rows: int, wrong: list[str]
) -> None:
    outcome = Outcome(receipts, refused)
    found = [figure.what for figure in load.balance("8 clients", outcome, rows) if not figure.holds]
    assert found == [f"8 clients: {item}" for item in wrong]


def test_a_page_is_read_for_what_it_has() -> None:
    page = f'<input name="key" value="k"><ol class="slip" dir="ltr">{SLIP}</ol>'
    assert reading.secret_words(page, "/done") == WORDS
    assert reading.key(page, "/check") == "k"
    with pytest.raises(Unreadable, match="no form token on /check"):
        reading.token(page, "/check")
    with pytest.raises(Unreadable, match="5 secret words, but 6, on /done"):
        reading.secret_words(page.replace(SLIP, f"{SLIP}<bdi>more</bdi>"), "/done")


def test_figures_are_kept_with_the_day_and_the_machine(tmp_path: Path) -> None:
    place = tmp_path / "benchmarks.md"
    figures = [
        Figure(what="a page", value=9, unit="ms", most=7),
        Figure(what="lost", value=0, most=0, counted=True),
    ]
    kept.keep(Report(figures, ["broken could not be measured: no slip"]), date(2026, 3, 2), place)
    lines = place.read_text(encoding="utf-8").splitlines()
    assert f"**2 March 2026**, {kept.machine()}." in lines
    assert "| a page | 9.00 ms | at most 7 ms | **past its bar** |" in lines
    assert "| lost | 0 | at most 0 |  |" in lines
    assert "- broken could not be measured: no slip" in lines
