"""Clicks: what a post shows of them, and of their being taken back."""

import pytest

from storage.db import Database
from tests.conversation import Conversation, Seen, buttons, start

FIVE = ["Done", "Snooze", "Waiting", "Hand over", "Note"]


@pytest.fixture
def reminded(db: Database) -> tuple[Conversation, Seen]:
    """Sam has two actions that are due, and was reminded of both in one post."""
    talk = start(db, "2020-06-01 09:30")
    talk.do("Sam Okafor", "/action add Print the map due: 2 June")
    talk.do("Sam Okafor", "/action add Count the chairs due: 2 June")
    return talk, talk.until("2020-06-02 09:00")[-1]


def latest(talk: Conversation, post: Seen) -> Seen:
    return [seen for seen in talk.seen if seen.shown.reference == post.shown.reference][-1]


def test_click_is_shown_in_its_post(reminded: tuple[Conversation, Seen]) -> None:
    talk, post = reminded

    talk.click("Sam Okafor", post, "Done")

    shown = latest(talk, post)
    assert "Sam Okafor" in shown.text
    assert [b.line for b in buttons(shown.shown.message)] == [
        b.line for b in buttons(post.shown.message) if b.line.endswith("A2")
    ]


def test_undo_gives_the_post_its_buttons_back(reminded: tuple[Conversation, Seen]) -> None:
    talk, post = reminded
    talk.click("Sam Okafor", post, "Done")

    talk.do("Sam Okafor", "/action undo")

    assert latest(talk, post).shown.message == post.shown.message


def test_undo_leaves_what_was_clicked_beside_it(reminded: tuple[Conversation, Seen]) -> None:
    talk, post = reminded
    talk.click("Sam Okafor", post, "Done")
    undo = buttons(talk.answer.messages[0])[-1].line
    talk.click("Sam Okafor", latest(talk, post), "Done")

    talk.do("Sam Okafor", undo)

    shown = latest(talk, post)
    assert [b.label for b in buttons(shown.shown.message)] == FIVE
    assert {b.line.split()[-1] for b in buttons(shown.shown.message)} == {"A1"}
    assert "A2" in shown.text


def test_undo_of_the_undo_shows_the_click_again(reminded: tuple[Conversation, Seen]) -> None:
    talk, post = reminded
    talk.click("Sam Okafor", post, "Done")
    clicked = latest(talk, post).text
    for _ in range(2):
        talk.do("Sam Okafor", "/action undo")
        assert latest(talk, post).text == post.text
        talk.do("Sam Okafor", buttons(talk.answer.messages[0])[0].line)

        assert latest(talk, post).text == clicked


def test_undo_of_a_typed_change_leaves_posts_alone(reminded: tuple[Conversation, Seen]) -> None:
    talk, post = reminded
    talk.do("Sam Okafor", "/action done A1")

    talk.do("Sam Okafor", "/action undo")

    assert latest(talk, post) == post
