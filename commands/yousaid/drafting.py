"""Drafting: the approved words as a web paragraph, a newsletter item and a post, ready to be copied."""

from typing import Annotated, Literal

from commands.base import CommandError, Request, Says, verb
from commands.yousaid.answering import Which, check_is_whole
from jobs.holds import held
from jobs.public import LIMITS, approved, words_of
from messages.compose import compose
from messages.post import Post
from storage.holds import note_held
from storage.loops import Loop
from storage.standing import facts_of
from storage.wordings import Wording, wordings_of

Which_ = Literal["all", "web", "newsletter", "post"]


@verb("/yousaid draft {approved}", "/yousaid draft {approved} post")
def draft(
    request: Request,
    loop: Which,
    which: Annotated[Which_, Says("Which draft", "post", "all, web, newsletter or post.")] = "all",
) -> list[Post]:
    """Show the approved words as they can be published: on a web page, in a newsletter, as a post."""
    check_is_whole(loop, request)
    wording = _approved(request, loop)
    whose = [wording.organisation_id] if wording.organisation_id else []
    on = held(request.session, request.directory, loop.ref, whose, request.today)
    if on is not None:
        note_held(request.session, on.hold, loop.ref, "draft", request.today)
        return [Post(compose("yousaid/held", loop=loop, held=on, today=request.today))]
    facts = facts_of(request.session, loop)
    values = {
        "loop": loop,
        "wording": wording,
        "words": words_of(wording),
        "link": facts.outcome.link if facts.outcome else "",
        "approver": request.directory.people[wording.answered_by or 0],
        "limits": LIMITS,
        "newer": _waits(request, loop),
    }
    return [Post(compose("yousaid/draft", which=which, today=request.today, **values))]


def _waits(request: Request, loop: Loop) -> bool:
    """Whether newer words wait for an approval."""
    return any(wording.state == "waiting" for wording in wordings_of(request.session, loop.id))


def _approved(request: Request, loop: Loop) -> Wording:
    """The words that may be public. Raises CommandError where there are none."""
    wordings = wordings_of(request.session, loop.id)
    found = approved(facts_of(request.session, loop), wordings)
    if found is not None:
        return found
    if any(wording.state == "waiting" for wording in wordings):
        raise CommandError(
            f"The words of {loop.ref} wait for approval; until then nothing can be published.",
            f"/yousaid approve {loop.ref}",
        )
    if loop.decided_on is None:
        raise CommandError(
            f"Nothing is decided on {loop.ref} yet, so there is nothing to publish.",
            f"/yousaid show {loop.ref}",
        )
    raise CommandError(
        f"No words of {loop.ref} are approved for what came of it. Write them, and have them approved:",
        f"/yousaid words {loop.ref}",
    )
