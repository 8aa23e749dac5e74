"""What changed because of what children said: the secretary writes it, everybody reads it."""

import pytest

from kids_feedback.domain.people import Role
from kids_feedback.storage.db import Transactions
from tests.make import a_change
from tests.web.conftest import SignIn
from tests.web.page import Page, Visitor, follow, get, submit

SAID, DID = "The <room> was cold.", "There is a heater now."


@pytest.fixture
def secretary(signed_in: SignIn) -> Visitor:
    return signed_in(Role.BOARD_SECRETARY)


def written(secretary: Visitor) -> Page:
    page = get(secretary, get(secretary, "/secretary/").links(".sections a")["What changed"])
    return follow(secretary, submit(secretary, page, to="/secretary/changes", said=SAID, did=DID))


def test_children_see_it_only_once_it_is_shown(secretary: Visitor, child: Visitor) -> None:
    page = written(secretary)
    assert page.texts(".banner .words") == [SAID, DID]
    assert get(child, "/changed").texts("main .words") == []
    done = submit(secretary, page, to=f"{page.path}/shown", go="show")
    assert "Children can see it now." in follow(secretary, done).text
    page = get(child, get(child, "/").links()["What changed because of you"])
    assert page.texts("main .words") == [SAID, DID]
    page = get(secretary, follow(secretary, done).links()[SAID])
    submit(secretary, page, to=f"{page.path}/shown", go="hide")
    assert get(child, "/changed").texts("main .words") == []


def test_writing_it_anew_hides_it(
    secretary: Visitor, child: Visitor, transactions: Transactions
) -> None:
    with transactions() as db:
        path = f"/secretary/changes/{a_change(db).id}"
    page = submit(secretary, get(secretary, path), to=path, did="Two heaters.")
    page = follow(secretary, page)
    assert page.texts(".banner .words")[1] == "Two heaters."
    assert "We have nothing to show you yet." in get(child, "/changed").text


def test_only_what_somebody_looked_at_is_shown(
    secretary: Visitor, child: Visitor, transactions: Transactions
) -> None:
    with transactions() as db:
        path = f"/secretary/changes/{a_change(db).id}"
    looked_at = get(secretary, path)
    submit(secretary, looked_at, to=path, did="Sam Ostrich has a heater now.")
    hidden = get(secretary, path)
    submit(secretary, hidden, to=path, did="Somebody wrote it in another tab.")
    late = submit(secretary, hidden, to=f"{path}/shown", go="show")
    assert (late.status, late.heading) == (409, "Somebody else saved first")
    assert "We have nothing to show you yet." in get(child, "/changed").text


def test_both_texts_are_asked_for(secretary: Visitor) -> None:
    page = get(secretary, "/secretary/changes")
    again = submit(secretary, page, to="/secretary/changes", said="It was cold.", did=" ")
    assert again.status == 422
    assert again.texts(".summary a") == ["Write what Cafcass did"]
    assert "It was cold." in again.soup.select("textarea")[0].get_text()


def test_nobody_else_writes(signed_in: SignIn) -> None:
    assert get(signed_in(Role.LOCAL_MANAGER), "/secretary/changes").status == 404
