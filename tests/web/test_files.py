"""Files: pictures stand in the page, all else is saved, and who signs in fetches what they see named."""

import re
from collections.abc import Iterator

import httpx
import pytest

from messages.message import Attachment, Message
from messages.sheet import as_csv
from messages.stored import to_json
from storage import chat, files
from tests.paper import with_paper
from tests.web.serving import Served, Visitor

PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def stranger(signed: Served) -> Iterator[httpx.Client]:
    """A browser that nobody gave a link to."""
    with httpx.Client(base_url=signed.origin, headers={"origin": signed.origin}, trust_env=False) as client:
        yield client


@pytest.fixture
def jo(signed: Served) -> Iterator[Visitor]:
    with signed.visit("Jo Bell") as visitor:
        yield visitor


def keep(served: Served, name: str, media_type: str, content: bytes) -> str:
    with served.room.writing() as session:
        return f"/files/{files.keep(session, name, media_type, content)}"


def show(served: Served, address: str, place: str, only_for: str = "") -> None:
    """A message that names a file, in a place."""
    key = address.removeprefix("/files/")
    message = to_json(Message((Attachment("chart.png", f"file:{key}"),)))
    whom = served.person(only_for) if only_for else None
    with served.room.writing() as session:
        chat.tell(session, served.place(place), f"shown|{key}", message=message, only_for=whom)


@pytest.mark.parametrize(
    ("place", "only_for", "jo_gets"),
    [
        ("#comms", "", 200),
        ("#comms", "Jo Bell", 200),
        ("#comms", "Priya Shah", 404),
        ("@Jo Bell", "", 200),
        ("@Priya Shah", "", 404),
        ("", "", 404),
    ],
)
def test_file_is_for_those_who_see_a_message_that_names_it(
    signed: Served, stranger: httpx.Client, jo: Visitor, place: str, only_for: str, jo_gets: int
) -> None:
    address = keep(signed, "chart.png", "image/png", PNG)
    other = keep(signed, "chart.png", "image/png", PNG)
    show(signed, other, "@Jo Bell")
    if place:
        show(signed, address, place, only_for)

    assert stranger.get(address).status_code == 401
    assert jo.client.get(address).status_code == jo_gets
    assert jo.client.get(other).content == PNG


def test_file_that_somebody_asked_for_is_theirs_alone(signed: Served, jo: Visitor) -> None:
    signed.room.app.commands = with_paper()
    jo.go("#comms")
    jo.say("/paper Parking")
    signed.all_said()
    page = jo.go()

    named = re.findall(r'href="(/files/[^"]+)"[^>]*>(.*?)</a>', jo.client.get(page.address).text)
    assert [re.sub("<.*?>", "", words) for _, words in named] == [
        "Paper.docx (Word document)",
        "Paper.csv (CSV file for a spreadsheet)",
    ]
    assert jo.client.get(named[1][0]).content == as_csv(["About"], [["Parking"]])
    with signed.visit("Priya Shah") as priya:
        assert [priya.client.get(address).status_code for address, _ in named] == [404, 404]


@pytest.mark.parametrize(
    ("name", "media_type", "shown"),
    [
        ("chart.png", "image/png", "inline; filename*=UTF-8''chart.png"),
        ("a chart.jpg", "image/jpeg", "inline; filename*=UTF-8''a%20chart.jpg"),
        ("plan.pdf", "application/pdf", "attachment; filename*=UTF-8''plan.pdf"),
        ("page.html", "text/html", "attachment; filename*=UTF-8''page.html"),
        ("picture.svg", "image/svg+xml", "attachment; filename*=UTF-8''picture.svg"),
        ('ni"\r\nx: y/../مرحبا', "text/csv", None),
    ],
)
def test_file_is_shown_or_saved(served: Served, name: str, media_type: str, shown: str | None) -> None:
    answer = httpx.get(served.origin + keep(served, name, media_type, PNG))

    assert answer.content == PNG
    assert answer.headers["content-type"].partition(";")[0] == media_type
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-disposition"] == (
        shown or "attachment; filename*=UTF-8''ni%22%0D%0Ax%3A%20y%2F..%2F%D9%85%D8%B1%D8%AD%D8%A8%D8%A7"
    )


def test_file_that_is_nowhere_is_nowhere(served: Served) -> None:
    for key in ("", "nothing", "%00", "a/b", "x" * 3000):
        assert httpx.get(f"{served.origin}/files/{key}").status_code in (404, 405), key
