"""What a page shows of its pairs (see ``kit.pairs``): a text of ours, and its English below it.

A page is made of texts and tags. Where a text stands as such, both are shown. In the title, a box,
a list to pick from, a picture or an attribute there is room for one, and it is the reader's. So it
is where a text is there to be heard only: twice would be once too often.
"""

import re

from flask import Flask, Response

from kids_feedback.web.kit import pairs

_ROOM_FOR_ONE = re.compile(
    r"<(title|option|textarea|svg|script|style)\b.*?</\1\s*>"  # and all that stands in it
    r"|<(\w+) class=\"hidden-text\".*?</\2>"
    r"""|<[a-z](?:"[^"]*"|'[^']*'|[^'">])*>""",
    re.DOTALL | re.IGNORECASE,
)
_INDENT = re.compile(r">\n\s+(?=<)")  # of our templates: two texts are long enough without it
_SIGN = re.compile(f"([{pairs.SIGNS}])")
# What leads somewhere does so once, and an id is of one thing: the English is there to be read.
_LEADS = re.compile(r"</?(?:a|button)\b[^>]*>| id=\"[^\"]*\"", re.IGNORECASE)
_BOTH = (  # the first in a part of its own, so that where it stands can be measured
    '<span class="pair"><span>{}</span><span class="english" lang="en" dir="ltr">{}</span></span>'
)


def install(app: Flask) -> None:
    """Go through each answer before it is compressed: so no sign of a pair ever leaves the site."""
    app.after_request(_say_both)


def shown(html: str) -> str:
    """Return a page with both texts of each pair."""
    page = _INDENT.sub(">\n", _ROOM_FOR_ONE.sub(lambda part: pairs.first_of(part[0]), html))
    said: list[str] = []
    inside: list[str] = []
    depth = 0
    for part in _SIGN.split(page):
        depth += part == pairs.FIRST
        (inside if depth > 0 else said).append(part)
        if part == pairs.END and depth > 0:
            depth -= 1
            if depth == 0:
                said.append(_both("".join(inside)))
                inside.clear()
    return pairs.first_of("".join([*said, *inside]))


def _both(pair: str) -> str:
    first, second = pairs.first_of(pair), pairs.second_of(pair)
    return first if first == second else _BOTH.format(first, _LEADS.sub("", second))


def _say_both(response: Response) -> Response:
    if response.is_streamed or response.direct_passthrough:
        return response
    if pairs.FIRST.encode() in response.get_data():
        page = response.get_data(as_text=True)
        both = response.mimetype == "text/html" and pairs.is_paired()
        response.set_data(shown(page) if both else pairs.first_of(page))
    return response
