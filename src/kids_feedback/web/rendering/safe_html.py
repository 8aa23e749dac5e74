"""The one place that calls text safe, and the one that knows bleach (ADR 9)."""

import bleach
from markupsafe import Markup

ALLOWED = frozenset({"br", "em", "li", "ol", "p", "strong", "ul"})


def clean(html: str | None) -> Markup:
    """Return what a manager wrote with paragraphs, lists and bold, and nothing else in it."""
    return Markup(bleach.clean(html or "", tags=ALLOWED, attributes={}, strip=True))  # noqa: S704 - cleaned


def svg(text: str) -> Markup:
    """Return a picture that our own code drew. Never for anything that a person typed."""
    return Markup(text)  # noqa: S704 - our own


def style(sheet: str) -> Markup:
    """Return one of our own style sheets as it stands in a page."""
    return Markup(f"<style>{sheet}</style>")  # noqa: S704 - our own


def own(words: str) -> Markup:
    """Return a person's own words, such as a name, for a sentence of ours to stand around them.

    They run in their own direction, whatever the page's is; what is no text in them is escaped.
    """
    return Markup('<bdi dir="auto">{}</bdi>').format(words)
