"""Holds: times in which nothing may go out, and incidents, which silence what is said on schedule."""

from commands.hold import adding, ending, listing

ALONE = "list"
"""What the command alone shows."""
FILES = (adding, listing, ending)
ALSO = {
    "allow": "override", "begin": "add", "call": "incident", "cancel": "lift", "create": "add", "end": "lift",
    "exempt": "override", "new": "add", "release": "lift", "remove": "lift", "set": "add", "start": "add",
    "stop": "lift", "view": "show",
}  # fmt: skip
"""What else people type; they are asked whether they meant the verb."""
