"""Sign-in links: whoever comes from elsewhere has one of their own, until it is taken back."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from tests.messages.browser import Element, parse, sent
from tests.web.seeing import up_to
from tests.web.serving import Served, Visitor


@pytest.fixture
def stranger(signed: Served) -> Iterator[httpx.Client]:
    """A browser that nobody gave a link to."""
    with httpx.Client(base_url=signed.origin, headers={"origin": signed.origin}, trust_env=False) as client:
        yield client


@pytest.fixture
def priya(signed: Served) -> Iterator[Visitor]:
    with signed.visit("Priya Shah") as visitor:
        yield visitor


@pytest.fixture
def jo(signed: Served) -> Iterator[Visitor]:
    with signed.visit("Jo Bell") as visitor:
        yield visitor


def links_page(visitor: Visitor) -> Element:
    answer = visitor.client.get(f"/as/{visitor.person}/links")
    answer.raise_for_status()
    return parse(answer.text)


def press(visitor: Visitor, label: str) -> str:
    """Press a button on the page of links; returns the link that is shown then, "" for none."""
    forms = [
        form for form in links_page(visitor).all("form") if label in [b.text for b in form.all("button")]
    ]
    answer = visitor.post(f"/as/{visitor.person}/links", sent(forms[0], label))
    answer.raise_for_status()
    return next((code.text for code in parse(answer.text).all("code")), "")


# --- coming in --------------------------------------------------------------------------------------


def test_nobody_comes_in_without_a_link(signed: Served, stranger: httpx.Client) -> None:
    here = f"/as/{signed.person('Jo Bell')}/in/{signed.place('#comms')}/"
    names = ("", "stream", "earlier?before=9", "coming", "guide", "lines")
    for address in ("/", "/as/1/", "/as/1/links", "/files/nothing", *(here + name for name in names)):
        answer = stranger.get(address)
        assert (address, answer.status_code) == (address, 401)
        assert "Come in by the sign-in link that your coordinator gave you" in answer.text


def test_nobody_is_anyone_else(signed: Served, jo: Visitor) -> None:
    sam, comms = signed.person("Sam Okafor"), signed.place("#comms")
    for name in ("", "stream", "earlier?before=9", "coming", "guide", "lines"):
        assert jo.client.get(f"/as/{sam}/in/{comms}/{name}").status_code == 404, name
    for name in ("say", "click", "fill", "move", "step", "read", "suggest"):
        answer = jo.post(f"/as/{sam}/in/{comms}/{name}", [("token", jo.token), ("line", "Hello")])
        assert answer.status_code == 404, name
    assert jo.client.get(f"/as/{sam}/").status_code == 404
    assert jo.go("#comms").words == []


def test_names_are_not_switched(jo: Visitor) -> None:
    assert [link["href"] for link in jo.page.tree.all("a") if link["href"].startswith("/as/")] == []


def test_home_is_ones_own(signed: Served, jo: Visitor) -> None:
    assert jo.client.get("/").headers["location"] == f"/as/{jo.person}/in/{signed.place('@Jo Bell')}/"


def test_link_is_shown_before_it_is_used(signed: Served, stranger: httpx.Client, priya: Visitor) -> None:
    link = signed.link("Jo Bell")

    shown = stranger.get(link)
    assert (shown.status_code, "set-cookie" in shown.headers) == (200, False)
    assert "Sign in as Jo Bell" in shown.text
    assert stranger.get("/").status_code == 401
    assert is_used(priya, "Jo Bell") is False

    used = stranger.post(link)
    assert (used.status_code, used.headers["location"]) == (303, "/")
    assert "You are <strong><bdi>Jo Bell</bdi></strong>" in stranger.get("/", follow_redirects=True).text
    assert is_used(priya, "Jo Bell") is True


def is_used(coordinator: Visitor, name: str) -> bool:
    rows = [item.text for item in links_page(coordinator).all("li")]
    return "used since" in next(row for row in rows if name in row)


def test_cookie_of_a_link_lasts_a_year(signed: Served, stranger: httpx.Client) -> None:
    flags = stranger.post(signed.link("Jo Bell")).headers["set-cookie"].split("; ")[1:]

    assert sorted(flags) == ["HttpOnly", "Max-Age=31536000", "Path=/", "SameSite=lax"]


def test_another_page_signs_nobody_in(signed: Served, stranger: httpx.Client) -> None:
    answer = stranger.post(signed.link("Jo Bell"), headers={"origin": "https://evil.example"})

    assert (answer.status_code, "set-cookie" in answer.headers) == (403, False)


def test_link_works_in_several_browsers(signed: Served, stranger: httpx.Client) -> None:
    link = signed.link("Jo Bell")

    assert [stranger.post(link).status_code, httpx.post(link).status_code] == [303, 303]


def test_links_are_nothing_where_nobody_signs_in(served: Served) -> None:
    link = served.link("Jo Bell")

    assert httpx.get(link).status_code == 401
    assert httpx.get(f"{served.origin}/as/{served.person('Priya Shah')}/links").status_code == 404


# --- wrong links ------------------------------------------------------------------------------------


def test_wrong_links_are_soon_too_many_and_the_right_one_is_not(
    signed: Served, stranger: httpx.Client
) -> None:
    for number in range(10):
        assert (stranger.get, stranger.post)[number % 2](f"/sign-in/wrong-{number}").status_code == 401

    answer = stranger.get("/sign-in/wrong")

    assert (answer.status_code, answer.text) == (
        429,
        "Too many wrong links came from there. Please try again in ten minutes.\n",
    )
    assert stranger.get(signed.link("Jo Bell")).status_code == 200  # others cannot lock anyone out


def test_right_links_are_not_counted(signed: Served, stranger: httpx.Client) -> None:
    for _ in range(9):
        stranger.get("/sign-in/wrong")
    link = signed.link("Jo Bell")

    assert [stranger.post(link).status_code for _ in range(12)] == [303] * 12


def test_wrong_links_are_of_no_matter_to_who_is_in(signed: Served, jo: Visitor) -> None:
    for _ in range(12):
        jo.client.get("/sign-in/wrong")

    assert not jo.say("Hello").is_lost


@pytest.mark.parametrize("secret", ["x", "x" * 5000, "%F0%9F%8E%89", "%00", "a%2Fb", "' OR 1=1; --"])
def test_link_of_any_kind_is_answered(stranger: httpx.Client, secret: str) -> None:
    assert stranger.get(f"/sign-in/{secret}").status_code in (401, 404)


# --- giving and taking back -------------------------------------------------------------------------


def test_coordinator_gives_links(priya: Visitor, stranger: httpx.Client) -> None:
    link = press(priya, "Make a link for Tom Reed")

    assert stranger.post(link).status_code == 303
    assert "You are <strong><bdi>Tom Reed</bdi></strong>" in stranger.get("/", follow_redirects=True).text


def test_link_is_shown_once(priya: Visitor) -> None:
    link = press(priya, "Make a link for Tom Reed")

    assert link.partition("/sign-in/")[2] not in links_page(priya).text


def test_new_link_ends_the_one_before(signed: Served, jo: Visitor, priya: Visitor) -> None:
    press(priya, "Make a new link for Jo Bell")

    assert jo.client.get(jo.page.address).status_code == 401
    assert jo.post("say", [("token", jo.token), ("line", "Hello")]).status_code == 401


def test_coordinator_who_makes_their_own_link_anew_stays_in_and_sees_it(
    priya: Visitor, stranger: httpx.Client
) -> None:
    link = press(priya, "Make a new link for Priya Shah")

    assert stranger.post(link).status_code == 303
    assert "Link made on" in links_page(priya).text
    assert priya.look()
    assert priya.say("/me").is_error is False


def test_nobody_takes_their_own_link_back(priya: Visitor) -> None:
    page = links_page(priya)
    assert "Take back the link of Priya Shah" not in page.text

    form = next(form for form in page.all("form") if "Priya Shah" in form.text)
    pairs = [(name, value) for name, value in sent(form) if name != "what"]
    assert priya.post(f"/as/{priya.person}/links", [*pairs, ("what", "take back")]).status_code == 404
    assert priya.look()


def test_looking_at_a_link_signs_nobody_in(priya: Visitor, stranger: httpx.Client) -> None:
    link = press(priya, "Make a link for Tom Reed")

    assert "set-cookie" not in stranger.head(link).headers
    assert "set-cookie" not in stranger.get(link).headers


def test_link_taken_back_ends_at_once(signed: Served, jo: Visitor, priya: Visitor) -> None:
    assert press(priya, "Take back the link of Jo Bell") == ""

    assert jo.client.get(jo.page.address).status_code == 401
    assert jo.client.get("/").status_code == 401
    assert "No link" in next(item.text for item in links_page(priya).all("li") if "Jo Bell" in item.text)


def test_link_taken_back_ends_what_is_being_heard(jo: Visitor, priya: Visitor) -> None:
    with jo.listening() as events:
        next(events)
        press(priya, "Take back the link of Jo Bell")

        assert list(events) == []
    assert jo.client.get(f"{jo.page.address}stream").status_code == 401


def test_others_go_on_hearing_when_a_link_is_taken_back(signed: Served, jo: Visitor, priya: Visitor) -> None:
    with signed.visit("Sam Okafor", "#comms") as sam, sam.listening() as events:
        next(events)
        press(priya, "Take back the link of Jo Bell")
        priya.go("#comms")
        priya.say("Hello")

        heard = up_to(events, lambda event: event.kind == "message")
    assert [event.kind for event in heard] == ["message"]


def test_who_left_is_out(signed: Served, jo: Visitor) -> None:
    signed.type("Priya Shah", "/partner people leave Jo Bell")

    assert jo.client.get(jo.page.address).status_code == 401


def test_signing_out_forgets_the_browser(jo: Visitor) -> None:
    assert "You are signed out" in jo.post("/sign-out", []).text

    assert jo.client.get("/").status_code == 401


def test_only_coordinators_see_and_give_links(jo: Visitor, priya: Visitor) -> None:
    assert jo.client.get(f"/as/{jo.person}/links").status_code == 404
    assert jo.client.get(f"/as/{priya.person}/links").status_code == 404
    give = [("token", jo.token), ("person", str(priya.person)), ("what", "make")]
    for whose in (jo.person, priya.person):
        assert jo.post(f"/as/{whose}/links", give).status_code == 404
    assert "Links" not in [link.text for link in jo.page.tree.all("a")]
    assert "Links" in [link.text for link in priya.page.tree.all("a")]
    assert priya.client.get(priya.page.address).status_code == 200


def test_link_is_given_from_the_page_alone(priya: Visitor) -> None:
    give = [("person", str(priya.person)), ("what", "make")]

    assert priya.post(f"/as/{priya.person}/links", give).status_code == 403
    for whom in ("", "0", "77", "x", "9" * 40):
        pairs = [("token", priya.token), ("person", whom), ("what", "make")]
        assert priya.post(f"/as/{priya.person}/links", pairs).status_code == 404


def test_person_who_was_only_written_down_comes_in_by_a_link_too(signed: Served, priya: Visitor) -> None:
    signed.type("Priya Shah", "/partner people add Robin Vale at: Council")

    assert "Robin Vale" in links_page(priya).text
    link = signed.link("Robin Vale")
    with httpx.Client(follow_redirects=True, trust_env=False) as robin:
        page = robin.post(link, headers={"origin": signed.origin})
    assert "You are <strong><bdi>Robin Vale</bdi></strong>" in page.text


def test_link_cannot_be_read_in_the_database(signed: Served, plan: Path, jo: Visitor) -> None:
    secrets = [signed.link("Sam Okafor").partition("/sign-in/")[2], *jo.client.cookies.values()]

    with closing(sqlite3.connect(plan)) as raw:
        dump = "\n".join(raw.iterdump())

    assert [secret for secret in secrets if secret in dump] == []
    assert "secret_hash" in dump
