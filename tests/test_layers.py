"""The house rules that can be counted: who imports whom, how long a file is, and who may catch a bug."""

import ast
import subprocess
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("bot", "commands", "jobs", "messages", "storage")
LONGEST_FILE, LONGEST_FUNCTION = 300, 40
BROAD = {"", "Exception", "BaseException"}

ROOMS = {
    "storage": {"alembic", "holidays", "psycopg", "sqlalchemy", "sqlmodel"},
    "messages": {"docx", "jinja2", "markdown_it", "markupsafe", "pyphen"},
    "commands": {"dateparser", "dateutil", "phonenumbers", "stdnum"},
    "bot": {
        *("apscheduler", "cryptography", "dotenv", "prometheus_client", "pydantic", "pydantic_settings"),
        *("slack_bolt", "slack_sdk", "starlette", "uvicorn", "yaml"),
    },
}
"""The one package in which each library may be imported."""
BESIDES = {
    ("bot/web/look.py", "jinja2"),
    ("messages/slack.py", "slack_sdk"),
    ("messages/slack_drawn.py", "slack_sdk"),
    ("messages/slack_forms.py", "slack_sdk"),
}
"""The pages of the browser chat are templates too; what Slack is sent is built of its own models."""


def files() -> list[Path]:
    """Every file of the programme, but for the migrations, which alembic writes."""
    found = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
    return [path for path in found if path.parent.name != "versions"]


def nodes() -> Iterator[tuple[str, ast.AST]]:
    for path in files():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            yield path.relative_to(ROOT).as_posix(), node


def contracts() -> list[dict[str, object]]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    found: list[dict[str, object]] = settings["tool"]["importlinter"]["contracts"]
    return found


def test_contracts_hold() -> None:
    """In a process of its own: it silences the logs of every module that is loaded."""
    lint = Path(sys.executable).parent / "lint-imports"

    done = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, ""), done.stdout


@pytest.mark.parametrize("room", ROOMS)
def test_library_is_kept_to_its_room_by_a_contract(room: str) -> None:
    others = sorted(set(PACKAGES) - {room})
    kept: set[object] = set()
    for contract in contracts():
        outside = contract.get("source_modules", [])
        assert isinstance(outside, list)
        if set(others) <= set(outside):
            forbidden = contract["forbidden_modules"]
            assert isinstance(forbidden, list)
            kept.update(forbidden)

    assert sorted(ROOMS[room] - kept) == []


def test_library_is_imported_in_its_room_only() -> None:
    rooms = defaultdict(set)
    for path, node in nodes():
        for library in _libraries(node):
            if (path, library) in BESIDES:
                continue
            rooms[library].add(path.partition("/")[0])
    allowed = {library: {room} for room, libraries in ROOMS.items() for library in libraries}

    assert dict(rooms) == {library: allowed.get(library) for library in rooms}


def _libraries(node: ast.AST) -> set[str]:
    """The third-party libraries that a statement imports."""
    match node:
        case ast.Import():
            names = [alias.name for alias in node.names]
        case ast.ImportFrom(level=0):
            names = [node.module or ""]
        case _:
            names = []
    return {name.partition(".")[0] for name in names} - set(PACKAGES) - sys.stdlib_module_names


def test_one_place_catches_everything_for_hear_and_beat() -> None:
    broad = [path for path, node in nodes() if _catches_everything(node)]

    assert broad == ["bot/bugs.py"]


def _catches_everything(node: ast.AST) -> bool:
    match node:
        case ast.ExceptHandler():
            caught = node.type
        case ast.Call(func=ast.Name("suppress") | ast.Attribute(attr="suppress")):
            caught = ast.Tuple(node.args)
        case _:
            return False
    kinds = caught.elts if isinstance(caught, ast.Tuple) else [caught]
    return any((ast.unparse(kind) if kind else "") in BROAD for kind in kinds)


def test_file_is_read_in_one_sitting() -> None:
    lengths = {str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines()) for path in files()}

    assert {path: length for path, length in lengths.items() if length > LONGEST_FILE} == {}


def test_function_is_seen_at_once() -> None:
    lengths = {
        f"{path}: {node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for path, node in nodes()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }

    assert {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION} == {}
