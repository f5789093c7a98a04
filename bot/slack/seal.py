"""Seals: what must not be read in the database, under keys that the environment holds."""

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

SETTING = "SLACK_TOKEN_KEYS"
"""The environment variable that holds the keys."""
LENGTH = 44
"""Characters in a key."""


class WrongKeys(ValueError):
    """What is wrong with the keys, as it follows the name of their setting."""


class CannotOpen(Exception):
    """It was sealed with a key that is not here."""


class Seal:
    """Closes with the first key and opens with any, so that a key can be changed."""

    def __init__(self, keys: str) -> None:
        """keys: one or more, separated by commas, as `new_key` makes them. Raises WrongKeys."""
        several = [_read(key.strip()) for key in keys.split(",") if key.strip()]
        if not several:
            raise WrongKeys(f"is empty; it needs a key, such as this new one: {new_key()}")
        self._newest, self._all = several[0], MultiFernet(several)

    def close(self, text: str) -> str:
        return self._newest.encrypt(text.encode()).decode()

    def open(self, sealed: str) -> str:
        """Raises CannotOpen."""
        try:
            return self._all.decrypt(sealed.encode()).decode()
        except InvalidToken:
            raise CannotOpen from None

    def is_newest(self, sealed: str) -> bool:
        """Whether it would still open if every key but the first were taken away."""
        try:
            self._newest.decrypt(sealed.encode())
        except InvalidToken:
            return False
        return True


def new_key() -> str:
    return Fernet.generate_key().decode()


def _read(key: str) -> Fernet:
    try:
        if len(key) == LENGTH:  # of a longer one a part would be read, and the rest lost without a word
            return Fernet(key)
    except ValueError:
        pass
    raise WrongKeys(f"has a key that is none; a key has {LENGTH} characters, as this new one: {new_key()}")
