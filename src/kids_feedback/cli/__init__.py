"""The command ``kids-feedback``. Exit code 0: done; 1: could not; 2: asked wrongly."""

from kids_feedback.cli.commands import main

__all__ = ["main"]
