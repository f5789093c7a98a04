"""A command of the tests' own: it writes something down as a document and a sheet, and gives both to whoever
asks.
"""

from typing import Annotated

from commands.base import Request, Says, verb
from commands.giving import Made, give
from commands.registry import Command, Registry, Verb, discover
from messages import sheet, word
from messages.message import Heading, Message, Paragraph, Text
from messages.post import Post

DOCX, CSV = "Paper.docx", "Paper.csv"


@verb("/paper Parking")
def paper(request: Request, what: Annotated[str, Says("What it is about", "Parking")]) -> list[Post]:
    """Write something down."""
    message = Message((Heading("Paper"), Paragraph((Text(what),))))
    made = [
        Made(DOCX, word.MEDIA_TYPE, word.as_word(message, request.now)),
        Made(CSV, sheet.MEDIA_TYPE, sheet.as_csv(["About"], [[what]])),
    ]
    return give(request, "What you asked for", made)


def with_paper() -> Registry:
    """All commands, and this one."""
    found = discover().commands
    mine = Command("paper", "Papers.", {"": Verb("paper", "", paper)}, {})
    return Registry({**{name: found[name] for name in found}, "paper": mine})
