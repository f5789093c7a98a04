"""Whose it is: everyone has a view of their own, and nobody another's direct messages or private answers."""

import pytest

from bot.web.talk import Outcome
from tests.web.seeing import up_to
from tests.web.serving import Served, Visitor

GONE = Outcome(is_error=True, why="That button is on a message that is not here any more.")
NO_FORM = Outcome(is_error=True, why="That form was sent already, or is not here any more.")


@pytest.fixture
def hers(jo: Visitor) -> dict[str, list[int]]:
    """The ids of what only Jo may see, by the place where it is; some of it has buttons, some a form."""
    found = {}
    for place in ("#comms", ""):
        jo.go(place)
        jo.say("/action add")
        jo.look()
        jo.fill(what=f"Xylophone {place}")
        jo.say("/action add Xylophone again")
        jo.say("/action add")
        found[place] = [said.id for said in jo.look().messages if not place or said.is_alone]
    return found


def test_everyone_can_be_everyone_else(served: Served, priya: Visitor) -> None:
    links = {link.text: link["href"] for link in priya.page.tree.all("a") if link["href"].startswith("/as/")}

    assert sorted(links) == ["Jo Bell", "Priya Shah", "Sam Okafor", "Tom Reed"]
    for name, address in links.items():
        assert (
            f"You are <strong><bdi>{name}</bdi></strong>"
            in priya.client.get(address, follow_redirects=True).text
        )


def test_someone_who_was_only_written_down_has_direct_messages_once_they_come(
    served: Served, priya: Visitor
) -> None:
    served.type("Priya Shah", "/partner people add Robin Vale at: Council")
    links = {link.text: link["href"] for link in priya.look().tree.all("a")}

    pages = [priya.client.get(links["Robin Vale"], follow_redirects=True) for _ in range(2)]

    assert [page.status_code for page in pages] == [200, 200]
    assert pages[0].url == pages[1].url
    with served.visit("Robin Vale") as robin:
        robin.say("/action add Print it owner: me")
        assert robin.look().messages[-1].lead == "A1 is logged: Print it"


def test_someone_who_left_is_not_offered_and_has_no_page(served: Served, priya: Visitor, jo: Visitor) -> None:
    served.type("Priya Shah", "/partner people leave Jo Bell")

    assert "Jo Bell" not in [link.text for link in priya.look().tree.all("a")]
    assert priya.client.get(jo.address("#comms")).status_code == 404


def test_chat_begins_with_a_coordinator_who_is_here(served: Served, priya: Visitor) -> None:
    served.type("Priya Shah", "/partner coordinators add Tom Reed")
    served.type("Tom Reed", "/partner people leave Priya Shah")

    assert "You are <strong><bdi>Tom Reed</bdi></strong>" in priya.client.get("/", follow_redirects=True).text


@pytest.mark.parametrize(
    "address",
    [
        "/as/{jo}/in/{hers}/",
        "/as/{jo}/in/{hers}/stream",
        "/as/{jo}/in/{hers}/lines",
        "/as/{jo}/in/{hers}/earlier",
    ],
)
def test_place_of_ones_own_is_there(served: Served, jo: Visitor, address: str) -> None:
    with jo.client.stream("GET", address.format(jo=jo.person, hers=served.place("@Jo Bell"))) as answer:
        assert answer.status_code == 200


@pytest.mark.parametrize("name", ["", "stream", "lines", "earlier", "coming", "guide"])
def test_direct_messages_of_another_are_nowhere(served: Served, priya: Visitor, name: str) -> None:
    place = served.place("@Jo Bell")
    for address in (
        f"/as/{priya.person}/in/{place}/{name}",
        f"/as/77/in/{place}/{name}",
        f"/as/0/in/0/{name}",
    ):
        assert priya.client.get(address).status_code == 404, address


@pytest.mark.parametrize("name", ["say", "click", "fill", "move", "step", "read", "suggest"])
def test_nothing_is_done_in_direct_messages_of_another(served: Served, priya: Visitor, name: str) -> None:
    address = f"/as/{priya.person}/in/{served.place('@Jo Bell')}/{name}"

    answer = priya.post(address, [("token", priya.token), ("line", "/objective list"), ("to", "+1d")])

    assert answer.status_code == 404
    with served.visit("Jo Bell") as jo:
        assert jo.page.words == []


@pytest.mark.parametrize("number", ["9" * 9, "9" * 19, "9" * 40])
def test_numbers_that_nothing_has_are_nowhere(priya: Visitor, number: str) -> None:
    here = priya.address("#comms")
    for address in (f"/as/{number}/", f"/as/{number}/in/1/", f"/as/{priya.person}/in/{number}/"):
        assert priya.client.get(address).status_code == 404, address
    assert priya.client.get(f"{here}?thread={number}").status_code in (200, 404)
    assert priya.client.get(f"{here}earlier?before={number}").status_code == 200
    assert priya.post("read", [("token", priya.token), ("up_to", number)]).status_code == 204


def test_view_of_another_shows_nothing_of_hers(
    served: Served, priya: Visitor, hers: dict[str, list[int]]
) -> None:
    pages = [priya.go("#comms"), priya.go("#council"), priya.go()]

    shown = {said.id for page in pages for said in page.messages}
    assert shown & set(hers["#comms"] + hers[""]) == set()


def test_earlier_messages_show_nothing_of_hers(
    priya: Visitor, jo: Visitor, hers: dict[str, list[int]]
) -> None:
    mine, theirs = (
        priya.piece("earlier?before=999"),
        jo.client.get(jo.address("#comms", "earlier?before=999")),
    )

    assert "Xylophone" in mine  # what everyone sees of it
    assert [number for number in hers["#comms"] if f'id="m{number}"' in mine] == []
    assert [number for number in hers["#comms"] if f'id="m{number}"' not in theirs.text] == []


def test_stream_tells_nobody_of_hers(priya: Visitor, jo: Visitor, hers: dict[str, list[int]]) -> None:
    jo.go("#comms")
    jo.say("That was all")

    with priya.listening(after=0) as events:
        heard = up_to(events, lambda event: event.what.get("aloud") == "Jo Bell: That was all")

    assert {event.what.get("id") for event in heard} & set(hers["#comms"] + hers[""]) == set()
    with jo.listening(after=0) as events:
        own = up_to(events, lambda event: event.what.get("aloud") == "Jo Bell: That was all")
    assert {event.what.get("id") for event in own} >= set(hers["#comms"] + hers[""])


def test_stream_tells_of_other_places_only_that_there_is_something(priya: Visitor, jo: Visitor) -> None:
    priya.go("#council")
    jo.say("Hello")

    event = priya.hear(lambda event: event.kind == "message")[-1]

    assert (event.what["html"], event.what["author"]) == ("", jo.person)


def test_her_messages_are_no_threads_of_another(priya: Visitor, hers: dict[str, list[int]]) -> None:
    for place in ("#comms", "#council", ""):
        for number in hers["#comms"] + hers[""]:
            address = f"{priya.address(place)}?thread={number}"
            assert priya.client.get(address).status_code == 404, address


def test_nobody_replies_to_her_messages(served: Served, priya: Visitor, hers: dict[str, list[int]]) -> None:
    before = served.all_said()

    for number in hers["#comms"] + hers[""]:
        answer = priya.post(f"say?thread={number}", [("token", priya.token), ("line", "Hello")])
        assert answer.status_code == 404

    assert served.all_said() == before


def test_nobody_clicks_or_fills_in_what_is_hers(
    served: Served, priya: Visitor, hers: dict[str, list[int]]
) -> None:
    before = served.all_said()
    click, fill = "click", "fill"

    for number in hers["#comms"] + hers[""]:
        along = [("token", priya.token), ("message", str(number))]
        clicked = priya.post(click, [*along, ("line", "/action undo E1")])
        filled = priya.post(fill, [*along, ("field.what", "Something")])
        cancelled = priya.post(fill, [*along, ("cancel", "yes")])
        assert [a.status_code for a in (clicked, filled, cancelled)] == [303, 303, 303]
        assert "is+not+here+any+more" in clicked.headers["location"]
        assert "is+not+here+any+more" in filled.headers["location"]

    assert served.all_said() == before


def test_own_lines_are_ones_own(priya: Visitor, hers: dict[str, list[int]]) -> None:
    assert priya.client.get(priya.address("#comms", "lines")).json() == []
