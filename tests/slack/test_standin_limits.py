"""The fake Slack refuses the blocks and views that Slack refuses."""

from typing import Any

import pytest

from tests.slack.scene import Scene
from tests.slack.standin import flaws, view_flaws
from tests.slack.standin.limits import characters
from tests.slack.standin.state import Json


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def section(text: str = "Hello", **more: Any) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def actions(*elements: Json, **more: Any) -> Json:
    return {"type": "actions", "elements": list(elements), **more}


def button(label: str = "Done", **more: Any) -> Json:
    return {"type": "button", "text": plain(label), **more}


def rich(*elements: Json) -> Json:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(elements)}]}


def table(rows: int, columns: int) -> Json:
    return {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}] * columns] * rows}


def option(text: str = "Yes", value: str = "yes", **more: Any) -> Json:
    return {"text": plain(text), "value": value, **more}


def select(*options: Json, **more: Any) -> Json:
    return {"type": "static_select", "options": list(options), **more}


def field(element: Json) -> Json:
    return {"type": "input", "label": plain("What"), "element": element}


def modal(**more: Any) -> Json:
    return {"type": "modal", "title": plain("Action"), "blocks": [section()], **more}


FITS: list[list[Json]] = [
    [section("x" * 3000)],
    [{"type": "header", "text": plain("x" * 150)}],
    [{"type": "divider"}] * 50,
    [table(100, 20)],
    [actions(button("x" * 75, value="v" * 2000, action_id="a"), button(action_id="b"), block_id="c")],
    [field(select(option("x" * 75, "v" * 150, description=plain("d" * 75))))],
    [rich({"type": "text", "text": "Hi ", "style": {"bold": True}}, {"type": "user", "user_id": "U1"})],
]
DOES_NOT: dict[str, list[Json]] = {
    "51 blocks": [{"type": "divider"}] * 51,
    "long section": [section("x" * 3001)],
    "empty section": [section("")],
    "long header": [{"type": "header", "text": plain("x" * 151)}],
    "101 rows": [table(101, 1)],
    "21 columns": [table(1, 21)],
    "two tables": [table(1, 1), table(1, 1)],
    "long value": [actions(button(value="v" * 2001))],
    "long label": [actions(button("x" * 76))],
    "the same action": [actions(button(action_id="a")), section(accessory=button(action_id="a"))],
    "the same block": [section(block_id="a"), section(block_id="a")],
    "long option": [field(select(option("x" * 76)))],
    "long option value": [field(select(option(value="v" * 151)))],
    "long description": [field(select(option(description=plain("x" * 76))))],
    "101 options": [field(select(*(option(value=str(n)) for n in range(101))))],
    "an initial option that is none": [field(select(option(), initial_option=option("No", "no")))],
    "unknown block": [{"type": "accordion"}],
    "unknown rich text": [rich({"type": "blink", "text": "x"})],
    "empty rich text": [rich({"type": "text", "text": ""})],
    "a table in no place": [actions(table(1, 1))],
    "no alternative": [{"type": "image", "image_url": "https://example.org/a.png"}],
    "mrkdwn in a header": [{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}],
}


@pytest.mark.parametrize("blocks", FITS)
def test_blocks_within_the_limits_have_no_flaws(blocks: list[Json]) -> None:
    assert flaws(blocks, "message") == []


@pytest.mark.parametrize("name", DOES_NOT)
def test_blocks_beyond_a_limit_are_refused(scene: Scene, name: str) -> None:
    blocks = DOES_NOT[name]

    assert len(flaws(blocks, "message")) == 1
    assert (
        scene.error("chat.postMessage", channel=scene.comms.id, text="x", blocks=blocks) == "invalid_blocks"
    )
    assert scene.slack.texts(scene.comms) == []


def test_texts_beyond_a_limit_have_errors_of_their_own(scene: Scene) -> None:
    long = [section("x" * 2700) for _ in range(5)]
    assert characters(long) == 13_500

    def error(**said: Any) -> str:
        return scene.error("chat.postMessage", channel=scene.comms.id, **said)

    assert error(text="Hello", blocks=long) == "msg_blocks_too_long"
    assert error(text="x" * 40_001) == "msg_too_long"
    assert error(blocks=[section()]) == "no_text"


def test_rich_text_names_only_people_who_are_there(scene: Scene) -> None:
    scene.post(blocks=[rich({"type": "user", "user_id": scene.sam.id})])

    nobody = [rich({"type": "user", "user_id": "U404"})]
    assert (
        scene.error("chat.postMessage", channel=scene.comms.id, text="x", blocks=nobody) == "invalid_blocks"
    )


def test_views_take_more_blocks_and_no_tables() -> None:
    assert flaws([{"type": "divider"}] * 100, "home") == []
    assert flaws([{"type": "divider"}] * 101, "modal") == ["101 blocks, 100 are allowed"]
    assert flaws([table(1, 1)], "modal") == ["block 1: no table in a modal"]


@pytest.mark.parametrize(
    "view",
    [
        modal(title=plain("x" * 25)),
        modal(private_metadata="x" * 3001),
        modal(blocks=[field({"type": "plain_text_input"})]),
        {"type": "card", "blocks": []},
    ],
)
def test_views_beyond_a_limit_have_a_flaw(view: Json) -> None:
    assert len(view_flaws(view)) == 1


def test_home_tab_is_published_and_refused_like_a_view(scene: Scene) -> None:
    of = {"user_id": scene.sam.id}
    home = {"type": "home", "blocks": [section()]}

    for _ in range(2):
        scene.client().views_publish(view=home, **of)

    assert [view.given for view in scene.slack.state.views.values()] == [home]
    assert (
        scene.error("views.publish", view={"type": "home", "blocks": [table(1, 1)]}, **of) == "invalid_blocks"
    )
    assert scene.error("views.publish", view=modal(), **of) == "invalid_arguments"
