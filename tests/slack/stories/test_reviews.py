"""Told in Slack too: see tests/commands/test_reviews.py."""

from tests.commands.test_reviews import *  # noqa: F403 (its stories, as they are)
