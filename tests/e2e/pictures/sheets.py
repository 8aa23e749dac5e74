"""Lays pictures out in columns, and has the browser take a picture of that."""

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from playwright.sync_api import Browser

from tests.e2e.pictures.shots import Shot

COLUMNS = 5
HIGHEST = 2_400  # CSS pixels of a sheet, if no page alone is higher
GAP = 16
CAPTION = 64
Column = list[Shot]
_SHEET = """<!doctype html><meta charset="utf-8"><style>
  body {{ margin: 0; padding: {gap}px; background: #888; display: flex; align-items: start;
    gap: {gap}px; inline-size: fit-content; font: 14px/1.25 sans-serif; }}
  div {{ inline-size: {width}px; }}
  figure {{ margin: 0 0 {gap}px; background: #fff; }}
  img {{ display: block; inline-size: 100%; }}
  figcaption {{ block-size: {caption}px; box-sizing: border-box; padding: 6px;
    border-block-start: 1px solid #888; overflow: hidden; overflow-wrap: anywhere; }}
</style>{columns}"""
_FIGURE = (
    '<figure><img src="{file}" alt=""><figcaption><b>{template}</b><br>{page}</figcaption></figure>'
)


def make(browser: Browser, called: Path, shots: Sequence[Shot], width: int) -> list[Path]:
    """Write the sheets of these pictures, as many as it takes, and return where they are.

    Args:
        called: how their files' names begin.
        width: of a thumbnail, in CSS pixels.
    """
    made = []
    for old in called.parent.glob(f"{called.name}-*.png"):
        old.unlink()
    page = browser.new_page()
    for number, columns in enumerate(laid_out(shots, width), 1):
        # Beside the pictures, so that it may show them.
        draft = shots[0].file.with_name("sheet.html")
        draft.write_text(_written(columns, width), encoding="utf-8")
        page.set_viewport_size({"width": GAP + len(columns) * (width + GAP), "height": 600})
        page.goto(draft.as_uri())
        made.append(called.with_name(f"{called.name}-{number:02}.png"))
        page.screenshot(path=made[-1], full_page=True)
    page.close()
    return made


def laid_out(shots: Sequence[Shot], width: int) -> Iterator[list[Column]]:
    """Yield sheets of columns: each picture goes to the shortest, or on the next sheet."""
    columns: list[Column] = []
    heights: list[float] = []
    for shot in shots:
        needed = shot.height * width / shot.width + CAPTION + GAP
        if len(columns) == COLUMNS and min(heights) + needed > HIGHEST:
            yield columns
            columns, heights = [], []
        if len(columns) < COLUMNS:
            columns.append([])
            heights.append(GAP)
            at = len(columns) - 1
        else:
            at = heights.index(min(heights))
        columns[at].append(shot)
        heights[at] += needed
    if columns:
        yield columns


def _written(columns: list[Column], width: int) -> str:
    drawn = "".join(f"<div>{''.join(map(_figure, column))}</div>" for column in columns)
    return _SHEET.format(gap=GAP, caption=CAPTION, width=width, columns=drawn)


def _figure(shot: Shot) -> str:
    return _FIGURE.format(
        file=shot.file.name, template=escape(shot.template), page=escape(shot.page)
    )
