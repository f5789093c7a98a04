"""States: none that was made up, is old or was used lets anybody back in."""

from datetime import UTC, datetime, timedelta

from bot.slack.states import States

NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)


def test_cookie_that_was_made_up_is_refused() -> None:
    states, others = States("one"), States("two")
    state, cookie = others.fresh(NOW)
    signed, _, signature = states.fresh(NOW)[1].rpartition(".")
    own = signed.partition(".")[0]
    later = f"{own}.{NOW.timestamp() + 60:.0f}.{signature}"

    for wrong in (
        "",
        ".",
        "..",
        "a.b",
        "a.b.c",
        "ä.1.c",
        cookie,
        f"{state}.1.",
        later,
        f"{state}..{signature}",
    ):
        assert not states.use(wrong, wrong.partition(".")[0], NOW), wrong
    assert others.use(cookie, state, NOW)
    assert not others.use(cookie, state, NOW)


def test_used_states_are_not_remembered_for_ever() -> None:
    states = States("one")
    for minute in range(100):
        at = NOW + timedelta(minutes=minute)
        state, cookie = states.fresh(at)
        assert states.use(cookie, state, at)

    assert len(states._used) == 21
