"""What changed because of what children said, in the demonstration."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class PublishedChange:
    """One change, in words for children."""

    said: str
    did: str
    shown: bool = True


CHANGES = (
    PublishedChange(
        said="You wrote things down about me and I never got to check them.",
        did="Your worker now reads the important sentences back to you before the judge gets them.",
    ),
    PublishedChange(
        said="The waiting room is for grown-ups. There is nothing to do and it is cold.",
        did="Five offices have a warm corner now, with paper, pens and a box of quiet things. "
        "Children chose what is in it.",
    ),
    PublishedChange(
        said="Nobody told me that my worker had left.",
        did="Not done yet. From spring on, you get a note with the new name before you meet them.",
        shown=False,
    ),
)
