"""You said, we did: what people said, what was decided, and whether those who said it were told."""

from commands.yousaid import (
    adding,
    asking,
    checking,
    deciding,
    listing,
    merging,
    planning,
    telling,
    undoing,
)

ALONE = "add"
"""What the command alone opens."""
FILES = (adding, asking, deciding, planning, telling, checking, listing, merging, undoing)
ALSO = {
    "log": "add", "new": "add", "record": "add", "create": "add", "done": "did", "yes": "did", "no": "cannot",
    "could not": "cannot", "couldnt": "cannot", "can't": "cannot", "cant": "cannot", "refused": "cannot",
    "promise": "will", "promised": "will", "thanks": "thanked", "thank": "thanked", "pass": "passed",
    "forward": "passed", "forwarded": "passed", "tell": "told", "close": "told", "fed back": "told",
    "checked": "check", "agree": "check", "duplicate": "merge", "same": "merge", "find": "list",
    "open": "list", "view": "show", "history": "show", "change": "edit", "update": "edit", "wait": "awaiting",
    "waiting": "awaiting", "await": "awaiting", "asked": "ask", "decide": "ask", "comment": "note",
    "action": "plan", "delete": "undo", "remove": "undo", "numbers": "stats", "statistics": "stats",
}  # fmt: skip
"""What else people type; they are asked whether they meant the verb."""
