"""Told in Slack too: see tests/plan/test_people_and_time.py."""

from tests.plan.test_people_and_time import *  # noqa: F403 (its stories, as they are)
