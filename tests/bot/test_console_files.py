"""Files in the terminal: they are put beside you, and the answer says where, from a pipe too."""

from io import BytesIO
from pathlib import Path

from docx import Document

from bot import local
from bot.app import App
from bot.console import Console
from bot.local import Local
from messages.sheet import as_csv
from storage.db import Database
from tests.bot.test_console import console as piped
from tests.conversation import Conversation, start
from tests.paper import with_paper


def held(sqlite: Database, folder: Path, *lines: str, talk: Conversation | None = None) -> str:
    """What Sam sees in the terminal."""
    talk = talk or start(sqlite, "2020-06-01 10:00")
    shown: list[str] = []
    made: list[Console] = []
    app = App(sqlite, with_paper(), {local.NAME: Local(lambda post: made[0].show(post))})
    made.append(Console(app, talk.workspace, talk.clock, shown.append, folder=folder))
    made[0].speak_as("Sam", "comms")
    made[0].run(lines)
    return "".join(shown)


def test_files_are_saved_beside_you(sqlite: Database, tmp_path: Path) -> None:
    (tmp_path / "Paper.csv").write_text("mine")

    shown = held(sqlite, tmp_path, "/paper Parking")

    assert shown.partition("--- to you\n")[2].partition("--- to you\n")[2].splitlines()[2:4] == [
        "File: Paper.docx, saved as ./Paper.docx",
        "File: Paper.csv, saved as ./Paper (2).csv",
    ]
    document = Document(BytesIO((tmp_path / "Paper.docx").read_bytes()))
    assert [paragraph.text for paragraph in document.paragraphs] == ["Paper", "Parking"]
    assert (tmp_path / "Paper (2).csv").read_bytes() == as_csv(["About"], [["Parking"]])
    assert (tmp_path / "Paper.csv").read_text() == "mine"


def test_folder_that_takes_nothing_is_told_and_nothing_else_suffers(sqlite: Database, tmp_path: Path) -> None:
    shown = held(sqlite, tmp_path / "nowhere", "/paper Parking", "/me")

    assert "File: Paper.docx, which could not be saved here: No such file or directory\n" in shown
    assert shown.count("--- to you") == 3


def test_files_of_somebody_else_are_named_and_not_saved(sqlite: Database, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    talk = start(sqlite, "2020-06-01 10:00")
    talk.app.commands, talk.app.platforms = with_paper(), {}
    talk.do("Jo Bell", "/paper Parking")

    shown = held(sqlite, folder, "/me", talk=talk)

    assert "File: Paper.docx\nFile: Paper.csv\n" in shown.partition("--- to @Jo Bell\n")[2]
    assert list(folder.iterdir()) == []


def test_lines_from_a_pipe_bring_files_too(tmp_path: Path, sqlite_url: str) -> None:
    db = Database(sqlite_url)
    talk = start(db, "2020-06-01 10:00")
    talk.app.commands, talk.app.platforms = with_paper(), {}
    talk.do("Sam Okafor", "/paper Parking", "#comms")
    db.close()

    ran = piped(tmp_path, "/me\n", "--db", sqlite_url, "--as", "Sam")

    assert (ran.returncode, ran.stderr) == (0, "")
    assert "File: Paper.docx, saved as ./Paper.docx\nFile: Paper.csv, saved as ./Paper.csv\n" in ran.stdout
    assert (tmp_path / "Paper.csv").read_bytes() == as_csv(["About"], [["Parking"]])
