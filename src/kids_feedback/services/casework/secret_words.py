"""Lost secret words: a manager gives new ones after a check of who the child is."""

from kids_feedback.domain.case.procedure import Step
from kids_feedback.domain.child import secret_words
from kids_feedback.services.case.act import Act
from kids_feedback.services.errors import check_said


def replace_secret_words(act: Act, *, checked: str, words_key: bytes) -> tuple[str, ...]:
    """Return new secret words, to be said or handed to the child now; the old ones die.

    They are kept nowhere and shown once.

    Args:
        checked: how it was made sure that it is this child; it stays in the history.

    Raises:
        Incomplete: nothing was said of the check.

    Source: docs/procedure.md, paragraph 20b; docs/adr/0010-secret-words.md.
    """
    check_said(checked=checked)
    act.take(Step.REPLACE_WORDS)
    words = secret_words.make()
    act.row.fingerprint = secret_words.fingerprint(" ".join(words), words_key)
    act.record(checked)
    return words
