"""Saving: files that the bot gives, put into the folder that the terminal was started in."""

import re
from itertools import count
from pathlib import Path, PurePath

LONGEST = 200
"""Bytes of a name, without its ending; file systems take 255 in all."""
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]')
_OF_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


class NotSaved(Exception):
    """A file could not be put there; the message says why."""


def save(folder: Path, name: str, content: bytes) -> str:
    """Put a file into a folder, and return its name there: another one than was asked for, if that is taken
    already or is no name for a file. Raises NotSaved.
    """
    wanted = _fitting(name)
    for number in count(1):
        saved = wanted if number == 1 else wanted.with_stem(f"{wanted.stem} ({number})")
        try:
            with (folder / saved).open("xb") as file:  # which never follows a link, nor writes over a file
                file.write(content)
        except FileExistsError:
            continue
        except OSError as error:
            raise NotSaved(error.strerror or type(error).__name__) from error
        return str(saved)
    raise AssertionError("there is always another number")


def _fitting(name: str) -> PurePath:
    """A name in this folder and in no other, on every system."""
    path = PurePath(_NOT_IN_NAMES.sub("-", name).strip(" .") or "File")
    stem, ending = (path.stem, path.suffix) if len(path.suffix) <= 10 else (path.name, "")
    cut = stem.encode()[:LONGEST].decode(errors="ignore").rstrip(" .")
    return PurePath(f"_{cut}{ending}" if _OF_DEVICES.match(f"{cut}{ending}") else f"{cut}{ending}")
