"""How requests to the fake Slack go wrong, and which of them."""

from dataclasses import dataclass
from enum import Enum, auto
from typing import assert_never


class Fault(Enum):
    """BEFORE and AFTER mean the moment at which what was asked for is done."""

    SLOW_DOWN = auto()
    """429, nothing is kept; Retry-After as the plan says, "" leaves it out."""
    REFUSED = auto()
    """`ok: false` with the plan's error, nothing is kept."""
    ERROR_500_BEFORE = auto()
    ERROR_500_AFTER = auto()
    ERROR_503_BEFORE = auto()
    ERROR_503_AFTER = auto()
    HTML_BEFORE = auto()
    """200 and a page, as from a proxy that wants to be greeted first."""
    HTML_AFTER = auto()
    BROKEN_JSON_BEFORE = auto()
    """Half of the answer as if it were all."""
    BROKEN_JSON_AFTER = auto()
    CUT_SHORT_BEFORE = auto()
    """Half of the answer, and then the end of the connection."""
    CUT_SHORT_AFTER = auto()
    RESET_BEFORE = auto()
    RESET_AFTER = auto()
    HANG_BEFORE = auto()
    """No answer until the server stops or its patience ends."""
    HANG_AFTER = auto()

    @property
    def is_kept_first(self) -> bool:
        return self.name.endswith("_AFTER")


class Course(Enum):
    """What becomes of a request's answer."""

    STATUS = auto()
    HTML = auto()
    BROKEN_JSON = auto()
    CUT_SHORT = auto()
    RESET = auto()
    HANG = auto()


def course(fault: Fault) -> Course:
    match fault:
        case Fault.SLOW_DOWN | Fault.REFUSED:
            return Course.STATUS
        case Fault.ERROR_500_BEFORE | Fault.ERROR_500_AFTER | Fault.ERROR_503_BEFORE | Fault.ERROR_503_AFTER:
            return Course.STATUS
        case Fault.HTML_BEFORE | Fault.HTML_AFTER:
            return Course.HTML
        case Fault.BROKEN_JSON_BEFORE | Fault.BROKEN_JSON_AFTER:
            return Course.BROKEN_JSON
        case Fault.CUT_SHORT_BEFORE | Fault.CUT_SHORT_AFTER:
            return Course.CUT_SHORT
        case Fault.RESET_BEFORE | Fault.RESET_AFTER:
            return Course.RESET
        case Fault.HANG_BEFORE | Fault.HANG_AFTER:
            return Course.HANG
        case never:
            assert_never(never)


def status(fault: Fault) -> int:
    if fault is Fault.SLOW_DOWN:
        return 429
    return {"ERROR_500": 500, "ERROR_503": 503}.get(fault.name[:9], 200)


@dataclass
class Plan:
    """A fault that waits for its request. channel: "" means any. times: how many requests it is for."""

    fault: Fault
    method: str
    channel: str
    times: int
    retry_after: str
    error: str

    def is_for(self, method: str, channel: str) -> bool:
        return self.times > 0 and self.method == method and self.channel in ("", channel)
