"""A page: where on it a message stands, and the elements it is made of."""

from dataclasses import dataclass, replace
from urllib.parse import quote

from markupsafe import Markup, escape

_VOID = ("br", "hr", "img", "input")
_FILE = "file:"


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a message stands on a page.

    prefix: begins every id inside, so that ids are unique on the page. level: of the headings.
    click, fill: the addresses to which a button and a form are sent; "" for a page that takes none:
    then buttons are left out, and of a form its questions are shown.
    files: begins the address of a file the bot keeps. hidden: sent along with every click and form.
    """

    prefix: str = "m"
    level: int = 3
    click: str = ""
    fill: str = ""
    files: str = "/files/"
    hidden: tuple[tuple[str, str], ...] = ()

    def inside(self, number: int) -> "Frame":
        """The frame of one block, whose ids are its own."""
        return replace(self, prefix=f"{self.prefix}-{number}")

    def file(self, url: str) -> str:
        """The address of "file:KEY"; "" for any other, and for a key that would lead out of the folder."""
        key = url.removeprefix(_FILE)
        if not url.startswith(_FILE) or key in ("", ".", ".."):
            return ""
        return self.files + quote(key, safe="", errors="replace")


NOWHERE = Frame()


def element(tag: str, *inside: str, **attributes: str | None) -> Markup:
    """Everything inside and every value is escaped, unless it is an element already.
    An attribute `class_` or `aria_label` reads class or aria-label; None leaves it out.
    """
    given = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for name, value in attributes.items()
        if value is not None
    )
    rest = "" if tag in _VOID else f"{''.join(map(escape, inside))}</{tag}>"
    return Markup(f"<{tag}{given}>{rest}")  # noqa: S704 (what is not ours is escaped above)


def words(tag: str, *inside: str, also: str = "", **attributes: str | None) -> Markup:
    """An element that shows what people typed as they typed it, in the direction of their script.

    The style of the class "words" has to keep spaces and line breaks (white-space: pre-wrap). A direction
    of its own keeps an element's characters from turning round what stands after it.
    """
    return element(tag, *inside, class_=f"words {also}".rstrip(), dir="auto", **attributes)


def joined(*parts: str) -> Markup:
    return Markup("").join(parts)


def sent_along(frame: Frame) -> Markup:
    return joined(*(hidden(name, value) for name, value in frame.hidden))


def hidden(name: str, value: str) -> Markup:
    return element("input", type="hidden", name=name, value=value)
