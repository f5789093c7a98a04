"""The console: the embedded mode in a terminal or a pipe, one line at a time."""

import itertools
import secrets
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot import local
from bot.app import App
from bot.clock import CannotMove, Clock, catch_up
from bot.local import Shown
from bot.moving import next_target, read_target
from bot.saving import NotSaved, save
from commands.grammar.words import cleaned, number_in
from messages.compose import compose
from messages.message import Attachment, Block, Button, Buttons, Message
from messages.text import as_text
from storage import files
from storage.db import Unavailable
from storage.partnerships import Workspace

BUSY = "The plan is busy or out of reach just now. Please move the clock again in a minute; it stands at"


class Console:
    """A conversation with the bot. `wrote_errors` tells whether any line was answered with an error."""

    def __init__(
        self,
        app: App,
        workspace: Workspace,
        clock: Clock,
        write: Callable[[str], None],
        is_watched: bool = False,
        folder: Path = Path(),
    ) -> None:
        """folder: where the files go that somebody here is given."""
        self.app, self.workspace, self.clock, self.write = app, workspace, clock, write
        self.is_watched, self.folder = is_watched, folder
        self.user, self.channel = "", ""
        self.wrote_errors = False
        self._buttons: list[tuple[Button, str]] = []
        self._saved: dict[str, str] = {}
        self._keys = (f"{secrets.token_hex(6)}-{number}" for number in itertools.count(1))

    # --- what is shown ------------------------------------------------------------------------------

    def show(self, shown: Shown) -> None:
        """A post of the platform: to you, to a channel, or to somebody else."""
        to = "you" if shown.place == self.user else shown.place
        is_others = to.startswith("@")
        message = shown.message if is_others else self._with_files(shown.message)
        self._print(to, message, shown.reference, changed=shown.is_edit)

    def _with_files(self, message: Message) -> Message:
        """The message with its files saved beside you, and where each was put."""
        return replace(message, blocks=tuple(map(self._saving, message.blocks)))

    def _saving(self, block: Block) -> Block:
        """A message that changes says again where a file is; it is not saved twice."""
        if not isinstance(block, Attachment) or not block.key:
            return block
        try:
            saved = self._saved.get(block.key) or self._save(block.key)
        except (NotSaved, Unavailable) as error:
            why = str(error) or "the plan is busy"
            return replace(block, name=f"{block.name}, which could not be saved here: {why}")
        self._saved[block.key] = saved
        return replace(block, name=f"{block.name}, saved as ./{saved}")

    def _save(self, key: str) -> str:
        """Raises NotSaved, Unavailable."""
        with self.app.db.reading(self.workspace.partnership_id) as session:
            found = files.file_called(session, key)
        if found is None:
            raise NotSaved("it is not kept any more")
        return save(self.folder, found.name, found.content)

    def _print(self, to: str, message: Message, reference: str = "", *, changed: bool = False) -> None:
        buttons = [
            button for block in message.blocks if isinstance(block, Buttons) for button in block.buttons
        ]
        if buttons:
            self._buttons = [(button, reference) for button in buttons]
        lines = [_never_a_header(line) for line in as_text(message).split("\n")]
        head = [f"--- to {to}", *(["This message has changed:"] if changed else [])]
        self.write("\n".join([*head, *(self._numbered(lines, buttons)), "", ""]))

    def _numbered(self, lines: list[str], buttons: list[Button]) -> list[str]:
        """For someone at a keyboard the buttons have the numbers that /click takes."""
        if not self.is_watched:
            return lines
        shown, number = [], 0
        for line in lines:
            is_next = number < len(buttons) and line == f"[{buttons[number].label}] {buttons[number].line}"
            number += is_next
            shown.append(f"{number} {line}" if is_next else line)
        return shown

    def tell(self, sentence: str, *, is_error: bool = False) -> None:
        """A word of the console itself."""
        self.wrote_errors |= is_error
        self._print("you", compose("console/said", sentence=sentence))

    # --- what is typed ------------------------------------------------------------------------------

    def run(self, lines: Iterable[str]) -> None:
        with suppress(Unavailable):  # what is due is said with the first line that gets through
            catch_up(self.app, self.clock.now())
        for line in lines:
            if line.strip():
                self.hear(line.strip("\r\n"))

    def hear(self, line: str) -> None:
        """One line; every line is answered, also while the database is busy."""
        try:
            self._hear(cleaned(line))
        except Unavailable:
            self.wrote_errors = True
            self._print("you", compose("error/busy", typed=cleaned(line)))

    def _hear(self, line: str) -> None:
        """A word to the console itself, or a request to the bot."""
        word, _, rest = line.strip().partition(" ")
        own = {"/as": self.become, "/in": self.enter, "/click": self.click, "/clock": self.move}
        if word in own:
            own[word](rest.strip())
        else:
            self._ask(line)

    def _ask(self, line: str, *, is_click: bool = False, clicked: str = "") -> None:
        now = self.clock.now()
        catch_up(self.app, now)
        heard = local.heard(
            self.workspace,
            self.user,
            self.channel,
            next(self._keys),
            line,
            is_click=is_click,
            clicked=clicked,
        )
        answer = self.app.hear(heard, now)
        self.wrote_errors |= answer.is_error
        for message in answer.messages:
            self._print("you", self._with_files(message))
        with suppress(Unavailable):  # it is saved, and goes out with the next beat
            self.app.deliver(now)

    def speak_as(self, name: str, channel: str) -> None:
        """Begin as this person, in this chat channel or, for "", in direct messages. Raises Unavailable."""
        name, channel = cleaned(name), cleaned(channel)
        user = self._speaker(name) or self._speaker(local.first_speaker(self.app.db, self.workspace))
        self.user, self.channel = user, f"#{channel.lstrip('#')}" if channel else ""

    @property
    def prompt(self) -> str:
        return f"{self.user.lstrip('@')} {self.channel}".strip()

    def become(self, name: str) -> None:
        user = self._speaker(name)
        if user:
            self.user, self._buttons = user, []
            self.tell(f"You are {user.lstrip('@')} now.")

    def _speaker(self, name: str) -> str:
        """The local id of the person meant by a name; if there is none, that is told, and "" returned."""
        flaw = f"Nobody here is called “{name}”."
        try:
            user = local.speaker(self.app.db, self.workspace, name, self.clock.now())
        except local.NoName as error:
            user, flaw = None, str(error)
        if user is None:
            people = ", ".join(local.names(self.app.db, self.workspace))
            self.tell(f"{flaw} You can be: {people}." if people else flaw, is_error=True)
        return user or ""

    def enter(self, channel: str) -> None:
        self.channel = f"#{channel.lstrip('#')}" if channel else ""
        self.tell(f"You are in {self.channel} now." if channel else "You are in your direct messages now.")

    def click(self, number: str) -> None:
        chosen = number_in(number) or 0
        if not 1 <= chosen <= len(self._buttons):
            what = f"1 to {len(self._buttons)}" if self._buttons else "none: no button is shown"
            self.tell(f"There is no such button. There are {what}.", is_error=True)
            return
        button, reference = self._buttons[chosen - 1]
        self._ask(button.line, is_click=True, clicked=reference)

    def move(self, to: str) -> None:
        zone = local.zone(self.app.db, self.workspace)
        try:
            self.clock.move(self.app, self._target(to, zone))
        except CannotMove as error:
            self.tell(str(error), is_error=True)
            return
        except Unavailable:
            self.tell(f"{BUSY} {said(self.clock.now().astimezone(zone))}.", is_error=True)
            return
        self.tell(f"It is {said(self.clock.now().astimezone(zone))}.")

    def _target(self, to: str, zone: ZoneInfo) -> datetime:
        """Raises CannotMove."""
        if to != "next":
            return read_target(to, self.clock.now(), zone)
        with self.app.db.reading(self.workspace.partnership_id) as session:
            return next_target(session, self.clock.now())


def said(moment: datetime) -> str:
    return f"{moment:%A} {moment.day} {moment:%B %Y, %H:%M}"


def _never_a_header(line: str) -> str:
    """What somebody typed never looks like the head of a post."""
    return f" {line}" if line.startswith("--- to ") else line
