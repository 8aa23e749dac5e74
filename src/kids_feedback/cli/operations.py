"""Starting things: the server, the worker, the database, fresh keys, a demonstration."""

import os
import signal
import socket
from collections.abc import Callable
from functools import partial
from threading import Thread

import click
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from kids_feedback import logs
from kids_feedback.app import keys_of
from kids_feedback.cli import demonstration, site, worker, working_days
from kids_feedback.config import is_loopback, new_key_file
from kids_feedback.gateways.mail import mail_for
from kids_feedback.storage import schema

FAREWELL = 10  # seconds in which a process may finish what it has in hand


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="An address, or localhost.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64))
def serve(host: str, port: int, workers: int) -> None:
    """Serve the site."""
    settings = site.settings(listens_on=host)
    if settings.https and all(map(is_loopback, settings.hosts)):
        click.echo(
            "Warning: KIDS_FEEDBACK_BASE_URL is this machine: no other is answered", err=True
        )
    transactions = site.transactions(settings)
    working_days.follow_holidays(transactions, settings)
    transactions.engine.dispose()
    _check_free(host, port)
    server = Granian(
        "kids_feedback.app:from_environment",
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        workers_kill_timeout=FAREWELL,
        respawn_failed_workers=True,  # it gives up if one dies again within 5.5 seconds
        log_access=False,  # addresses and times of children are not ours to keep
        log_level=LogLevels.error,  # it warns of its many threads, which slow phones need
    )
    _end_with(server.signal_handler_interrupt)
    server.serve()


@click.command("worker")
@click.option("--once", is_flag=True, help="Stop when nothing is due.")
def work(*, once: bool) -> None:
    """Send what waits in the outbox, repeat alarms, erase old visits, follow bank holidays."""
    settings = site.settings()
    transactions = site.transactions(settings)
    if not settings.demo and not settings.smtp.host:
        click.echo("Warning: KIDS_FEEDBACK_SMTP_HOST is not set: messages wait, unsent", err=True)
    logs.begin()
    daily = partial(working_days.follow_holidays, transactions, settings)
    worker.run(
        transactions,
        mail_for(settings),
        site.now,
        daily,
        watch=settings.watch,
        alert_to=settings.alert_to,
        once=once,
    )


@click.command("upgrade-database")
def upgrade_database() -> None:
    """Bring the database to the newest schema. Safe to run again."""
    settings = site.settings(makes_database=True)
    schema.upgrade(site.engine(settings), keys=keys_of(settings))
    site.transactions(settings)
    click.echo("The database is up to date.")


@click.command("make-keys")
def make_keys() -> None:
    """Print a key file with fresh keys. Keep it outside the database and its backups."""
    click.echo(new_key_file(), nl=False)


@click.command()
@click.option("--if-empty", is_flag=True, help="Leave a database that is not empty as it is.")
def demo(*, if_empty: bool) -> None:
    """Fill an empty database with invented children, and print where to look."""
    settings = site.settings()
    if settings.demo is None:
        raise click.ClickException("KIDS_FEEDBACK_DEMO is not set: this is no demonstration")
    demonstration.prepare(settings, site.transactions(settings), now=site.now, if_empty=if_empty)


def _end_with(end: Callable[[], None]) -> None:
    """Call ``end`` once when this process is told to end, from a thread that does nothing else.

    As a handler it could be missed, or interrupt itself and hang: handlers run in the main thread,
    which waits. The processes of the server are told by this one alone: Ctrl-C reaches them too.
    """
    signals = {signal.SIGINT, signal.SIGTERM}
    signal.pthread_sigmask(signal.SIG_BLOCK, signals)  # in every thread from here on

    def wait() -> None:
        signal.sigwait(signals)
        end()

    def in_child() -> None:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)  # until it listens itself
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})

    Thread(target=wait, daemon=True).start()
    os.register_at_fork(after_in_child=in_child)


def _check_free(host: str, port: int) -> None:
    """Say so now if nothing can listen there: the server would say it in many lines."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise click.ClickException(
            f"cannot listen on {host}, port {port}: {error.strerror}"
        ) from error
