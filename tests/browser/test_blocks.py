"""Every kind of block, as a browser shows it and as those who do not see it are told of it."""

import struct
import zlib
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from playwright.sync_api import Locator, Page, expect

from messages.form import Field, Form, Option, Row, Rows
from messages.message import (
    Attachment,
    Break,
    Button,
    Buttons,
    CommandLine,
    Divider,
    Facts,
    Heading,
    Image,
    Link,
    List,
    Mention,
    Message,
    Note,
    Paragraph,
    Spans,
    Table,
    Text,
)
from messages.stored import to_json
from storage import outbox
from storage.addresses import addresses
from storage.db import Database, Session
from storage.files import keep
from storage.people import people
from tests.browser.conftest import NOW, Visits
from tests.browser.doing import box, enter, say, told
from tests.browser.serving import Served
from tests.conversation import at

MINUTES = b"Those present: Sam Okafor, Jo Bell.\r\n\x00\xff"


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int) -> bytes:
    """A green picture."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress((b"\0" + b"\x2a\x7a\x4f" * width) * height)
    parts = chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def words(text: str) -> Spans:
    return (Text(text),)


def fields() -> tuple[Field | Rows, ...]:
    """One of every kind."""
    few = (Option("radio", "Radio"), Option("paper", "Paper"))
    many = tuple(Option(str(n), f"Objective {n}") for n in range(1, 7))
    states = (Option("running", "Running"), Option("paused", "Paused"))
    return (
        Field("what", "What", hint="One line.", example="Print it", required=True),
        Field("notes", "Notes", "lines", value="first\nsecond"),
        Field("outlet", "Where", "choice", options=few),
        Field("objective", "Objective", "choice", options=many),
        Field("who", "For whom", "choices", options=(*few, Option("web", "Website"))),
        Field("due", "When", "when"),
        Field("copies", "Copies", "number", value="12"),
        Field("agreed", "It is agreed", "yes_no"),
        Rows(
            "review",
            "The review",
            (Field("state", "How it stands", "choice", options=states), Field("line", "What changed")),
            (Row("A1", "A1 Stories", (("state", "paused"),)), Row("A2", "A2 Briefs")),
        ),
    )


def blocks(sam: int, picture: str, minutes: str) -> Message:
    return Message(
        (
            Heading("The open day"),
            Paragraph(
                (
                    Text("Come "),
                    Text("early", bold=True),
                    Text(" and stay "),
                    Text("long", italic=True),
                    Text(": "),
                    Link("how to get there", "https://example.org/map"),
                    Break(),
                    Text("Ask "),
                    Mention(sam, "Sam Okafor"),
                )
            ),
            List((words("Tea"), words("Cake"))),
            List((words("Arrive"), words("Listen")), ordered=True),
            Facts((("When", words("Friday 12 June")), ("Where", words("Fell Hall")))),
            Table(("Who", "What"), ((words("Jo"), words("Posters")), (words("Tom"), words("Chairs")))),
            Note((Text("Agreed in May. See: "), CommandLine("/action list mine"))),
            Divider(),
            Buttons((Button("Show the plan", "/action list"), Button("Ask for help", "/help"))),
            Image(f"file:{picture}", "A green field"),
            Image("https://elsewhere.example/map.png", "A map of the bay"),
            Attachment("minutes.txt", f"file:{minutes}"),
            Form("Tell us", "action add", fields(), submit="Send it"),
        ),
        "The open day is on Friday 12 June.",
    )


def put(session: Session) -> None:
    """Into the outbox, for Priya."""
    everyone = {person.name: person.id for person in people(session)}
    place = next(each for each in addresses(session) if each.person_id == everyone["Priya Shah"])
    picture = keep(session, "field.png", "image/png", png(40, 30))
    minutes = keep(session, "minutes.txt", "text/plain", MINUTES)
    message = blocks(everyone["Sam Okafor"], picture, minutes)
    outbox.put(session, place.id, "every|block", to_json(message), "to be looked at")


@pytest.fixture
def page(chat: Served, plan: Path, visit: Visits) -> Page:
    """Priya's direct messages; what is in the outbox is delivered with the first thing that she asks."""
    page = visit(chat.url)
    db = Database(str(plan))
    with db.writing(1, at=at(NOW)) as session:
        if outbox.post_with_key(session, "every|block") is None:
            put(session)
    db.close()
    say(page, "/help me")
    told(page, "The open day")
    return page


@pytest.fixture
def post(page: Page) -> Locator:
    heading = page.get_by_role("heading", name="The open day", exact=True)
    return page.locator(".message", has=heading)


def test_words_of_every_kind(post: Locator) -> None:
    expect(post.get_by_role("heading", level=3).first).to_have_text("The open day")
    paragraph = post.locator(".said > p").first
    expect(paragraph).to_have_text("Come early and stay long: how to get thereAsk @Sam Okafor")
    expect(paragraph.get_by_role("strong")).to_have_text("early")
    expect(paragraph.get_by_role("emphasis")).to_have_text("long")
    expect(paragraph.locator("br")).to_have_count(1)
    expect(paragraph.locator(".mention")).to_have_text("@Sam Okafor")
    link = paragraph.get_by_role("link", name="how to get there")
    expect(link).to_have_attribute("href", "https://example.org/map")
    expect(link).to_have_attribute("rel", "noopener noreferrer")
    expect(post.locator(".said > .note")).to_have_text("Agreed in May. See: /action list mine")
    expect(post.get_by_role("separator")).to_have_count(1)


def test_lists_facts_and_tables(post: Locator) -> None:
    said = post.locator(".said")
    expect(said.locator("> ul").get_by_role("listitem")).to_have_text(["Tea", "Cake"])
    expect(said.locator("> ol").get_by_role("listitem")).to_have_text(["Arrive", "Listen"])
    expect(said.get_by_role("term")).to_have_text(["When", "Where"])
    expect(said.get_by_role("definition")).to_have_text(["Friday 12 June", "Fell Hall"])
    expect(said.get_by_role("columnheader")).to_have_text(["Who", "What"])
    expect(said.get_by_role("rowheader")).to_have_text(["Jo", "Tom"])
    expect(said.get_by_role("cell")).to_have_text(["Posters", "Chairs"])


def test_own_picture_is_shown_and_one_from_elsewhere_is_a_link(post: Locator) -> None:
    own = post.get_by_role("img", name="A green field")
    own.scroll_into_view_if_needed()
    expect(own).to_have_js_property("naturalWidth", 40)
    expect(post.get_by_role("img")).to_have_count(1)
    elsewhere = post.get_by_role("link", name="Picture: A map of the bay")
    expect(elsewhere).to_have_attribute("href", "https://elsewhere.example/map.png")


def test_attachment_is_downloaded_as_it_was(page: Page, post: Locator) -> None:
    with page.expect_download() as downloading:
        post.get_by_role("link", name="minutes.txt").click()

    assert downloading.value.suggested_filename == "minutes.txt"
    assert Path(downloading.value.path()).read_bytes() == MINUTES


def test_command_to_type_goes_into_the_box_and_what_stood_there_is_kept(page: Page, post: Locator) -> None:
    box(page).fill("half a thought")

    post.get_by_role("button", name="/action list mine", exact=True).click()

    expect(box(page)).to_be_focused()
    expect(box(page)).to_have_value("/action list mine")
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    page.keyboard.press("ArrowUp")
    expect(box(page)).to_have_value("half a thought")
    page.reload()
    box(page).fill("")
    page.keyboard.press("ArrowUp")
    expect(box(page)).to_have_value("half a thought")
    say(page, "/me")
    say(page, "/help me")
    box(page).focus()
    page.keyboard.press("ArrowUp")
    expect(box(page)).to_have_value("/help me")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(box(page)).to_have_value("half a thought")
    page.keyboard.press("Enter")
    told(page, "half a thought")
    page.keyboard.press("ArrowUp")
    expect(box(page)).to_have_value("half a thought")
    page.keyboard.press("ArrowUp")
    expect(box(page)).to_have_value("/help me")


def test_button_is_a_command(page: Page, post: Locator) -> None:
    post.get_by_role("button", name="Ask for help", exact=True).click()

    told(page, "What I can do")


def test_form_asks_with_every_kind_of_field(post: Locator) -> None:
    form = post.get_by_role("group", name="Tell us")
    what = form.get_by_label("What (needed)")
    expect(what).to_have_accessible_description("One line. Such as: Print it")
    expect(form.get_by_label("Notes")).to_have_value("first\nsecond")
    where = form.get_by_role("radiogroup", name="Where")
    expect(where.get_by_role("radio")).to_have_count(3)
    objective = form.get_by_role("combobox", name="Objective", exact=True)
    expect(objective.get_by_role("option")).to_have_count(7)
    expect(form.get_by_role("group", name="For whom").get_by_role("checkbox")).to_have_count(3)
    expect(form.get_by_label("When", exact=True)).to_have_attribute("aria-autocomplete", "list")
    expect(form.get_by_label("Copies")).to_have_attribute("inputmode", "numeric")
    expect(form.get_by_role("checkbox", name="It is agreed")).not_to_be_checked()
    stories = form.get_by_role("group", name="A1 Stories")
    expect(stories.get_by_role("radio", name="Paused")).to_be_checked()
    expect(form.get_by_role("group", name="A2 Briefs").get_by_label("What changed")).to_have_value("")


def test_form_sends_what_was_filled_in(page: Page, post: Locator) -> None:
    form = post.get_by_role("group", name="Tell us")
    form.get_by_label("What (needed)").fill("Open the doors")
    form.get_by_role("radio", name="Paper").first.check()
    form.get_by_role("combobox", name="Objective", exact=True).select_option("Objective 3")
    form.get_by_role("checkbox", name="Radio").check()
    form.get_by_role("checkbox", name="Website").check()
    form.get_by_label("Calendar for: When").fill("2020-06-12")
    expect(form.get_by_label("When", exact=True)).to_have_value("12 June 2020")
    form.get_by_role("checkbox", name="It is agreed").check()
    form.get_by_role("group", name="A2 Briefs").get_by_role("radio", name="Running").check()
    with page.expect_request("**/fill") as sending:
        form.get_by_role("button", name="Send it").click()

    sent = parse_qsl(sending.value.post_data or "")
    assert [(name.removeprefix("field."), value) for name, value in sent if name.startswith("field.")] == [
        ("what", "Open the doors"),
        ("notes", "first\nsecond"),
        ("outlet", "paper"),
        ("objective", "3"),
        ("who", "radio"),
        ("who", "web"),
        ("due", "12 June 2020"),
        ("copies", "12"),
        ("agreed", "yes"),
        ("review.A1.state", "paused"),
        ("review.A2.state", "running"),
    ]


def test_post_in_direct_messages_is_seen_by_nobody_else(chat: Served, visit: Visits) -> None:
    """A post in somebody's direct messages is theirs alone: nobody else's page has it."""
    page = visit(chat.url)
    enter(page, "Sam Okafor")

    expect(page.get_by_role("heading", name="The open day")).to_have_count(0)
