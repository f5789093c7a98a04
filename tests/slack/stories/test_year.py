"""Told in Slack too: see tests/plan/test_year.py."""

from tests.plan.test_year import *  # noqa: F403 (its stories, as they are)
