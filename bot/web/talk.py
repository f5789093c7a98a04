"""Talk: what people say, click and fill in, and what they alone are answered."""

import hashlib
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from bot.app import Answer
from bot.guarding import masked_line
from bot.web.room import Room, Spot
from commands.base import CommandError
from commands.grammar.words import cleaned, repaired
from messages.compose import compose
from messages.form import Form, filled_in
from messages.message import Buttons, Message, answered
from messages.stored import from_json, to_json
from storage import chat
from storage.chat import ChatMessage
from storage.db import Session, Unavailable

LONGEST = 20_000
"""Characters in one thing said: more than any text that the bot takes, so that it can say so itself."""
BOT = re.compile(r"@commsbot\b", re.IGNORECASE)


@dataclass(frozen=True)
class Outcome:
    """What became of something said. is_lost: nothing was kept, and what was typed has to stay where it is.
    why: a sentence on that. is_asked: nothing is done yet, there is a form to fill in first.
    """

    is_error: bool = False
    is_lost: bool = False
    why: str = ""
    is_asked: bool = False

    @property
    def is_done(self) -> bool:
        return not (self.is_error or self.is_lost or self.is_asked)


BUSY = Outcome(
    is_error=True,
    is_lost=True,
    why="The plan is busy just now, and nothing was done. What you typed is still here; please try again.",
)
UNSEEN = Outcome(
    is_error=True,
    why="That was done, but the answer cannot be shown just now. /me and /action list show how it stands.",
)
ATTEMPTS = 3
NOT_SAID = (
    "There is an NHS or National Insurance number in that, and such numbers are kept nowhere here, so nothing"
    " was said. What you typed is still here: please take the number out."
)


def say(room: Room, spot: Spot, line: str, key: str) -> Outcome:
    """Words for everyone in a channel, or a line to the bot. Saying the same key again does nothing."""
    line = cleaned(line)
    kept = masked_line(line)
    key = _one(spot, key, kept)
    if not line.strip():
        return Outcome(is_lost=True, why="Nothing was typed yet.")
    if len(line) > LONGEST:
        return Outcome(is_lost=True, why=f"That is longer than {LONGEST:,} characters. Please shorten it.")
    if not is_for_the_bot(spot, line):
        if kept != line:
            return Outcome(is_error=True, is_lost=True, why=NOT_SAID)
        return _say_to_all(room, spot, line, key)
    answer = _hear(room, spot, f"line-{key}", line)
    if answer.is_busy:
        return BUSY
    is_mention = bool(spot.channel and BOT.match(line.lstrip()))

    def keep(session: Session) -> None:
        said = answer.kept.line if answer.kept else line
        _keep_line(session, spot, said, key, answer, is_public=is_mention)

    return _kept(room, spot, answer, keep)


def _one(spot: Spot, key: str, line: str) -> str:
    """Names one thing said. Other words are another thing, though a browser that went back to an earlier
    page sends them with a key it has used.
    """
    return hashlib.sha256(f"{spot.place.id}|{spot.thread}|{key}|{line}".encode()).hexdigest()[:32]


def is_for_the_bot(spot: Spot, line: str) -> bool:
    """In direct messages everything is; in a channel what begins with a stroke or with the bot's name."""
    words = repaired(line).lstrip()
    return not spot.channel or words.startswith("/") or bool(BOT.match(words))


def _say_to_all(room: Room, spot: Spot, line: str, key: str) -> Outcome:
    with room.writing(by=spot.person.id) as session:
        chat.tell(
            session, spot.place.id, f"line|{key}", text=line, author_id=spot.person.id, thread_of=spot.thread
        )
        if _looks_like_a_command(room, line):
            told = compose("chat/talked", channel=spot.place.label, line=line)
            _keep_answers(session, spot, f"line|{key}", Answer((told,)), spot.person.id, spot.thread)
        _count_reply(session, spot.thread)
    room.stream.tell()
    return Outcome()


def _looks_like_a_command(room: Room, line: str) -> bool:
    """Whether somebody left out the stroke: "action add …"; one word alone is how people talk."""
    try:
        verb = room.app.commands.find(line)[0]
    except CommandError:
        return False
    return bool(verb.name) and " ".join(line.lower().split()).startswith(verb.path)


def _keep_line(session: Session, spot: Spot, line: str, key: str, answer: Answer, *, is_public: bool) -> None:
    """A slash command is seen by the asker alone, with its answer; a mention by all, with its answer in a
    thread. What went wrong and forms are the asker's alone, and stand where they look.
    """
    me = spot.person.id
    said = chat.tell(
        session, spot.place.id, f"line|{key}", text=line, author_id=me, thread_of=spot.thread,
        only_for=None if is_public else _alone(spot),
    )  # fmt: skip
    if said is None:
        return
    is_for_all = is_public and not answer.is_error and not any(map(_has_form, answer.messages))
    thread = spot.thread or (said.id if is_for_all else None)
    only_for = None if is_for_all else _alone(spot)
    _keep_answers(session, spot, f"line|{key}", answer, only_for, thread)
    if is_public:
        _count_reply(session, thread)


def _alone(spot: Spot) -> int | None:
    """Whom what is for the asker alone is kept for; in direct messages nobody else looks."""
    return spot.person.id if spot.channel else None


def _keep_answers(
    session: Session, spot: Spot, key: str, answer: Answer, only_for: int | None, thread: int | None
) -> None:
    for number, message in enumerate(answer.messages, start=1):
        chat.tell(
            session, spot.place.id, f"{chat.ANSWER}{key}|{number}", message=to_json(message),
            only_for=only_for, thread_of=thread,
        )  # fmt: skip


def _count_reply(session: Session, thread: int | None) -> None:
    """The message that a thread hangs on shows how many replies it has."""
    head = chat.message_by_id(session, thread) if thread else None
    if head is not None:
        chat.touch(session, head)


def click(room: Room, spot: Spot, message_id: int, line: str, key: str) -> Outcome:
    """Press a button of a message that this person sees."""
    said = _seen(room, spot, message_id)
    if said is None or not said.message:
        return Outcome(is_error=True, why="That button is on a message that is not here any more.")
    shown = from_json(said.message)
    if not _offers(shown, line):
        return Outcome(is_error=True, why="That button is not there any more: somebody has answered already.")
    clicked = "" if said.is_answer else said.key
    answer = _hear(room, spot, f"click-{key}", line, is_click=True, clicked=clicked)
    if answer.is_busy:
        return BUSY

    def keep(session: Session) -> None:
        _keep_answers(session, spot, f"click|{key}", answer, _alone(spot), spot.thread or said.thread_of)
        if said.is_answer and not answer.is_error and _settles(room, line, answer):
            _settle_click(session, said.id, line, answer.messages[0].summary)

    return _kept(room, spot, answer, keep)


def _offers(message: Message, line: str) -> bool:
    rows = [block for block in message.blocks if isinstance(block, Buttons)]
    return any(button.line == line for row in rows for button in row.buttons)


def _settles(room: Room, line: str, answer: Answer) -> bool:
    """Whether a click did what its button said, so that the button is of no more use."""
    is_form = any(map(_has_form, answer.messages))
    with suppress(CommandError):
        return bool(answer.messages) and not is_form and not room.app.commands.find(line)[0].terms.reads
    return False


def _settle_click(session: Session, message_id: int, line: str, outcome: str) -> None:
    """The message as it stands by now: what was done may have changed its words."""
    said = chat.message_by_id(session, message_id)
    if said is not None and said.message:
        chat.retell(session, said, message=to_json(answered(from_json(said.message), line, outcome)))


def _settle(session: Session, message_id: int, message: Message) -> None:
    said = chat.message_by_id(session, message_id)
    if said is not None:
        chat.retell(session, said, message=to_json(message))


def fill(room: Room, spot: Spot, message_id: int, fields: dict[str, str]) -> Outcome:
    """Send a form. It gives way to what was answered in it; one that is to be mended stays, as filled in."""
    said = _seen(room, spot, message_id)
    form = _form_of(said)
    if said is None or form is None:
        return Outcome(is_error=True, why="That form was sent already, or is not here any more.")
    fields = {name: cleaned(text) for name, text in fields.items()}
    key = f"form-{said.key}"
    answer = _hear(room, spot, key, f"/{form.command}", fields=fields)
    if answer.is_busy:
        return BUSY
    filled = (answer.kept.fields if answer.kept else None) or fields
    again = next((each for each in answer.messages if _has_form(each)), None) if answer.is_error else None
    others = tuple(each for each in answer.messages if each is not again)

    def keep(session: Session) -> None:
        _settle(session, said.id, again or _after(form, filled, answer))
        count = said.revision if answer.is_error else 0
        rest = Answer(others, answer.is_error)
        _keep_answers(session, spot, f"{key}|{count}", rest, _alone(spot), said.thread_of)

    return _kept(room, spot, answer, keep)


def _after(form: Form, fields: dict[str, str], answer: Answer) -> Message:
    """What stands in the form's place: the form as it was filled in, or what was answered in it."""
    filled = filled_in(form, fields)
    if answer.is_error:
        return Message((filled,), f"{form.title}: please fill in.")
    return compose("chat/filled", title=form.title)


def cancel(room: Room, spot: Spot, message_id: int) -> Outcome:
    """Put a form away; nothing is done."""
    form = _form_of(_seen(room, spot, message_id))
    if form is not None:
        with room.writing(by=spot.person.id) as session:
            _settle(session, message_id, compose("chat/cancelled", title=form.title, command=form.command))
        room.stream.tell()
    return Outcome()


def _form_of(said: ChatMessage | None) -> Form | None:
    blocks = from_json(said.message).blocks if said is not None and said.message else ()
    return next((block for block in blocks if isinstance(block, Form)), None)


def _has_form(message: Message) -> bool:
    return any(isinstance(block, Form) for block in message.blocks)


def _seen(room: Room, spot: Spot, message_id: int) -> ChatMessage | None:
    """A message of this place, if this person sees it."""
    with room.reading() as session:
        said = chat.message_by_id(session, message_id)
    is_here = said is not None and said.address_id == spot.place.id and said.is_seen_by(spot.person.id)
    return said if is_here else None


def _hear(room: Room, spot: Spot, key: str, line: str, **more: object) -> Answer:
    return room.app.hear(spot.heard(room, key, line, **more), room.clock.now())


def _kept(room: Room, spot: Spot, answer: Answer, keep: Callable[[Session], None]) -> Outcome:
    """Keep what was answered; it was done before, whatever becomes of this."""
    for _ in range(ATTEMPTS):
        with suppress(Unavailable):
            with room.writing(by=spot.person.id) as session:
                keep(session)
            break
    else:
        return UNSEEN
    room.stream.tell()
    room.courier.call()
    return Outcome(is_error=answer.is_error, is_asked=any(map(_has_form, answer.messages)))
