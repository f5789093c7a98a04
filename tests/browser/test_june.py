"""June 2020 of the 22 actions, clicked through: people see what a conversation without a browser says."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from playwright.sync_api import Page, expect

from messages.form import Field, Form
from messages.html import Frame, as_html
from messages.message import Message
from storage import chat
from storage.addresses import addresses
from storage.db import Database
from tests.browser.conftest import Visits
from tests.browser.doing import enter
from tests.browser.serving import served
from tests.conversation import LONDON, Conversation, buttons
from tests.messages.browser import parse
from tests.plan import seed

BEGINS, ENDS = "2020-06-01 08:30", "2020-07-01"
EVERYTHING = Frame(click="click", fill="fill")


@dataclass(frozen=True)
class Act:
    """On a day somebody presses a button of the latest post to them, about an action; fields: what they
    fill in of the form that comes then, "" for none.
    """

    day: str
    who: str
    label: str
    ref: str
    fields: tuple[tuple[str, str], ...] = ()


ACTS = (
    Act("2020-06-01", "Ada Lane", "Waiting", "A3", (("whom", "the printer"), ("until", "12 June"))),
    Act("2020-06-01", "Ada Lane", "Note", "A4", (("text", "Three outlets so far."),)),
    Act("2020-06-15", "Ada Lane", "Snooze", "A4", (("until", "19 June"),)),
    Act("2020-06-23", "Ada Lane", "Done", "A3"),
)

Said = tuple[str, str, str]
"""On which day, where, and all words of a post as it stands in the end, without spaces."""


def planned(path: Path) -> Conversation:
    """The whole plan, typed in May; on the first of June nothing was said yet."""
    db = Database(str(path))
    db.upgrade()
    talk = seed.start(db, "2020-05-29 10:00", team="local")
    seed.log_all(talk)
    talk.until(BEGINS)
    talk.seen.clear()
    return talk


def without_spaces(text: str) -> str:
    return "".join(text.split())


# --- without a browser ------------------------------------------------------------------------------


def talk_through(talk: Conversation) -> list[Said]:
    for act in ACTS:
        if talk.clock.now().astimezone(LONDON).date() < date.fromisoformat(act.day) or not talk.seen:
            talk.until(f"{act.day} 09:00")
        do(talk, act)
    talk.until(f"{ENDS} 09:00")
    days = {seen.shown.reference: f"{seen.when:%Y-%m-%d}" for seen in talk.seen[::-1]}
    ends = {seen.shown.reference: seen for seen in talk.seen}
    return sorted((days[key], seen.place, words(seen.shown.message)) for key, seen in ends.items())


def words(message: Message) -> str:
    return without_spaces(parse(as_html(message, EVERYTHING)).text)


def do(talk: Conversation, act: Act) -> None:
    post = [seen for seen in talk.to(f"@{act.who}") if line_of(seen.shown.message, act)][-1]
    line = line_of(post.shown.message, act)
    talk.say(act.who, line, is_click=True, clicked=post.shown.reference)
    for form in [b for message in talk.answer.messages for b in message.blocks if isinstance(b, Form)]:
        stands = {field.name: field.value for field in form.fields if isinstance(field, Field)}
        talk.fill(act.who, form.command, **stands | dict(act.fields))
    assert not talk.answer.is_error, talk.answer


def line_of(message: Message, act: Act) -> str:
    lines = (b.line for b in buttons(message) if b.label == act.label and b.line.endswith(f" {act.ref}"))
    return next(lines, "")


# --- in a browser -----------------------------------------------------------------------------------


def click_through(page: Page) -> None:
    for act in ACTS:
        go_to(page, act.day)
        enter(page, act.who)
        page.locator(f"button[value$=' {act.ref}']").get_by_text(act.label, exact=True).last.click()
        form = page.locator("form.form")
        if act.fields:
            for name, text in act.fields:
                form.locator(f"[name='field.{name}']").fill(text)
            form.get_by_role("button", name="Save").click()
            expect(form).to_have_count(0)
        else:
            expect(page.locator(".message").last).to_contain_text(f"{act.ref} is done")
    go_to(page, ENDS)


def go_to(page: Page, day: str) -> None:
    """Press "Next thing" till that day; it never goes past it."""
    while not is_on(page, day):
        with page.expect_response("**/move"):
            page.get_by_role("button", name="Next thing").click()
        page.reload()
    assert is_on(page, day)


def is_on(page: Page, day: str) -> bool:
    now = page.locator("#now").get_attribute("datetime") or ""
    assert now[:10] <= day, f"it is {now} already"
    return now[:10] == day and now[11:13] >= "09"


def seen_by_all(page: Page, path: Path) -> list[Said]:
    """What stands in each place, read from its page; which of it was posted, the chat remembers."""
    db = Database(str(path))
    with db.reading(1) as session:
        places = addresses(session)
        posts = {
            said.id
            for said in chat.messages_since(session, 0)
            if said.author_id is None and not said.is_answer
        }
    db.close()
    found: list[Said] = []
    for place in places:
        is_channel = place.kind == "channel"
        enter(
            page,
            "Nia Wood" if is_channel else place.external[1:],
            place.external if is_channel else "Commsbot",
        )
        for message in page.locator(".message").all():
            if int(message.get_attribute("data-id") or 0) in posts:
                day = (message.locator("time").get_attribute("datetime") or "")[:10]
                text = without_spaces(message.locator(".said").text_content() or "")
                found.append((day, place.external, text))
    return sorted(found)


def test_june_clicked_through_is_june_talked_through(tmp_path: Path, visit: Visits) -> None:
    talk = planned(tmp_path / "talk.db")
    served_plan = tmp_path / "plan.db"
    planned(served_plan).db.close()
    expected = talk_through(talk)
    talk.db.close()

    with served(tmp_path, "--db", str(served_plan), "--at", BEGINS.replace(" ", "T")) as chat:
        page = visit(chat.url)
        click_through(page)
        found = seen_by_all(page, served_plan)
        page.close()

    assert found == expected
    days = {day for day, _, _ in expected}
    assert {"2020-06-01", "2020-06-15", "2020-06-16", "2020-06-23", "2020-07-01"} <= days
