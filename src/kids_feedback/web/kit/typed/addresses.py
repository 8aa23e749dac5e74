"""What is said beside an email address that mail cannot go to, on every page that asks for one."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from kids_feedback.domain.addresses import Fault, Wrong
from kids_feedback.web.kit.text import Text

_SAID: Mapping[Wrong, Text] = {
    Wrong.EMPTY: _l("Write an email address, such as name@example.org"),
    Wrong.SPACE: _l("There is a space in that email address. Please take it out."),
    Wrong.LETTER: _l("We can't send email to an address with “%(sign)s” in it. Check that letter."),
    Wrong.NO_AT: _l("That email needs an @ sign. Check the address."),
    Wrong.MORE_AT: _l("That email has more than one @ sign. Write one address with one @."),
    Wrong.BEFORE_AT: _l("Something is missing before the @ sign. Check the address."),
    Wrong.AFTER_AT: _l("Something is missing after the @ sign. Check the address."),
    Wrong.SIGN: _l("An email address can't have “%(sign)s” there. Check that sign."),
    Wrong.DOT: _l("There is a dot too many in that email address. Check each dot."),
    Wrong.NO_DOT: _l("The part after the @ sign needs a dot, as in example.org."),
    Wrong.LONG: _l("That email address is too long. Check it."),
}


def said(fault: Fault) -> str:
    """Return what is wrong, in plain words."""
    return str(_SAID[fault.what]) % {"sign": fault.sign}
