"""The guide to Slack says what the programme does. `python -m tests.slack.test_guide` prints its tables."""

import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from bot.slack.manifest import EVENTS, SCOPES
from commands.base import CommandError
from commands.registry import discover

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "slack.md").read_text(encoding="utf-8")


def rows(table: Mapping[str, str]) -> str:
    return "\n".join(f"| `{name}` | {why} |" for name, why in table.items())


def below(heading: str) -> str:
    """The table that begins with this row."""
    return PAGE.partition(f"\n{heading}\n|---|---|\n")[2].partition("\n\n")[0]


def test_every_scope_is_explained_as_in_the_programme() -> None:
    assert below("| scope | why |") == rows(SCOPES)


def test_every_event_is_explained_as_in_the_programme() -> None:
    assert below("| event | what it means |") == rows(EVENTS)


def test_commands_of_the_guide_are_known() -> None:
    typed = re.findall(r"^(/(?:action|comms) .+)$|`(/(?:action|comms) [^`]+)`", PAGE, re.MULTILINE)
    lines = [block or quoted for block, quoted in typed]

    assert len(lines) > 10
    assert [line for line in lines if not is_known(line)] == []


def is_known(line: str) -> bool:
    try:
        discover().find(line)
    except CommandError:
        return False
    return True


def test_options_of_the_guide_are_those_of_the_programme() -> None:
    line = [sys.executable, "-m", "bot", "manifest", "--help"]
    done = subprocess.run(line, capture_output=True, text=True, check=True, cwd=ROOT)

    named = set(re.findall(r"`(--[a-z]+)|manifest slack.*?(--[a-z]+)|(--many)", PAGE))
    assert {option for found in named for option in found if option} == set(
        re.findall(r"--[a-z]+", done.stdout)
    ) - {"--help"}


def test_links_within_the_guide_lead_to_a_heading() -> None:
    headings = re.findall(r"^#+ (.+)$", PAGE, re.MULTILINE)
    anchors = {re.sub(r"[^a-z0-9 -]", "", heading.lower()).replace(" ", "-") for heading in headings}

    assert set(re.findall(r"\]\(#([^)]+)\)", PAGE)) - anchors == set()


if __name__ == "__main__":
    print(rows(SCOPES), rows(EVENTS), sep="\n\n")
