"""What holds for every page and every answer, whatever it is about."""

import base64
import hashlib
import re
from itertools import chain, pairwise

from bs4 import BeautifulSoup, Tag
from werkzeug.test import TestResponse

from kids_feedback.web.kit import pairs
from kids_feedback.web.kit.forms import NEVER_SHOWN, is_typed

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
}
POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "object-src 'none'",
    "require-trusted-types-for 'script'",
}
DENIED = ("camera", "microphone", "geolocation", "display-capture", "usb", "serial")
TELLING = ("X-Powered-By", "X-AspNet-Version", "Via")
NEVER_IN_SIGHT = re.compile("complain", re.IGNORECASE)  # in an address or a title
OUTCOME_WORDS = re.compile(r"\bupheld\b", re.IGNORECASE)  # ruling R9
TEXT_TYPES = {"text", "email", "tel", "password", "search", "url", "number"}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
PICKED = {"checkbox", "radio", "submit"}
CONTROLS = ["input", "textarea", "select"]
REMEMBERED = {"off", "username", "current-password", "new-password", "one-time-code"}
KIOSK = "__Host-screen="  # the one cookie that may outlive its browser: it is the screen's
PLACE = "__Host-place="  # of a browser from which staff signed in
LOOK = "__Host-look="  # how pages look, where a phone is to remember it
NAMING = ("for", "aria-describedby", "aria-labelledby", "aria-controls", "aria-details")


def check_headers(response: TestResponse, path: str) -> None:
    """Every answer carries every header, whatever its status."""
    got = response.headers
    if not response.direct_passthrough:
        signs = [sign for sign in pairs.SIGNS if sign.encode() in response.get_data()]
        assert not signs, f"{path}: a sign of two texts is left in it"
    for name, value in HEADERS.items():
        assert got.get(name) == value, f"{path}: {name} is {got.get(name)!r}"
    policy = {part.strip() for part in got.get("Content-Security-Policy", "").split(";")}
    if response.request.method != "HEAD":  # the page is left out, its policy is not
        wanted = POLICY | {" ".join(["style-src 'self'", *_styles_in(response)])}
        assert policy == wanted, f"{path}: {policy ^ wanted}"
    for feature in DENIED:
        assert f"{feature}=()" in got.get("Permissions-Policy", ""), f"{path}: {feature}"
    assert ("X-Robots-Tag" in got) == (path != "/"), f"{path}: X-Robots-Tag"
    assert not any(name in got for name in TELLING), f"{path}: {got}"
    assert not re.search(r"\d", got.get("Server", "")), f"{path}: {got['Server']}"
    _check_cookies(response, path)


def _styles_in(response: TestResponse) -> list[str]:
    """Return what the policy must say of the style sheets in a page: these very ones, no others."""
    if response.direct_passthrough or response.mimetype != "text/html":
        return []
    found = re.findall(r"<style>(.*?)</style>", response.text, re.DOTALL)
    digests = [base64.b64encode(hashlib.sha256(row.encode()).digest()) for row in found]
    return [f"'sha256-{digest.decode()}'" for digest in digests]


class Parts:
    """The parts of a page, gone through once: a selector goes through all of them each time."""

    def __init__(self, soup: BeautifulSoup) -> None:
        self.all = soup.find_all()
        self.text = soup.get_text(" ")
        self._by_name: dict[str, list[Tag]] = {}
        for part in self.all:
            self._by_name.setdefault(part.name, []).append(part)
        self.ids = [str(part["id"]) for part in self.all if "id" in part.attrs]
        self.labels: dict[str, list[Tag]] = {}
        for label in self.named("label"):
            self.labels.setdefault(str(label.get("for", "")), []).append(label)

    def named(self, *names: str) -> list[Tag]:
        """Return the parts with one of these names, those of the first name first."""
        return [part for name in names for part in self._by_name.get(name, [])]

    def having(self, attribute: str, *names: str) -> list[Tag]:
        """Return the parts with this attribute, whatever it says; of these names, if any."""
        among = self.named(*names) if names else self.all
        return [part for part in among if attribute in part.attrs]


def check(soup: BeautifulSoup, path: str) -> None:
    """A page is whole, labelled, quiet about itself, and needs neither script nor style in it."""
    parts = Parts(soup)
    faults = [
        *_frame(parts, path),
        *_ids(parts),
        *_nothing_inline(parts),
        *_nothing_from_elsewhere(parts),
        *_forms(parts),
        *_controls(parts),
        *_pictures_and_links(parts),
    ]
    assert not faults, f"{path}:\n  " + "\n  ".join(faults)


def _check_cookies(response: TestResponse, path: str) -> None:
    for cookie in response.headers.getlist("Set-Cookie"):
        parts = {part.strip().lower() for part in cookie.split(";")[1:]}
        assert cookie.startswith("__Host-"), f"{path}: {cookie}"
        assert {"secure", "path=/"} <= parts, f"{path}: {cookie}"
        if "max-age=0" in parts:
            continue
        assert "httponly" in parts, f"{path}: {cookie}"
        assert {"samesite=lax", "samesite=strict"} & parts, f"{path}: {cookie}"
        may_last = cookie.startswith(KIOSK)
        if cookie.startswith(PLACE):
            assert path.startswith("/account/"), f"{path}: {cookie}"
            may_last = True
        if cookie.startswith(LOOK):  # only where the reader pressed a button that may say so
            assert path in ("/look", "/language"), f"{path}: {cookie}"
            may_last = True
        lasting = ("domain",) if may_last else ("expires", "max-age", "domain")
        assert not any(part.startswith(lasting) for part in parts), cookie


def _frame(parts: Parts, path: str) -> list[str]:
    faults = []
    html = next(iter(parts.named("html")), None)
    if html is None or not html.get("lang") or html.get("dir") not in ("ltr", "rtl"):
        faults.append("html needs lang and dir")
    in_head = [title for title in parts.named("title") if title.find_parent("head")]
    titles, headings = _texts(in_head), _texts(parts.named("h1"))
    if len(titles) != 1 or not titles[0]:
        faults.append(f"titles: {titles}")
    if len(headings) != 1 or not headings[0]:
        faults.append(f"h1: {headings}")
    levels = [int(part.name[1]) for part in parts.all if part.name in HEADINGS]
    if any(below > above + 1 for above, below in pairwise(levels)):
        faults.append(f"heading levels: {levels}")
    if NEVER_IN_SIGHT.search(path) or any(NEVER_IN_SIGHT.search(title) for title in titles):
        faults.append("the address or the title says what it is about")
    if OUTCOME_WORDS.search(parts.text):
        faults.append("an outcome is never 'upheld' or not")
    if len(parts.named("main")) != 1:
        faults.append("one main part")
    return faults


def _ids(parts: Parts) -> list[str]:
    ids = parts.ids
    faults = [
        f"id {item_id} is there twice" for item_id in sorted(set(ids)) if ids.count(item_id) > 1
    ]
    for part in parts.all:
        for name in NAMING:
            wanted = str(part.get(name, "")).split()
            faults += [f"{name}={item} names nothing" for item in wanted if item not in ids]
    for link in parts.having("href", "a"):
        place = str(link["href"])
        if place.startswith("#") and place[1:] not in ids:
            faults.append(f"{place} leads nowhere")
    return faults


def _nothing_inline(parts: Parts) -> list[str]:
    faults = [_short(part) for part in parts.having("nonce", "style") + parts.having("style")]
    faults += [_short(part) for part in parts.named("script") if "src" not in part.attrs]
    for part in parts.all:
        faults += [f"{name} in {_short(part)}" for name in part.attrs if name.startswith("on")]
        places = [str(part.get(name, "")) for name in ("href", "src", "action", "formaction")]
        if any(place.strip().lower().startswith(("javascript:", "data:")) for place in places):
            faults.append(_short(part))
    return faults


def _nothing_from_elsewhere(parts: Parts) -> list[str]:
    loaded = parts.having("href", "link", "use")
    loaded += parts.having("src", "script", "img", "source", "audio")
    places = [(part, str(part.get("src") or part.get("href"))) for part in loaded]
    return [
        f"not from our own site: {_short(part)}"
        for part, place in places
        if not place.startswith(("/", "#")) or place.startswith("//")
    ]


def _forms(parts: Parts) -> list[str]:
    faults = []
    for form in parts.named("form"):
        seen = [part for part in form.find_all(CONTROLS) if part.get("type") != "hidden"]
        if not form.get("action"):
            faults.append(f"a form says where it goes: {_short(form)}")
        if seen and not form.has_attr("novalidate"):
            faults.append(f"our own words say what is wrong: novalidate on {form.get('action')}")
        tokens = form.find_all("input", {"name": "csrf_token"})
        if form.get("method") == "post" and len(tokens) != 1:
            faults.append(f"a form carries its token: {form.get('action')}")
        if form.get("method") not in ("get", "post"):
            faults.append(f"a form has a method: {form.get('action')}")
    faults += [f"required: {_short(part)}" for part in parts.having("required")]
    return faults


def _controls(parts: Parts) -> list[str]:
    seen = [part for part in parts.named(*CONTROLS) if part.get("type") != "hidden"]
    typed = [part for part in seen if part.name == "textarea" or _holds_text(part)]
    groups = parts.named("fieldset")
    radios = [part for part in seen if part.get("type") == "radio"]
    wrong = [part for part in seen if _by_hand(part) != any(map(is_typed, *_values(part)))]
    remembered = [part for part in typed if part.get("autocomplete") not in REMEMBERED]
    return [
        *(f"no label: {_short(part)}" for part in seen if not _label_of(parts, part)),
        *(f"the browser may remember this: {_short(part)}" for part in remembered),
        *(f"given back as what it is not: {_short(part)}" for part in wrong),
        *(
            f"no legend: {_short(part)}"
            for part in groups
            if not any(_texts(part.find_all("legend")))
        ),
        *(f"no fieldset: {_short(part)}" for part in radios if not part.find_parent("fieldset")),
    ]


def _pictures_and_links(parts: Parts) -> list[str]:
    faults = [f"no alt: {_short(part)}" for part in parts.named("img") if "alt" not in part.attrs]
    for picture in parts.named("svg"):
        if picture.get("aria-hidden") == "true":
            continue
        if picture.get("role") != "img" or not (picture.get("aria-label") or picture.title):
            faults.append(f"a picture that says nothing is hidden: {_short(picture)}")
    for part in parts.having("href", "a") + parts.named("button", "summary"):
        if not _name_of(part):
            faults.append(f"nothing to read out: {_short(part)}")
    faults += [f"tab order: {_short(part)}" for part in parts.having("tabindex") if _jumps(part)]
    return faults


def _holds_text(part: Tag) -> bool:
    return part.name == "input" and part.get("type", "text") in TEXT_TYPES


def _by_hand(part: Tag) -> bool:
    """Say whether this control holds a text that would have to be typed anew."""
    picked = part.name == "select" or part.get("type") in PICKED
    return not picked and part.get("name") not in {None, *NEVER_SHOWN}


def _values(part: Tag) -> tuple[list[str], list[str]]:
    """Return the name of a control, for each value that it can bring; the value, where that is."""
    if part.name == "select":
        options = [str(option.get("value", "")) for option in part.find_all("option")]
        values = [value for value in options if value]
    else:
        values = [str(part["value"]) if part.get("type") in PICKED else "Anything"]
    return [str(part.get("name"))] * len(values), values


def _label_of(parts: Parts, control: Tag) -> str:
    labels = parts.labels.get(str(control["id"]), []) if control.get("id") else []
    around = control.find_parent("label")
    named = [str(control.get("aria-label", "")), str(control.get("aria-labelledby", ""))]
    return "".join([*_texts(labels), *([around.get_text()] if around else []), *named]).strip()


def _name_of(part: Tag) -> str:
    alts = [str(image.get("alt", "")) for image in part.find_all("img")]
    titles = [
        *chain(*(_texts(svg.find_all("title")) for svg in part.find_all("svg", {"role": "img"})))
    ]
    return "".join([part.get_text(), str(part.get("aria-label", "")), *alts, *titles]).strip()


def _jumps(part: Tag) -> bool:
    return int(str(part["tabindex"])) > 0


def _texts(parts: list[Tag]) -> list[str]:
    return [part.get_text().strip() for part in parts]


def _short(part: Tag) -> str:
    return str(part)[:120]
