"""What a manager types for an answer, as a page shows it: paragraphs, lists and bold.

Nothing else of Markdown is read: "12. March" stays a date, 5*3*2 a sum, and a tag is text
(docs/adr/0023-answers-are-text.md).
"""

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock, list_block
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from kids_feedback.domain.case.answer import to_edit
from kids_feedback.web.rendering import safe_html

_ITEM = re.compile(r"- +\S")
_AFTER_A_LIST = re.compile(r"^(- .*\n)(?=\S)(?!- )", re.MULTILINE)


def to_show(kept: str | None) -> str:
    """Return a part of the answer as HTML."""
    text = _AFTER_A_LIST.sub(r"\1\n", to_edit(kept or ""))  # Markdown would go on with the item
    return safe_html.clean(_MARKDOWN.render(text).strip())


def _bullets(state: StateBlock, line: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - theirs
    """Read a list whose items begin with "- "; a number at the start of a line is a number."""
    start = state.bMarks[line] + state.tShift[line]
    return bool(_ITEM.match(state.src, start)) and list_block(state, line, end, silent)


def _bold(
    self: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    """Let two stars be bold, and any other sign what it is."""
    sign = tokens[index].markup
    return self.renderToken(tokens, index, options, env) if sign == "**" else sign


_MARKDOWN = MarkdownIt("zero", {"breaks": True}).enable(["list", "newline", "emphasis"])
_MARKDOWN.block.ruler.at("list", _bullets, {"alt": ["paragraph"]})
for _name in ("em_open", "em_close", "strong_open", "strong_close"):
    _MARKDOWN.add_render_rule(_name, _bold)
