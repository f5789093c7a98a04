"""The app: hear a request, beat with the clock, deliver what is to be said."""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime

from bot import delivery, door, guarding, moves, posting, turns
from bot.bugs import caught
from bot.clicks import for_others, give_buttons_back
from bot.delivery import Spread
from bot.door import Caller, Heard, Introduce, Stranger
from bot.guarding import NotKept, Refused
from bot.joining import Elsewhere
from bot.platform import Platform
from commands.base import CommandError, Missing, Request, ToMend
from commands.errors import wrong
from commands.grammar.forms import form_for, names_no_more, read_fields
from commands.grammar.mending import advice, completed, example
from commands.grammar.owners import spoken
from commands.grammar.signature import read
from commands.grammar.words import TOKEN
from commands.registry import Registry, Verb
from messages.asked import FILL_IN
from messages.compose import compose
from messages.message import Message
from messages.post import ASKER, HERE, Post, ToAddress, ToPerson
from messages.stored import from_json, to_json
from storage import addresses, outbox, partnerships, seen, slots
from storage.db import Database, Session, Unavailable


@dataclass(frozen=True)
class Answer:
    """What is said to the asker alone. is_busy: nothing was done, and the same may be asked again.

    is_secret: nobody else may see it, wherever it was asked.
    kept: the request as it may be kept, where something in it may not be.
    """

    messages: tuple[Message, ...]
    is_error: bool = False
    is_busy: bool = False
    is_secret: bool = False
    kept: Heard | None = None


class App:
    """Everything wired together: one database, the commands, and the platforms that this process serves."""

    def __init__(
        self,
        db: Database,
        commands: Registry,
        platforms: Mapping[str, Platform],
        introduce: Introduce = door.by_name,
        spread: Spread = map,
    ) -> None:
        """introduce: asked about whoever speaks for the first time. spread: see bot.delivery."""
        self.db, self.commands, self.platforms = db, commands, platforms
        self._introduce, self._spread = introduce, spread

    # --- hear ---------------------------------------------------------------------------------------

    def hear(self, heard: Heard, now: datetime) -> Answer:
        """Carry a request out, once, and return the answer to whoever asked.

        What others are to see is saved by then; the adapter gives the answer, and calls `deliver` at once.
        """
        heard = heard.cleaned()
        refused = guarding.never(heard)
        heard = refused.kept if refused else heard
        try:
            with caught("hear", heard.key) as bug:
                return self._answer(heard, now, refused)
        except Unavailable:
            return Answer((compose("error/busy", typed=heard.typed),), True, is_busy=True, kept=heard)
        return Answer((compose("error/bug", reference=bug.reference, typed=heard.typed),), True, kept=heard)

    def _answer(self, heard: Heard, now: datetime, refused: Refused | None) -> Answer:
        try:
            return self._hear(heard, now, refused)
        except NotKept as stop:
            typed = "" if stop.error.line else stop.refused.kept.typed
            return self._told(stop.refused.kept, stop.error, typed)
        except CommandError as error:
            return self._told(heard, error, heard.typed)

    def _told(self, heard: Heard, error: CommandError, typed: str) -> Answer:
        error.wrong, error.line = (self._spoken(heard, text) for text in (error.wrong, error.line))
        return Answer((wrong(error, self._spoken(heard, typed)),), is_error=True, kept=heard)

    def _spoken(self, heard: Heard, text: str) -> str:
        """What was typed, or is to be, with the names of those who were mentioned."""
        if not TOKEN.search(text):
            return text
        with self.db.everywhere() as session:
            workspace = partnerships.workspace(session, heard.platform, heard.team)
        if workspace is None:
            return TOKEN.sub("@someone", text)
        with self.db.reading(workspace.partnership_id) as session:
            return spoken(text, session)

    def _hear(self, heard: Heard, now: datetime, refused: Refused | None) -> Answer:
        caller = self._let_in(heard, now)
        self._check_is_kept(refused, caller, now)
        verb, words = self.commands.find(heard.line.removeprefix(FILL_IN if heard.is_click else ""))
        self._check_is_kept(guarding.in_feedback(verb, words, heard), caller, now)
        with self._session(verb, caller, heard, now) as session:
            moves.check_has_not_moved(session, verb, caller)
            moves.check_is_of_this_plan(session, caller, heard)
            earlier = None if verb.terms.reads else seen.answer_to(session, heard.key)
            if earlier is not None:
                return Answer((*_not_done(session, heard), *map(from_json, json.loads(earlier))))
            request = self._request(session, caller, heard, now)
            posts = self._carry_out(verb, words, heard, request)
            if not verb.terms.reads:
                posts = guarding.asked_about(verb, words, heard, request, posts)
                self._keep(session, request, heard, posts)
            mine = [post for post in posts if post.to is ASKER]
            return Answer(
                tuple(post.message for post in mine), is_secret=any(post.is_secret for post in mine)
            )

    def _check_is_kept(self, refused: Refused | None, caller: Caller, now: datetime) -> None:
        """Raises NotKept for what is refused for what is private in it."""
        if refused is None:
            return
        verb, words = None, ""
        with suppress(CommandError):
            verb, words = self.commands.find(refused.line.removeprefix(FILL_IN))
        with self.db.reading(caller.partnership.id) as session:
            request = self._request(session, caller, refused.kept, now)
            raise NotKept(refused, guarding.error_of(refused, verb, words, request))

    def _let_in(self, heard: Heard, now: datetime) -> Caller:
        """Raises CommandError for whoever has no part in a partnership, or no more."""
        caller = door.let_in(self.db, heard, now, self._introduce)
        if caller is None:
            raise CommandError("This workspace belongs to no partnership yet.")
        if not caller.person.is_active:
            line = f"/partner people return {caller.person.name}"
            raise CommandError("You are noted as having left. A coordinator can bring you back:", line)
        return caller

    def _session(
        self, verb: Verb, caller: Caller, heard: Heard, now: datetime
    ) -> AbstractContextManager[Session]:
        mine = caller.partnership.id
        if verb.terms.reads:
            return self.db.reading(mine)
        return self.db.writing(mine, at=now, by=caller.person.id, via=f"{heard.platform} {heard.key}")

    def _request(self, session: Session, caller: Caller, heard: Heard, now: datetime) -> Request:
        return Request(
            session=session,
            partnership=caller.partnership,
            person=caller.person,
            now=now,
            workspace_id=caller.workspace.id,
            elsewhere=Elsewhere(self.db),
            channel=caller.channel,
            is_click=heard.is_click,
            commands=self.commands,
        )

    def _carry_out(self, verb: Verb, words: str, heard: Heard, request: Request) -> list[Post]:
        """Read what was typed or filled in, and let the command decide; a form asks for what is missing."""
        if not request.person.may(verb.terms.needs):
            needs = f"{verb.line} is for a {verb.terms.needs} of the partnership."
            raise CommandError(needs, "/partner coordinators")
        if heard.fields is not None:
            return self._carry_out_form(verb, heard.fields, request)
        if heard.is_click and heard.line.startswith(FILL_IN):
            return [Post(form_for(verb, request, words))]
        try:
            return verb.function(request, **read(verb.parts, words, request))
        except Missing as missing:
            if verb.terms.opens_form and (request.is_click or names_no_more(verb.parts, words, missing)):
                return [Post(form_for(verb, request, words))]
            line = (
                missing.line
                or completed(verb, words, missing.field, request)
                or example(verb, request, words)
            )
            raise CommandError(missing.wrong, line, missing.field) from missing
        except CommandError as error:
            error.line = error.line or advice(verb, words, error, request)
            raise

    def _carry_out_form(self, verb: Verb, fields: dict[str, str], request: Request) -> list[Post]:
        """What is wrong in a form is shown at its field, in the same form again."""
        try:
            return verb.function(request, **read_fields(verb.parts, fields, request))
        except CommandError as error:
            if any(part.name == error.field for part in verb.parts):
                raise ToMend(error.wrong, form_for(verb, request, "", fields, error)) from error
            error.line = error.line or example(verb, request, "")
            raise

    def _keep(self, session: Session, request: Request, heard: Heard, posts: list[Post]) -> None:
        """Save what is to be said to others, and the answer under the request's key."""
        why = f"{request.person.name} asked for it: {spoken(heard.line, session)}"
        for number, post in enumerate(for_others(session, heard, posts)):
            address_id = self._address(request, post)
            if address_id is not None:
                key = f"{heard.platform}|{heard.key}|{number}"
                thread = heard.thread if post.to is HERE else ""
                posting.put(session, address_id, key, post.message, why, thread)
        give_buttons_back(session, heard)
        answer = [_kept(post) for post in posts if post.to is ASKER]
        seen.remember(session, heard.key, json.dumps([to_json(message) for message in answer]))
        if heard.fields is not None:
            seen.remember(session, heard.filled_key, "[]")

    def _address(self, request: Request, post: Post) -> int | None:
        match post.to:
            case ToAddress(address_id):
                return address_id
            case ToPerson(person_id):
                address = request.directory.address_of(request.directory.people[person_id])
                return address.id if address else None
            case _:
                return request.channel.id if request.channel else None

    def reply(self, heard: Heard, messages: Iterable[Message], now: datetime) -> bool:
        """Say an answer, once, where it was asked, for all who are there. False if nothing can be said
        there, because the workspace or whoever asked has no part in a partnership.
        """
        refused = guarding.never(heard)
        heard = refused.kept if refused else heard
        with suppress(Stranger):
            caller = door.let_in(self.db, heard, now, self._introduce)
            if caller is not None:
                self._reply(caller, heard, messages, now)
                return True
        return False

    def _reply(self, caller: Caller, heard: Heard, messages: Iterable[Message], now: datetime) -> None:
        with self.db.writing(caller.partnership.id, at=now, by=caller.person.id) as session:
            mine = addresses.address_known_as(session, caller.workspace.id, "person", heard.user)
            place = caller.channel or mine
            for number, message in enumerate(messages):
                key = f"{heard.platform}|{heard.key}{outbox.ANSWER}{number}"
                if place is not None and outbox.post_with_key(session, key) is None:
                    why = f"{caller.person.name} asked: {spoken(heard.line, session)}"
                    posting.put(session, place.id, key, message, why, heard.thread)

    @contextmanager
    def looking(self, heard: Heard, now: datetime) -> Iterator[Request]:
        """A request that is not carried out: for what is shown before a person sends anything.

        Raises CommandError for someone who is not known here.
        """
        caller = self._let_in(heard, now)
        with self.db.reading(caller.partnership.id) as session:
            yield self._request(session, caller, heard, now)

    # --- beat ---------------------------------------------------------------------------------------

    def beat(self, now: datetime) -> int:
        """Let everything that is due by now happen; returns how many turns were had and posts tried.

        What is still in the outbox goes first: an address that waits for a post is not given another.
        """
        tried = self.deliver(now)
        with self.db.everywhere() as session:
            due, notices = slots.due_slots(session, now), slots.due_notices(session, now)
        for notice in notices:
            with caught("beat", f"notice {notice.id}"):
                turns.give_notice(self.db, notice, now)
        return tried + turns.take_all(self.db, due, now) + self.deliver(now)

    def deliver(self, now: datetime) -> int:
        return delivery.deliver(self.db, self.platforms, now, self._spread)

    def next_due(self, after: datetime) -> datetime | None:
        """The first instant after this one at which a beat will find something to do."""
        with self.db.everywhere() as session:
            dues = [slots.next_due(session, after), outbox.next_pending(session, after)]
        return min((due for due in dues if due is not None), default=None)


def _not_done(session: Session, heard: Heard) -> list[Message]:
    """Of a form that comes again with other words: that these are not in the plan."""
    if heard.fields is None or seen.answer_to(session, heard.filled_key) is not None:
        return []
    return [compose("error/sent_before", typed=spoken(heard.typed, session))]


def _kept(post: Post) -> Message:
    return compose("error/told_once") if post.is_secret else post.message
