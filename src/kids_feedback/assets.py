"""Where the templates, static files and translations are."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = _PACKAGE.parents[1]


def asset_dir(name: str) -> Path:
    """Return the folder ``name``: beside the code in a wheel, at the root of a checkout.

    Raises:
        FileNotFoundError: the package was built without that folder.
    """
    for base in (_PACKAGE, _CHECKOUT):
        if (base / name).is_dir():
            return base / name
    raise FileNotFoundError(f"no {name}/ in {_PACKAGE} or {_CHECKOUT}")
