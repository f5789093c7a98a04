"""Told in Slack too: see tests/commands/test_newcomers.py."""

from tests.commands.test_newcomers import *  # noqa: F403 (its stories, as they are)
