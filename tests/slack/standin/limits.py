"""What Slack refuses in blocks and views: too long, too many, twice the same, or in the wrong place."""

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator
from typing import Literal

from tests.slack.standin.limits_elements import as_list, element_flaws, kind_of, text_flaws
from tests.slack.standin.limits_rich import rich_text_flaws
from tests.slack.standin.state import Json

Surface = Literal["message", "modal", "home"]

LONGEST_TEXT = 40_000
LONGEST_BLOCKS = 13_200
MOST_BLOCKS: dict[Surface, int] = {"message": 50, "modal": 100, "home": 100}
IN_VIEWS = {"actions", "context", "divider", "header", "image", "input", "rich_text", "section", "video"}
IN_MESSAGES = IN_VIEWS | {"markdown", "table"}
LONGEST_TABLE = 10_000


def flaws(blocks: list[Json], surface: Surface, users: Container[str] | None = None) -> list[str]:
    """Why Slack would refuse these blocks there; nothing if it would not.

    users: the ids that may be mentioned; None if any may.
    """
    found = [*_counts(blocks, surface), *_twice(blocks)]
    for number, block in enumerate(blocks, 1):
        known = IN_MESSAGES if surface == "message" else IN_VIEWS
        if kind_of(block) not in known:
            found.append(f"block {number}: no {kind_of(block)} in a {surface}")
        else:
            found += [f"block {number} ({kind_of(block)}): {flaw}" for flaw in _block(block, users)]
    return found


def view_flaws(view: Json) -> list[str]:
    """Why Slack would refuse what stands around a view's blocks."""
    found = [
        f"{name} is over 255" for name in ("callback_id", "external_id") if len(view.get(name, "")) > 255
    ]
    if len(view.get("private_metadata", "")) > 3000:
        found.append("private_metadata is over 3000")
    match view.get("type"):
        case "modal":
            return [*found, *_modal(view)]
        case "home":
            return found
        case other:
            return [*found, f"no view of the type {other}"]


def characters(part: object) -> int:
    """How long the text in some blocks is, a mention as `<@…>`."""
    match part:
        case list():
            return sum(map(characters, part))
        case {"type": "user", "user_id": str(user)}:
            return len(user) + 3
        case {"type": "link", "url": str(url), **rest} if not rest.get("text"):
            return len(url)
        case dict():
            return sum(
                len(value) if name in ("text", "alt_text") and isinstance(value, str) else characters(value)
                for name, value in part.items()
            )
    return 0


def named(part: object, name: str) -> Iterator[str]:
    """Each value of that name, however deep: the action ids, the user ids."""
    if isinstance(part, list):
        for each in part:
            yield from named(each, name)
    elif isinstance(part, dict):
        if isinstance(part.get(name), str):
            yield part[name]
        for each in part.values():
            yield from named(each, name)


def _counts(blocks: list[Json], surface: Surface) -> Iterator[str]:
    if len(blocks) > MOST_BLOCKS[surface]:
        yield f"{len(blocks)} blocks, {MOST_BLOCKS[surface]} are allowed"
    if surface == "message" and characters(blocks) > LONGEST_BLOCKS:
        yield f"{characters(blocks)} characters in all blocks, {LONGEST_BLOCKS} are allowed"
    tables = [block for block in blocks if kind_of(block) == "table"]
    if len(tables) > 1:
        yield f"{len(tables)} tables, one is allowed"


def _twice(blocks: list[Json]) -> Iterator[str]:
    for name in ("block_id", "action_id"):
        ids = named([_without_state(block) for block in blocks], name)
        for value, times in Counter(ids).items():
            if times > 1:
                yield f"{name} {value} is there {times} times"
            if len(value) > 255:
                yield f"{name} is over 255"


def _without_state(block: Json) -> Json:
    return {name: value for name, value in block.items() if name != "state"}


def _block(block: Json, users: Container[str] | None) -> Iterator[str]:
    kind = kind_of(block)
    if kind == "rich_text":
        yield from rich_text_flaws(block, users)
    elif kind == "table":
        yield from _table(block, users)
    else:
        yield from _BLOCKS[kind](block)


def _section(block: Json) -> Iterator[str]:
    if not block.get("text") and not block.get("fields"):
        yield "neither text nor fields"
    if "text" in block:
        yield from text_flaws(block["text"], "text", 3000)
    yield from _many(block.get("fields", []), "fields", 10)
    for text in as_list(block.get("fields")):
        yield from text_flaws(text, "a field", 2000)
    if "accessory" in block:
        yield from element_flaws(block["accessory"], "section")


def _header(block: Json) -> Iterator[str]:
    yield from text_flaws(block.get("text"), "text", 150, plain=True)


def _divider(block: Json) -> Iterator[str]:
    yield from (f"nothing known of {name}" for name in block if name not in ("type", "block_id"))


def _image(block: Json) -> Iterator[str]:
    yield from element_flaws(block, "context")
    if "title" in block:
        yield from text_flaws(block["title"], "title", 2000, plain=True)


def _video(block: Json) -> Iterator[str]:
    for name in ("alt_text", "title", "thumbnail_url", "video_url"):
        if not block.get(name):
            yield f"no {name}"


def _context(block: Json) -> Iterator[str]:
    yield from _many(block.get("elements"), "elements", 10, fewest=1)
    for element in as_list(block.get("elements")):
        if kind_of(element) == "image":
            yield from element_flaws(element, "context")
        else:
            yield from text_flaws(element, "an element", 3000)


def _actions(block: Json) -> Iterator[str]:
    yield from _many(block.get("elements"), "elements", 25, fewest=1)
    for element in as_list(block.get("elements")):
        yield from element_flaws(element, "actions")


def _input(block: Json) -> Iterator[str]:
    yield from text_flaws(block.get("label"), "label", 2000, plain=True)
    if "hint" in block:
        yield from text_flaws(block["hint"], "hint", 2000, plain=True)
    yield from element_flaws(block.get("element"), "input")


def _markdown(block: Json) -> Iterator[str]:
    if not 0 < len(block.get("text", "")) <= 12_000:
        yield "text is empty or over 12000"


def _table(block: Json, users: Container[str] | None) -> Iterator[str]:
    rows = as_list(block.get("rows"))
    yield from _many(block.get("rows"), "rows", 100, fewest=1)
    if characters(rows) > LONGEST_TABLE:
        yield f"{characters(rows)} characters in the table, {LONGEST_TABLE} are allowed"
    for row in rows:
        yield from _many(row, "columns", 20, fewest=1)
        for cell in as_list(row):
            yield from _cell(cell, users)
    yield from _many(block.get("column_settings", []), "column_settings", 20)


def _cell(cell: Json, users: Container[str] | None) -> Iterator[str]:
    match cell:
        case {"type": "raw_text", "text": str(text)} if text:
            return
        case {"type": "rich_text"}:
            yield from rich_text_flaws(cell, users)
        case _:
            yield f"no such cell, or an empty one: {cell}"


def _many(things: object, name: str, most: int, fewest: int = 0) -> Iterator[str]:
    if not isinstance(things, list):
        yield f"{name} is no list"
    elif not fewest <= len(things) <= most:
        yield f"{len(things)} {name}, {fewest} to {most} are allowed"


def _modal(view: Json) -> Iterator[str]:
    for name in ("title", "submit", "close"):
        if name in view or name == "title":
            yield from text_flaws(view.get(name), name, 24, plain=True)
    if "input" in map(kind_of, as_list(view.get("blocks"))) and not view.get("submit"):
        yield "an input, and nothing to submit it by"


_BLOCKS: dict[str, Callable[[Json], Iterable[str]]] = {
    "actions": _actions,
    "context": _context,
    "divider": _divider,
    "header": _header,
    "image": _image,
    "input": _input,
    "markdown": _markdown,
    "section": _section,
    "video": _video,
}
