"""Told in Slack too: see tests/commands/test_yousaid.py. The outcomes that differ in how they are typed."""

from tests.commands.test_yousaid import (
    asked,
    talk,
    test_forms_do_all_of_it,
    test_loop_is_done_with_a_link_told_and_agreed,
    test_other_answers_close_it_too,
    test_plan_is_a_promise_that_its_action_keeps,
    test_telling_only_the_public_does_not_close_it,
    test_those_who_do_not_agree_open_it_and_all_of_it_is_due_anew,
)

__all__ = [
    "asked",
    "talk",
    "test_forms_do_all_of_it",
    "test_loop_is_done_with_a_link_told_and_agreed",
    "test_other_answers_close_it_too",
    "test_plan_is_a_promise_that_its_action_keeps",
    "test_telling_only_the_public_does_not_close_it",
    "test_those_who_do_not_agree_open_it_and_all_of_it_is_due_anew",
]
