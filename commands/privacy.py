"""Telephone numbers, e-mail addresses and postcodes where they need not be: keep them, or take them out."""

from typing import Annotated

from commands.base import CommandError, Request, Says, verb
from commands.grammar.private import CONTACT, find, named, taken_out
from commands.grammar.words import number_in
from messages.compose import compose
from messages.post import Post
from storage.erasing import replace
from storage.events import Event, done_with, event_by_id, record
from storage.texts import texts_of_event

Change = Annotated[str, Says("Which change stored it", "E481")]


@verb("/privacy keep E1", opens_form=False)
def keep(request: Request, change: Change) -> list[Post]:
    """Say that what is private in a change is to stay."""
    event = _of_ones_own(request, change)
    words = _private(request, event)
    record(request.session, "kept", event.ref)
    return [Post(compose("privacy/kept", what=" and ".join(words.values())), settles=True)]


@verb("/privacy clean E1", opens_form=False)
def clean(request: Request, change: Change) -> list[Post]:
    """Take telephone numbers, e-mail addresses and postcodes out of what a change stored, and all copies."""
    event = _of_ones_own(request, change)
    words = _private(request, event)
    record(request.session, "cleaned", event.ref)
    together = done_with(request.session, event)
    things = {(each["table"], each["id"]) for done in together for each in done.changes}
    things |= {("Event", done.id) for done in together}
    replace(request.session, {word: taken_out(find(word, CONTACT)[0].kind) for word in words}, things)
    return [Post(compose("privacy/cleaned", what=" and ".join(words.values())), settles=True)]


def _of_ones_own(request: Request, change: str) -> Event:
    number = number_in(change.strip().lstrip("eE"))
    event = None if number is None else event_by_id(request.session, number)
    if event is None:
        raise CommandError(f"There is no change “{change[:20]}”.", "/help privacy")
    if event.by != request.person.id and not request.person.may("coordinator"):
        raise CommandError(
            "Only the person who wrote it, or a coordinator, can say what becomes of it.",
            "/partner coordinators",
        )
    return event


def _private(request: Request, event: Event) -> dict[str, str]:
    """What is private in all that the same request stored, and how it is told."""
    texts = [text for done in done_with(request.session, event) for text in texts_of_event(done)]
    found = {
        text[each.start : each.end]: named(text, [each])
        for text in texts
        for each in find(text, CONTACT, in_links=False)
    }
    if not found:
        raise CommandError(f"There is nothing private in {event.ref} any more.", "/help privacy")
    return found
