"""Drawing: a message as Slack shows it, with commands as they are typed there."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.slack.manifest import as_typed
from commands.registry import Registry, first_word
from messages.message import Message, retyped
from messages.pieces import split
from messages.slack import NOBODY, Payload, as_slack
from messages.slack_forms import as_answer, as_home, as_modal, errors_of

View = dict[str, Any]


@dataclass(frozen=True)
class Drawing:
    """names: slash commands as typed in Slack -> the beginning of the line that each stands for.

    users: by which user the workspace knows each person whom it knows.
    """

    names: Mapping[str, str]
    commands: Registry

    def message(self, message: Message, users: Mapping[int, str] = NOBODY) -> Payload:
        return as_slack(self._typed(message), users)

    def pieces(self, message: Message) -> list[Payload]:
        """A message of any length."""
        return [as_slack(piece) for piece in split(self._typed(message))]

    def modal(self, form: Message, about: str) -> View:
        """about: what it brings back when it is sent."""
        return as_modal(form, about)

    def errors(self, form: Message) -> dict[str, str]:
        """What is wrong in a form that was sent, by the blocks of its modal."""
        shown = {block.get("block_id") for block in as_modal(form)["blocks"]}
        return {block: wrong for block, wrong in errors_of(form).items() if block in shown}

    def answer(self, message: Message) -> View:
        return as_answer(self._typed(message))

    def home(self, message: Message, users: Mapping[int, str] = NOBODY) -> View:
        return as_home(self._typed(message), users)

    def _typed(self, message: Message) -> Message:
        return retyped(message, self._line)

    def _line(self, line: str) -> str:
        """A command of Slack's own stays as it is."""
        is_ours = first_word(line)[0].removeprefix("/") in self.commands.commands
        return as_typed(line, self.names) if is_ours else line
