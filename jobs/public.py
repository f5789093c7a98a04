"""Public words: how the approved words of a loop look on a web page, in a newsletter and in a post."""

from collections.abc import Iterable
from dataclasses import dataclass

from messages.reading import LONGEST_SENTENCE, long_sentences, reading_age
from storage.standing import Facts
from storage.wordings import LONGEST_POST, Wording

_CLOSING = ")]”’\"'»"
LABELS = {
    "did": "We did",
    "partly": "So far, we did",
    "will": "We will",
    "cannot": "We could not",
    "thanked": "Thank you",
    "passed": "We passed it on",
}
"""How the answer begins, for each outcome."""


@dataclass(frozen=True)
class Words:
    """What the public is to read. outcome: one of LABELS."""

    you_said: str
    we_did: str
    outcome: str

    @property
    def label(self) -> str:
        return LABELS[self.outcome]

    @property
    def said(self) -> str:
        return _stopped(self.you_said)

    @property
    def answer(self) -> str:
        return _stopped(self.we_did)

    @property
    def newsletter(self) -> str:
        return f"You said: {_ended(self.you_said)} {self.label}: {_ended(self.we_did)}"

    @property
    def post(self) -> str:
        """As it is posted, if it is short enough for that."""
        return f"You said: {_ended(self.you_said)}\n{self.label}: {_ended(self.we_did)}"

    @property
    def age(self) -> int | None:
        return reading_age(f"{self.you_said}\n{self.we_did}")

    @property
    def long_sentences(self) -> list[str]:
        return long_sentences(f"{self.you_said}\n{self.we_did}")


LIMITS = {"post": LONGEST_POST, "sentence": LONGEST_SENTENCE}


def words_of(wording: Wording) -> Words:
    return Words(wording.you_said, wording.we_did, wording.outcome)


def is_current(facts: Facts, wording: Wording) -> bool:
    """Whether words are about what came of a loop as it stands."""
    outcome = facts.outcome
    if outcome is None or facts.loop.decided_on is None:
        return False
    return (wording.outcome_id, wording.outcome) == (outcome.id, facts.came_of_it)


def approved(facts: Facts, wordings: Iterable[Wording]) -> Wording | None:
    """The latest words that were approved for what came of a loop as it stands: these alone may be public."""
    mine = [wording for wording in wordings if is_current(facts, wording)]
    return next((wording for wording in reversed(mine) if wording.state == "approved"), None)


def _ended(text: str) -> str:
    """One line that ends like a sentence."""
    return _stopped(" ".join(text.split()))


def _stopped(text: str) -> str:
    """A text that ends like a sentence."""
    plain = text.strip()
    return plain if plain.rstrip(_CLOSING).endswith((".", "!", "?", "…")) else f"{plain}."
