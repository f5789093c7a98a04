"""Answers: every one says how to treat it and tells nothing of the inside, and looking changes nothing."""

import logging
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from sqlmodel import select

from bot.web.guard import HEADERS
from storage import chat
from storage.db import Database
from storage.row import Row
from storage.tables import METADATA
from tests.web.serving import Served, Visitor

CHANGES = ["say", "click", "fill", "move", "step", "read", "suggest"]


# --- the cookie -------------------------------------------------------------------------------------


def test_cookie_is_kept_from_scripts_and_from_other_sites(served: Served) -> None:
    answer = httpx.get(f"{served.origin}/as/{served.person('Jo Bell')}/", follow_redirects=True)
    name, _, rest = answer.headers["set-cookie"].partition("=")
    secret, *flags = rest.split("; ")

    assert name == f"commsbot-{served.origin.rpartition(':')[2]}"
    assert len(secret) == 43
    assert sorted(flags) == ["HttpOnly", "Path=/", "SameSite=lax"]


def test_cookie_is_given_once(priya: Visitor) -> None:
    assert "set-cookie" not in priya.client.get(priya.page.address).headers


# --- what every answer says -------------------------------------------------------------------------


ADDRESSES = {
    "/": 303,
    "/as/1/": 303,
    "{here}": 200,
    "{here}coming": 200,
    "{here}lines": 200,
    "{here}stream": 200,
    "/static/chat.css": 200,
    "/static/nothing.css": 404,
    "/static/../site.py": 404,
    "/static/%2e%2e/site.py": 404,
    "/nowhere": 404,
    "/as/77/": 404,
    f"/as/{'9' * 5000}/": 404,
    f"/as/1/in/{'9' * 5000}/": 404,
    "/as/x/": 404,
    "/files/nothing": 404,
    "/as/1/links": 404,
    "/sign-in/wrong": 401,
    "{here}say": 405,
}


def test_every_answer_says_how_to_treat_it(priya: Visitor) -> None:
    for address, status in ADDRESSES.items():
        with priya.client.stream("GET", address.format(here=priya.address("#comms"))) as answer:
            assert (address, answer.status_code) == (address, status)
            assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
            assert answer.headers["cache-control"] == "no-store"


def test_answers_are_not_read_framed_or_guessed_at_by_others() -> None:
    assert {name: value for name, value in HEADERS.items() if name != "content-security-policy"} == {
        "referrer-policy": "same-origin",
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
    }


def test_nothing_but_our_own_is_loaded_or_run() -> None:
    policy = dict(rule.split(" ", 1) for rule in HEADERS["content-security-policy"].split("; "))

    assert policy == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self'",
        "connect-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }


def test_page_asks_for_nothing_that_the_policy_forbids(priya: Visitor) -> None:
    priya.say("/action add Refresh the newsletter due: 9 June")
    priya.say("/action add")
    elements = list(priya.look().tree.all())

    attributes = {name for each in elements for name, _ in each.attributes}
    assert {name for name in attributes if name == "style" or name.startswith("on")} == set()
    assert [each for each in elements if each.tag == "style" or (each.tag == "script" and each.text)] == []
    links = {each[name] for each in elements for name in ("src", "href") if each.has(name)}
    assert {link for link in links if "//" in link or link.startswith("data:")} == set()


def test_bug_is_told_by_a_reference_alone(
    served: Served, priya: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    with served.room.writing() as session:
        chat.tell(session, served.place("#comms"), "broken", message="{")  # as nothing of ours writes it

    with caplog.at_level(logging.ERROR, "bot.web.site"):
        answer = priya.client.get(priya.address("#comms"))

    assert answer.status_code == 500
    assert "it is not your fault" in answer.text
    assert "Traceback" not in answer.text
    assert "JSON" not in answer.text
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    (logged,) = [record for record in caplog.records if record.name == "bot.web.site"]
    assert logged.getMessage().split()[1] in answer.text


def test_database_out_of_reach_is_told(priya: Visitor, served: Served) -> None:
    answers = []
    with served.room.db._my_turn():
        answers.append(priya.post("read", [("token", priya.token), ("up_to", "1")]))

    assert [answer.status_code for answer in answers] == [303]
    assert "The+plan+is+busy" in answers[0].headers["location"]


# --- looking changes nothing ------------------------------------------------------------------------


def everything(db: Database) -> dict[str, list[dict[str, Any]]]:
    kinds = {kind.__tablename__: kind for kind in every_kind()}
    with db.everywhere() as session:
        return {
            table.name: [row.model_dump() for row in session.exec(select(kinds[table.name]))]
            for table in METADATA.sorted_tables
        }


def every_kind(below: type[Row] = Row) -> Iterator[Any]:
    for kind in below.__subclasses__():
        yield from every_kind(kind)
        if hasattr(kind, "__table__"):
            yield kind


def test_looking_changes_nothing(served: Served, db: Database) -> None:
    served.type("Priya Shah", "/action add Refresh the newsletter owner: Jo Bell due: 3 June", "#comms")
    link = served.link("Jo Bell")
    before = everything(db)

    with served.visit("Jo Bell", "#comms") as jo:
        here = jo.address("#comms")
        names = ("", "earlier?before=9", "coming", "guide", "lines", "?thread=1", "?note=Hello", *CHANGES)
        for address in ("/", "/as/1/", "/as/1/links", link, "/sign-out", *(here + name for name in names)):
            jo.client.get(address, follow_redirects=True)
            jo.client.head(address, follow_redirects=True)
        with jo.listening() as events:
            next(events)

    assert everything(db) == before
