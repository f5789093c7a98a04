"""You said, we did: each thing that people said is a loop, closed when they were told what came of it."""

from commands.yousaid import (
    adding,
    asking,
    checking,
    deciding,
    drafting,
    editing,
    erasing,
    exporting,
    listing,
    merging,
    noting,
    planning,
    telling,
    undoing,
    wording,
)

ALONE = "add"
"""What the command alone opens."""
FILES = (
    adding, editing, noting, asking, deciding, planning, wording, drafting, telling, checking, listing,
    exporting, merging, undoing, erasing,
)  # fmt: skip
ALSO = {
    "log": "add", "new": "add", "record": "add", "create": "add", "done": "did", "yes": "did", "no": "cannot",
    "could not": "cannot", "couldnt": "cannot", "can't": "cannot", "cant": "cannot", "refused": "cannot",
    "promise": "will", "promised": "will", "thanks": "thanked", "thank": "thanked", "pass": "passed",
    "forward": "passed", "forwarded": "passed", "tell": "told", "close": "told", "fed back": "told",
    "checked": "check", "agree": "check", "duplicate": "merge", "same": "merge", "find": "list",
    "open": "list", "view": "show", "history": "show", "change": "edit", "update": "edit", "wait": "awaiting",
    "waiting": "awaiting", "await": "awaiting", "asked": "ask", "decide": "ask", "comment": "note",
    "delete": "erase", "remove": "undo", "numbers": "stats", "statistics": "stats",
    "publish": "draft", "propose": "words", "wording": "words", "download": "export", "report": "export",
}  # fmt: skip
"""What else people type; they are asked whether they meant the verb."""
