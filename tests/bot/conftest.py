"""What the bot's tests share: a chat server that stands in for a platform."""

from collections.abc import Iterator

import pytest

from tests.standin import ChatServer


@pytest.fixture
def chat() -> Iterator[ChatServer]:
    with ChatServer().running() as server:
        yield server
