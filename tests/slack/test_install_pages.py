"""The pages with which Commsbot is added to a workspace: the way to Slack, and all that can come back."""

import logging
import socket
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from bot.slack.exchange import Offer
from bot.slack.install import ALL_HEADERS, STATUS, WORDS, in_plain_words
from bot.web.look import render
from storage import partnerships
from storage.db import Database
from tests.slack.adding import GIVEN, NOW, SECRETS, TOKEN, Browser, Pages, Slack, served
from tests.web.serving import locked


@pytest.fixture
def pages(sqlite: Database) -> Iterator[Pages]:
    slack = Slack()
    with slack.running() as api, served(sqlite, api) as found:
        found.slack = slack
        yield found


@pytest.fixture
def browser(pages: Pages) -> Iterator[Browser]:
    with pages.browser() as one:
        yield one


def check_refused(answer: httpx.Response, status: int, words: str) -> None:
    """A page in plain English, with the way out, and nothing on it that is nobody's business."""
    assert answer.status_code == status
    assert f"<h1>{words}</h1>" in answer.text
    assert '<a class="button first" href="/slack/install">Start again</a>' in answer.text
    assert [word for word in (*SECRETS, "Traceback") if word in answer.text] == []


def told_too_much(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What the log has of what it should not have, apart from what the tests' own browser writes there, and
    from the server's list of addresses, which pytest listens to although it is off.
    """
    theirs = ("httpx", "httpcore", "uvicorn")
    told = [each.getMessage() for each in caplog.records if each.name.partition(".")[0] not in theirs]
    return [text for text in told if any(word in text for word in SECRETS)]


# --- the way there -----------------------------------------------------------------------------------


def test_page_offers_one_button_and_says_what_it_allows(browser: Browser) -> None:
    answer = browser.client.get("/slack/install")

    assert (answer.status_code, answer.text.count('class="button')) == (200, 1)
    assert '<a class="button first" href="/slack/install/go">Add Commsbot to Slack</a>' in answer.text
    assert [WORDS[scope] in answer.text for scope in ("commands", "chat:write")] == [True, True]
    assert "set-cookie" not in answer.headers


def test_button_leads_to_slack_with_what_is_asked(browser: Browser, pages: Pages) -> None:
    answer = browser.client.get("/slack/install/go")
    there = urlsplit(answer.headers["location"])
    query = parse_qs(there.query)
    state = query.pop("state")[0]

    assert (answer.status_code, there.path) == (302, "/oauth/v2/authorize")
    assert len(state) == 43
    assert query == {
        "client_id": ["id 1"],
        "scope": ["commands,chat:write"],
        "redirect_uri": [f"{pages.origin}/slack/oauth_redirect"],
    }
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"commsbot-install={state}.")
    assert cookie.partition("; ")[2] == "HttpOnly; Max-Age=600; Path=/slack; SameSite=lax"


@pytest.mark.parametrize(
    ("api", "there"),
    [
        ("https://slack.com/api/", "https://slack.com/oauth/v2/authorize"),
        ("https://slack-gov.com/api/", "https://slack-gov.com/oauth/v2/authorize"),
    ],
)
def test_slacks_own_page_is_where_its_methods_are(api: str, there: str) -> None:
    offer = Offer("1", "hush", ("commands",), "https://comms.example.org/", api)

    assert offer.asking("a&b").partition("?")[0] == there
    assert offer.way_back == "https://comms.example.org/slack/oauth_redirect"
    assert parse_qs(offer.asking("a&b"))["client_id"] == ["1"]


def test_cookie_of_a_safe_site_is_sent_to_it_alone(sqlite: Database) -> None:
    url = "https://comms.example.org"
    with served(sqlite, "https://slack.com/api/", url) as pages, pages.browser() as browser:
        answer = browser.client.get("/slack/install/go")

    assert answer.headers["set-cookie"].endswith("; HttpOnly; Max-Age=600; Path=/slack; SameSite=lax; Secure")


def test_every_page_has_the_headers_of_the_chat(browser: Browser) -> None:
    answers = [
        browser.client.get("/slack/install"),
        browser.client.get("/slack/install/go"),
        browser.back("forged"),
        browser.back(browser.go()),
    ]

    assert [answer.status_code for answer in answers] == [200, 302, 400, 200]
    for answer in answers:
        assert {name: answer.headers[name] for name in ALL_HEADERS} == ALL_HEADERS


def test_scopes_are_told_once_each_in_plain_words() -> None:
    told = in_plain_words(("channels:history", "groups:history", "pins:read"))

    assert told == [WORDS["groups:history"], "pins:read, as Slack calls it."]


# --- and back ----------------------------------------------------------------------------------------


def test_workspace_is_in_when_its_person_comes_back(browser: Browser, pages: Pages) -> None:
    answer = browser.back(browser.go())

    assert (answer.status_code, pages.plans()) == (200, ["Fell & Bay"])
    assert "<h1>Commsbot is now in Fell &amp; Bay</h1>" in answer.text
    assert 'href="slack://app?team=T1&amp;id=A1&amp;tab=messages"' in answer.text
    assert 'href="https://slack.com/app_redirect?team=T1&amp;app=A1"' in answer.text
    assert [word for word in SECRETS if word in answer.text] == []
    assert pages.installs.token_of("T1") == TOKEN
    found = pages.installs.find_installation(enterprise_id=None, team_id="T1")
    assert found is not None
    assert (found.user_id, found.bot_user_id, found.bot_scopes) == ("U7", "UBOT", ["commands", "chat:write"])
    assert found.installed_at == NOW.timestamp()


def test_slack_is_asked_once_with_the_code_and_the_secret(browser: Browser, pages: Pages) -> None:
    browser.back(browser.go())

    ((path, body, secret),) = pages.slack.asked
    assert path == "/api/oauth.v2.access"
    assert body == {"code": "code-1", "redirect_uri": f"{pages.origin}/slack/oauth_redirect"}
    assert secret == httpx.BasicAuth("id 1", "hush")._auth_header


def test_installing_twice_leaves_one_plan_and_the_newer_token(browser: Browser, pages: Pages) -> None:
    browser.back(browser.go())
    pages.slack.answer = GIVEN | {"access_token": "newer", "team": {"id": "T1", "name": "Fell"}}
    again = browser.back(browser.go())

    assert (again.status_code, pages.plans(), pages.installs.token_of("T1")) == (200, ["Fell & Bay"], "newer")


def test_two_workspaces_have_a_plan_each(browser: Browser, pages: Pages) -> None:
    browser.back(browser.go())
    pages.slack.answer = GIVEN | {"access_token": "theirs", "team": {"id": "T2", "name": "Moor"}}
    with pages.browser() as another:
        another.back(another.go())

    assert pages.plans() == ["Fell & Bay", "Moor"]
    assert [pages.installs.token_of(team) for team in ("T1", "T2")] == [TOKEN, "theirs"]


def test_workspace_that_was_left_starts_again_with_the_same_plan(browser: Browser, pages: Pages) -> None:
    browser.back(browser.go())
    pages.installs.delete_all(enterprise_id=None, team_id="T1")
    browser.back(browser.go())

    with pages.db.everywhere() as session:
        (workspace,) = partnerships.workspaces(session)
    assert (workspace.stopped_at, pages.plans(), pages.installs.token_of("T1")) == (
        None,
        ["Fell & Bay"],
        TOKEN,
    )


def test_what_a_team_is_called_is_no_markup(browser: Browser, pages: Pages) -> None:
    pages.slack.answer = GIVEN | {"team": {"id": 'T"><b>', "name": "<script>x</script>"}}

    answer = browser.back(browser.go())

    assert "<script>x" not in answer.text
    assert "T%22%3E%3Cb%3E" in answer.text


# --- whose state it is -------------------------------------------------------------------------------


def test_state_of_nobody_is_refused(browser: Browser, pages: Pages) -> None:
    state = browser.go()
    for wrong in ("", "forged", state[:-1], state + "x", state.swapcase(), "ä" * 43, "%00"):
        check_refused(browser.back(wrong), 400, "Please start again")
    check_refused(browser.client.get("/slack/oauth_redirect"), 400, "Please start again")

    assert pages.slack.asked == []
    assert browser.back(state).status_code == 200


def test_state_of_another_browser_is_refused(browser: Browser, pages: Pages) -> None:
    theirs = browser.go()
    with pages.browser() as another:
        check_refused(another.back(theirs), 400, "Please start again")
        another.go()
        check_refused(another.back(theirs), 400, "Please start again")

    assert (pages.slack.asked, pages.plans()) == ([], [])


def test_state_is_used_once(browser: Browser, pages: Pages) -> None:
    state = browser.go()
    cookie = dict(browser.client.cookies)
    first = browser.back(state)
    forgotten = dict(browser.client.cookies)
    browser.client.cookies.update(cookie)

    check_refused(browser.back(state), 400, "Please start again")
    assert (first.status_code, forgotten, len(pages.slack.asked)) == (200, {}, 1)


@pytest.mark.parametrize(("minutes", "status"), [(9.9, 200), (10.1, 400), (-10.1, 400)])
def test_state_is_good_for_ten_minutes(browser: Browser, pages: Pages, minutes: float, status: int) -> None:
    state = browser.go()
    pages.now += timedelta(minutes=minutes)

    assert browser.back(state).status_code == status


# --- what goes wrong ---------------------------------------------------------------------------------


def test_person_who_says_no_is_told_that_nothing_was_done(browser: Browser, pages: Pages) -> None:
    answer = browser.back(browser.go(), error="access_denied")

    check_refused(answer, 403, "Commsbot was not added")
    assert (pages.slack.asked, pages.plans()) == ([], [])
    assert browser.back(browser.go()).status_code == 200


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ({"error": "<b>You have won</b>"}, 502, "Slack does not know this Commsbot"),
        ({"code": ""}, 400, "Please start again"),
        ({"code": "x" * 1001}, 400, "Please start again"),
    ],
    ids=["another error", "no code", "long code"],
)
def test_what_slack_never_sends_asks_slack_nothing(
    browser: Browser, pages: Pages, query: dict[str, str], status: int, words: str
) -> None:
    answer = browser.back(browser.go(), **query)

    check_refused(answer, status, words)
    assert ("won" in answer.text, pages.slack.asked, pages.plans()) == (False, [], [])


WRONG: dict[str, tuple[object, int, int, str]] = {
    "used": ({"ok": False, "error": "code_already_used"}, 200, 400, "Please start again"),
    "invalid": ({"ok": False, "error": "invalid_code"}, 200, 400, "Please start again"),
    "ours": ({"ok": False, "error": "bad_client_secret"}, 200, 502, "Slack does not know this Commsbot"),
    "fatal": ({"ok": False, "error": "fatal_error"}, 200, 502, "Slack does not answer"),
    "odd": ({"ok": False, "error": {"a": TOKEN}}, 200, 502, "Slack does not answer"),
    "limited": ({"ok": False, "error": "ratelimited"}, 429, 502, "Slack does not answer"),
    "500": ({"ok": False, "error": "internal_error"}, 500, 502, "Slack does not answer"),
    "500 with a token": (GIVEN, 500, 502, "Slack does not answer"),
    "503 page": (b"<html><h1>Down</h1></html>", 503, 502, "Slack does not answer"),
    "page": (f"<html><h1>Hello {TOKEN}</h1></html>".encode(), 200, 502, "Slack does not answer"),
    "empty": (b"", 200, 502, "Slack does not answer"),
    "no text": (b"\xff\xfe", 200, 502, "Slack does not answer"),
    "list": ([1, 2], 200, 502, "Slack does not answer"),
    "number": (7, 200, 502, "Slack does not answer"),
    "null": (b"null", 200, 502, "Slack does not answer"),
    "bare": ({"ok": True}, 200, 502, "Slack does not answer"),
    "no token": (GIVEN | {"access_token": None}, 200, 502, "Slack does not answer"),
    "no team": (GIVEN | {"team": None}, 200, 502, "Slack does not answer"),
    "no person": (GIVEN | {"authed_user": []}, 200, 502, "Slack does not answer"),
    "organisation": (
        GIVEN | {"is_enterprise_install": True, "team": None, "enterprise": {"id": "E1"}},
        200, 403, "Please choose a workspace",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_answer_that_is_no_token_is_told_in_plain_words(
    browser: Browser, pages: Pages, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    pages.slack.answer, pages.slack.status, status, words = WRONG[name]

    with caplog.at_level(logging.DEBUG):
        answer = browser.back(browser.go())

    check_refused(answer, status, words)
    assert (pages.plans(), len(pages.slack.asked)) == ([], 1)
    assert [record for record in caplog.records if record.exc_info] == []
    assert told_too_much(caplog) == []


def test_slack_that_hangs_up_is_told_in_plain_words(browser: Browser, pages: Pages) -> None:
    pages.slack.resets = True

    check_refused(browser.back(browser.go()), 502, "Slack does not answer")
    assert len(pages.slack.asked) == 1


def test_slack_that_is_not_there_is_told_in_plain_words(sqlite: Database) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        nowhere = f"http://127.0.0.1:{free.getsockname()[1]}/api/"

    with served(sqlite, nowhere) as pages, pages.browser() as browser:
        check_refused(browser.back(browser.go()), 502, "Slack does not answer")


def test_database_that_is_busy_is_told_in_plain_words(
    browser: Browser, pages: Pages, sqlite: Database
) -> None:
    state = browser.go()
    with locked(Path(str(sqlite.engine.url.database))):
        answer = browser.back(state)

    check_refused(answer, 503, "Busy just now")
    assert pages.plans() == []
    assert browser.back(browser.go()).status_code == 200


def test_nothing_secret_is_logged(browser: Browser, pages: Pages, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        assert browser.back(browser.go()).status_code == 200
        pages.installs.token_of("T1")

    assert told_too_much(caplog) == []


def test_every_reason_has_its_words() -> None:
    said = {why: render("not_installed", why=why, reference="ab12") for why in STATUS}

    assert [why for why, page in said.items() if "ab12" in page] == ["bug"]
