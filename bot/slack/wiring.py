"""Wiring: everything that hears and speaks in Slack, put together on one database."""

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import datetime
from time import monotonic

from slack_bolt import App as Bolt

from bot.app import App
from bot.clock import within
from bot.courier import Courier
from bot.delivery import Spread
from bot.slack.answering import Answering
from bot.slack.calling import PATIENCE, Clients
from bot.slack.drawing import Drawing
from bot.slack.home import Homes
from bot.slack.listening import Listening, bolt_on
from bot.slack.meeting import Acquaintance
from bot.slack.shortcuts import Shortcuts
from bot.slack.speaking import Pace, Slack
from bot.slack.teams import Teams
from commands.registry import Registry
from storage import outbox
from storage.db import Database
from storage.outbox import Outbox

HANDS = 8
"""Places that are posted to side by side, so that one which hangs does not hold up the others."""
A_ROUND = 1.0
"""Seconds that a round of posting waits for the slowest place."""
SOON = 0.25
"""Seconds between rounds while something that is due waits for its place to be ready."""
PAUSE = 0.1
"""Seconds from one round to the next, so that many who ask at once are one round."""


@dataclass(frozen=True)
class Wired:
    """All that runs. later, pages, hands: threads for answers, for home tabs, and for posting."""

    app: App
    bolt: Bolt
    courier: Courier
    known: Acquaintance
    later: ThreadPoolExecutor
    pages: ThreadPoolExecutor
    hands: ThreadPoolExecutor

    def close(self, seconds: float) -> None:
        """Let what is in hand be finished, for so many seconds at most."""
        until = monotonic() + seconds
        self.courier.stop(seconds)
        for pool in (self.later, self.pages, self.hands):
            within(max(0, until - monotonic()), pool.shutdown)


def wire(
    db: Database,
    commands: Registry,
    teams: Teams,
    api: str,
    names: Mapping[str, str],
    now: Callable[[], datetime],
    pace: Pace,
    patience: int = PATIENCE,
) -> Wired:
    """names: slash commands as typed in Slack -> the beginning of the line that each stands for.

    patience: seconds that a call of Slack may take.
    """
    clients, drawing = Clients(teams.token_of, api, patience), Drawing(names, commands)
    known = Acquaintance(db, clients)
    hands = ThreadPoolExecutor(HANDS, thread_name_prefix="hand")
    later = ThreadPoolExecutor(HANDS, thread_name_prefix="later")
    pages = ThreadPoolExecutor(HANDS, thread_name_prefix="page")
    app = App(db, commands, {Slack.name: Slack(clients, pace, drawing)}, known.introduce, side_by_side(hands))
    courier = Courier(lambda: app.deliver(now()), lambda: soon(db, now()), PAUSE)
    homes = Homes(app, clients, drawing, pages, now)
    answers = Answering(app, clients, drawing, later, now, homes.show)
    listening = Listening(
        app=app,
        answers=answers,
        known=known,
        shortcuts=Shortcuts(app, answers, clients, known, now),
        drawing=drawing,
        commands=names,
        bot_of=teams.bot_of,
        now=now,
        done=courier.call,
        on_gone=lambda team, at: teams.gone(team, at, now()),
    )
    return Wired(app, bolt_on(listening), courier, known, later, pages, hands)


def side_by_side(hands: Executor) -> Spread:
    """One place hangs, others flow: a round ends without it, and what it has in hand is not taken again."""

    def spread(serve: Callable[[list[Outbox]], int], places: Iterable[list[Outbox]]) -> Iterable[int]:
        served = [hands.submit(serve, posts) for posts in places]
        done, _ = wait(served, timeout=A_ROUND)
        return [each.result() for each in done]

    return spread


def soon(db: Database, now: datetime) -> float | None:
    """Seconds until the courier is to go again: something was held back, or will be due before the beat."""
    with db.everywhere() as session:
        if outbox.pending(session, now, most=1):
            return SOON
        at = outbox.next_pending(session, now)
    return None if at is None else max(SOON, min((at - now).total_seconds(), 60.0))
