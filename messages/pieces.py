"""Pieces: a message in as few parts as a platform can hold."""

from messages.message import Message


def split(message: Message) -> tuple[Message, ...]:
    return (message,)
