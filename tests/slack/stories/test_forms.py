"""Told in Slack too: see tests/commands/test_forms.py. Left out is what happens in the database alone."""

from tests.commands.test_forms import (
    talk,
    test_form_offers_things_as_people_know_them,
    test_form_tells_at_once_all_that_is_wrong_in_it_each_at_its_field,
    test_form_with_a_mistake_changes_nothing_even_where_all_else_is_right,
    test_form_with_an_error_of_no_field_gives_all_of_it_back,
    test_form_without_what_is_needed_comes_back_with_the_error_there,
    test_number_of_nothing_is_said,
    test_title_too_long_in_a_form_is_told_at_its_field,
    test_what_is_filled_in_is_cleaned_as_lines_are,
)

__all__ = [
    "talk",
    "test_form_offers_things_as_people_know_them",
    "test_form_tells_at_once_all_that_is_wrong_in_it_each_at_its_field",
    "test_form_with_a_mistake_changes_nothing_even_where_all_else_is_right",
    "test_form_with_an_error_of_no_field_gives_all_of_it_back",
    "test_form_without_what_is_needed_comes_back_with_the_error_there",
    "test_number_of_nothing_is_said",
    "test_title_too_long_in_a_form_is_told_at_its_field",
    "test_what_is_filled_in_is_cleaned_as_lines_are",
]
