"""Slack's path: from a signed request's bytes to its acknowledgement, beside a bolt with nothing to do."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from slack_bolt import Ack, BoltRequest
from slack_bolt import App as Bolt
from slack_bolt.authorization import AuthorizeResult

from benchmarks.figure import Figure, seconds
from benchmarks.slack_signed import SECRET, TEAM, Signed, signed
from bot.app import Answer, App
from bot.door import Heard
from bot.settings import Settings
from bot.slack.answering import Answering
from bot.slack.calling import Clients
from bot.slack.drawing import Drawing
from bot.slack.edge import Edge
from bot.slack.listening import Listening, bolt_on, dispatch
from bot.slack.manifest import registered
from bot.slack.meeting import Acquaintance
from bot.slack.shortcuts import Shortcuts
from commands.registry import Registry, discover
from messages.message import Message, Paragraph, Text
from storage.db import Database

NOW = datetime(2026, 6, 1, 10, tzinfo=UTC)
ROUNDS, EACH, EACH_USUAL = 30, 200, 8
AIM, AIM_TO_USUAL = 0.6, 50
TOLD = "A12 is logged: Refresh the newsletter. You own it, and it is due on 30 June."
"""A line of plain words, as the bare one answers it."""
Acknowledge = Callable[[Signed], None]


class Ready(App):
    """An app that has its answer ready, so that no database is asked."""

    def __init__(self, db: Database, commands: Registry, answer: Answer) -> None:
        super().__init__(db, commands, {})
        self._ready = answer

    def hear(self, _heard: Heard, _now: datetime) -> Answer:
        return self._ready


def figures(folder: Path) -> Iterator[Figure]:
    with ThreadPoolExecutor(1) as later:
        paths = (_ours(folder / "none.db", later), _bare(is_inline=True), _bare(is_inline=False))
        request = signed("add Refresh the newsletter due: end of June", "key")
        times = (EACH, EACH, EACH_USUAL)
        rounds = [[_each(*one, request) for one in zip(paths, times, strict=True)] for _ in range(ROUNDS)][1:]
    ours, inline, usual = (median(each[n] for each in rounds) for n in range(3))
    ratios = sorted(each[1] / each[0] for each in rounds)
    more = f"{ours * 1e6:,.0f} and {inline * 1e6:,.0f} microseconds; {ratios[2]:.2f} to {ratios[-3]:.2f}"
    what = "Slack's path without a database, to bare bolt"
    yield Figure(what, median(ratios), "times", AIM, at_least=True, more=more)
    more = f"{usual * 1e3:.1f} milliseconds"
    yield Figure(
        "  the same, to bolt's default", usual / ours, "times", AIM_TO_USUAL, at_least=True, more=more
    )


def _each(path: Acknowledge, times: int, request: Signed) -> float:
    return seconds(path, [request] * times) / times


def _ours(file: Path, later: ThreadPoolExecutor) -> Acknowledge:
    db, commands = Database(str(file)), discover()
    names = registered("", Settings.model_validate({}).command_names, commands)
    clients, drawing = Clients(lambda _team: "none"), Drawing(names, commands)
    said = Message((Paragraph((Text(TOLD),)),), TOLD)
    app = Ready(db, commands, Answer((said,)))
    known = Acquaintance(db, clients)
    answers = Answering(app, clients, drawing, later, lambda: NOW, lambda _heard: None)
    listening = Listening(
        app=app,
        answers=answers,
        known=known,
        shortcuts=Shortcuts(app, answers, clients, known, lambda: NOW),
        drawing=drawing,
        commands=names,
        bot_of=lambda _team: "UBOT",
        now=lambda: NOW,
        done=lambda: None,
        on_gone=lambda _team, _at: None,
    )
    bolt = bolt_on(listening)
    edge = Edge(bolt, SECRET)

    def path(request: Signed) -> None:
        _checked(dispatch(bolt, edge.read(request.raw, request.headers)).body)

    return path


def _bare(*, is_inline: bool) -> Acknowledge:
    mine = AuthorizeResult(enterprise_id=None, team_id=TEAM, bot_user_id="UBOT", bot_token="none")  # noqa: S106
    bolt = Bolt(signing_secret=SECRET, authorize=lambda: mine, process_before_response=is_inline)

    @bolt.command("/action")
    def _acknowledge(ack: Ack) -> None:
        ack(TOLD)

    def path(request: Signed) -> None:
        _checked(bolt.dispatch(BoltRequest(body=request.raw.decode(), headers=dict(request.headers))).body)

    return path


def _checked(body: str) -> None:
    if TOLD not in body:
        raise RuntimeError(f"it was not acknowledged: {body}")
