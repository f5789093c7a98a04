"""The action plan: what is to be done, by whom and by when."""

from commands.action import adding, handing, listing, reviewing, settling, undoing, waiting

FILES = (adding, listing, settling, waiting, handing, reviewing, undoing)
ALSO = {
    "assign": "hand", "cancel": "drop", "change": "edit", "close": "done", "comment": "note",
    "complete": "done", "create": "add", "delete": "drop", "extend": "edit", "find": "list",
    "finish": "done", "give": "hand", "history": "show", "log": "add", "move": "edit", "new": "add",
    "postpone": "snooze", "reassign": "hand", "reject": "decline", "remove": "drop", "update": "edit",
    "view": "show", "wait": "waiting",
}  # fmt: skip
"""What else people type; they are asked whether they meant the verb."""
