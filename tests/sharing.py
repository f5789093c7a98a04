"""Sharing: two workspaces in one partnership and a third in another, as people would have made them."""

import re
from dataclasses import dataclass

from bot import local
from storage.db import Database
from storage.partnerships import Workspace
from tests.conversation import Conversation, Seen, start

NOW = "2020-06-01 10:00"
CODE = r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b"


def code_in(text: str) -> str:
    """The one-time code in an answer."""
    return str(re.findall(CODE, text)[0])


def second(talk: Conversation, team: str = "quay") -> Conversation:
    """A workspace that stands alone so far, in which whoever speaks is a coordinator."""
    workspace = local.settle_in(talk.db, team, talk.clock.now())
    return Conversation(talk.db, workspace, talk.clock, talk.seen)


def invited(talk: Conversation, line: str = "/partner invite at: Council") -> str:
    return code_in(talk.do("Priya Shah", line))


def join(talk: Conversation, other: Conversation, who: str = "Kit Ash") -> None:
    """The other workspace joins; from then on its conversation is one of the partnership."""
    other.do(who, f"/partner join {invited(talk)} confirm: yes")
    other.workspace = Workspace(
        partnership_id=talk.workspace.partnership_id, platform=local.NAME, external=other.workspace.external
    )


@dataclass(frozen=True)
class Three:
    """Two workspaces share Fell and Bay: home, and quay, in which Kit Ash of the Council talks. The stranger
    is the workspace of Marzipan. In home's #comms stands a post: Priya logged A1 for Kit.
    """

    home: Conversation
    quay: Conversation
    stranger: Conversation

    @property
    def logged(self) -> Seen:
        return next(seen for seen in self.home.seen if seen.text.startswith("Priya Shah logged A1"))


def three(db: Database) -> Three:
    """Monday 1 June 2020, ten o'clock."""
    home, stranger = start(db, NOW), start(db, NOW, "Marzipan", "stranger")
    home.clock = stranger.clock
    quay = second(home)
    join(home, quay)
    quay.do("Kit Ash", "/me", channel="#harbour")
    home.do("Priya Shah", "/partner channel #harbour for: Council")
    kit = "<@local:quay:@Kit Ash>"
    home.do("Priya Shah", f"/action add Print posters owner: {kit} due: 9 June", channel="#comms")
    stranger.do("Priya Shah", "/action add Quell the storm owner: Tom Reed due: 9 June", channel="#comms")
    return Three(home, quay, stranger)
