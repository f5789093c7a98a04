"""Pieces: a message in as few parts as it takes, where it is too much for one chat message.

Words are cut, of which nothing is lost; a mention, a link and a command stay whole.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from messages import slack_limits as limits
from messages.cutting import shortened
from messages.message import Block, Buttons, Heading, Message
from messages.small import in_small
from messages.weights import Weight, total, weigh

SUMMARY = 300
"""Characters of the summary that the later pieces repeat."""


def split(message: Message) -> tuple[Message, ...]:
    """The message itself, if it fits. Later pieces say in their summary which they are of how many; a table
    that goes on in them begins with its header again.
    """
    if _clearly_fits(message.blocks):
        return (message,)
    small = [part for block in message.blocks for part in in_small(block)]
    pieces = list(_packed(small))
    if len(pieces) < 2:
        return (message,)
    lead = shortened(message.summary, SUMMARY)
    later = (
        Message(piece, f"{lead} ({number} of {len(pieces)})".lstrip())
        for number, piece in enumerate(pieces[1:], 2)
    )
    return (replace(message, blocks=pieces[0]), *later)


def _clearly_fits(blocks: Iterable[Block]) -> bool:
    """Whether all of it fits and no block would become several."""
    weights = [weigh(block) for block in blocks]
    return total(weights).fits and all(words <= limits.RICH and not tables for _, words, tables in weights)


def _packed(blocks: Iterable[Block]) -> Iterator[tuple[Block, ...]]:
    piece: list[Block] = []
    full = Weight()
    for together in _together(blocks):
        whole = total(map(weigh, together))
        for block in together:
            weight = weigh(block)
            is_first = block is together[0] and whole.fits
            if piece and not full.with_(whole if is_first else weight).fits:
                yield tuple(piece)
                piece, full = [], Weight()
            piece.append(block)
            full = full.with_(weight)
    yield tuple(piece)


def _together(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    """A heading stays with what it is about, and buttons with what they do something about."""
    group: list[Block] = []
    for block in blocks:
        if group and not isinstance(block, Buttons) and not isinstance(group[-1], Heading):
            yield group
            group = []
        group.append(block)
    if group:
        yield group
