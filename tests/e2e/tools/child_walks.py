"""Every page that a child can come to, one after the other, in one browser."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from kids_feedback.assets import asset_dir
from kids_feedback.domain.case.submission import Door, Kind
from kids_feedback.domain.child.leaves import LEAF_LIMIT, LeafState
from kids_feedback.services.child import case_status
from kids_feedback.services.site import visits
from kids_feedback.web.child import drafts, start
from kids_feedback.web.questions.catalogue import OF_DOOR
from tests.e2e.pages.child import Check, ComeBack, Look, Question
from tests.e2e.tools.samples import (
    ANSWERS,
    DRAWN,
    INTERRUPTED,
    LEAF,
    MISTAKES,
    PLACES,
    PRAISE,
    RECEIPT,
    REFUSED,
    SAID,
    TOO_MUCH,
)
from tests.e2e.tools.walker import Walk, Walker
from tests.e2e.tools.walks_back import (
    changing,
    coming_back,
    meeting,
    messages,
    picking_words,
    requesting,
    saying_more,
)
from tests.make import (
    a_change,
    a_kiosk,
    a_leaf,
    an_office,
)

FRAMES = {  # that no page shows by itself
    "errors/page.html",
    "errors/small_print.html",
    "child/contact.html",
    "child/not_safe.html",
    "child/office/drawn_tree.html",
    "child/asked/waiting.html",
    "child/sending/fields.html",
    "child/sending/later.html",
    "child/sending/secret_words.html",
    "child/back/delay_notice.html",
    "child/back/followed.html",
    "child/back/mended.html",
    "child/path.html",
    "child/meeting/now.html",
    "child/meeting/parts.html",
    "child/message/form.html",
    "child/words/pictures.html",
    "child/start/samples.html",
}


def asking(walker: Walker) -> Iterator[str]:
    """Yield each question as it stands when somebody comes back to it, and the page to check."""
    walker.is_writing("wrong", answers=ANSWERS)
    for screen in OF_DOOR[Door.WRONG]:
        yield walker.opens(f"/p/{screen.number}")
    yield walker.opens("/check")
    yield Check(walker.page).stop().heading


def around(walker: Walker) -> Iterator[str]:
    """Yield the pages around the questions, and the questions of the other doors."""
    with walker.transactions() as db:
        a_change(db, said=SAID)
    walker.is_writing("good", answers=PRAISE)
    for path in PLACES:
        yield walker.opens(path)
    for door, screens in OF_DOOR.items():
        walker.is_writing(door.value, answers=PRAISE)
        for screen in screens:
            if screen not in OF_DOOR[Door.WRONG]:
                yield walker.opens(f"/p/{screen.number}")
    for kind in Kind:
        walker.is_somebody(receipt={**RECEIPT, "kind": kind.value})
        yield walker.opens("/done") + f" for a {kind}"
    walker.is_somebody(receipt={**RECEIPT, "wants_contact": False})
    yield walker.opens("/done") + " without contact"
    walker.is_somebody(receipt={**RECEIPT, "words": []})
    yield walker.opens("/done") + " with the words hidden"
    walker.is_somebody(receipt=RECEIPT, words_stay=True)
    yield walker.opens("/done") + " with words that stay"


def taking_the_words_along(walker: Walker) -> Iterator[str]:
    """Yield the code for a phone, and what it opens there."""
    kept = {"words": RECEIPT["words"], "until": (walker.clock() + timedelta(minutes=2)).isoformat()}
    with walker.transactions() as db:
        visits.keep(db, "a-code", {"pick_up": kept}, now=walker.clock())
    walker.is_somebody(receipt=RECEIPT)
    walker.opens("/done")
    main = walker.page.get_by_role("main")
    fold = main.locator("details", has=walker.page.locator("form[action='/done/code']"))
    if fold.count():  # a shared screen has it open to see
        fold.click()
    with walker.page.expect_navigation():
        main.locator("form[action='/done/code'] button").click()
    yield "a code for a phone"
    for what in ("the words on a phone", "a code that is over"):
        yield walker.opens("/get/a-code")
        with walker.page.expect_navigation():
            main.locator("form button").click()
        yield what


def drawing(walker: Walker) -> Iterator[str]:
    """Yield the pages of a drawing: on the screen, on paper, and where it is seen again."""
    walker.is_writing("wrong", answers=ANSWERS)
    yield walker.opens("/draw")
    walker.is_writing("wrong", answers=ANSWERS, drawing=DRAWN)
    for path in ("/draw", "/draw/paper", "/check"):
        yield walker.opens(path) + ", drawn"
    for kind in (Kind.COMPLAINT, Kind.COMPLIMENT):
        walker.is_somebody(receipt={**RECEIPT, "kind": kind.value, "slip": "BCDFHJ"})
        yield walker.opens("/done") + f" with letters for a {kind}"


def leaving_a_leaf(walker: Walker) -> Iterator[str]:
    """Yield the pages of a leaf, the tree it hangs on, and how the office was."""
    with walker.transactions() as db:
        for words in ("", SAID[:LEAF_LIMIT], "… was kind to me"):
            a_leaf(db, shown=words or None, state=LeafState.SHOWN)
        an_office(db, "westham", area="west")
    for path, leaf in (("/leaf", {}), ("/leaf/where", LEAF), ("/today", LEAF)):
        walker.is_somebody(leaf=leaf)
        yield walker.opens(path)
        with walker.page.expect_navigation():
            walker.page.get_by_role("main").locator("form").get_by_role("button").click()
        yield f"{path} with nothing picked"
    for path in ("/leaf", "/tree/eastham", "/tree/westham"):
        yield walker.opens(path) + ", with leaves"
    walker.is_somebody(leaf_sent={"key": "k", "public": True, "office": "eastham"})
    for path in ("/leaf/thanks", "/today", "/today/thanks"):
        yield walker.opens(path) + ", sent"


def on_a_kiosk(walker: Walker) -> Iterator[str]:
    """Yield the pages of a screen that others use too, and some of the others on it."""
    with walker.transactions() as db:
        token = a_kiosk(db, walker.clock())
    cookies = walker.page.context
    cookies.add_cookies([{"name": "screen", "value": token, "url": walker.url}])
    walker.is_somebody()
    for path in ("/kiosk", "/"):
        yield walker.opens(path) + " on a kiosk"
    walker.is_writing("wrong", answers=ANSWERS)
    for path in ("/p/2", "/p/5", "/p/7", "/p/10", "/check", "/today"):
        yield walker.opens(path) + " on a kiosk"
    walker.is_somebody(receipt=RECEIPT)
    yield walker.opens("/done") + " on a kiosk"
    walker.page.goto("/kiosk/cleared")
    yield "all clear"
    cookies.clear_cookies(name="screen")


def going_wrong(walker: Walker) -> Iterator[str]:
    """Yield every page that says that something went wrong."""
    page = walker.page
    walker.is_writing("wrong")
    for number, given in MISTAKES.items():
        walker.opens(f"/p/{number}")
        Question(page).answer(**given)
        yield f"mistakes on /p/{number}"
    walker.is_somebody(picked_words={"words": RECEIPT["words"]})
    walker.opens("/back/pictures")
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button").nth(1).click()
    yield "words by pictures that do not match"
    walker.opens("/back")
    ComeBack(page).type("no such words")
    yield "secret words that do not match"
    walker.is_writing("wrong")
    walker.opens("/p/2")
    walker.forgets()
    Question(page).answer(happened=SAID)
    yield "a question that was open too long"
    walker.is_somebody()
    walker.opens("/look")
    walker.forgets()
    Look(page).press(page.get_by_role("main").get_by_role("button"))
    yield "another page that was open too long"
    yield walker.opens("/check") + " with nothing written"
    walker.is_writing("wrong", shown="away")
    yield walker.opens("/check") + " with what somebody else may have written"
    walker.is_writing("wrong", answers={"happened": TOO_MUCH})
    walker.opens("/p/2")
    Question(page).answer()
    yield "too much for one page"
    walker.is_writing("wrong", answers={"happened": SAID})
    page.goto(f"data:text/html,<a href='{walker.url}/leave'>Out</a>")
    page.get_by_text("Out").click()
    yield "/leave from another site"
    with walker.monkeypatch.context() as closed:
        closed.setattr(start, "_is_open", lambda: False)
        yield walker.opens("/") + " before anybody could have it"
    yield from _breaking(walker)


def _breaking(walker: Walker) -> Iterator[str]:
    for error in REFUSED:
        walker.is_somebody(mine="somebody's")
        with walker.monkeypatch.context() as broken:
            broken.setattr(case_status, "status", _raising(error))
            yield walker.opens("/back/now") + f" with {error!r}"
    for error in INTERRUPTED:
        walker.is_writing("wrong")
        with walker.monkeypatch.context() as broken:
            broken.setattr(drafts, "put", _raising(error))
            walker.opens("/p/2")
            Question(walker.page).answer(happened=SAID)
            yield f"words kept with {error!r}"


def _raising(error: Exception) -> Callable[..., Any]:
    def broken(*_: Any, **__: Any) -> Any:
        raise error

    return broken


WALKS: tuple[Walk, ...] = (
    asking,
    around,
    taking_the_words_along,
    drawing,
    leaving_a_leaf,
    picking_words,
    coming_back,
    saying_more,
    messages,
    changing,
    requesting,
    meeting,
    on_a_kiosk,
    going_wrong,
)


def to_open() -> set[str]:
    """Return every template that some walk opens."""
    root: Path = asset_dir("templates")
    return {
        page.relative_to(root).as_posix()
        for folder in ("child", "errors")
        for page in (root / folder).rglob("*.html")
    } - FRAMES
