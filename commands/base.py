"""What every command is given and gives: a request, its verbs, and the errors that people see."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any, Literal, Protocol, TypeAlias, TypeVar

from messages.message import Message
from messages.post import Post
from storage.addresses import Address
from storage.codes import Invitation
from storage.db import Session
from storage.directory import Directory, OwnerThing
from storage.partnerships import Partnership, Workspace
from storage.people import Person


class CommandError(Exception):
    """What is wrong, and the way out, in words for the person who asked.

    field: the part that it is about, so that a form can show it there.
    line: one line that works. others: what is wrong with other parts of the same form.
    instead: words that were typed, and those that were probably meant.
    """

    others: tuple["CommandError", ...] = ()

    def __init__(
        self, wrong: str, line: str = "", field: str = "", instead: tuple[str, str] | None = None
    ) -> None:
        super().__init__(wrong)
        self.wrong, self.line, self.field, self.instead = wrong, line, field, instead


def check_fits(text: str, most: int, field: str, way_out: str = "Say it shorter, or add a link.") -> None:
    """Raises CommandError about a part of which the text has more characters than there is room for."""
    if len(text) > most:
        raise CommandError(f"That is {len(text):,} characters; {most:,} fit. {way_out}", "", field)


class Missing(CommandError):
    """A part that the verb cannot do without was not given: a form asks for it."""


class ToMend(CommandError):
    """A form was filled in wrongly: nothing is saved, and it is shown again with all that was given."""

    def __init__(self, wrong: str, form: Message) -> None:
        super().__init__(wrong)
        self.form = form


@dataclass(frozen=True)
class Joined:
    """A workspace as it is in the partnership that it joined, and whoever let it join, as they are there.

    coordinators: the addresses of those who look after that partnership.
    """

    workspace: Workspace
    person: Person
    coordinators: tuple[int, ...]


class Elsewhere(Protocol):
    """What lies beyond a partnership, as far as a one-time code leads there."""

    def invitation(self, code: str, /) -> Invitation | None:
        """Where a code leads, None if nobody has given it out."""
        ...

    def join(self, request: "Request", invitation: Invitation, /) -> Joined:
        """Let the workspace asked in join the partnership that it is invited to: from then on the request's
        session is that one's. Raises CommandError.
        """
        ...


@dataclass(frozen=True)
class Request:
    """One thing that a person asks, inside their partnership.

    now: aware. channel: the chat channel asked in, None in direct messages.
    is_click: a button was pressed, so that what is missing is asked for in a form.
    elsewhere: None where nothing is carried out.
    """

    session: Session
    partnership: Partnership
    person: Person
    now: datetime
    workspace_id: int
    channel: Address | None = None
    is_click: bool = False
    elsewhere: Elsewhere | None = None
    commands: Any = field(default=None, repr=False)
    known_names: dict[str, list[OwnerThing]] = field(default_factory=dict, repr=False)

    @cached_property
    def today(self) -> date:
        return self.now.astimezone(self.partnership.tz).date()

    @cached_property
    def directory(self) -> Directory:
        return Directory(self.session, self.person)


Function = Callable[..., list[Post]]
Privacy: TypeAlias = Literal["feedback", "contact", "usual"]
FunctionT = TypeVar("FunctionT", bound=Function)


@dataclass(frozen=True)
class Terms:
    """Who may use a verb, whether it only reads, and examples that work when pasted.

    shortcut: what it is called where it can be chosen for a message, of which it then takes the text; ""
    for a verb that cannot.

    In an example `{action}`, `{person}`, `{role}`, `{team}`, `{organisation}`, `{objective}`, `{hold}` and
    `{channel}` stand for one that the partnership has; `{colleague}` for somebody else than the asker.
    """

    needs: str
    reads: bool
    examples: tuple[str, ...]
    opens_form: bool
    shortcut: str = ""


def verb(
    *examples: str, needs: str = "member", reads: bool = False, opens_form: bool = True, shortcut: str = ""
) -> Callable[[FunctionT], FunctionT]:
    """Make a function a verb of its command; its signature is its grammar.

    opens_form: whether the verb with nothing typed opens a form instead of complaining.
    shortcut: see Terms.
    """

    def make(function: FunctionT) -> FunctionT:
        function.terms = Terms(needs, reads, examples, opens_form, shortcut)  # type: ignore[attr-defined]
        return function

    return make


@dataclass(frozen=True)
class Says:
    """What a part is called in forms and help, and how else people type it.

    also: other names for `name:`. leading: words that may stand before the value and mean nothing.
    endings: whether it may stand at the end of the text without its name ("… by Friday", "@someone").
    unsaid: how it is understood where nothing is said of it.
    note: what is to be known of a value before it is sent; "" for nothing.
    likely: what people often write in a text; several: whether it may be more than one of them.
    privacy: of telephone numbers, e-mail addresses and postcodes in a text: "feedback" refuses them, in
    "contact" they have their place, and "usual" asks whether they are to stay.
    most: characters that fit; 0 where the verb itself looks at that.
    """

    label: str
    example: str = ""
    hint: str = ""
    also: tuple[str, ...] = ()
    leading: tuple[str, ...] = ()
    endings: bool = False
    unsaid: str = ""
    long: bool = False
    note: Callable[[Any, Request], str] | None = None
    likely: Callable[[Request], Iterable[str]] | None = None
    several: bool = False
    privacy: Privacy = "usual"
    most: int = 0
