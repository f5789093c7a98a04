"""Wording: what the public is to read, written by one and approved by another, who sees just that."""

from typing import Annotated, Any

from commands.base import CommandError, Request, Says, check_fits, verb
from commands.grammar.forms import form_for
from commands.yousaid.answering import Which, check_is_whole, check_may_decide
from jobs.public import LIMITS, Words, is_current, words_of
from messages.compose import compose
from messages.post import HERE, Post
from storage.asking import by_id
from storage.counters import next_number
from storage.db import add, change
from storage.events import Event, history, record
from storage.loops import Loop, Outcome
from storage.standing import Facts, facts_of
from storage.wordings import LONGEST_POST, Wording, withdraw_words, wordings_of

LONGEST = 1_500
YouSaid = Annotated[
    str | None, Says("You said: as the public reads it", "The waiting room was too cold", long=True)
]
WeDid = Annotated[
    str | None, Says("What came of it, as the public reads it", "There are two new heaters", long=True)
]
ForAPost = Annotated[
    str | None, Says("As a post, at most 280 characters; made from the two if you leave it empty", long=True)
]
Version = Annotated[int, Says("Which version", "1")]


@verb("/yousaid words {decided}", "/yousaid words {decided} we-did: The letters come from elsewhere")
def words(
    request: Request,
    loop: Which,
    *,
    you_said: YouSaid = None,
    we_did: WeDid = None,
    post: ForAPost = None,
) -> list[Post]:
    """Write the words that the public is to read; somebody else in that organisation approves them."""
    check_is_whole(loop, request)
    check_may_decide(request, loop)
    facts = facts_of(request.session, loop)
    outcome = _decided(loop, facts)
    if you_said is None and we_did is None and post is None:
        return [_form(request, "words", loop, _proposed(request, loop, outcome), None)]
    before = _proposed(request, loop, outcome)
    given = Words(you_said or before["you-said"], we_did or before["we-did"], facts.came_of_it)
    if post is None and (given.you_said, given.we_did) == (before["you-said"], before["we-did"]):
        post = before["post"]
    wording = _put(request, loop, outcome, given, post)
    event = record(request.session, "proposed", loop.ref)
    left_out = before["post"] if post is None else ""
    return _answer(request, "words", loop, wording, event, left_out=left_out)


def _decided(loop: Loop, facts: Facts) -> Outcome:
    if loop.decided_on is None or facts.outcome is None:
        raise CommandError(
            f"Nothing is decided on {loop.ref} yet, so there is nothing to publish.",
            f"/yousaid show {loop.ref}",
        )
    if loop.erased_on is not None:
        raise CommandError(
            f"The words of {loop.ref} were erased; nothing is published of it.", f"/yousaid show {loop.ref}"
        )
    return facts.outcome


def _proposed(request: Request, loop: Loop, outcome: Outcome) -> dict[str, str]:
    """The words to begin with: the last ones written for this outcome, or what was recorded."""
    mine = [w for w in wordings_of(request.session, loop.id) if w.outcome_id == outcome.id]
    if mine:
        return _as_typed(mine[-1])
    passed = f"to {outcome.passed_to}. {outcome.words}".strip() if outcome.passed_to else outcome.words
    return {"you-said": loop.said, "we-did": passed or "We passed your thanks on to the team", "post": ""}


def _as_typed(wording: Wording) -> dict[str, str]:
    own = "" if wording.post == words_of(wording).post else wording.post
    return {"you-said": wording.you_said, "we-did": wording.we_did, "post": own}


def _form(request: Request, path: str, loop: Loop, values: dict[str, str], version: int | None) -> Post:
    more = {"loop": loop.ref} | ({"version": str(version)} if version else {})
    return Post(form_for(request.commands.verb(f"yousaid {path}"), request, values=values | more))


def _put(
    request: Request, loop: Loop, outcome: Outcome, given: Words, post: str | None, **more: Any
) -> Wording:
    """A new version, in the place of those that still wait."""
    _check(given, post)
    withdraw_words(request.session, loop.id)
    values = {
        "outcome_id": outcome.id,
        "organisation_id": outcome.organisation_id,
        "author_id": request.person.id,
        "first_author_id": _first_author(request, loop, given),
        **more,
    }
    return add(
        request.session,
        Wording(
            loop_id=loop.id,
            version=next_number(request.session, f"words of {loop.ref}"),
            outcome=given.outcome,
            you_said=given.you_said,
            we_did=given.we_did,
            post=post or given.post,
            asked_at=request.now,
            **values,
        ),
    )


def _first_author(request: Request, loop: Loop, given: Words) -> int | None:
    """Whoever wrote this answer first: that somebody else sends it in again makes it no less theirs, nor does
    it that they took it back meanwhile.
    """
    changes = (change for event in history(request.session, loop.ref) for change in event.changes)
    made = (c["after"] for c in changes if c["table"] == Wording.__name__ and c["before"] is None)
    same = _letters(given.we_did)
    return next((values["author_id"] for values in made if _letters(values["we_did"]) == same), None)


def _letters(text: str) -> str:
    """What is left of a text without its spaces, its signs and its capitals."""
    return "".join(filter(str.isalnum, text.casefold()))


def _check(given: Words, post: str | None) -> None:
    for field, text in (("you-said", given.you_said), ("we-did", given.we_did)):
        check_fits(text, LONGEST, field, "Say it shorter: the public is to read it.")
    long = len(post or given.post)
    if long > LONGEST_POST:
        what = "The post" if post else "Made from the two, the post"
        raise CommandError(
            f"{what} has {long} characters; {LONGEST_POST} fit. Write a shorter one with post:", "", "post"
        )


def _answer(
    request: Request, template: str, loop: Loop, wording: Wording, event: Event, **more: Any
) -> list[Post]:
    directory = request.directory
    home = directory.organisations.get(wording.organisation_id or 0)
    values = {
        "loop": loop,
        "wording": wording,
        "words": words_of(wording),
        "link": _link(request, wording),
        "limits": LIMITS,
        "event": event,
        "organisation": home,
        "approvers": _approvers(request, wording),
        "left_out": "",
        "person": request.person,
        "today": request.today,
        **more,
    }
    answer = Post(compose(f"yousaid/{template}", **values))
    return [answer, Post(compose("yousaid/words_said", **values), HERE)]


def _approvers(request: Request, wording: Wording) -> list[str]:
    return [p.name for p in request.directory.people.values() if wording.may_be_approved_by(p)]


@verb("/yousaid approve {waiting}", "/yousaid approve {waiting} 1")
def approve(request: Request, loop: Which, version: Version = 0) -> list[Post]:
    """Approve the words that the public is to read, as you see them; from then on they stay as they are."""
    wording = _waiting(request, loop, version)
    _check_may_approve(request, wording)
    if not version:
        return [_review(request, loop, wording)]
    change(
        request.session,
        wording,
        state="approved",
        answered_by=request.person.id,
        answered_on=request.today,
    )
    event = record(request.session, "approved", loop.ref, note=f"version {wording.version}")
    return _answer(request, "approved", loop, wording, event)


def _review(request: Request, loop: Loop, wording: Wording) -> Post:
    author = request.directory.people[wording.author_id]
    values = {
        "loop": loop,
        "wording": wording,
        "words": words_of(wording),
        "link": _link(request, wording),
        "author": author,
        "limits": LIMITS,
        "today": request.today,
    }
    return Post(compose("yousaid/review", **values))


def _link(request: Request, wording: Wording) -> str:
    """The page that proves it, which is published with the words."""
    return by_id(request.session, Outcome, wording.outcome_id).link


def _waiting(request: Request, loop: Loop, version: int) -> Wording:
    """The version that waits; what was seen has to be the one that is approved."""
    found = [w for w in wordings_of(request.session, loop.id) if w.state == "waiting"]
    if not found:
        raise CommandError(f"No words of {loop.ref} wait for approval.", f"/yousaid show {loop.ref}")
    if version and version != found[-1].version:
        raise CommandError(
            f"Version {version} of {loop.ref} is not the one that waits: there are newer words.",
            f"/yousaid approve {loop.ref}",
        )
    if not is_current(facts_of(request.session, loop), found[-1]):
        raise CommandError(
            f"What came of {loop.ref} has changed since these words were written. Write them anew.",
            f"/yousaid words {loop.ref}",
        )
    return found[-1]


def _check_may_approve(request: Request, wording: Wording) -> None:
    if wording.may_be_approved_by(request.person):
        return
    home = request.directory.organisations.get(wording.organisation_id or 0)
    names = _approvers(request, wording)
    if request.person.id in (wording.author_id, wording.first_author_id):
        wrong = "You wrote these words, so somebody else approves them"
    else:
        wrong = f"An approver of {home.name if home else 'that organisation'} approves these words"
    who = f": {' or '.join(names)}" if names else ", and there is none yet"
    raise CommandError(f"{wrong}{who}.", "/partner approvers" if names else "/partner approvers add @someone")


@verb("/yousaid reword {waiting}", "/yousaid reword {waiting} 1 we-did: It is done")
def reword(
    request: Request,
    loop: Which,
    version: Version = 0,
    *,
    you_said: YouSaid = None,
    we_did: WeDid = None,
    post: ForAPost = None,
) -> list[Post]:
    """Change the words that wait for your approval and approve them so; what was recorded stays."""
    wording = _waiting(request, loop, version)
    _check_may_approve(request, wording)
    if you_said is None and we_did is None and post is None:
        return [_form(request, "reword", loop, _as_typed(wording), wording.version)]
    if not version:
        raise CommandError(
            "Which version? What you have not seen is not approved.",
            f"/yousaid approve {loop.ref}",
            "version",
        )
    given = Words(you_said or wording.you_said, we_did or wording.we_did, wording.outcome)
    facts = facts_of(request.session, loop)
    mine = {
        "author_id": wording.author_id,
        "first_author_id": wording.first_author_id,
        "organisation_id": wording.organisation_id,
        "reworded_from": wording.id,
        "state": "approved",
        "answered_by": request.person.id,
        "answered_on": request.today,
    }
    better = _put(request, loop, _decided(loop, facts), given, post, **mine)
    event = record(request.session, "approved", loop.ref, note=f"reworded, version {better.version}")
    left_out = _as_typed(wording)["post"] if post is None else ""
    return _answer(request, "approved", loop, better, event, left_out=left_out)


@verb("/yousaid return {waiting} because the second sentence is too long")
def return_(
    request: Request,
    loop: Which,
    why: Annotated[str, Says("What is to be changed", "Shorter, please", leading=("because",), long=True)],
    *,
    version: Version = 0,
) -> list[Post]:
    """Send words back to who wrote them, and say what is to be changed."""
    wording = _waiting(request, loop, version)
    _check_may_approve(request, wording)
    change(
        request.session,
        wording,
        state="sent back",
        why=why,
        answered_by=request.person.id,
        answered_on=request.today,
    )
    event = record(request.session, "sent words back", loop.ref, note=why)
    author = request.directory.people[wording.author_id]
    return _answer(request, "returned", loop, wording, event, author=author)
