"""The messages of a demonstration."""

from pathlib import Path

import pytest

from kids_feedback.domain.errors import NotFound
from kids_feedback.gateways.mail import FolderMail
from kids_feedback.services.site import sent_mail
from tests.make import NOW


def test_what_would_have_gone_out_can_be_read(tmp_path: Path) -> None:
    assert sent_mail.newest(tmp_path / "not-there-yet") == []
    FolderMail(tmp_path).send(
        "one", "ada@example.org", "A message", "Please look.", now=NOW, language="en"
    )
    (letter,) = sent_mail.newest(tmp_path)
    assert (letter.id, letter.to) == ("one", "ada@example.org")
    assert sent_mail.read(tmp_path, "one").body == "Please look.\n"
    with pytest.raises(NotFound):
        sent_mail.read(tmp_path, "two")
