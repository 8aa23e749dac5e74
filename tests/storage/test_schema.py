"""The migrations make what the models say, on both databases, forwards and back."""

import hashlib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, inspect
from sqlalchemy.orm import Session

from kids_feedback.storage import migrations, schema, tables
from kids_feedback.storage.base import Base
from kids_feedback.storage.db import Transactions, engine_for, migrating
from kids_feedback.storage.tables.people import Area
from tests.make import an_area

# A landed migration is never edited: sites have run it as it was. Add the hash of a new one when it
# lands (sha256sum); what was wrong in an old one is mended by the next.
LANDED = {
    "0001_people_and_visits.py": "7c62fe168e0fc925d463b214382bd361c1294490b90f7604a8cb269c05e52ceb",
    "0002_feedback.py": "e8dd1ba7b4e199ca817aa00d08129171a1e9eb98ec7572429294ed341b0e0852",
    "0003_casework.py": "fd9f921771e8e9ac65c7ae1f78c67d0ebda335930a2d1e82e4bade330a1adbf2",
    "0004_every_door.py": "796b0a523e31d75e57d3f6624cd967c2b039d713cecd3a66092840381230030d",
    "0005_codes_as_text.py": "82d5ce6cd89a5e362c3805d47445ad3ead837b3cbc4c49ae60aeb327807a864c",
    "0006_promises.py": "ec5d3204a44252d1ecfbe6daca8b915866c8dab9398804ab4d1c42a6296b435b",
    "0007_ended_meetings.py": "f318d867dbe27101466ee94fb45bb722c42f3ba82e1f14a4ed50c752dfb8dc83",
    "0008_drawing_digests.py": "8d5bb08032fe715fecadc097b642cf707ae384713eb19a30a7922d71ee601a99",
    "0009_history_lines.py": "3e5415705db84b6286eaad92fa09b6ea06c998559f293ce2d5c6c622634637bd",
    "0010_plain_names.py": "8652bab32bdc36efd03935abe76489d9fca8e70528d379d5da7b93fcfee72430",
    "0011_nobody_lost.py": "6356814ef5f694e3bb3ac2480b24a7bbdc7e54d5f70b33fdfc9a652be87129d0",
    "0012_possibly_named.py": "db76a94ce011c3936b6c635de52fce530771a677c356c30cbcadf995f6019a7c",
    "0013_hearings.py": "718a0f045c68b47d9eb05c4787bad19b41cbe4c98c505e6b508130ab50085b05",
    "0014_safety_alarms.py": "ba5a2614abd8d645a41a282da6240c8f786a1dca4ea69fbf53db4dede4f78672",
    "0015_days.py": "96987ebb54d58959be6669a8c5064e933557006fe91f645e3d453edc73c0285d",
    "0016_desk.py": "489e478b1823b5667fbca4e1d3b7a2d654737718bf81534926041bbac7dd665f",
    "0017_mail.py": "f441a8ae6b9092479fecbc394276bd60d3ef9bbf995cb1698c9e9faace91fd20",
    "0018_letters.py": "deb63724b820e00b164d914f5895141fb3ce7447e9dc8b9508cab21056256649",
    "0019_ways_back.py": "5a49f5fec04cfec1518ae3bad26f7e8eb0cc468160b5229d84fb9cef1a8a4dee",
    "0020_court_duty.py": "0bf044becc14b1197beb2dda9055713afd64299c7cf9a4df723ebc9141b0a29b",
    "0021_taken_back.py": "5f46e7c58731962684860fc18fc368c880b3143625e0287976b3bac0e987f650",
    "0022_follow_up_notes.py": "4cbf635fb6ca92a96957b801a86cb5ead94938a665edeab6abd5362a015eea2c",
    "0023_whom_mail_is_for.py": "42ef9f89ef9784410a65c6adb508231ae1515ecaf2031242cf3ba8b122e38f68",
    "0024_identity.py": "d4529d026f611e9a86283aef3459e07d38593e9563e4f687911090a75bd658d7",
    "0025_sealed_facts.py": "60ff1b659b64f29c31ab1ea98e2651b73c23c5eb5020f74bef8c13e41bcf43ab",
    "0026_requests.py": "f103015cf0515848fac132e72ccf658b916ed3370d8c02882291730a3526e903",
    "0027_account_events.py": "46e1759172cf98e8a2602e33ad979cc5f27380dac206eae36b0280ace10c4446",
    "0028_brakes.py": "fd4324e49e83317544d1fd6d0ba93eb8a231466e5d546072411ea949285309e5",
}


@pytest.fixture
def bare(bare_database_url: str) -> Iterator[Engine]:
    """A database without any table."""
    engine = engine_for(bare_database_url)
    yield engine
    engine.dispose()


def test_the_migrations_make_what_the_models_say(transactions: Transactions) -> None:
    assert schema.differences(transactions.engine) == []


def test_the_migrations_make_every_check_of_the_models(
    transactions: Transactions, bare: Engine
) -> None:
    """Alembic does not compare CHECKs, so both ways of making them are looked at."""
    Base.metadata.create_all(bare)
    by_models = checks(bare)
    assert by_models["feedback"]["ck_feedback_clock_needs_a_talk"], "the inspection sees CHECKs"
    assert checks(transactions.engine) == by_models


def test_a_landed_migration_is_as_sites_have_run_it() -> None:
    folder = Path(migrations.__file__).parent / "versions"
    found = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.glob("0*.py")
    }
    assert found == LANDED


def test_an_upgrade_may_run_again_and_keeps_what_is_there(
    transactions: Transactions, db: Session
) -> None:
    an_area(db, "east")
    db.commit()
    schema.upgrade(transactions.engine)
    with transactions.reading() as session:
        assert schema.is_newest(session.connection())
        assert session.get(Area, "east") is not None


def test_a_database_without_tables_is_known_to_be_old(bare: Engine) -> None:
    with bare.connect() as connection:
        assert not schema.is_newest(connection)
    schema.upgrade(bare)
    with bare.connect() as connection:
        assert schema.is_newest(connection)


def test_every_migration_can_be_taken_back_and_made_again(bare: Engine) -> None:
    schema.upgrade(bare)
    downgrade(bare)
    assert inspect(bare).get_table_names() == ["alembic_version"]
    schema.upgrade(bare)
    assert schema.differences(bare) == []


def test_the_comparison_knows_every_file_of_tables() -> None:
    """A file that ``schema`` forgets would never be compared."""
    assert {module for module in storage_modules() if has_tables(module)} == set(schema.TABLES)


def checks(engine: Engine) -> dict[str, dict[str, str]]:
    """Return each table's CHECKs by name, as the database itself words them."""
    inspector = inspect(engine)
    return {
        table: {str(check["name"]): check["sqltext"] for check in found}
        for (_, table), found in inspector.get_multi_check_constraints().items()
        if table != "alembic_version"
    }


def downgrade(engine: Engine) -> None:
    config = Config()
    config.set_main_option("script_location", "kids_feedback:storage/migrations")
    with migrating(engine) as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")


def storage_modules() -> list[ModuleType]:
    names = [info.name for info in iter_modules(tables.__path__) if not info.ispkg]
    return [import_module(f"kids_feedback.storage.tables.{name}") for name in names]


def has_tables(module: ModuleType) -> bool:
    return any(mapper.class_.__module__ == module.__name__ for mapper in Base.registry.mappers)
