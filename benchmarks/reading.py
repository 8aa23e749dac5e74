"""What benchmarks read off a page. Where it is not there, they end: a guess would be a figure."""

import re

from benchmarks.figures import Unreadable

_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
_KEY = re.compile(r'name="key"[^>]*value="([^"]+)"')
_SLIP = re.compile(r'<ol class="slip"[^>]*>(.*?)</ol>', re.DOTALL)
_WORD = re.compile(r"<bdi[^>]*>([a-z]+)</bdi>")
_HOW_MANY = 5


def token(page: str, path: str) -> str:
    """Return the token of the page's form.

    Raises:
        Unreadable: there is none. So do the others.
    """
    return _found(_TOKEN, page, "form token", path)


def key(page: str, path: str) -> str:
    """Return the key that makes a form count once."""
    return _found(_KEY, page, "key of the form", path)


def secret_words(page: str, path: str) -> tuple[str, ...]:
    """Return the words of the receipt."""
    words = tuple(_WORD.findall(_found(_SLIP, page, "slip", path)))
    if len(words) != _HOW_MANY:
        raise Unreadable(f"{_HOW_MANY} secret words, but {len(words)},", path)
    return words


def _found(pattern: re.Pattern[str], page: str, what: str, path: str) -> str:
    found = pattern.search(page)
    if found is None:
        raise Unreadable(what, path)
    return found[1]
