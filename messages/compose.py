"""Composing: a template and some values become a message.

Values are sealed on their way into the text (docs/decisions/0001-sealed-values.md), so a template can
put them anywhere and what a person typed comes out exactly as it went in. `Markup` marks what a
template composed itself; nothing here lets a bare value slip into it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, wraps
from pathlib import Path
from typing import Any, Protocol

from jinja2 import FileSystemLoader, StrictUndefined, pass_context
from jinja2.compiler import CodeGenerator, Frame
from jinja2.exceptions import SecurityError
from jinja2.nodes import Concat
from jinja2.runtime import Context
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from messages import dialect
from messages.message import Message
from messages.sealed import seal
from messages.words import FILTERS, listed

_ON_VALUES = "capitalize float int lower replace round string title trim truncate upper urlencode"
_ON_SERIES = """abs batch default dictsort first groupby items last length list map max min
    reject rejectattr reverse select selectattr slice sort sum unique"""


class Named(Protocol):
    """Whoever can be mentioned."""

    @property
    def id(self) -> int | None: ...

    @property
    def name(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Composer:
    """Composes from the templates in one folder, such as `reminder/due.md` for "reminder/due"."""

    folder: Path

    def compose(self, name: str, /, **values: object) -> Message:
        """Raises ValueError, naming the template and the line, for what has no place in a message;
        jinja2.UndefinedError for a value that was not given; jinja2.TemplateNotFound.
        """
        template = _environment(self.folder).get_template(f"{name}.md")
        return dialect.read(template.render(values), name)


def compose(name: str, /, **values: object) -> Message:
    """The message of a packaged template; see Composer.compose."""
    return Composer(Path(__file__).parent / "templates").compose(name, **values)


def join(*messages: Message, summary: str = "") -> Message:
    """One message after another; the summary is the first there is, unless given."""
    blocks = tuple(block for message in messages for block in message.blocks)
    return Message(blocks, summary or next((each.summary for each in messages if each.summary), ""))


def mention(person: Named) -> Markup:
    """A mention of this person, ready to stand anywhere in a template's text."""
    return Markup(f"[@{seal(person.name)}](person:{person.id})")  # noqa: S704 (the name is sealed)


class _Generator(CodeGenerator):
    """Jinja would escape HTML in `a ~ b`; we seal instead."""

    def visit_Concat(self, node: Concat, frame: Frame) -> None:  # noqa: N802 (jinja's name)
        self.write("environment.connect((")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")


class _Environment(SandboxedEnvironment):
    """Values and composed text are put together by sealing the values, or not at all."""

    code_generator_class = _Generator
    intercepted_binops = frozenset({"+", "%"})

    def connect(self, parts: Iterable[object]) -> str:
        return _connect(tuple(parts))

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        if not isinstance(left, Markup) and not isinstance(right, Markup):
            return super().call_binop(context, operator, left, right)
        if operator == "+":
            return _connect((left, right))
        raise SecurityError("composed text is not a pattern to be filled in")

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        return not isinstance(obj, Markup) and super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:
        if isinstance(getattr(value, "__self__", None), Markup):
            return None
        return super().wrap_str_format(value)


@pass_context  # without a context Jinja would escape HTML in literals first
def _finalize(context: Context, value: object) -> Markup:  # noqa: ARG001
    return seal(value)


@cache
def _environment(folder: Path) -> _Environment:
    environment = _Environment(
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        finalize=_finalize,
        autoescape=True,
        auto_reload=False,  # the templates are part of the programme: they change with it
        trim_blocks=True,
        lstrip_blocks=True,
    )
    known = environment.filters
    environment.filters = {
        **{name: known[name] for name in _ON_SERIES.split()},
        **{name: _on_values(name, known[name]) for name in _ON_VALUES.split()},
        **{name: _on_values(name, filter_) for name, filter_ in FILTERS.items()},
        "join": _join,
        "listed": _listed,
        "mention": mention,
    }
    return environment


def _on_values(name: str, filter_: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(filter_)
    def filtered(*parts: Any, **named: Any) -> Any:
        if any(isinstance(part, Markup) for part in (*parts, *named.values())):
            raise SecurityError(f"the filter {name!r} changes values; composed text is finished")
        return filter_(*parts, **named)

    return filtered


def _join(parts: Iterable[object], between: str = ", ") -> str:
    woven = [each for part in parts for each in (between, part)]
    return _connect(tuple(woven[1:]))


def _listed(parts: Iterable[object]) -> str:
    parts = tuple(parts)
    if any(isinstance(part, Markup) for part in parts):
        return Markup(listed(map(seal, parts)))  # noqa: S704 (sealed, and no commas of ours are markup)
    return listed(parts)


def _connect(parts: tuple[object, ...]) -> str:
    """Stays a plain value, which filters may still change, until something composed is in it."""
    if any(isinstance(part, Markup) for part in parts):
        return Markup("").join(map(seal, parts))
    return "".join(map(str, parts))
