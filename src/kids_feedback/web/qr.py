"""QR codes, drawn in the page: no picture to fetch, nothing for anybody else's server to see."""

from dataclasses import dataclass

import segno

_QUIET = 4  # modules of white around it, without which phones do not find it


@dataclass(frozen=True)
class Code:
    """A QR code as the path of an SVG whose box is ``size`` by ``size``."""

    size: int
    path: str


def code_of(address: str) -> Code:
    """Return the code that leads to ``address``."""
    rows = segno.make(address, error="m", micro=False).matrix
    dark = (
        f"M{x + _QUIET} {y + _QUIET}h1v1h-1z"
        for y, row in enumerate(rows)
        for x, module in enumerate(row)
        if module
    )
    return Code(size=len(rows) + 2 * _QUIET, path="".join(dark))
