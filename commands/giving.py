"""Giving: files that a command has made, for whoever asked; on every platform they come in direct messages.

In Slack a private answer can hold no file, and what somebody asked for privately is no business of the
channel's (docs/decisions/0016).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from commands.base import Request
from messages.compose import compose
from messages.post import Destination, Post, ToAddress, ToPerson
from messages.words import kind, size
from storage import files


@dataclass(frozen=True)
class Made:
    """A file as a command made it. media_type: as "text/csv"."""

    name: str
    media_type: str
    content: bytes

    @property
    def described(self) -> str:
        """As "Word document (37 KB)"."""
        return f"{kind(self.name) or 'file'} ({size(len(self.content))})"


@dataclass(frozen=True)
class Given:
    """A file by the name that people see, and the key by which the message names it."""

    name: str
    key: str


def give(request: Request, about: str, made: Sequence[Made]) -> list[Post]:
    """Keep the files; the asker is answered that they come, and they come, once, by the outbox.

    about: what they are, in words that may begin a sentence. Only for a verb that writes.
    """
    kept = [
        Given(each.name, files.keep(request.session, each.name, each.media_type, each.content))
        for each in made
    ]
    told = {"about": about, "described": [each.described for each in made]}
    return [
        Post(compose("files/coming", **told)),
        Post(compose("files/given", files=kept, **told), _direct_messages(request)),
    ]


def _direct_messages(request: Request) -> Destination:
    """The asker's, in the workspace where they asked; whoever is in two is not sent to the other one."""
    mine = (
        address
        for address in request.directory.addresses.values()
        if (address.person_id, address.workspace_id) == (request.person.id, request.workspace_id)
    )
    found = next(mine, None)
    return ToAddress(found.id) if found else ToPerson(request.person.id)
