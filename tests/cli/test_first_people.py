"""Areas, offices and the first people, let in from the command line."""

from urllib.parse import urlsplit

import pytest

from kids_feedback.app import create_app
from kids_feedback.config import settings_from
from tests.cli.conftest import Run, misused, refused

ADA = ("--name", "Ada Keys", "--email", "ada@example.org", "--role", "administrator")


@pytest.fixture
def places(run: Run) -> None:
    for words in (
        ("add-area", "east", "East"),
        (
            "add-office",
            "eastham",
            "Eastham",
            "--area",
            "east",
            "--town",
            "Eastham",
            "--town",
            "Ely",
        ),
    ):
        said = run(*words)
        assert said.exit_code == 0, said.stderr


def test_somebody_comes_in_by_the_link(run: Run, environ: dict[str, str]) -> None:
    site = {"KIDS_FEEDBACK_BASE_URL": "https://have-your-say.example/", "KIDS_FEEDBACK_HTTPS": "1"}
    said = run("add-person", *ADA, **site)
    assert said.exit_code == 0, said.stderr
    link = urlsplit(said.stdout.splitlines()[-1])
    assert f"{link.scheme}://{link.netloc}" == "https://have-your-say.example"
    page = create_app(settings_from(environ)).test_client().get(link.path, follow_redirects=True)
    assert page.status_code == 200
    assert "Ada Keys" in page.text


@pytest.mark.usefixtures("places")
def test_a_head_and_a_manager_have_their_places(run: Run) -> None:
    for role, place in (("head_of_practice", "--area=east"), ("local_manager", "--office=eastham")):
        person = ("--name", role, "--email", f"{role}@example.org", "--role", role, place)
        assert run("add-person", *person).exit_code == 0


def test_one_address_is_one_person(run: Run) -> None:
    assert run("add-person", *ADA).exit_code == 0
    again = ("--name", "Eve", "--email", " ADA@example.org", "--role", "customer_service")
    assert refused(run("add-person", *again), "has that e-mail address already")


@pytest.mark.usefixtures("places")
@pytest.mark.parametrize(
    ("words", "because"),
    [
        (("--email", "ada", "--role", "administrator"), "no e-mail address"),
        (("--email", "a@b.org", "--role", "head_of_practice"), "needs at least one --area"),
        (("--email", "a@b.org", "--role", "local_manager"), "needs at least one --office"),
        (
            ("--email", "a@b.org", "--role", "head_of_practice", "--area", "west"),
            "no area or office has the code west",
        ),
        (
            ("--email", "a@b.org", "--role", "local_manager", "--office", "east"),
            "no area or office has the code east",
        ),
    ],
)
def test_nobody_is_added_who_could_not_work(run: Run, words: tuple[str, ...], because: str) -> None:
    assert refused(run("add-person", "--name", "Ada", *words), because)


@pytest.mark.parametrize(
    ("words", "because"),
    [
        (("--email", "a@b.org", "--role", "administrator"), "--name"),
        (("--name", " ", "--email", "a@b.org", "--role", "administrator"), "1 to 80"),
        (("--name", "A" * 81, "--email", "a@b.org", "--role", "administrator"), "1 to 80"),
        (("--name", "Ada", "--email", "a@b.org", "--role", "king"), "'king' is not one of"),
        ((*ADA, "--area", "east"), "for a head_of_practice only"),
        ((*ADA, "--office", "eastham"), "for a local_manager only"),
        ((*ADA, "--area", "East Midlands"), "is not a code like"),
    ],
)
def test_a_person_who_is_asked_for_wrongly(run: Run, words: tuple[str, ...], because: str) -> None:
    assert misused(run("add-person", *words), because)


@pytest.mark.usefixtures("places")
def test_a_place_is_added_once_and_where_there_is_room_for_it(run: Run) -> None:
    assert refused(run("add-area", "east", "East"), "there is an area east already")
    office = ("add-office", "eastham", "Eastham", "--area")
    assert refused(run(*office, "east"), "there is an office eastham already")
    assert refused(run(*office, "west"), "there is no area west")


@pytest.mark.parametrize("code", ["East", "a b", "-east", "a--b", "x" * 41, "", "é"])
def test_a_code_is_short_and_plain(run: Run, code: str) -> None:
    assert misused(run("add-area", "--", code, "East"), "is not a code like")


def test_towns_have_an_end(run: Run) -> None:
    towns = [word for number in range(40) for word in ("--town", f"{number:080}")]
    assert misused(run("add-office", "e", "E", "--area", "e", *towns), "more than 2000 characters")
