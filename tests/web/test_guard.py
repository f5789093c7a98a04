"""The guard: only our own pages reach the chat, by its own name, and every answer says how to treat it."""

from collections.abc import Iterator

import httpx
import pytest

from bot.clock import Clock
from bot.web.guard import HEADERS, LARGEST
from storage.db import Database
from tests.conversation import at
from tests.web.conftest import NOW
from tests.web.seeing import Pairs
from tests.web.serving import Served, Visitor, serving

CHANGES = ["say", "click", "fill", "move", "step", "read", "suggest"]


REFUSED = "That came from another page, and nothing was done.\n"


def line(visitor: Visitor, **more: str) -> Pairs:
    """What the box to write in sends."""
    return list(({"token": visitor.token, "line": "Hello", "key": "k1"} | more).items())


# --- by which name ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "127.0.0.1:{port}.evil.example", ""],
)
def test_chat_is_not_reached_by_another_name(served: Served, priya: Visitor, host: str) -> None:
    """As by a name that somebody else lets point here."""
    told = {"host": host.format(port=served.origin.rpartition(":")[2])}

    for address in ("/", priya.address("#comms"), "/static/chat.css", "/nowhere"):
        assert priya.client.get(address, headers=told).status_code == 421
    assert priya.post("say", line(priya), **told).status_code == 421
    assert priya.look().words == []


def test_chat_is_reached_by_its_name_however_it_is_written(db: Database) -> None:
    with serving(db, Clock(at(NOW))) as served:
        host = served.origin.removeprefix("http://")
        assert httpx.get(f"{served.origin}/", headers={"host": host.upper()}).status_code == 303


# --- from which page --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "told",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:1"},
        {"origin": ""},
        {"origin": "https://evil.example", "sec-fetch-site": "same-origin"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
    ids=str,
)
def test_another_page_changes_nothing(priya: Visitor, told: dict[str, str]) -> None:
    for name in CHANGES:
        pairs = dict(line(priya, to="+1d"))
        answer = priya.client.post(priya.address("#comms", name), data=pairs, headers=told)
        assert (answer.status_code, answer.text) == (403, REFUSED)

    assert (priya.look().words, priya.page.now) == ([], "2020-06-01T09:30")


@pytest.mark.parametrize("told", [{}, {"sec-fetch-site": "same-origin"}, {"sec-fetch-site": "none"}], ids=str)
def test_own_page_may_leave_out_where_it_is(priya: Visitor, told: dict[str, str]) -> None:
    answer = priya.client.post(priya.address("#comms", "say"), data=dict(line(priya)), headers=told)

    assert answer.status_code == 303
    assert priya.look().words == [("Priya Shah", "Hello")]


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS"])
def test_other_ways_to_ask_are_refused(priya: Visitor, method: str) -> None:
    here = priya.address("#comms", "say")

    assert priya.client.request(method, here, headers={"origin": "https://evil.example"}).status_code == 403
    assert priya.client.request(method, here, headers={"origin": priya.served.origin}).status_code == 405


# --- the token --------------------------------------------------------------------------------------


@pytest.mark.parametrize("token", [None, "", "x", "\ud800é", "0" * 64], ids=str)
def test_nothing_is_changed_without_the_token(priya: Visitor, token: str | None) -> None:
    given = [] if token is None else [("token", token)]
    for name in CHANGES:
        answer = priya.post(name, [*given, ("line", "Hello"), ("to", "+1d"), ("step", "0")])
        assert answer.status_code == 403
        assert "That page is out of date" in answer.text

    assert (priya.look().words, priya.page.now) == ([], "2020-06-01T09:30")
    assert priya.page.step.startswith("Step 1")


def test_token_of_another_browser_is_of_no_use(served: Served, priya: Visitor) -> None:
    with served.visit("Priya Shah", "#comms") as elsewhere:
        assert elsewhere.token != priya.token
        assert priya.post("say", line(elsewhere)).status_code == 403
        assert elsewhere.post("say", line(elsewhere)).status_code == 303


def test_token_is_of_no_use_without_the_cookie(priya: Visitor) -> None:
    pairs = line(priya)
    priya.client.cookies.clear()

    assert priya.post("say", pairs).status_code == 403


def test_token_may_come_in_a_header(priya: Visitor) -> None:
    assert priya.post("say", [("line", "Hello")], **{"x-token": priya.token}).status_code == 303
    assert priya.post("say", [("line", "Hello")], **{"x-token": "wrong"}).status_code == 403


def test_token_stays_the_same_on_all_pages_of_a_browser(priya: Visitor) -> None:
    assert priya.token == priya.go().body["data-token"] == priya.go("#council").body["data-token"]


def test_token_stands_in_every_form_of_a_page(priya: Visitor) -> None:
    priya.say("/action add Refresh the newsletter")
    priya.say("/action add")
    forms = [form for form in priya.look().tree.all("form") if form["method"] == "post"]

    given = [{box["value"] for box in form.all("input") if box["name"] == "token"} for form in forms]
    assert len(forms) > 5
    assert given == [{priya.token}] * len(forms)


# --- too much ---------------------------------------------------------------------------------------


def test_what_is_too_long_is_refused(priya: Visitor) -> None:
    answer = priya.post("say", line(priya, line="x" * (LARGEST + 1)))

    assert (answer.status_code, answer.text) == (413, "That is too long.\n")
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert priya.look().words == []


def test_what_is_too_long_is_refused_though_its_length_is_not_told(priya: Visitor) -> None:
    def body() -> Iterator[bytes]:
        yield f"token={priya.token}&key=k1&line=".encode()
        for _ in range(LARGEST // 1000 + 1):
            yield b"x" * 1000

    answer = priya.client.post(
        priya.address("#comms", "say"), content=body(), headers={"origin": priya.served.origin}
    )

    assert (answer.status_code, answer.text) == (413, "That is too long.\n")
    assert priya.look().words == []


def test_longest_line_fits_however_it_is_written(priya: Visitor) -> None:
    assert not priya.say("\U0001f389" * 20_000).is_lost

    assert priya.look().words == [("Priya Shah", "\U0001f389" * 20_000)]


def test_form_of_too_many_fields_is_refused(priya: Visitor) -> None:
    pairs = [("token", priya.token), *((f"field.{number}", "") for number in range(2001))]

    assert priya.post("fill", pairs).status_code == 403


@pytest.mark.parametrize("body", [b"", b"&&&===", b"%ff%fe=%00", b"\xff\xfe\x00", b"token=%zz", b"{}"])
def test_what_is_no_form_is_refused(priya: Visitor, body: bytes) -> None:
    for name in CHANGES:
        here = priya.address("#comms", name)
        assert (
            priya.client.post(here, content=body, headers={"origin": priya.served.origin}).status_code == 403
        )
