"""Me: all that waits on you, on one screen."""

from commands.base import Request, verb
from jobs.reminders import everything_waiting
from messages.compose import compose
from messages.post import Post


@verb("/me", reads=True, needs="viewer", opens_form=False)
def me(request: Request) -> list[Post]:
    """Show all that waits on you: late, due, offers to answer, reviews."""
    found = everything_waiting(request.session, request.directory, request.person, request.now)
    if found is None:
        return [Post(compose("me/nothing", person=request.person))]
    return [Post(found)]
