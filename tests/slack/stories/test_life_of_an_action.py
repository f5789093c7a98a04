"""Told in Slack too: see tests/commands/test_life_of_an_action.py."""

from tests.commands.test_life_of_an_action import *  # noqa: F403 (its stories, as they are)
