"""The action plan of 2020: 22 actions under six objectives, with the "when" and "who" of the real plan.

The titles are in our own words; the people who hold the roles are made up.
"""

from bot import door, local
from bot.clock import Clock
from storage.db import Database, add, change
from storage.events import record
from storage.organisations import Organisation
from storage.partnerships import Workspace, found
from storage.people import Person
from tests.conversation import HOW, Conversation, at

COORDINATOR = "Nia Wood"
ALL_TEAM = "Combined Bay Health and Care Partners Communications and Engagement Team"
ENGAGEMENT = "CCG Communications and Engagement Lead for Engagement"
HEAD = "Head of Communications and Engagement"

OBJECTIVES = (
    "Talk and listen to local people, and let what they say shape decisions",
    "Raise awareness of health and of which service to use",
    "Put patients' experience into commissioning",
    "Look after the CCG's good name",
    "Keep staff and member practices informed, both ways",
    "Work as one communications function across the partners",
)

ACTIONS = (
    # objective, our words, when, who
    (1, "Back the Assembly as a place to gather views", "Ongoing", ALL_TEAM),
    (1, "Keep the regular engagement meetings going", "Ongoing", ALL_TEAM),
    (1, "Set up a you-said-we-did mechanism", "June 2020", ENGAGEMENT),
    (1, "Publish you-said-we-did often and in many places", "June 2020", ENGAGEMENT),
    (1, "Use what young people told the Healthwatch session", "August 2020", ENGAGEMENT),
    (2, "Run campaigns on using the right service", "Ongoing",
     "CCG Communications and Engagement team with: Bay Health and Care partners"),
    (2, "Help local teams with population health ideas", "Ongoing", "CCG Lead for Population Health"),
    (3, "Train staff in the duty to involve", "Ongoing", ENGAGEMENT),
    (3, "Remind staff of equality duties and impact assessments", "Ongoing", ENGAGEMENT),
    (3, "Tell patient stories at quality meetings and in briefings", "Ongoing",
     "CCG Safeguarding Lead and CCG Communications and Engagement Lead for Staff Engagement"),
    (3, "Advise commissioners who review a service", "Ongoing", HEAD),
    (3, "Review each public involvement exercise", "September 2020",
     "Chair of Equality and Engagement Strategy Group and Governing Body Lay Member for Engagement"),
    (4, "Support the changes across the partnership", "Ongoing", HEAD),
    (4, "Help write the partnership's strategy", "Ongoing", HEAD),
    (4, "Keep up relations with the media", "Ongoing", HEAD),
    (4, "Make the media policies known to staff", "Ongoing", HEAD),
    (5, "Review the staff and practice newsletters", "Ongoing",
     "Head of Comms and Engagement / CCG Lead for Internal communications / Corporate Support Group"),
    (5, "Widen the staff questions to the Chief Officer", "Ongoing",
     "Head of Comms and Engagement and CCG Lead for Internal Communications Corporate Support Group/"),
    (5, "Use the monthly staff brief for news and questions", "Ongoing",
     "Head of Communications and Engagement Lead for Internal Communications "
     "and CCG Corporate Support Group"),
    (6, "Get to know our stakeholders better", "Ongoing", "Bay Health and Care Partners Leadership Team"),
    (6, "Bring the communications leads together", "Ongoing", HEAD),
    (6, "Encourage joint work between partners", "Ongoing", HEAD),
)  # fmt: skip

ORGANISATIONS = {
    "CCG": "Bay CCG",
    "BHCP": "Bay Health and Care Partners",
    "Council": "Westmere County Council",
}
PEOPLE = {
    COORDINATOR: "CCG",
    "Ada Lane": "CCG",
    "Ben Moss": "CCG",
    "Cleo Park": "CCG",
    "Dev Rao": "CCG",
    "Eve Stone": "CCG",
    "Flo Tate": "BHCP",
    "Gus Vine": "Council",
    "Hal West": "Council",
}
HOLDERS = {
    "Communications and Engagement Lead for Engagement": ("Ada Lane", "Ben Moss"),
    "Head of Communications and Engagement": ("Cleo Park", None),
    "Lead for Population Health": ("Dev Rao", None),
    "Safeguarding Lead": ("Eve Stone", None),
    "Communications and Engagement Lead for Staff Engagement": ("Ben Moss", None),
    "Chair of Equality and Engagement Strategy Group": ("Dev Rao", None),
    "Governing Body Lay Member for Engagement": (None, None),
    "Lead for Internal Communications": ("Eve Stone", None),
}


def start(db: Database, when: str = "2020-05-01 08:00", team: str = "bay") -> Conversation:
    """The partnership of the 2020 plan, with its seats filled, and nothing logged yet."""
    clock = Clock(at(when))
    with db.writing(0, at=clock.now()) as session:
        found(session, "Bay communications", clock.now())
        homes = {}
        for short, name in ORGANISATIONS.items():
            homes[short] = add(session, Organisation(name=name, short=short))
        workspace = add(
            session, Workspace(platform=local.NAME, external=team, organisation_id=homes["CCG"].id)
        )
        door.open_channel(session, workspace, "#plan")
        for short, organisation in homes.items():
            channel = door.open_channel(session, workspace, f"#{short.lower()}")
            change(session, channel, organisation_id=organisation.id)
        for name, short in PEOPLE.items():
            permission = "coordinator" if name == COORDINATOR else "member"
            person = Person(name=name, organisation_id=homes[short].id, permission=permission)
            door.welcome(session, workspace, person, f"@{name}")
        record(session, "founded", "partnership")
    talk = HOW.get()(db, workspace, clock)
    _fill_seats(talk)
    return talk


def _fill_seats(talk: Conversation) -> None:
    for role, (holder, deputy) in HOLDERS.items():
        talk.do(COORDINATOR, f"/partner roles add {role} at: CCG")
        if holder:
            talk.do(COORDINATOR, f"/partner roles hold {role} to: {holder}")
        if deputy:
            talk.do(COORDINATOR, f"/partner roles deputy {role} to: {deputy}")
    for team, home in (
        (ALL_TEAM, ""),
        ("Communications and Engagement team", " at: CCG"),
        ("Corporate Support Group", " at: CCG"),
        ("Leadership Team", " at: BHCP"),
    ):
        talk.do(COORDINATOR, f"/partner teams add {team}{home}")
    talk.do(COORDINATOR, f"/partner teams lead {ALL_TEAM} to: Flo Tate")
    talk.do(COORDINATOR, "/partner teams lead Communications and Engagement team to: Ben Moss")


def log_all(talk: Conversation) -> None:
    """The whole plan, typed by the coordinator."""
    for title in OBJECTIVES:
        talk.do(COORDINATOR, f"/objective add {title}")
    for objective, words, when, who in ACTIONS:
        talk.do(COORDINATOR, f"/action add {words} owner: {who} due: {when} objective: {objective}")
