"""Planning: an action that carries out what people asked for; the loop moves when the action is done."""

from typing import Annotated

from commands.action.adding import Owner, log
from commands.base import Request, Says, verb
from commands.grammar.owners import NOBODY
from commands.yousaid.answering import Which, check_is_to_come, check_is_whole, check_may_decide, loop_answers
from commands.yousaid.deciding import put
from jobs.plan import line
from messages.post import Post
from storage.events import record
from storage.loops import day_columns
from storage.when import When


@verb("/yousaid plan {loop} Order new signs owner: {person} due: end of next month")
def plan(
    request: Request,
    loop: Which,
    what: Annotated[str, Says("What is to be done", "Order new signs", long=True)],
    *,
    owner: Owner = NOBODY,
    due: Annotated[When, Says("By when", "end of June", also=("by", "when"), endings=True)],
) -> list[Post]:
    """Log an action that answers it: the promise is kept when the action is done."""
    check_is_whole(loop, request)
    check_may_decide(request, loop)
    check_is_to_come(request, due, "due", "A promise")
    action, owners, offers = log(request, what, owner, due)
    record(request.session, "added", action.ref)
    put(request, loop, "will", what, day_columns(due) | {"action_id": action.id})
    event = record(request.session, "planned", loop.ref, note=action.ref)
    shown = line(request.directory, action, owners, offers, request.today)
    return loop_answers(request, "planned", loop, event, action=action, action_line=shown)
