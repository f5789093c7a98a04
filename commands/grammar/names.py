"""Names: what a person, role, team or organisation can be called, so that its name alone finds it."""

import re

from commands.grammar.owners import ME, NONE_OF_THEM, key_of

LONGEST = 200
LONGEST_SHORT = 60
EVERYONE = ("everyone", "all", "everybody", "the partnership")
"""How people say that something is the whole partnership's."""

_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_TAKEN = {key_of(word) for word in (*NONE_OF_THEM, *ME, *EVERYONE, "and", "here", "this channel")}


def flaw_in(name: str, longest: int = LONGEST) -> str:
    """What keeps a name from being one, as a sentence; "" if nothing does. It is never cut to fit.

    longest: in characters.
    """
    short = name.strip() if len(name) <= 60 else name.strip()[:59] + "…"
    if not any(character.isalnum() for character in name):
        return f"“{short}” is no name: a name has a letter or a digit in it."
    if len(name) > longest:
        return f"“{short}” has {len(name):,} characters; such a name may have {longest}."
    if name.strip().startswith(("@", "<@")):
        return f"“{short}” looks like a mention; write the name itself."
    if _TURNS.search(name):
        return f"“{_TURNS.sub('', short)}” has invisible signs in it that turn text round."
    if key_of(name) in _TAKEN:
        return f"“{short}” has a meaning of its own here, so nothing can be called so."
    return ""
