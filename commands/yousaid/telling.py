"""Telling: those who said it, and the public, hear what came of it: whom, where and when."""

import re
from typing import Annotated

from commands.base import CommandError, Request, Says, verb
from commands.grammar.feedback import Web
from commands.grammar.when_past import Past
from commands.yousaid.answering import Which, check_is_whole, loop_answers
from jobs.holds import held
from jobs.public import approved
from messages import words
from messages.post import Post
from storage.db import add
from storage.events import record
from storage.finding import known_groups
from storage.loops import LONGEST_NAME, Loop, Telling
from storage.standing import Facts, facts_of
from storage.wordings import wordings_of

LONGEST_LIST = 1_000
"""Characters of several groups."""
THEM = ("the group", "group", "them", "those who said it", "the people who said it", "who said it")
PUBLIC = ("public", "the public", "everyone", "everybody", "all", "the general public")
_AND = re.compile(r"\s*(?:,|;|\band\b|&|\+)\s*", re.IGNORECASE)


def _likely(request: Request) -> list[str]:
    return ["the group", "the public", "the group and the public", *known_groups(request.session)]


TO_WHOM = Says(
    "Who was told: the group that said it, or the public", "the group", likely=_likely, most=LONGEST_LIST
)
WHERE = Says("Where", "the June newsletter", also=("outlet", "in", "at"), most=LONGEST_NAME)
IN_WHICH = Says("In which format, if not the usual one", "Easy Read", most=LONGEST_NAME)


@verb(
    "/yousaid told {decided} to: the group where: their June meeting on: today",
    "/yousaid told {decided} to: the public where: website on: today link: https://www.example.org/you-said",
)
def told(
    request: Request,
    loop: Which,
    *,
    to: Annotated[str, TO_WHOM],
    where: Annotated[str, WHERE],
    on: Annotated[Past, Says("When", "yesterday", also=("when", "date"))],
    format: Annotated[str, IN_WHICH] = "",  # noqa: A002
    link: Annotated[
        Web | None, Says("A page where it can be read", "https://www.example.org/you-said")
    ] = None,
) -> list[Post]:
    """Record that people were told what came of it: who, where and when."""
    check_is_whole(loop, request)
    facts = facts_of(request.session, loop)
    _check_is_decided(loop, facts)
    _check_day(request, loop, on)
    assert facts.outcome is not None
    groups = _groups(to, facts, request)
    for group in groups:
        add(
            request.session,
            Telling(
                loop_id=loop.id,
                outcome_id=facts.outcome.id,
                outcome=facts.came_of_it,
                group=group,
                place=where,
                format=format,
                link=link.url if link else "",
                told_by=request.person.id,
                told_on=on.ends,
            ),
        )
    names = words.listed(group or "the public" for group in groups)
    event = record(request.session, "told", loop.ref, note=f"{names}, {where}")
    more = _of_the_public(request, facts, on) if "" in groups else {"held": None, "is_unapproved": False}
    return loop_answers(request, "told", loop, event, **more)


def _of_the_public(request: Request, facts: Facts, on: Past) -> dict[str, object]:
    """What is to be thought of when the public was told: a hold on that day, words that nobody approved."""
    assert facts.outcome is not None
    home = facts.outcome.organisation_id
    whose = [home] if home else []
    ref = facts.loop.ref
    words = approved(facts, wordings_of(request.session, facts.loop.id))
    return {
        "held": held(request.session, request.directory, ref, whose, on.ends),
        "is_unapproved": words is None,
    }


def _check_is_decided(loop: Loop, facts: Facts) -> None:
    if loop.decided_on is None:
        asks = facts.asking is None
        wrong = "nobody has been asked" if asks else "nothing is decided"
        raise CommandError(
            f"Nobody can be told what came of {loop.ref} yet: {wrong}. First say what came of it: did, "
            "partly, will, cannot, thanked or passed.",
            f"/yousaid did {loop.ref}",
        )


def _check_day(request: Request, loop: Loop, on: Past) -> None:
    """Nobody was told before it was said."""
    if on.ends < loop.said_on:
        said = words.day(loop.said_on, request.today)
        raise CommandError(
            f"That is before it was said. It is noted as said on {said}; if that was earlier:",
            f"/yousaid edit {loop.ref} when: last week",
            "on",
        )


def _groups(to: str, facts: Facts, request: Request) -> list[str]:
    """The groups that a text names, "" for the public; "the group" is all who said it."""
    said = [group for group in facts.groups if group]
    found: list[str] = []
    for name in _names(to, [*said, *known_groups(request.session)]):
        plain = name.casefold()
        if plain in THEM:
            found += said
            if not said:
                raise CommandError(
                    "Nobody noted which group said it. Name it, or tell the public.",
                    f"/yousaid edit {facts.loop.ref} group: carers",
                    "to",
                )
        elif plain in PUBLIC:
            found.append("")
        else:
            bare = plain.removeprefix("the ")
            found.append(next((g for g in said if g.casefold() in (plain, bare)), name))
    if not found:
        raise CommandError("Who was told? The group that said it, or the public.", field="to")
    return list(dict.fromkeys(found))


def _names(to: str, known: list[str]) -> list[str]:
    """The names in a list of groups; "young people and carers" may be the name of one."""
    whole = " ".join(to.split())
    if any(whole.casefold().removeprefix("the ") == each.casefold() for each in known):
        return [whole]
    return [name for name in _AND.split(whole) if name]
