"""People fill in the forms of a real bolt app, as Slack would let them."""

from typing import Any

import pytest

from tests.slack.scene import Scene
from tests.slack.small_bot import SmallBot
from tests.slack.standin import CannotFill, Refused, View
from tests.slack.standin.state import Json


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def option(value: str) -> Json:
    return {"text": plain(value.title()), "value": value}


def field(name: str, element: Json, *, optional: bool = False) -> Json:
    element = element | {"action_id": name}
    return {
        "type": "input",
        "block_id": f"block-{name}",
        "label": plain(name),
        "element": element,
        "optional": optional,
    }


TYPED = {"type": "plain_text_input"}
FORM = {
    "type": "modal",
    "callback_id": "form",
    "title": plain("Action"),
    "submit": plain("Save"),
    "private_metadata": "kept",
    "blocks": [
        field("what", TYPED),
        field("note", TYPED | {"initial_value": "as before"}),
        field("empty", TYPED, optional=True),
        field("when", {"type": "static_select", "options": [option("may"), option("june")]}),
        field("with", {"type": "multi_static_select", "options": [option("a"), option("b")]}, optional=True),
        field(
            "how",
            {"type": "radio_buttons", "options": [option("yes")], "initial_option": option("yes")},
        ),
        field("which", {"type": "checkboxes", "options": [option("x"), option("y")]}, optional=True),
        field("days", {"type": "number_input", "is_decimal_allowed": False}, optional=True),
    ],
}


def opened(scene: Scene, bot: SmallBot, form: Json = FORM) -> View:
    """A form that the bot opened for a command."""
    bot.on["/action"] = lambda heard: bot.client.views_open(trigger_id=heard["trigger_id"], view=form)
    scene.slack.slash(scene.team, scene.sam, scene.comms, "/action", "")
    return list(scene.slack.state.views.values())[-1]


def test_trigger_opens_one_view_within_three_seconds(scene: Scene, bot: SmallBot) -> None:
    for _ in range(2):
        scene.slack.slash(scene.team, scene.sam, scene.comms, "/action", "")
    first, second = (heard["trigger_id"] for heard in bot.heard)
    bot.client.views_open(trigger_id=first, view=FORM)
    scene.slack.clock.forward(3.5)

    assert scene.error("views.open", trigger_id=first, view=FORM) == "exchanged_trigger_id"
    assert scene.error("views.open", trigger_id=second, view=FORM) == "expired_trigger_id"
    assert scene.error("views.open", trigger_id="made up", view=FORM) == "invalid_trigger_id"


def test_filled_form_is_told_field_by_field(scene: Scene, bot: SmallBot) -> None:
    view = opened(scene, bot)

    typed = {"what": "Refresh", "when": "June", "with": ["a", "b"], "which": ["y"], "days": 3}
    result = scene.slack.submit(view.id, scene.sam, typed)

    told = bot.heard[-1]["view"]
    chosen = {name: option(name) for name in ("a", "b", "june", "yes", "y")}
    for each in chosen.values():
        each["text"]["emoji"] = True
    assert {name: each for block in told["state"]["values"].values() for name, each in block.items()} == {
        "what": {"type": "plain_text_input", "value": "Refresh"},
        "note": {"type": "plain_text_input", "value": "as before"},
        "empty": {"type": "plain_text_input", "value": None},
        "when": {"type": "static_select", "selected_option": chosen["june"]},
        "with": {"type": "multi_static_select", "selected_options": [chosen["a"], chosen["b"]]},
        "how": {"type": "radio_buttons", "selected_option": chosen["yes"]},
        "which": {"type": "checkboxes", "selected_options": [chosen["y"]]},
        "days": {"type": "number_input", "value": "3"},
    }
    assert (told["private_metadata"], next(iter(told["state"]["values"]))) == ("kept", "block-what")
    assert (result.action, view.is_open) == ("close", False)


@pytest.mark.parametrize(
    "typed", [{}, {"what": ""}, {"what": "x", "days": "some"}, {"what": "x", "who": "Sam"}, {"what": "a\nb"}]
)
def test_form_cannot_be_filled_in_as_slack_would_not_let(
    scene: Scene, bot: SmallBot, typed: dict[str, Any]
) -> None:
    view = opened(scene, bot)

    with pytest.raises(CannotFill):
        scene.slack.submit(view.id, scene.sam, {"when": "may"} | typed)


def test_answer_to_a_form_is_applied(scene: Scene, bot: SmallBot) -> None:
    view = opened(scene, bot, FORM | {"blocks": [field("what", TYPED)]})
    other = FORM | {"title": plain("Another"), "blocks": [field("why", TYPED)]}

    def submitted(of: View, answer: Json, **typed: str) -> Any:
        bot.answers["form"] = answer
        return scene.slack.submit(of.id, scene.sam, typed)

    wrong = submitted(view, {"response_action": "errors", "errors": {"block-what": "Too vague"}}, what="x")
    assert (wrong.errors, view.errors) == ({"block-what": "Too vague"},) * 2
    submitted(view, {"response_action": "update", "view": other}, what="x")
    assert (view.given, view.errors, len(view.earlier)) == (other, {}, 1)
    pushed = submitted(view, {"response_action": "push", "view": other}, why="x").view
    assert (pushed.previous_id, pushed.how) == (view.id, "push")
    assert submitted(pushed, {"response_action": "clear"}, why="x").view is None
    assert (view.is_open, pushed.is_open) == (False, False)


def test_answer_that_slack_would_not_understand_is_refused(scene: Scene, bot: SmallBot) -> None:
    view = opened(scene, bot, FORM | {"blocks": [field("what", TYPED)]})
    untitled = {"type": "modal", "blocks": []}
    answers = [
        {"response_action": "errors", "errors": {"what": "not a block"}},
        {"response_action": "update", "view": untitled},
        {"response_action": "push", "view": untitled},
        {"response_action": "wait"},
    ]

    for answer in answers:
        bot.answers["form"] = answer
        with pytest.raises(Refused):
            scene.slack.submit(view.id, scene.sam, {"what": "x"})


def test_three_forms_at_most_lie_on_each_other(scene: Scene, bot: SmallBot) -> None:
    form = FORM | {"blocks": [field("what", TYPED)]}
    bot.answers["form"] = {"response_action": "push", "view": form}
    view: View | None = opened(scene, bot, form)
    for _ in range(2):
        assert view
        view = scene.slack.submit(view.id, scene.sam, {"what": "x"}).view

    assert view
    with pytest.raises(Refused, match="push_limit_reached"):
        scene.slack.submit(view.id, scene.sam, {"what": "x"})


def test_view_that_changed_meanwhile_is_not_updated(scene: Scene, bot: SmallBot) -> None:
    view = opened(scene, bot)
    old = view.hash
    bot.client.views_update(view_id=view.id, view=FORM, hash=old)

    assert scene.error("views.update", view_id=view.id, view=FORM, hash=old) == "hash_conflict"


def test_cross_closes_a_form_and_tells_the_bot_if_it_asked_for_that(scene: Scene, bot: SmallBot) -> None:
    quiet, told = opened(scene, bot), opened(scene, bot, FORM | {"notify_on_close": True})

    for view in (quiet, told):
        scene.slack.close(view.id, scene.sam)

    assert [view.is_open for view in (quiet, told)] == [False, False]
    closed = [heard["view"]["id"] for heard in bot.heard if heard.get("type") == "view_closed"]
    assert closed == [told.id]


def test_choice_in_a_form_is_told_at_once_where_the_bot_asked_for_that(scene: Scene, bot: SmallBot) -> None:
    menu = {"type": "static_select", "action_id": "which", "options": [option("may"), option("june")]}
    view = opened(scene, bot, FORM | {"blocks": [{"type": "actions", "block_id": "b", "elements": [menu]}]})

    scene.slack.choose(view, "which", "june", scene.sam)

    heard = bot.heard[-1]
    [action] = heard["actions"]
    assert (action["block_id"], action["selected_option"]["value"]) == ("b", "june")
    assert heard["container"] == {"type": "view", "view_id": view.id}
    before = {"b": {"which": {"type": "static_select", "selected_option": None}}}
    assert heard["view"]["state"]["values"] == before
