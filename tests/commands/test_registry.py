"""The registry: what is in the folder is a command, and is read when it is first asked for."""

import subprocess
import sys
from pathlib import Path

import pytest

from commands.base import CommandError
from commands.registry import discover

LOADED = """
import sys
from commands.registry import discover
registry = discover()
registry.find("/me")
print(*sorted(name for name in sys.modules if name in ("commands.me", "commands.partner", "alembic")))
"""


def test_command_is_read_when_it_is_first_asked_for() -> None:
    root = Path(__file__).parents[2]
    ran = subprocess.run([sys.executable, "-c", LOADED], cwd=root, capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["commands.me"]


@pytest.mark.parametrize("name", ["base", "errors", "grammar", "registry", "when"])
def test_file_without_verbs_is_no_command(name: str) -> None:
    registry = discover()
    assert name not in registry.commands
    with pytest.raises(CommandError, match="I do not know"):
        registry.find(f"/{name} add")


def test_commands_are_listed_by_name() -> None:
    commands = discover().commands
    assert [commands[name].name for name in commands] == list(commands)
    assert len(commands) == len(list(commands))


def test_shortcuts_are_verbs_that_take_a_text() -> None:
    found = {
        verb.terms.shortcut: (verb.path, verb.takes and verb.takes.name) for verb in discover().shortcuts()
    }

    assert found == {"Log as action": ("action add", "what"), "Add to an action": ("action note", "text")}
