"""A language that nobody speaks: English with accents, longer by two fifths, in brackets.

What stands outside the brackets was never given to translators. What breaks is too narrow for
languages longer than English.
"""

import re
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

CODES = ("eo", "he")  # one for each direction
OPEN, CLOSE = "⟦⟧"
_ACCENTS = str.maketrans("aceinosuyAEIOUCNSY", "áçéíñóšúýÁÉÍÓÚÇÑŠÝ")
_KEPT = re.compile(r"(%\(\w+\)[sd]|%%|<[^>]*>|&\w+;)")
_LONGER = re.compile(r"[aeiou]")


def write(template: Path, folder: Path) -> Path:
    """Write a catalogue of everything in ``template`` for each code into ``folder``."""
    with template.open("rb") as file:
        messages = [item for item in read_po(file) if item.id]
    for code in CODES:
        catalogue = Catalog(locale=code)
        for message in messages:
            several = isinstance(message.id, tuple)
            text = said(message.id[-1] if several else str(message.id))
            forms = (text,) * catalogue.num_plurals
            catalogue.add(message.id, forms if several else text, context=message.context)
        target = folder / code / "LC_MESSAGES" / "messages.mo"
        target.parent.mkdir(parents=True)
        with target.open("wb") as file:
            write_mo(file, catalogue)
    return folder


def said(text: str) -> str:
    """Return ``text`` in that language; places to fill in and marks stay as they are."""
    parts = _KEPT.split(text)
    parts[::2] = [_LONGER.sub(r"\g<0>\g<0>", part).translate(_ACCENTS) for part in parts[::2]]
    return OPEN + "".join(parts) + CLOSE


def outside(text: str) -> str:
    """Return what of ``text`` stands outside all brackets, without what is not words."""
    depth, found = 0, []
    for letter in text:
        depth += (letter == OPEN) - (letter == CLOSE)
        found.append(letter if depth == 0 and (letter.isalpha() or letter == "'") else " ")
    return " ".join("".join(found).split())
