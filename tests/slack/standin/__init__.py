"""A fake Slack on real sockets, for tests: what it keeps and refuses, how it goes wrong, who speaks in it."""

from tests.slack.standin.answers import Submitted
from tests.slack.standin.asking import Refused
from tests.slack.standin.envelopes import NoAnswer
from tests.slack.standin.faults import Fault
from tests.slack.standin.filling import CannotFill
from tests.slack.standin.limits import flaws, view_flaws
from tests.slack.standin.payloads import Delivery
from tests.slack.standin.slack import Slack
from tests.slack.standin.state import Channel, Post, State, User, View, Workspace
from tests.slack.standin.transports import Answer, How

__all__ = [
    "Answer",
    "CannotFill",
    "Channel",
    "Delivery",
    "Fault",
    "How",
    "NoAnswer",
    "Post",
    "Refused",
    "Slack",
    "State",
    "Submitted",
    "User",
    "View",
    "Workspace",
    "flaws",
    "view_flaws",
]
