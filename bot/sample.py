"""The sample: a made-up partnership of five organisations, with enough in it that something happens."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial

from bot import door, local
from bot.app import App
from bot.clock import Clock
from bot.door import Heard
from bot.platform import Platform
from bot.starting import patiently
from commands.registry import Registry
from storage import people as people_
from storage.db import Database, Session, Unavailable, add, change
from storage.events import record
from storage.organisations import Organisation
from storage.partnerships import Workspace, found
from storage.partnerships import workspace as workspace_called
from storage.people import Person

NAME = "Fell and Bay Partnership"
TEAM = "local"
DAYS_OLD = 4
"""The sample begins so many days before now, so that there is a history to look at."""

ORGANISATIONS = {
    "Fellside Hospitals": ("Hospitals", "#hospitals"),
    "Westmere County Council": ("Council", "#council"),
    "Mere Ambulance Service": ("Ambulance", "#ambulance"),
    "Harbour Carers": ("Carers", "#carers"),
    "Bayview Community Health": ("Community", "#community"),
}
PEOPLE = {
    "Priya Shah": "Fellside Hospitals",
    "Sam Okafor": "Fellside Hospitals",
    "Jo Bell": "Westmere County Council",
    "Tom Reed": "Westmere County Council",
    "Amina Yusuf": "Mere Ambulance Service",
    "Lee Park": "Mere Ambulance Service",
    "Grace Hill": "Harbour Carers",
    "Owen Rhys": "Harbour Carers",
    "Maya Lind": "Bayview Community Health",
    "Dan Frost": "Bayview Community Health",
}
SETTING_UP = """
/partner roles add Comms Lead at: Hospitals
/partner roles hold Comms Lead to: Priya Shah
/partner roles deputy Comms Lead to: Sam Okafor
/partner roles add Council Comms Lead at: Council
/partner roles hold Council Comms Lead to: Jo Bell
/partner roles deputy Council Comms Lead to: Tom Reed
/partner roles add Press Officer at: Ambulance
/partner roles hold Press Officer to: Amina Yusuf
/partner roles add Volunteer Coordinator at: Carers
/partner teams add Winter Campaign Team
/partner teams lead Winter Campaign Team to: Maya Lind
/partner teams deputy Winter Campaign Team to: Lee Park
/partner days Mon-Wed for: Tom Reed
/partner approvers add Sam Okafor
/partner approvers add Tom Reed
/partner approvers add Owen Rhys
/objective add Hear what people say, and tell them what came of it
/objective add Help people choose the right service this winter
/objective add Keep staff informed across all five organisations
/objective add Work as one communications team
"""
PLAN = {
    "Priya Shah": """
/action add Agree the winter key messages owner: Comms Lead, Council Comms Lead due: in 2 working days
/action add Draft the "you said, we did" page owner: Sam Okafor due: in 5 working days objective: 1
/action add Collect carers' stories owner: Volunteer Coordinator due: next friday objective: 1
/action add Plan the winter posters owner: Winter Campaign Team with: Grace due: end of next month
/action add Share one news story a month with every partner owner: Comms Lead due: ongoing objective: 3
/action add Meet the local papers owner: Press Officer due: ongoing, review monthly objective: 4
/action add Find a date for the joint press training objective: 4
/action add Refresh the list of contacts in each organisation owner: me due: tomorrow objective: 4
""",
    "Jo Bell": """
/action add Put the bus advertisement out to print owner: Jo Bell due: today objective: 2
/action add Add the carers' survey to the council newsletter owner: Tom Reed due: next month objective: 1
/action add Help us film a message at the hospital entrance owner: Hospitals due: next month
""",
    "Amina Yusuf": "/action add Write up the open day owner: me due: in 3 weeks objective: 3",
}
SAID = {
    "Sam Okafor": """
/yousaid add The waiting room is too cold in winter from: Healthwatch group: carers theme: waiting rooms
/yousaid add It is hard to hear one's name called from: patient groups group: deaf people theme: waiting rooms
/yousaid ask L1 Priya Shah by: in 3 weeks
""",
    "Grace Hill": """
/yousaid add Letters come in type that is too small from: social media group: older people theme: letters
/yousaid add Thank you for the new signs at the entrance from: compliments group: carers theme: signs
/yousaid thanked L4 The team has pinned it to the wall
/yousaid told L4 to: carers where: the carers' coffee morning on: today
""",
    "Jo Bell": """
/yousaid add The bus does not stop at the hospital any more from: local media group: young people theme: buses
/yousaid cannot L5 because the bus company cut the route; we have written to them
""",
}


def nowhere(_workspace: Workspace, _clock: Clock) -> Platform:
    """A platform on which nobody looks."""
    return local.Local(lambda _shown: None)


def load(
    db: Database,
    commands: Registry,
    now: datetime,
    platform: Callable[[Workspace, Clock], Platform] = nowhere,
) -> None:
    """Load the sample, as people would have typed it, and let its days go by; a second time, nothing.

    platform: where they typed it.
    """
    with db.everywhere() as session:
        if workspace_called(session, local.NAME, TEAM):
            return
    clock = Clock(now - timedelta(days=DAYS_OLD))
    workspace = patiently(lambda: _people(db, clock.now()))
    if workspace is None:
        return
    app = App(db, commands, {local.NAME: platform(workspace, clock)})
    for number, (name, line) in enumerate(_lines()):
        channel = "#comms" if line.startswith(("/action", "/yousaid")) else ""
        heard = local.heard(workspace, f"@{name}", channel, f"sample-{number}", line)
        patiently(partial(_type, app, heard, clock.now()))
    patiently(lambda: app.deliver(clock.now()))
    patiently(lambda: clock.move(app, now))


def _type(app: App, heard: Heard, now: datetime) -> None:
    answer = app.hear(heard, now)
    if answer.is_busy:
        raise Unavailable
    if answer.is_error:
        raise RuntimeError(f"the sample has a line that does not work: {heard.line}: {answer.messages}")


def _lines() -> Iterator[tuple[str, str]]:
    for channel in [shared for _, shared in ORGANISATIONS.values()]:
        organisation = next(short for short, shared in ORGANISATIONS.values() if shared == channel)
        yield "Priya Shah", f"/partner channel {channel} for: {organisation}"
    for line in SETTING_UP.strip().splitlines():
        yield "Priya Shah", line
    for name, lines in [*PLAN.items(), *SAID.items()]:
        for line in lines.strip().splitlines():
            yield name, line


def _people(db: Database, at: datetime) -> Workspace | None:
    """The partnership, its organisations, their people and chat channels; None if another just made it."""
    with db.writing(0, at=at) as session:
        if workspace_called(session, local.NAME, TEAM):
            return None
        found(session, NAME, at)
        homes = {name: _organisation(session, name, short) for name, (short, _) in ORGANISATIONS.items()}
        home = homes["Fellside Hospitals"]
        workspace = add(session, Workspace(platform=local.NAME, external=TEAM, organisation_id=home.id))
        for channel in ("#comms", *(channel for _, channel in ORGANISATIONS.values())):
            door.open_channel(session, workspace, channel)
        for name, organisation in PEOPLE.items():
            person = Person(name=name, organisation_id=homes[organisation].id)
            door.welcome(session, workspace, person, f"@{name}")
        change(session, people_.people_called(session, "Priya Shah")[0], permission="coordinator")
        record(session, "founded", "partnership")
        return workspace


def _organisation(session: Session, name: str, short: str) -> Organisation:
    return add(session, Organisation(name=name, short=short))
