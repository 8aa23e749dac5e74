"""Values as JSON keeps them, and back. What does not fit its shape is no value."""

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

_hints = cache(get_type_hints)  # of classes that do not change, read on every page
MISFIT = (AttributeError, LookupError, TypeError, ValueError)  # what ``read`` may raise


def as_json(value: Any) -> Any:
    """Return ``value`` in what JSON has: text, numbers, lists and mappings."""
    if is_dataclass(value) and not isinstance(value, type):
        return {item.name: as_json(getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, date):  # a datetime is one too
        return value.isoformat()
    if isinstance(value, Mapping):
        return {name: as_json(item) for name, item in value.items()}
    if isinstance(value, tuple | list):
        return [as_json(character) for character in value]
    return value


def read(shape: Any, kept: Any) -> Any:
    """Return what ``as_json`` made of a value of ``shape``.

    Args:
        shape: a dataclass, a tuple with named parts, an enum, a date, an aware datetime, bytes,
            text, a number or a truth; lists, tuples and mappings of such; or one of several.

    Raises:
        AttributeError, LookupError, TypeError, ValueError: it has another shape.
    """
    if get_origin(shape) is UnionType:
        return _one_of(get_args(shape), kept)
    if get_origin(shape) is not None:
        return _many(get_origin(shape), get_args(shape), kept)
    if is_dataclass(shape):
        return _parts(shape, _exactly(dict, kept))
    if issubclass(shape, tuple):
        parts = zip(_hints(shape).values(), _exactly(list, kept), strict=True)
        return shape(*(read(part, item) for part, item in parts))
    if issubclass(shape, Enum):
        return shape(kept)
    if issubclass(shape, date):
        return _moment(shape, _exactly(str, kept))
    return bytes.fromhex(kept) if shape is bytes else _exactly(shape, kept)


def _one_of(shapes: tuple[Any, ...], kept: Any) -> Any:
    if kept is None and NoneType in shapes:
        return None
    for shape in shapes:
        try:
            return read(shape, kept)
        except MISFIT:
            continue
    raise ValueError(f"none of {shapes}")


def _many(kind: Any, inner: tuple[Any, ...], kept: Any) -> Any:
    if kind is dict:
        return {name: read(inner[1], item) for name, item in _exactly(dict, kept).items()}
    return kind(read(inner[0], item) for item in _exactly(list, kept))


def _parts(shape: Any, kept: dict[str, Any]) -> Any:
    """Read a dataclass. A part that is not there is as the class says; one too many is left out."""
    hints = _hints(shape)
    return shape(
        **{
            item.name: read(hints[item.name], kept[item.name])
            for item in fields(shape)
            if item.name in kept or (item.default is MISSING and item.default_factory is MISSING)
        }
    )


def _moment(shape: Any, text: str) -> Any:
    found = shape.fromisoformat(text)
    if isinstance(found, datetime) and found.tzinfo is None:
        raise ValueError("a time of no zone")
    return found


def _exactly(kind: type, kept: Any) -> Any:
    if not isinstance(kept, kind):
        raise TypeError(f"not {kind.__name__}")
    return kept
