"""Told in Slack too: see tests/commands/test_partner.py."""

from tests.commands.test_partner import *  # noqa: F403 (its stories, as they are)
