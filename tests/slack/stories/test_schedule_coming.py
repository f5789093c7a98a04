"""Told in Slack too: see tests/commands/test_schedule_coming.py."""

from tests.commands.test_schedule_coming import *  # noqa: F403 (its stories, as they are)
