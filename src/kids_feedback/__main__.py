"""``python -m kids_feedback`` is the command."""

from kids_feedback.cli import main

main()
