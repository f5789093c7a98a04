"""Workspaces: two that share a partnership and a third in another: what each may see and do, as a table."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pytest
from sqlmodel import select

from storage.addresses import Address
from storage.db import Database
from storage.outbox import Outbox
from storage.partnerships import workspace as workspace_called
from tests.conversation import Conversation
from tests.sharing import CODE, Three, code_in, invited, three

WORKSPACES = ("home", "quay", "stranger")
SPEAKERS = {"home": "Tom Reed", "quay": "Kit Ash", "stranger": "Tom Reed"}
"""Members, all of the Council."""
COORDINATORS = SPEAKERS | {"home": "Priya Shah", "stranger": "Priya Shah"}
"""Kit Ash is none any more since quay joined."""


@dataclass(frozen=True)
class Row:
    """What is done in each workspace, and what whoever does it is told there: a list, or the first line."""

    does: str | Callable[[Three, Conversation, str], str]
    home: tuple[str, ...]
    quay: tuple[str, ...]
    stranger: tuple[str, ...]
    who: Mapping[str, str] = field(default_factory=lambda: SPEAKERS)


def pressed(found: Three, here: Conversation, who: str) -> str:
    return here.say(who, "/action done A1", is_click=True, clicked=found.logged.shown.reference)


def reached(found: Three, here: Conversation, _who: str) -> str:
    """Whom a reminder of A1 reached in a workspace, till the day on which it is due."""
    found.home.until("2020-06-09 10:00")
    with here.db.reading(here.workspace.partnership_id) as session:
        posts = session.exec(select(Outbox).where(Outbox.state == "sent")).all()
        reminded = {
            post.address_id for post in posts if post.key.startswith("slot|") and "A1" in post.message
        }
        places = session.exec(select(Address).order_by(Address.name)).all()
        mine = [place for place in places if place.workspace_id == _id(here)]
        return "\n".join(f"- {place.label}" for place in mine if place.id in reminded) or "nobody"


def _id(here: Conversation) -> int:
    with here.db.everywhere() as session:
        found = workspace_called(session, "local", here.workspace.external)
    assert found is not None
    return found.id


def with_code(command: str, made: Callable[[Three], str]) -> Callable[[Three, Conversation, str], str]:
    return lambda found, here, who: here.say(who, f"{command} {made(found)}")


def shown(_found: Three, here: Conversation, who: str) -> str:
    return here.say(who, "/action show A1").partition("\n")[0]


def of_jo(found: Three) -> str:
    return code_in(found.home.do("Jo Bell", "/partner link"))


def of_workspace(found: Three) -> str:
    return invited(found.home)


PLAN = ("- A1 Print posters: Kit Ash, Tuesday 9 June",)
PEOPLE = (
    "- Jo Bell, Council", "- Kit Ash, Council", "- Priya Shah, Hospitals, coordinator",
    "- Sam Okafor, Hospitals", "- Tom Reed, Council",
)  # fmt: skip
FOUR, ONE = "of Fellside Hospitals, 4 people", "of Westmere County Council, 1 person"
SENT = "Monday 1 June at 10am to #comms: Priya Shah logged A1"
ADD = "Whoever is in this chat can be mentioned with @; others, roles and teams are added first, such as:"
ANEW = "Type /partner link there for a new one."
DONE = ("A1 is done: Print posters",)
TABLE = {
    "the plan": Row("/action list", PLAN, PLAN, ("- A1 Quell the storm: Tom Reed, Tuesday 9 June",)),
    "one action": Row(shown, ("A1 Print posters",), ("A1 Print posters",), ("A1 Quell the storm",)),
    "an action done by its number": Row("/action done A1", DONE, DONE, ("A1 is done: Quell the storm",)),
    "a button on a post in home": Row(
        pressed, DONE, DONE, ("That button is on a post of another partnership, or one no longer kept.",)
    ),
    "an owner of quay by a mention": Row(
        "/action add Mend it owner: <@local:quay:@Kit Ash>",
        ("A2 is logged: Mend it",),
        ("A2 is logged: Mend it",),
        ("Nobody and nothing here is called “@someone”. Who there is:",),
    ),
    "an owner of quay by the name": Row(
        "/action hand A1 to: Kit Ash",
        ("A1 now belongs to Kit Ash: Print posters",),
        ("A1 now belongs to Kit Ash: Print posters",),
        (f"Nobody and nothing here is called “Kit Ash”. {ADD}",),
    ),
    "reminders of A1": Row(reached, ("nobody",), ("- @Kit Ash",), ("- @Tom Reed",)),
    "a code for workspaces": Row(
        with_code("/partner join", of_workspace),
        ("This workspace shares Fell and Bay already; the code is for another workspace.",),
        ("/partner join is for a coordinator of the partnership.",),
        (
            "Marzipan has a plan already: 1 action. Two plans cannot be made one. Keep a copy of what still"
            " matters, drop it here (/action drop A1), join, and log it there.",
        ),
        COORDINATORS,
    ),
    "a code of Jo Bell": Row(
        with_code("/partner link", of_jo),
        ("One workspace knows you both, you and Jo Bell, so you are two people to it.",),
        ("Are you Jo Bell?",),
        (f"Nobody in this partnership has the code “…”. Is it typed right? {ANEW}",),
    ),
    "a chat channel of quay": Row(
        "/schedule pause #harbour",
        ("#harbour: paused, by choice",),
        ("#harbour: paused, by choice",),
        ("I am in no chat channel “#harbour”, and no person is called so.",),
    ),
    "what was sent to a channel of home": Row(
        "/plan sent #comms",
        (f"- P2 {SENT}, Print posters: Kit Ash, Tuesday 9 June",),
        (f"- P2 {SENT}, Print posters: Kit Ash, Tuesday 9 June",),
        (f"- P3 {SENT}, Quell the storm: Tom Reed, Tuesday 9 June",),
    ),
    "the people": Row("/partner people", PEOPLE, PEOPLE, tuple(p for p in PEOPLE if "Kit Ash" not in p)),
    "the workspaces": Row(
        "/partner workspaces",
        (f"- local (this one): {FOUR}", f"- quay: {ONE}"),
        (f"- local: {FOUR}", f"- quay (this one): {ONE}"),
        (f"- stranger (this one): {FOUR}",),
    ),
    "an invitation": Row(
        "/partner invite",
        ("… lets one other workspace share this partnership.",),
        ("/partner invite is for a coordinator of the partnership.",),
        ("… lets one other workspace share this partnership.",),
        COORDINATORS,
    ),
}  # fmt: skip


def gist(answer: str) -> tuple[str, ...]:
    """A list's lines, or the first line; every one-time code as …"""
    lines = re.sub(CODE, "…", answer).splitlines()
    return tuple(line for line in lines if line.startswith("- ")) or (lines[0],)


@pytest.mark.parametrize("workspace", WORKSPACES)
@pytest.mark.parametrize("what", TABLE)
def test_workspace_sees_and_does_what_is_its_own(sqlite: Database, what: str, workspace: str) -> None:
    row, found = TABLE[what], three(sqlite)
    here, who = getattr(found, workspace), row.who[workspace]

    told = here.say(who, row.does) if isinstance(row.does, str) else row.does(found, here, who)

    assert gist(told) == getattr(row, workspace)
