"""Compile the translations and make the static files ready while the package is built."""

import sys
import tempfile
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Assets(BuildHookInterface):  # type: ignore[type-arg]
    """What is built is never committed. An editable install makes its static files at start."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write a ``.mo`` beside every ``.po``; give a wheel its static files."""
        for po in Path(self.root, "translations").rglob("*.po"):
            with po.open("rb") as source, po.with_suffix(".mo").open("wb") as target:
                write_mo(target, read_po(source))
        if self.target_name == "wheel" and version != "editable":
            self.made = tempfile.TemporaryDirectory()
            self.bundle(Path(self.made.name))
            build_data["force_include"][self.made.name] = "kids_feedback/static"

    def bundle(self, target: Path) -> None:
        """Make the static files ready with the code that a checkout uses at start."""
        sys.path.insert(0, str(Path(self.root, "src")))
        from kids_feedback.bundle import build

        build(Path(self.root, "static"), target)
