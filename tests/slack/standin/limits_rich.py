"""What Slack refuses in rich text: elements it does not know, empty ones, and people who are not there."""

from collections.abc import Container, Iterator

from tests.slack.standin.limits_elements import as_list, kind_of
from tests.slack.standin.state import Json

NEEDS = {
    "broadcast": {"range"},
    "channel": {"channel_id"},
    "color": {"value"},
    "date": {"timestamp", "format"},
    "emoji": {"name"},
    "link": {"url"},
    "team": {"team_id"},
    "text": {"text"},
    "user": {"user_id"},
    "usergroup": {"usergroup_id"},
}
"""The elements in a line, with what each has to have."""
MAY = {
    "date": {"url", "fallback"},
    "emoji": {"unicode", "skin_tone", "url"},
    "link": {"text", "unsafe"},
}
STYLES = {"bold", "italic", "strike", "code", "underline", "highlight", "client_highlight", "unlink"}
SECTIONS = {"rich_text_section", "rich_text_quote", "rich_text_preformatted"}
IN_CODE = {"text", "link"}


def rich_text_flaws(block: Json, users: Container[str] | None) -> Iterator[str]:
    if not isinstance(block.get("elements"), list) or not block["elements"]:
        yield "rich text without elements"
    for element in as_list(block.get("elements")):
        if kind_of(element) == "rich_text_list":
            yield from _list(element, users)
        elif kind_of(element) in SECTIONS:
            yield from _section(element, users)
        else:
            yield f"no {kind_of(element) or 'such thing'} in rich text"


def _list(element: Json, users: Container[str] | None) -> Iterator[str]:
    if element.get("style") not in ("bullet", "ordered"):
        yield f"no list of the style {element.get('style')}"
    if not 0 <= element.get("indent", 0) <= 8:
        yield f"indent {element['indent']}, 0 to 8 are allowed"
    if not as_list(element.get("elements")):
        yield "a list without lines"
    for line in as_list(element.get("elements")):
        if kind_of(line) == "rich_text_section":
            yield from _section(line, users)
        else:
            yield f"no {kind_of(line) or 'such thing'} in a list"


def _section(section: Json, users: Container[str] | None) -> Iterator[str]:
    if not isinstance(section.get("elements"), list):
        yield "a line without elements"
    for element in as_list(section.get("elements")):
        kind = kind_of(element)
        if kind not in NEEDS or (kind_of(section) == "rich_text_preformatted" and kind not in IN_CODE):
            yield f"no {kind or 'such thing'} in a {kind_of(section)}"
        else:
            yield from _inline(element, kind, users)


def _inline(element: Json, kind: str, users: Container[str] | None) -> Iterator[str]:
    yield from (f"{kind} without {name}" for name in sorted(NEEDS[kind]) if not element.get(name))
    known = {"type", "style", *NEEDS[kind], *MAY.get(kind, ())}
    yield from (f"{kind}: nothing known of {name}" for name in sorted(element.keys() - known))
    yield from (f"{kind}: no style {name}" for name in sorted(element.get("style", {}).keys() - STYLES))
    if kind == "user" and users is not None and element.get("user_id") not in users:
        yield f"nobody is {element.get('user_id')}"
    if kind == "broadcast" and element.get("range") not in ("here", "channel", "everyone"):
        yield f"no broadcast to {element.get('range')}"
