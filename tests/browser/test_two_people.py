"""Several people at once: each sees what the others do, without loading the page again, and nothing else."""

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import NOW, Visits
from tests.browser.doing import box, door, enter, form, messages, say, told
from tests.browser.serving import Served, served


def come(chat: Served, visit: Visits, who: str, place: str) -> Page:
    page = visit(chat.url)
    enter(page, who, place)
    return page


def press(where: Page | Locator, name: str) -> None:
    where.get_by_role("button", name=name, exact=True).click()


def words(page: Page, part: str) -> list[str]:
    """What is shown of the messages with this in them, each as often as it is there."""
    found = messages(page).filter(has_text=part).locator(".said")
    return [text.split("\n")[0] for text in found.all_inner_texts()]


def test_talk_reaches_the_other_in_order_and_is_announced(chat: Served, visit: Visits) -> None:
    priya, sam = come(chat, visit, "Priya Shah", "#comms"), come(chat, visit, "Sam Okafor", "#comms")

    for line in ("talk: one", "talk: two", "talk: three"):
        say(priya, line)
    told(sam, "talk: three")
    say(sam, "talk: four")
    told(priya, "talk: four")

    assert (
        words(sam, "talk:")
        == words(priya, "talk:")
        == [f"talk: {n}" for n in ("one", "two", "three", "four")]
    )
    expect(sam.get_by_role("log", name="New messages").get_by_role("paragraph")).to_have_text(
        ["Priya Shah: talk: one", "Priya Shah: talk: two", "Priya Shah: talk: three"]
    )


def test_command_is_its_authors_alone_and_its_outcome_everyones(chat: Served, visit: Visits) -> None:
    priya, sam = come(chat, visit, "Priya Shah", "#comms"), come(chat, visit, "Sam Okafor", "#comms")

    say(priya, "/action add Print the map owner: me due: 12 June")
    say(priya, "/action list")
    say(priya, "/action lisst")
    say(priya, "that is all")

    told(sam, "that is all")
    expect(priya.locator(".message.alone").filter(has_text="/action lis")).not_to_have_count(0)
    assert len(words(sam, "Print the map")) == 1
    for each in (sam, reloaded(sam)):
        expect(messages(each).filter(has_text="/action")).to_have_count(0)
        expect(each.locator(".message.alone")).to_have_count(0)


def reloaded(page: Page) -> Page:
    page.reload()
    return page


def test_button_pressed_in_a_thread_is_answered_there(chat: Served, visit: Visits) -> None:
    jo = come(chat, visit, "Jo Bell", "#comms")
    say(jo, "@commsbot action add Carry the chairs owner: me due: 12 June")
    told(jo, "@commsbot action add Carry the chairs").get_by_role("link").click()
    expect(jo.get_by_role("heading", level=1)).to_contain_text("Thread in #comms")

    press(told(jo, "is logged: Carry the chairs"), "Edit")
    form(jo).get_by_label("By when", exact=True).fill("19 June")
    press(form(jo), "Save")

    told(jo, "Friday 19 June")
    jo.get_by_role("button", name="What I can do").click()
    told(jo, "Everything about one of them")


def test_mention_is_answered_in_a_thread_that_all_see(chat: Served, visit: Visits) -> None:
    priya, sam = come(chat, visit, "Priya Shah", "#comms"), come(chat, visit, "Sam Okafor", "#comms")

    say(priya, "@commsbot action list")

    asked = told(sam, "@commsbot action list")
    asked.get_by_role("link", name=re.compile("^1 reply")).click()
    expect(sam.get_by_role("heading", level=1)).to_have_text("Thread in #comms")
    expect(messages(sam)).to_have_count(2)
    say(sam, "reply: thanks")
    expect(priya.get_by_role("link", name=re.compile("^2 replies"))).to_be_visible()
    expect(messages(priya).filter(has_text="reply: thanks")).to_have_count(0)
    sam.get_by_role("link", name="Back to #comms").click()
    expect(sam.get_by_role("link", name=re.compile("^2 replies"))).to_be_visible()


def test_unread_is_marked_until_it_is_read_in_every_tab(chat: Served, visit: Visits) -> None:
    priya, sam = come(chat, visit, "Priya Shah", "#council"), come(chat, visit, "Sam Okafor", "#hospitals")
    other = sam.context.new_page()
    other.goto(sam.url)

    say(priya, "unread: one")
    say(priya, "unread: two")

    for tab in (sam, other):
        expect(door(tab, "#council")).to_have_accessible_name("#council 2 new")
        expect(tab).to_have_title(re.compile(rf"^\({unread(tab)}\) #hospitals"))
    door(sam, "#council").click()
    told(sam, "unread: two")
    expect(door(other, "#council")).to_have_accessible_name("#council")
    expect(door(priya, "#council").locator(".unread")).to_be_hidden()
    expect(door(reloaded(sam), "#council").locator(".unread")).to_be_hidden()


def unread(page: Page) -> int:
    """How much is, in all places together."""
    marks = page.locator(".doors .unread:visible b").all_inner_texts()
    return sum(map(int, marks))


def test_clicked_post_shows_everyone_what_came_of_it(chat: Served, visit: Visits) -> None:
    jo, tom = come(chat, visit, "Jo Bell", "#council"), come(chat, visit, "Tom Reed", "#council")
    sam = come(chat, visit, "Sam Okafor", "Commsbot")
    say(sam, "/action add Paint the door owner: Council due: 12 June")
    told(sam, "is logged: Paint the door")
    press(sam, "+1 day")
    post = told(tom, "Paint the door")
    expect(post.get_by_role("button", name="Accept", exact=True)).to_be_visible()

    press(told(jo, "Paint the door"), "Accept")

    expect(post.get_by_role("button", name="Accept", exact=True)).to_have_count(0)
    expect(post).to_contain_text("changed since")


def test_two_tabs_of_one_person_show_the_same(chat: Served, visit: Visits) -> None:
    tom = come(chat, visit, "Tom Reed", "Commsbot")
    other = tom.context.new_page()
    other.goto(tom.url)

    say(tom, "/me")
    say(other, "/help me")

    told(tom, "all that waits on you: late")
    expect(messages(tom)).to_have_count(4)
    expect(messages(other)).to_have_count(4)
    assert messages(tom).all_inner_texts() == messages(other).all_inner_texts()


def test_nothing_is_missed_or_doubled_after_a_lost_connection(
    plan: Path, chat: Served, visit: Visits, tmp_path: Path
) -> None:
    """Two servers of one plan, as two machines would be; Sam's goes away for a while, and comes back."""
    priya = come(chat, visit, "Priya Shah", "#comms")
    visit.forgiven += ["ERR_", "htmx:"]
    options = ("--db", str(plan), "--at", NOW.replace(" ", "T"))
    with served(tmp_path, *options) as first:
        sam = come(first, visit, "Sam Okafor", "#comms")
        say(priya, "lost: before")
        told(sam, "lost: before")
    expect(sam.locator("body")).to_have_class(re.compile("away"))
    say(priya, "lost: one")
    say(priya, "lost: two")
    box(sam).fill("lost: from sam")
    box(sam).press("Enter")
    expect(sam.get_by_role("alert")).to_contain_text("Not sent yet")

    with served(tmp_path, *options, port=first.port):
        told(sam, "lost: two")
        expect(sam.locator("body")).not_to_have_class(re.compile("away"))
        told(priya, "lost: from sam")

        expected = ["lost: before", "lost: one", "lost: two", "lost: from sam"]
        assert words(sam, "lost:") == words(priya, "lost:") == expected
        assert words(reloaded(sam), "lost:") == expected
        sam.close()


def test_what_is_sent_without_a_network_waits_and_is_kept_over_a_reload(chat: Served, visit: Visits) -> None:
    tom = come(chat, visit, "Tom Reed", "#comms")
    visit.forgiven += ["ERR_INTERNET_DISCONNECTED", "htmx:"]
    tom.context.set_offline(True)
    box(tom).fill("offline: from tom")
    box(tom).press("Enter")
    expect(tom.get_by_role("alert")).to_contain_text("Not sent yet")

    tom.context.set_offline(False)

    told(tom, "offline: from tom")
    assert words(tom, "offline:") == ["offline: from tom"]
    expect(tom.get_by_role("alert")).to_be_hidden()


def test_what_is_on_its_way_when_the_page_is_left_arrives_once(chat: Served, visit: Visits) -> None:
    tom = come(chat, visit, "Tom Reed", "#comms")
    slow = {"offline": False, "latency": 800, "downloadThroughput": -1, "uploadThroughput": -1}
    tom.context.new_cdp_session(tom).send("Network.emulateNetworkConditions", slow)
    visit.forgiven += ["htmx:", "ERR_"]
    for number in range(2):
        say(tom, f"leaving: {number}")

    tom.reload()

    told(tom, "leaving: 1")
    expect(box(tom)).to_have_value("")
    assert words(tom, "leaving:") == ["leaving: 0", "leaving: 1"]


def test_lines_entered_faster_than_they_are_sent_stay_apart_and_in_order(chat: Served, visit: Visits) -> None:
    tom = come(chat, visit, "Tom Reed", "#comms")
    slow = {"offline": False, "latency": 300, "downloadThroughput": -1, "uploadThroughput": -1}
    tom.context.new_cdp_session(tom).send("Network.emulateNetworkConditions", slow)
    for number in range(4):
        box(tom).press_sequentially(f"fast: {number}")
        box(tom).press("Enter")

    told(tom, "fast: 3")

    assert words(tom, "fast:") == [f"fast: {number}" for number in range(4)]
    expect(box(tom)).to_have_value("")


def test_form_that_is_being_filled_in_stays_where_it_is(chat: Served, visit: Visits) -> None:
    jo, sam = come(chat, visit, "Jo Bell", "#comms"), come(chat, visit, "Sam Okafor", "#comms")
    say(jo, "/action add")
    owner = form(jo).get_by_label("Who owns it")
    owner.click()
    before = owner.bounding_box()

    say(sam, "long: " + "line\n" * 40)

    told(jo, "long: ")
    expect(jo.get_by_role("button", name="New messages")).to_be_visible()
    assert owner.bounding_box() == before
    expect(owner).to_be_focused()


def test_double_click_on_done_is_one(chat: Served, visit: Visits) -> None:
    sam = come(chat, visit, "Sam Okafor", "Commsbot")
    say(sam, "/action add Hang the sign owner: me due: 12 June")
    number = re.findall(r"A\d+", told(sam, "is logged: Hang the sign").inner_text())[0]
    say(sam, f"/action show {number}")

    done = told(sam, "History:").get_by_role("button", name="Done", exact=True)
    done.dblclick()

    told(sam, "What changed?")
    say(sam, f"/action show {number}")
    expect(told(sam, "History:").get_by_role("listitem").filter(has_text="done")).to_have_count(1)
    expect(messages(sam).filter(has_text="What changed?")).to_have_count(1)


def test_form_sent_twice_is_one(chat: Served, visit: Visits) -> None:
    sam = come(chat, visit, "Sam Okafor", "Commsbot")
    say(sam, "/action add")
    expect(form(sam)).to_be_visible()
    other = sam.context.new_page()
    other.goto(sam.url)
    for tab in (sam, other):
        form(tab).get_by_label("What is to be done").fill("Count the chairs")
    other.route("**/stream*", lambda route: route.abort())

    form(sam).get_by_role("button", name="Save").dblclick()
    told(sam, "is logged: Count the chairs")
    expect(form(other)).to_have_count(0)

    say(sam, "/action list")
    listed = told(sam, "open action").get_by_role("listitem")
    expect(listed.filter(has_text="Count the chairs")).to_have_count(1)


def test_old_button_says_what_has_become_of_it(chat: Served, visit: Visits) -> None:
    jo, tom = come(chat, visit, "Jo Bell", "Commsbot"), come(chat, visit, "Tom Reed", "Commsbot")
    say(jo, "/action add Book the hall owner: Tom due: 12 June")
    number = re.findall(r"A\d+", told(jo, "is logged: Book the hall").inner_text())[0]
    say(jo, f"/action show {number}")
    old = told(jo, "History:")
    say(tom, f"/action done {number}")
    told(tom, "is done")

    press(old, "Done")

    told(jo, f"{number} is done already")
