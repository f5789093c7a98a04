"""Told in Slack too: see tests/bot/test_loop_clicks.py."""

from tests.bot.test_loop_clicks import *  # noqa: F403 (its stories, as they are)
