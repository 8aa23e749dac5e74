"""Text of a page, which may be found in the reader's language only when it is shown."""

from flask_babel import LazyString

Text = str | LazyString
