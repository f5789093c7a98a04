"""A reader of Slack's JSON: what it says, and whether Slack would take it."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from messages import slack_limits as limits
from messages.slack import Payload

RICH = {"rich_text_section", "rich_text_list", "rich_text_quote", "text", "link", "user"}
KINDS = RICH | {
    *("header", "rich_text", "context", "divider", "actions", "image", "table", "section", "input"),
    *("plain_text", "raw_text", "button", "plain_text_input", "radio_buttons", "checkboxes"),
    *("static_select", "multi_static_select", "modal", "home"),
}


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def parts(node: object) -> Iterator[dict[str, Any]]:
    """Every object in it, from the first to the last."""
    if isinstance(node, dict):
        yield node
        node = list(node.values())
    if isinstance(node, list):
        for each in node:
            yield from parts(each)


def words(node: object) -> str:
    """All that is read in it; people as <@ID>, links by their words."""
    return "".join(map(_said, parts(node)))


def _said(part: dict[str, Any]) -> str:
    match part.get("type"):
        case "text" | "plain_text" | "raw_text":
            return str(part["text"])
        case "link":
            return str(part.get("text", part["url"]))
        case "user":
            return f"<@{part['user_id']}>"
        case "image":
            return str(part["alt_text"])
        case _:
            return ""


def check_payload(payload: Payload) -> None:
    """Whether it is what Slack takes as one message."""
    assert 0 < units(payload.text) <= limits.TOP_TEXT
    assert payload.text.encode().decode() == payload.text
    assert [mark for mark in "<>" if mark in payload.text] == []
    tables = [block for block in payload.blocks if block["type"] == "table"]
    assert 0 < len(payload.blocks) <= 50
    assert len(tables) <= limits.TABLES
    assert sum(map(size, payload.blocks)) <= limits.WORDS
    check_blocks(payload.blocks)


def check_view(view: dict[str, Any]) -> None:
    """Whether it is what Slack takes as a modal or the home page."""
    View(**view).validate_json()
    assert [block for block in view["blocks"] if block["type"] == "table"] == []
    assert [
        text for text in (view.get("title"), view.get("submit")) if text and units(text["text"]) > 24
    ] == []
    inputs = [block["block_id"] for block in view["blocks"] if block["type"] == "input"]
    assert sorted(set(inputs)) == sorted(inputs)
    check_blocks(view["blocks"])


def check_blocks(blocks: list[dict[str, Any]]) -> None:
    assert json.loads(json.dumps(blocks, ensure_ascii=False).encode()) == blocks
    assert {part["type"] for part in parts(blocks) if "type" in part} <= KINDS
    assert [part for part in parts(blocks) if part.get("text") == ""] == []
    ids = [part["action_id"] for part in parts(blocks) if part.get("type") == "button"]
    assert len(set(ids)) == len(ids)
    for parsed, block in zip(Block.parse_all(blocks), blocks, strict=True):
        parsed.validate_json()
        check_size(block)


def check_size(block: dict[str, Any]) -> None:
    if block["type"] == "table":
        assert len(block["rows"]) <= limits.ROWS
        assert {len(row) for row in block["rows"]} <= set(range(1, limits.COLUMNS + 1))
    elif block["type"] == "header":
        assert units(block["text"]["text"]) <= limits.HEADER
    elif block["type"] in ("rich_text", "context"):
        assert units(words(block)) <= limits.RICH
    for option in (each for part in parts(block) for each in part.get("options", ())):
        assert 0 < units(option["value"]) <= limits.OPTION_VALUE
        assert 0 < units(option["text"]["text"]) <= limits.OPTION


def size(block: dict[str, Any]) -> int:
    """Its words, addresses and command lines."""
    more = (part.get("url", "") + part.get("value", "") + part.get("image_url", "") for part in parts(block))
    return units(words(block)) + sum(map(units, more))


def types(blocks: Iterable[dict[str, Any]]) -> list[str]:
    return [block["type"] for block in blocks]
