"""QR codes, drawn in the page: no picture to fetch, nothing for anybody else's server to see."""

import segno

from kids_feedback.web.rendering import safe_html

_QUIET = 4  # modules of white around it, without which phones do not find it


def code_of(address: str, *, title: str = "") -> str:
    """Draw the code that leads to ``address``: dark on white in every theme, no style in it.

    Args:
        title: what it is, for who cannot see it; empty where that stands beside it.
    """
    picture = segno.make(address, error="m", micro=False).svg_inline(
        border=_QUIET,
        dark="#000",
        light="#fff",
        omitsize=True,
        svgclass="qr",
        lineclass=None,
        title=title or None,
    )
    seen_as = 'role="img"' if title else 'aria-hidden="true"'
    return safe_html.svg(
        picture.replace("<svg ", f'<svg {seen_as} shape-rendering="crispEdges" ', 1)
    )
