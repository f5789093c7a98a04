"""States: whether someone who comes back from Slack is who went there from here, lately, and once."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

GOOD_FOR = timedelta(minutes=10)


@dataclass
class States:
    """Each state goes to Slack in the address, and stays in the browser as a cookie with its time, signed.

    secret: the same in all processes that serve the pages. That a state was used is remembered in this
    process alone; the browser forgets it too, and Slack's code works once.
    """

    secret: str = field(repr=False)
    _used: dict[str, datetime] = field(default_factory=dict, repr=False)

    def fresh(self, now: datetime) -> tuple[str, str]:
        """A new state, and the cookie to remember it by."""
        state = secrets.token_urlsafe(32)
        signed = f"{state}.{now.timestamp():.0f}"
        return state, f"{signed}.{self._sign(signed)}"

    def use(self, cookie: str, state: str, now: datetime) -> bool:
        """Whether this state is this browser's, and is used for the first time and in time."""
        signed, _, signature = cookie.rpartition(".")
        kept, _, at = signed.rpartition(".")
        is_ours = _same(signature, self._sign(signed))
        if not (_same(kept, state) and is_ours) or abs(now.timestamp() - int(at)) > GOOD_FOR.total_seconds():
            return False
        for old in [each for each, used_at in self._used.items() if now - used_at > 2 * GOOD_FOR]:
            del self._used[old]
        is_new = state not in self._used
        self._used[state] = now
        return is_new

    def _sign(self, text: str) -> str:
        key = f"coming back from Slack {self.secret}".encode()
        return hmac.new(key, text.encode("utf-8", "replace"), hashlib.sha256).hexdigest()


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode("utf-8", "replace"), other.encode("utf-8", "replace"))
