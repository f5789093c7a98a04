"""The pages and lists that people rely on say what the programme does. `python -m tests.test_docs` prints the
command table of the README.
"""

import ast
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from datetime import date
from fnmatch import fnmatch
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from bot.settings import Settings
from commands.grammar.when import find_ending, read_when
from commands.registry import discover
from messages.compose import _environment
from messages.words import FILTERS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
TEMPLATES = ROOT / "messages" / "templates"
LOCKS = ("requirements.lock", "requirements-dev.lock")
TODAY = date(2026, 6, 10)
"""The day on which the examples of docs/dates.md were typed."""


def section(page: str, heading: str) -> str:
    """A page's text from a heading to the next."""
    return page.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def first_column(text: str) -> list[str]:
    """The first cells of a table that begin with something to type."""
    return re.findall(r"^\| (`.*?) \|", text, re.MULTILINE)


def quoted(text: str) -> list[str]:
    return re.findall(r"`([^`]+)`", text)


# --- commands and the console ---------------------------------------------------------------------


def command_table() -> str:
    """Every command and verb, in the order of /help."""
    verbs = [verb for command in discover().commands.values() for verb in command.verbs.values()]
    return "\n".join(f"| `{verb.line}` | {verb.purpose} | {verb.terms.needs} |" for verb in verbs)


def test_command_table_is_the_registry() -> None:
    table = section(README, "Commands").partition("|---|---|---|\n")[2].partition("\n\n")[0]

    assert table == command_table()


def test_console_options_are_those_of_the_programme() -> None:
    done = _commsbot("console", "--help")

    options = {quoted(cell)[0].partition(" ")[0] for cell in first_column(section(README, "The console"))}
    assert options == set(re.findall(r"--[a-z]+", done.stdout)) - {"--help"}


def test_options_of_the_chat_are_those_of_the_programme() -> None:
    done = _commsbot("try", "--help")

    options = {quoted(cell)[0].partition(" ")[0] for cell in first_column(section(README, "In the browser"))}
    assert options == set(re.findall(r"--[a-z-]+", done.stdout)) - {"--help"}


def _commsbot(*words: str, lines: str = "") -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-m", "bot", *words]
    environment = os.environ | {"PYTHONUTF8": "1"}
    return subprocess.run(
        line,
        input=lines,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        cwd=ROOT,
        env=environment,
    )


def test_tour_is_what_is_seen() -> None:
    tour = "\n".join(re.findall(r"```tour\n(.*?)\n```", README, re.DOTALL))
    typed = re.compile(r"^[A-Z]\w+ [A-Z]\w+> (.*)\n", re.MULTILINE)

    done = _commsbot("console", "--sample", "--at", "2026-06-01T08:00", lines="\n".join(typed.findall(tour)))

    pieces = [re.escape(piece) for piece in _squeezed(typed.sub("", tour)).split("…\n")]
    assert re.fullmatch(r"(?:.*\n)*?".join(pieces), _squeezed(done.stdout))


def _squeezed(text: str) -> str:
    """Without empty lines, which separate posts and blocks."""
    return re.sub(r"\n{2,}", "\n", text).strip() + "\n"


# --- settings and dependencies --------------------------------------------------------------------


def test_settings_are_the_same_everywhere() -> None:
    known = {name.upper(): str(field.default) for name, field in Settings.model_fields.items()}
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([A-Z_]+)` \| `(.*?)` \|", section(README, "Settings"), re.MULTILINE)

    assert dict(re.findall(r"^([A-Z_]+)=(.*)$", example, re.MULTILINE)) == known
    assert dict(rows) == known


def test_lines_without_make_are_those_of_the_makefile() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    rule = makefile.partition("\n.venv/installed:")[2].partition("\n\n")[0]
    recipe = [line.strip() for line in rule.splitlines() if line.startswith("\t") and "touch" not in line]
    lines = [line.replace("$(PYTHON)", "python3").replace("$(BIN)", ".venv/bin") for line in recipe]

    block = README.partition("Without make:\n\n```\n")[2].partition("\n```")[0]
    assert block.splitlines() == [*lines, ".venv/bin/commsbot try"]


@pytest.mark.parametrize("name", LOCKS)
def test_lock_names_no_index(name: str) -> None:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()

    named = re.compile(r"https?:|file:|--(?:extra-)?index-url|--find-links|(?:^|\s)-[if]\s| @ ")
    assert [line for line in lines if named.search(line)] == []


@pytest.mark.parametrize(("name", "extras"), [(LOCKS[0], ["build"]), (LOCKS[1], ["build", "dev"])])
def test_lock_covers_what_is_needed(name: str, extras: list[str]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    more = project["optional-dependencies"]
    needed = [Requirement(line) for line in project["dependencies"] + [r for e in extras for r in more[e]]]
    locked = _locked(name)

    assert [
        str(r) for r in needed if not r.specifier.contains(locked.get(canonicalize_name(r.name), "0"))
    ] == []


def test_locks_agree() -> None:
    everyday, developers = map(_locked, LOCKS)

    assert everyday == {name: developers.get(name) for name in everyday}


def _locked(name: str) -> dict[str, str]:
    text = (ROOT / name).read_text(encoding="utf-8")
    found = re.findall(r"^([A-Za-z0-9._-]+)(?:\[.*?\])?==([^\s;]+)", text, re.MULTILINE)
    return {canonicalize_name(library): version for library, version in found}


# --- pages ----------------------------------------------------------------------------------------


def test_links_lead_somewhere() -> None:
    pages = [page for page in house() if page.suffix == ".md" and TEMPLATES not in page.parents]
    links = [
        (page, link)
        for page in pages
        for link in re.findall(r"(?<!!)\[[^\]]*\]\(([^)<\s]+)\)", _without_examples(page))
        if not re.match(r"[a-z]+:", link)
    ]

    assert len(links) > 3
    assert [(page.name, to) for page, to in links if not (page.parent / to.partition("#")[0]).exists()] == []


def _without_examples(page: Path) -> str:
    return re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)


def test_dates_of_the_page_read_as_dates() -> None:
    page = (ROOT / "docs" / "dates.md").read_text(encoding="utf-8")
    examples = [text for cell in first_column(section(page, "What you can type")) for text in quoted(cell)]

    assert len(examples) > 40
    assert [read_when(text, TODAY).text for text in examples] == examples


def test_endings_of_the_page_are_found() -> None:
    page = section((ROOT / "docs" / "dates.md").read_text(encoding="utf-8"), "At the end of an action")
    lines = re.findall(r"^/action add (.*)$", page, re.MULTILINE)
    others = re.findall(r"“(.*?)”|\"(.*?)\"", page)

    assert [line for line in lines if find_ending(line, TODAY) is None] == []
    assert [text for pair in others for text in pair if text and find_ending(text, TODAY)] == []


def house() -> Iterator[Path]:
    """Every file that .gitignore leaves in."""
    ignored = [*(ROOT / ".gitignore").read_text(encoding="utf-8").replace("/", "").split(), ".git"]
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if not any(fnmatch(name, pattern) for pattern in ignored)]
        kept = [name for name in names if not any(fnmatch(name, pattern) for pattern in ignored)]
        yield from (Path(folder) / name for name in sorted(kept))


def test_no_file_knows_a_machine() -> None:
    machine = re.compile(
        r"(?<![\w.<{}:/-])/(?:home|root|Users|work|mnt)/\w|[A-Z]:\\Users|pypi\.|pythonhosted|artifactory|devpi"
    )
    texts = {path: path.read_text(encoding="utf-8", errors="replace") for path in house()}
    here = Path(__file__)

    assert [
        str(path.relative_to(ROOT)) for path, text in texts.items() if machine.search(text) and path != here
    ] == []


def test_filters_of_the_page_are_those_of_templates() -> None:
    page = section((ROOT / "docs" / "messages.md").read_text(encoding="utf-8"), "Values")

    explained = {re.split(r"\\\||\(", cell)[1] for cell in re.findall(r"^\| `(.*?)` \|", page, re.MULTILINE)}
    assert set(FILTERS) - explained == set()
    assert explained - set(_environment(TEMPLATES).filters) == set()


# --- templates ------------------------------------------------------------------------------------


def templates() -> set[str]:
    return {path.relative_to(TEMPLATES).with_suffix("").as_posix() for path in TEMPLATES.rglob("*.md")}


@pytest.mark.parametrize("name", sorted(templates()))
def test_template_parses(name: str) -> None:
    assert _environment(TEMPLATES).get_template(f"{name}.md").name == f"{name}.md"


def test_templates_are_those_that_are_composed() -> None:
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in house() if _is_programme(path)]
    composed = {name for tree in trees for name in _composed(tree, trees)}
    imported = {
        name
        for path in TEMPLATES.rglob("*.md")
        for name in re.findall(r'\{%-? *(?:from|import|include|extends) "(.+?)\.md"', path.read_text("utf-8"))
    }

    assert composed | imported == templates()


def _is_programme(path: Path) -> bool:
    return path.suffix == ".py" and path.relative_to(ROOT).parts[0] in ("bot", "commands", "jobs", "messages")


def _composed(tree: ast.Module, trees: list[ast.Module]) -> Iterator[str]:
    """The templates named in a file's calls of compose; where a function is told the last part of a name,
    those that its callers tell it.
    """
    for function in [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]:
        for call in _calls(function, "compose"):
            match call.args[0]:
                case ast.Constant(value=str(name)):
                    yield name
                case ast.JoinedStr(
                    values=[ast.Constant(value=str(topic)), ast.FormattedValue(value=ast.Name(part))]
                ):
                    place = [argument.arg for argument in function.args.args].index(part)
                    told = [c.args[place] for other in trees for c in _calls(other, function.name)]
                    yield from (f"{topic}{name}" for given in told for name in _words(given))


def _calls(tree: ast.AST, name: str) -> list[ast.Call]:
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args]
    return [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == name]


def _words(given: ast.AST) -> list[str]:
    return [n.value for n in ast.walk(given) if isinstance(n, ast.Constant) and isinstance(n.value, str)]


if __name__ == "__main__":
    print(command_table())
