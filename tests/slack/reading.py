"""Reading Slack's JSON back into the words that people see, as the text form of a message has them."""

import re
from collections.abc import Callable
from typing import Any

from messages.slack_limits import RICH

Json = dict[str, Any]
NameOf = Callable[[str], str]
_RULE = re.compile(r"(?<!\S)-{2,}(?!\S)")
_UMBRELLA = re.compile(r"/comms (?=[a-z])")


def same_words(text: str) -> str:
    """What is the same wherever it is shown: without where lines end and rules are drawn, for Slack breaks
    and draws them itself; and without the umbrella, for in Slack only it and `/action` are slash commands.
    """
    words = _UMBRELLA.sub("/", _RULE.sub(" ", text)).split()
    is_cut = sum(map(len, words)) > RICH  # anywhere in a word, and small print is marked in each piece
    return "".join(word for word in words if word != ">") if is_cut else " ".join(words)


def as_words(blocks: list[Json], name_of: NameOf) -> str:
    """name_of: of a user's id."""
    return "\n\n".join(_block(block, name_of) for block in blocks)


def _block(block: Json, name_of: NameOf) -> str:
    match block["type"]:
        case "header" | "section":
            return str(block["text"]["text"])
        case "rich_text":
            return "\n".join(_rich(part, name_of) for part in block["elements"])
        case "context":
            return "\n".join(_quoted(each["text"]) for each in block["elements"])
        case "table":
            return "\n".join("  ".join(_cell(cell, name_of) for cell in row) for row in block["rows"])
        case "actions":
            return "\n".join(f"[{each['text']['text']}] {each['value']}" for each in block["elements"])
        case "divider":
            return "--"
        case other:
            raise ValueError(f"nobody has said how a {other} is read")


def _cell(cell: Json, name_of: NameOf) -> str:
    return str(cell["text"]) if cell["type"] == "raw_text" else _block(cell, name_of)


def _rich(part: Json, name_of: NameOf) -> str:
    match part["type"]:
        case "rich_text_section":
            return _spans(part, name_of)
        case "rich_text_quote":
            return _quoted(_spans(part, name_of))
        case "rich_text_list":
            first = part.get("offset", 0) + 1
            is_ordered = part["style"] == "ordered"
            items = [_spans(item, name_of) for item in part["elements"]]
            return "\n".join(
                f"{number}. {item}" if is_ordered else f"- {item}" for number, item in enumerate(items, first)
            )
        case other:
            raise ValueError(f"nobody has said how a {other} is read")


def _quoted(text: str) -> str:
    return "> " + text.replace("\n", "\n> ")


def _spans(part: Json, name_of: NameOf) -> str:
    return "".join(_span(each, name_of) for each in part["elements"])


def _span(span: Json, name_of: NameOf) -> str:
    match span["type"]:
        case "text":
            return str(span["text"])
        case "link":
            text, url = span.get("text", span["url"]), span["url"]
            return url if text == url else f"{text} <{url}>"
        case "user":
            return f"@{name_of(span['user_id'])}"
        case other:
            raise ValueError(f"nobody has said how a {other} is read")


def questions(view: Json) -> list[Json]:
    """What a modal asks, and what stands there."""
    return [_question(block) for block in view["blocks"] if block["type"] == "input"]


def _question(block: Json) -> Json:
    element = block["element"]
    options = [
        option for group in element.get("option_groups", [element]) for option in group.get("options", [])
    ]
    return {
        "name": block["block_id"],
        "label": block["label"]["text"],
        "required": not block["optional"],
        "hint": block.get("hint", {}).get("text", ""),
        "value": _initial(element),
        "options": [option["text"]["text"] for option in options],
    }


def _initial(element: Json) -> str:
    chosen = (
        [element["initial_option"]] if "initial_option" in element else element.get("initial_options", [])
    )
    return ",".join(option["value"].removeprefix("=") for option in chosen) or element.get(
        "initial_value", ""
    )
