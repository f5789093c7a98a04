"""The sample: what people find when they try it."""

from sqlmodel import select

from bot.sample import load
from storage.db import Database
from storage.partnerships import Partnership
from tests.conversation import COMMANDS, at


def test_sample_is_loaded_once(sqlite: Database) -> None:
    load(sqlite, COMMANDS, at("2026-06-01 08:00"))

    load(sqlite, COMMANDS, at("2026-06-02 08:00"))

    with sqlite.everywhere() as session:
        assert [found.name for found in session.exec(select(Partnership))] == ["Fell and Bay Partnership"]
