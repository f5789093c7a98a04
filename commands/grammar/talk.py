"""Talk: what people say to a bot that is no command, and which command comes nearest to what they want."""

import re

from commands.base import CommandError

NO_QUESTIONS = "I cannot answer questions, but I know commands."

_QUESTION = re.compile(r".*\?\W*", re.DOTALL)
_ON_ONES_OWN = re.compile(r"(?!how\b).*\b(?:mine|my|due|late)\b", re.IGNORECASE | re.DOTALL)
"""A question that /me answers."""
_GREETING = re.compile(r"(?:hi|hello|hey|cheers|thanks|thank you|good (?:morning|afternoon))\b", re.I)
_DAYS = re.compile(
    r"\d|mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|june?\b|july?\b|aug|sep|oct|nov|dec"
    r"|today|tomorrow|tonight|(?:this|next|from|until|till|over|in|all|for)\b"
    r"|the (?:week|whole|rest|first|last|\d)",
    re.IGNORECASE,
)
"""How words begin that say when."""
_AWAY = re.compile(
    r"(?:i['’]?m|i am|i['’]ll be|i will be)\s+(?:on\s+|taking\s+)?(?:(?:annual|sick|parental)\s+)?"
    r"(?:leave|holiday|off sick|off|away|out of (?:the )?office|not (?:in|at work|working))\b"
    r"|(?:on\s+)?annual leave\b|on (?:leave|holiday)\b|off sick\b|out of (?:the )?office\b",
    re.IGNORECASE,
)
_ON = re.compile(r"^[\s:,]*(?:on\s+)?", re.IGNORECASE)


def is_question(words: str) -> bool:
    return _QUESTION.fullmatch(words) is not None


def check_is_no_talk(words: str) -> None:
    """Raises CommandError for a question, a greeting or word of somebody's leave, which is nothing to log."""
    if _GREETING.match(words) and len(words.split()) <= 4:
        raise CommandError("Always glad to help. This shows what I can do:", "/help")
    if is_question(words):
        if _ON_ONES_OWN.match(words):
            raise CommandError(f"{NO_QUESTIONS} “help” shows which; this shows what waits on you:", "/me")
        raise CommandError(f"{NO_QUESTIONS} This shows which:", "/help")
    if (days := _away(words)) is not None:
        raise CommandError("To note when you are away:", f"/partner away {days}")


def _away(words: str) -> str | None:
    """The days on which somebody says that they are away, today if they do not say when; None for other
    talk, such as “on holiday leaflets”.
    """
    found = _AWAY.match(words)
    if found is None:
        return None
    days = _ON.sub("", words[found.end() :], count=1).strip(" .!")
    if days and not _DAYS.match(days):
        return None
    return " ".join(days.split())[:100] or "today"
