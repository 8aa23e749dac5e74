"""What the program logs, to its standard error: ids, codes and kinds, never what anybody wrote."""

import logging


def begin() -> None:
    """Write lines of the program's own from INFO on, and of others from WARNING on."""
    logging.basicConfig(format="%(asctime)s %(levelname)s %(message)s")
    logging.getLogger("kids_feedback").setLevel(logging.INFO)
