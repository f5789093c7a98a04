"""Clicks: what a post shows of the click on it, and that it is as before once the click is taken back."""

from bot.door import Heard
from commands.base import CommandError
from messages.message import answered, unanswered
from messages.post import ASKER, HERE, Post
from messages.stored import from_json, to_json
from storage import outbox
from storage.db import Session
from storage.outbox import Outbox

_SHOWN, _TAKEN_BACK = "edit", "back"


def for_others(session: Session, heard: Heard, posts: list[Post]) -> list[Post]:
    """What is to be said to others. A clicked post shows what came of the click itself; it need not be said
    beside it again, nor what they see as the asker's answer. Raises CommandError.
    """
    clicked = _clicked(session, heard) if heard.clicked else None
    if heard.clicked and clicked is None:
        raise CommandError("That button is on a post of another partnership, or one no longer kept.")
    if heard.is_open and any(post.to is ASKER for post in posts):
        return [post for post in posts if post.to not in (ASKER, HERE)]
    outcome = next((post.message.summary for post in posts if post.to is HERE or post.settles), "")
    if clicked is None or not outcome:
        return [post for post in posts if post.to is not ASKER]
    now = outbox.latest_words(session, clicked)
    shown = to_json(answered(from_json(now), heard.line, outcome))
    _edit(session, clicked, f"{_SHOWN}|{heard.key}", now, shown)
    return [post for post in posts if post.to not in (ASKER, HERE)]


def _clicked(session: Session, heard: Heard) -> Outbox | None:
    """The post that was clicked; one of which it was not known yet whether it has arrived evidently has."""
    found = outbox.post_with_reference(session, heard.clicked)
    if found is None and heard.clicked_key:
        found = outbox.post_in_hand(session, heard.clicked_key, [heard.channel, heard.user])
        if found is not None:
            sent = {"reference": heard.clicked, "sent_at": session.at, "error": ""}
            outbox.mark(session, found.id, "sent", **sent)
    return found


def give_buttons_back(session: Session, heard: Heard) -> None:
    """Where clicks have been taken back, their posts offer again what they offered before."""
    for via in session.taken_back:
        key = via.partition(" ")[2]
        for made, unmade in ((_SHOWN, _TAKEN_BACK), (_TAKEN_BACK, _SHOWN)):  # an undo is taken back too
            edit = outbox.post_with_key(session, f"{made}|{key}")
            post = outbox.post_by_id(session, edit.edits) if edit and edit.edits else None
            if edit and post:
                _take_out(session, post, edit, f"{unmade}|{heard.key}")


def _take_out(session: Session, post: Outbox, edit: Outbox, key: str) -> None:
    """Take one edit out of a post; what others have clicked in it stays."""
    now, before = outbox.latest_words(session, post), outbox.words_before(session, post, edit)
    shown = unanswered(from_json(now), from_json(before), from_json(edit.message))
    _edit(session, post, key, now, to_json(shown))


def _edit(session: Session, post: Outbox, key: str, now: str, shown: str) -> None:
    if shown != now:
        outbox.put(session, post.address_id, key, shown, edits=post.id)
