"""Bugs: what nobody foresaw is logged under a reference that the person is shown."""

import logging
import secrets

log = logging.getLogger(__name__)


def log_bug(where: str, what: str) -> str:
    """Log the exception being handled; returns its reference."""
    reference = secrets.token_hex(4)
    log.exception("bug %s in %s (%s)", reference, where, what)
    return reference
