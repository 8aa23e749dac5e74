"""One page may speak in several languages: to its reader, and to a child it writes to."""

from flask import Flask

from kids_feedback.web.kit.translation import _
from kids_feedback.web.rendering.child_notifications import message_waiting


def test_letters_in_several_languages_leave_one_page_each_in_its_own(app: Flask) -> None:
    with app.test_request_context():
        asked = ("cy", "ar", "en", "cy", "xx")
        letters = [message_waiting(language, named=True) for language in asked]
        page = _("You have a new message from Cafcass")
    assert [letter.language for letter in letters] == ["cy", "ar", "en", "cy", "en"]
    assert [letter.subject for letter in letters] == [
        "Mae gen ti neges newydd gan Cafcass",
        "لديك رسالة جديدة من Cafcass",
        page,
        "Mae gen ti neges newydd gan Cafcass",
        page,
    ]
