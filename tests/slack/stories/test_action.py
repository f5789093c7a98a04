"""Told in Slack too: see tests/commands/test_action.py."""

from tests.commands.test_action import *  # noqa: F403 (its stories, as they are)
