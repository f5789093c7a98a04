"""Writing: numbers are given once, a request has one effect, and what is broken off leaves nothing."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlmodel import select

from bot import local
from bot.app import Answer, App
from messages.text import as_text
from storage.actions import Action
from storage.db import Database
from storage.seen import Seen
from tests.conversation import COMMANDS, Conversation, start

THREADS, EACH = 8, 5


def hear(talk: Conversation, line: str, key: str, app: App | None = None) -> Answer:
    """One request, asked again for as long as the answer is "busy": so it must not be lost, nor twice."""
    heard = local.heard(talk.workspace, "@Sam Okafor", "#comms", key, line)
    answer = (app or talk.app).hear(heard, talk.clock.now())
    while "busy" in words(answer):
        answer = (app or talk.app).hear(heard, talk.clock.now())
    return answer


def words(answer: Answer) -> str:
    return "\n".join(as_text(message) for message in answer.messages)


def titles(talk: Conversation) -> list[tuple[int, str]]:
    with talk.db.reading(talk.workspace.partnership_id) as session:
        return [(action.number, action.title) for action in session.exec(select(Action))]


def at_once(work: Callable[[int], Answer]) -> list[Answer]:
    """Do this in eight threads, which begin together."""
    barrier = threading.Barrier(THREADS)

    def begin(number: int) -> Answer:
        barrier.wait(10)
        return work(number)

    with ThreadPoolExecutor(THREADS) as threads:
        return list(threads.map(begin, range(THREADS)))


@pytest.fixture
def apps(url: str) -> Iterator[list[App]]:
    """Two apps on one database, as two processes would have them."""
    databases = [Database(url), Database(url)]
    yield [App(db, COMMANDS, {}) for db in databases]
    for db in databases:
        db.close()


def test_threads_that_add_get_consecutive_numbers_and_lose_nothing(db: Database, apps: list[App]) -> None:
    talk = start(db, "2020-06-01 10:00")

    def work(number: int) -> Answer:
        for n in range(EACH):
            name = f"{number}-{n}"
            answer = hear(talk, f"/action add Leaflet {name}", name, apps[number % 2])
            assert not answer.is_error
        return answer

    at_once(work)

    found = titles(talk)
    assert sorted(number for number, _ in found) == list(range(1, THREADS * EACH + 1))
    assert sorted(title for _, title in found) == sorted(
        f"Leaflet {number}-{n}" for number in range(THREADS) for n in range(EACH)
    )


def test_same_request_has_one_effect_and_the_same_answer(db: Database) -> None:
    talk = start(db, "2020-06-01 10:00")

    answers = [hear(talk, "/action add Print the posters", "one key") for _ in range(3)]

    assert titles(talk) == [(1, "Print the posters")]
    assert len({words(answer) for answer in answers}) == 1
    talk.app.deliver(talk.clock.now())
    assert len(talk.to("#comms")) == 1


def test_same_request_in_many_threads_has_one_effect_and_the_same_answer(
    db: Database, apps: list[App]
) -> None:
    talk = start(db, "2020-06-01 10:00")

    answers = at_once(lambda n: hear(talk, "/action add Print the posters", "one key", apps[n % 2]))

    assert titles(talk) == [(1, "Print the posters")]
    assert {words(answer) for answer in answers} == {words(answers[0])}
    assert "A1" in words(answers[0])


def test_request_that_is_refused_may_be_made_again(sqlite: Database) -> None:
    talk = start(sqlite, "2020-06-01 10:00")

    refused = hear(talk, "/action done A1", "one key")
    hear(talk, "/action add Print the posters", "another key")
    done = hear(talk, "/action done A1", "one key")

    assert (refused.is_error, done.is_error) == (True, False)
    with sqlite.reading(talk.workspace.partnership_id) as session:
        assert session.exec(select(Seen.key)).all() == ["another key", "one key"]


def test_people_who_are_met_at_once_are_met_once(db: Database, apps: list[App]) -> None:
    talk = start(db, "2020-06-01 10:00")
    heard = local.heard(talk.workspace, "@Ada Vale", "#new", "", "/partner people")

    at_once(lambda n: apps[n % 2].hear(heard, talk.clock.now()))

    assert talk.do("Priya Shah", "/partner people").count("Ada Vale") == 1
    assert talk.do("Priya Shah", "/schedule list").count("#new") == 1


# --- texts ------------------------------------------------------------------------------------------

HOSTILE = {
    "an emoji of several": "Family day 👩‍👩‍👧‍👦 with 🏴󠁧󠁢󠁷󠁬󠁳󠁿",
    "right to left": "مرحبا بالعالم and שלום",
    "marks upon marks": "Z̷̧̢a̸l̶g̵o̴",
    "pings": "<!channel> @here <@U123> @everyone",
    "Markdown": "**bold** _x_ [a](b) `c` # d | e > f ~~g~~",
    "a template": "{{ 7 * 7 }} {% for x in y %} {# z #}",
    "SQL": "Robert'); DROP TABLE action;-- %s %(x)s :name ?",
    "HTML": "<script>alert(1)</script> &amp; &#39;",
    "slashes": r"C:\new\table \" \\ \n",
    "payload": "payload=%7B%7D payload",
    "quotes": "“It’s” – said ‘she’",
    "as long as may be": "x" * 2000,
    "a formula": "=1+1",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_text_is_stored_and_shown_as_it_was_typed(sqlite: Database, name: str) -> None:
    _stored_and_shown(sqlite, HOSTILE[name], HOSTILE[name])


def test_all_texts_are_stored_and_shown_on_postgresql_too(postgres_url: str) -> None:
    db = Database(postgres_url)
    talk = start(db, "2020-06-01 10:00")

    for text in HOSTILE.values():
        hear(talk, f"/action add {text}", text)

    assert [title for _, title in sorted(titles(talk))] == list(HOSTILE.values())
    db.close()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("Print\x00 posters", "Print posters"), ("Half \ud83d a face", "Half  a face"), ("Bell\x07", "Bell")],
)
def test_text_that_no_database_can_hold_is_cleaned(db: Database, typed: str, kept: str) -> None:
    _stored_and_shown(db, typed, kept)


def _stored_and_shown(db: Database, typed: str, kept: str) -> None:
    talk = start(db, "2020-06-01 10:00")

    talk.do("Sam Okafor", f"/action add {typed}")
    talk.do("Sam Okafor", f"/action note A1 {typed}")
    shown = talk.do("Sam Okafor", "/action show A1")

    assert titles(talk) == [(1, kept)]
    assert shown.count(kept) >= 2
