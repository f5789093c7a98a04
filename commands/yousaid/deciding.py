"""Deciding: what came of it: did, partly, will, could not, thanked, or passed to others (DESIGN §3)."""

import re
from typing import Annotated, Any

from commands.base import CommandError, Request, Says, check_fits, verb
from commands.grammar.feedback import Web, past
from commands.grammar.when_past import Past
from commands.yousaid.answering import Which, check_is_to_come, check_is_whole, check_may_decide, loop_answers
from messages.post import Post
from storage.actions import LONGEST_NOTE, Action
from storage.db import add, rewrite
from storage.directory import Owning
from storage.erasing import ERASED, erase
from storage.events import record
from storage.loops import LONGEST_NAME, Loop, Outcome, day_columns
from storage.organisations import Organisation
from storage.standing import facts_of
from storage.when import When
from storage.wordings import withdraw_words

_LINK = re.compile(r"https?://[^\s<>“”\"]+[^\s<>“”\".,;:!?)]", re.IGNORECASE)
_ON_A_DAY = re.compile(r"\bon (\w+(?: \w+){0,3})\.?$", re.IGNORECASE)
At = Annotated[
    Organisation | None,
    Says(
        "Which organisation did it", "the council", also=("org", "organisation"), unsaid="whoever was asked"
    ),
]
Link = Annotated[
    Web | None, Says("A page that shows it", "https://www.example.org/news", also=("proof", "url", "see"))
]
On = Annotated[Past | None, Says("When it was done", "3 June", also=("date", "when"))]
ByAction = Annotated[Action | None, Says("Which action did it", "A12")]
BECAUSE = ("because", "as", "since")
NO_PROOF = "What shows that it was done? Give link: (a page), on: (the day) or action: (one that is done)."


@verb(
    "/yousaid did {loop} There are two new heaters on: yesterday",
    "/yousaid did {loop} The letters are in large print now link: https://www.example.org/letters",
)
def did(
    request: Request,
    loop: Which,
    what: Annotated[str, Says("What was done", "There are two new heaters", long=True)],
    *,
    link: Link = None,
    on: On = None,
    action: ByAction = None,
    at: At = None,
) -> list[Post]:
    """Say that it was done, with a proof: a link, a day or an action."""
    proof = _proof(request, f"did {loop.ref}", what, link, on, action)
    return _decide(request, loop, "did", what, proof, at)


@verb("/yousaid partly {loop} One of the two doors is automatic now on: last month")
def partly(
    request: Request,
    loop: Which,
    what: Annotated[str, Says("What was done and what was not", "One of two doors is wider", long=True)],
    *,
    link: Link = None,
    on: On = None,
    action: ByAction = None,
    at: At = None,
) -> list[Post]:
    """Say that a part of it was done, and what was not, with a proof of what was."""
    proof = _proof(request, f"partly {loop.ref}", what, link, on, action)
    return _decide(request, loop, "partly", what, proof, at)


def _proof(
    request: Request, path: str, what: str, link: Web | None, on: Past | None, action: Action | None
) -> dict[str, Any]:
    """What proves it, as columns; a link or a day at the end of the words counts.

    Raises CommandError where nothing does. path: such as "did L12".
    """
    in_words = _LINK.search(what)
    url = link.url if link else in_words.group() if in_words else ""
    if action is not None and action.state != "done":
        raise CommandError(
            f"{action.ref} is {action.state}, so it proves nothing yet.",
            f"/action done {action.ref}",
            "action",
        )
    day = on or _day_at_the_end(request, what)
    if not (url or day or action):
        raise CommandError(NO_PROOF, f"/yousaid {path} {what[:300]} on: today", "link")
    return {
        "link": url,
        "done_on": day.ends if day else None,
        "action_id": action.id if action else None,
    }


def _day_at_the_end(request: Request, what: str) -> Past | None:
    """The day in "… on 3 June"; the words stay as they are."""
    found = _ON_A_DAY.search(what)
    try:
        return past(found[1], request) if found else None
    except CommandError:
        return None


@verb("/yousaid will {loop} New signs are ordered by: end of next month")
def will(
    request: Request,
    loop: Which,
    what: Annotated[str, Says("What will be done", "New signs are ordered", long=True)],
    *,
    by: Annotated[When, Says("By when", "end of June", also=("due",), endings=True)],
    at: At = None,
) -> list[Post]:
    """Promise that it will be done, by a day or a month; whoever looks after it is asked for it then."""
    check_is_to_come(request, by, "by", "A promise")
    return _decide(request, loop, "will", what, day_columns(by), at)


@verb("/yousaid cannot {loop} because the wall belongs to the station")
def cannot(
    request: Request,
    loop: Which,
    reason: Annotated[
        str,
        Says("Why not", "The wall belongs to the station", leading=BECAUSE, long=True),
    ],
    *,
    at: At = None,
) -> list[Post]:
    """Say that it could not be done, and why: that is an answer too."""
    if reason.strip(" .…,:-").casefold() in ("", *BECAUSE):
        raise CommandError("Why could it not be done? Without a reason that is no answer.", field="reason")
    return _decide(request, loop, "cannot", reason, {}, at)


@verb("/yousaid thanked {loop}", "/yousaid thanked {loop} The ward has pinned it to the wall")
def thanked(
    request: Request,
    loop: Which,
    what: Annotated[
        str, Says("What was done with the thanks, if anything", "The team has it", long=True)
    ] = "",
    *,
    at: At = None,
) -> list[Post]:
    """Say that a compliment was passed to whom it is for, and they were thanked for it."""
    return _decide(request, loop, "thanked", what, {}, at)


@verb("/yousaid passed {loop} to the ambulance service")
def passed(
    request: Request,
    loop: Which,
    to: Annotated[str, Says("To whom", "the ambulance service", leading=("to", "on"), most=LONGEST_NAME)],
    *,
    why: Annotated[str, Says("Why, or what they will do", "They run the stop", long=True)] = "",
    at: At = None,
) -> list[Post]:
    """Say that it was passed to somebody outside who can decide."""
    name = to.strip().removeprefix("to ")
    return _decide(request, loop, "passed", why, {"passed_to": name}, at)


def _decide(
    request: Request,
    loop: Loop,
    outcome: str,
    words: str,
    columns: dict[str, Any],
    at: Organisation | None,
) -> list[Post]:
    check_is_whole(loop, request)
    check_may_decide(request, loop)
    check_fits(words, LONGEST_NOTE, {"cannot": "reason", "passed": "why"}.get(outcome, "what"))
    earlier, told_before = _taken_out(request, loop), facts_of(request.session, loop).told
    decided = put(request, loop, outcome, words, columns, at)
    event = record(request.session, outcome, loop.ref, note=words)
    if earlier:
        erase(request.session, [], earlier)
    return loop_answers(request, "decided", loop, event, outcome=decided, told_before=told_before)


def put(
    request: Request,
    loop: Loop,
    outcome: str,
    words: str,
    columns: dict[str, Any],
    at: Organisation | None = None,
) -> Outcome:
    """What was decided, as a row; the event is the caller's."""
    withdraw_words(request.session, loop.id)
    decided = Outcome(
        loop_id=loop.id,
        round=loop.round,
        outcome=outcome,
        words=words,
        organisation_id=at.id if at else _home(request, loop),
        decided_by=request.person.id,
        decided_on=request.today,
        **columns,
    )
    return add(request.session, decided)


def _taken_out(request: Request, loop: Loop) -> list[str]:
    """The words in which an erased loop was decided before: what is said anew takes their place, for they may
    have quoted somebody.
    """
    if loop.erased_on is None:
        return []
    outcomes = facts_of(request.session, loop).outcomes
    words = [earlier.words for earlier in outcomes if earlier.words]
    for earlier in outcomes:
        rewrite(request.session, earlier, words=earlier.words and ERASED)
    return words


def _home(request: Request, loop: Loop) -> int | None:
    """The organisation that decides: of whoever is asked, of the owner, or of whoever says so."""
    asking = facts_of(request.session, loop).asking
    asked: list[Owning] = [asking] if asking is not None and not asking.forum else []
    homes = (request.directory.organisation_of(request.directory.thing(each)) for each in (*asked, loop))
    return next((home.id for home in homes if home is not None), request.person.organisation_id)
