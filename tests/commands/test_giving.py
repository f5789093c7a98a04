"""Giving: files go to the direct messages of whoever asked for them, once, and to nobody else."""

import re
from io import BytesIO

import pytest
from docx import Document

from messages.message import Attachment
from messages.sheet import as_csv
from storage import files
from storage.db import Database
from tests.conversation import Conversation, Seen, start
from tests.paper import CSV, DOCX, with_paper


@pytest.fixture
def talk(db: Database) -> Conversation:
    made = start(db, "2020-06-01 10:00")
    made.app.commands = with_paper()
    return made


def given(seen: Seen) -> list[Attachment]:
    return [block for block in seen.shown.message.blocks if isinstance(block, Attachment)]


def content(talk: Conversation, file: Attachment) -> bytes:
    with talk.db.reading(talk.workspace.partnership_id) as session:
        found = files.file_called(session, file.key)
    assert found is not None
    assert found.name == file.name
    return found.content


def without_sizes(text: str) -> str:
    return re.sub(r"\d+ KB", "… KB", text)


@pytest.mark.parametrize("channel", ["#comms", ""])
def test_files_come_in_direct_messages(talk: Conversation, channel: str) -> None:
    answer = talk.do("Sam Okafor", "/paper Parking at =1+1", channel)

    described = "Word document (… KB) and CSV file for a spreadsheet (… KB)"
    assert without_sizes(answer) == (
        f"What you asked for: {described}. You get them in your direct messages with me."
    )
    [seen] = talk.seen
    assert (seen.place, without_sizes(seen.text)) == (
        "@Sam Okafor",
        f"What you asked for: {described}\n\nFile: {DOCX}\nFile: {CSV}",
    )
    paper, sheet = given(seen)
    document = Document(BytesIO(content(talk, paper)))
    assert [paragraph.text for paragraph in document.paragraphs] == ["Paper", "Parking at =1+1"]
    assert content(talk, sheet) == as_csv(["About"], [["Parking at =1+1"]])


def test_same_request_again_makes_no_second_files(talk: Conversation) -> None:
    first = talk.say("Sam Okafor", "/paper Parking", "#comms", key="once")

    again = talk.say("Sam Okafor", "/paper Parking", "#comms", key="once")

    assert (again, len(talk.seen)) == (first, 1)
