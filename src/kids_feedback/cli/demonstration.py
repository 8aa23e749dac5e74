"""A demonstration is filled once, and says each time where to look."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

import click
from flask_babel import force_locale

from kids_feedback.app import create_app
from kids_feedback.cli.site import Addresses
from kids_feedback.config import Settings
from kids_feedback.demo import player
from kids_feedback.demo.player import Service, WayIn
from kids_feedback.storage.db import Transactions
from kids_feedback.web.kit import roles
from kids_feedback.web.rendering.child_notifications import message_waiting
from kids_feedback.web.rendering.figure_sentences import TOPIC_CODES


def prepare(
    settings: Settings, transactions: Transactions, *, now: Callable[[], datetime], if_empty: bool
) -> None:
    """Fill an empty database, all of it or nothing, and print where to look.

    Args:
        if_empty: leave a database that is not empty as it is, and print fresh links.

    Raises:
        ClickException: the database is not empty, and that was not expected.
        CalendarGap: the working calendar does not reach around now.
    """
    app = create_app(settings, now=now)
    service = Service(
        watch=settings.watch,
        promises=settings.reference.promises,
        words_key=settings.words_key,
        wording=message_waiting,
        topics=TOPIC_CODES,
        smallest=settings.smallest_count,
    )
    with app.app_context(), force_locale("en"):
        with transactions() as db:
            if player.is_empty(db):
                player.fill(db, service, now=now())
            elif not if_empty:
                raise click.ClickException("the database is not empty (--if-empty lets it be)")
        with transactions() as db:
            words = player.way_back(db, service, now=now())
            links = player.ways_in(db, now=now())
        _print_children(Addresses(app, settings), words)
        _print_staff(Addresses(app, settings), links)


def _print_children(addresses: Addresses, words: Sequence[str] | None) -> None:
    click.echo("\nFor children (everybody in here is invented):\n")
    rows = [("Have your say", addresses.of("child.start"))]
    if words:
        rows.append(("Come back", addresses.of("child.back")))
        rows.append(("  secret words", " ".join(words)))
    rows.append(("Be a kiosk in an office", addresses.of("account.demo_kiosk")))
    _print_rows(rows)


def _print_staff(addresses: Addresses, links: Iterable[WayIn]) -> None:
    click.echo("\nFor staff: each link signs in once, within 24 hours. Start again for new ones.\n")
    _print_rows(
        (
            f"{roles.NAMES[link.role]}, {link.name}",
            addresses.of("account.demo_link", token=link.token),
        )
        for link in links
    )
    click.echo()


def _print_rows(rows: Iterable[tuple[str, str]]) -> None:
    table = list(rows)
    width = max((len(name) for name, _ in table), default=0)
    for name, value in table:
        click.echo(f"  {name:{width}}  {value}")
