"""Looping: what the tests about loops share."""

from tests.conversation import Conversation

SAM, JO, TOM, PRIYA = "Sam Okafor", "Jo Bell", "Tom Reed", "Priya Shah"
COLD = "The waiting room is too cold"
ADD = f"/yousaid add {COLD} from: Healthwatch group: carers"
HERE = "#comms"


def stands(talk: Conversation, ref: str = "L1") -> str:
    """Where a loop stands, as everybody is shown it."""
    return row(talk.do(PRIYA, f"/yousaid show {ref}"), "Where it stands")


def row(said: str, name: str) -> str:
    """What an answer says beside a name, "" if it has no such row."""
    found = (line for line in said.splitlines() if line.startswith(f"{name}: "))
    return next(found, "").removeprefix(f"{name}: ")


def step(talk: Conversation, who: str, line: str, ref: str = "L1") -> tuple[str, str, str]:
    """A line typed in #comms: how its answer begins, what the others there see, how it stands then."""
    answer = talk.do(who, line, HERE).splitlines()[0]
    return answer, talk.to(HERE)[-1].text, stands(talk, ref)


def told(talk: Conversation, ref: str = "L1", to: str = "the group", who: str = SAM) -> str:
    return talk.do(who, f"/yousaid told {ref} to: {to} where: their meeting on: today")
