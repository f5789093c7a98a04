"""Private: what is found in 24 made-up texts; twelve hold something private, twelve only seem to."""

import pytest

from commands.grammar.private import CONTACT, NEVER, find, masked, named, without

PERSONAL = {
    "Her NHS number is 943 476 5919, and she waited four hours": ["NHS number"],
    "Patient 9434765919 was pleased with the new leaflet": ["NHS number"],
    "Ward 12 943-476-5919 asked for large print": ["NHS number"],
    "His NI number is QQ 12 34 56 C and he is a carer": ["National Insurance number"],
    "ab123456c wants to join the readers' panel": ["National Insurance number"],
    "Ring Jo on 07400 123456 after six": ["telephone number"],
    "Call her mother (07700 900123), who minds the children": ["telephone number"],
    "You can reach me on +44 (0)1524 555123": ["telephone number"],
    "Write to pat.o'neill+news@example.org.uk about it": ["e-mail address"],
    "She lives at 4 Mill Lane, LA1 4RP": ["postcode"],
    "The man from sw1a 1aa, tel 020 7946 0123, came again": ["postcode", "telephone number"],
    "NHS no: 94 34 76 59 19; (01524) 65944; kim@example.com": [
        "NHS number",
        "telephone number",
        "e-mail address",
    ],
}
SEEMING = (
    "Reference 01234567890 of the printer, order 4711-0815",
    "Dial in: meeting ID 943 476 5919, PIN 123 456 789#",
    "Film on 12/06/2020 from 09:00 to 10:30, or 2020-06-19",
    "The budget is £1,250,000.00 over 2020/21, of 07400 leaflets",
    "ODS codes RTX02, A81001 and Y00001 are to be on the form",
    "L12 2nd reading, A12 and L12 3rd, D4",
    "Room B12, second floor, bay S4 9am to N8 5pm",
    "ISBN 0306406152, or ISBN-13 978-0-306-40615-7",
    "Her card says 943 476 5918, which has the wrong check figure",
    "Version 10.12.2.1, build 1234567890123 of 000 000 0000",
    "https://example.org/maps/LA14RP?t=07400123456 and @sam at 5",
    "Order GB123456C and 1 2 3 4 5 6 7 8 9 balloons, AB123456",
)


def test_twelve_of_twelve_are_found_and_none_of_twelve_wrongly() -> None:
    found = sum({each.kind for each in find(text)} == set(kinds) for text, kinds in PERSONAL.items())
    wrongly = sum(bool(find(text)) for text in SEEMING)

    print(f"{found} of {len(PERSONAL)} found, {wrongly} of {len(SEEMING)} found wrongly")
    assert (found, wrongly, len(PERSONAL), len(SEEMING)) == (12, 0, 12, 12)


@pytest.mark.parametrize(("text", "kinds"), PERSONAL.items())
def test_private_is_found_as_what_it_is(text: str, kinds: list[str]) -> None:
    assert [each.kind for each in find(text)] == kinds


@pytest.mark.parametrize("text", SEEMING)
def test_what_only_seems_private_is_left_alone(text: str) -> None:
    assert find(text) == []


@pytest.mark.parametrize(
    "number",
    [
        "9434765919", "943 476 5919", "943-476-5919", "943.476.5919", "943 4765919", "943476 5919",
        "943\u00a0476\u00a05919", "943 – 476 – 5919", "943\n476\n5919", "943\u200b4765919",
        "９４３ ４７６ ５９１９", "NHS943 476 5919x", "https://example.org/patients/9434765919",
    ],
)  # fmt: skip
def test_nhs_number_is_found_however_it_is_written(number: str) -> None:
    text = f"about {number}, please"
    found = find(text)

    assert [each.kind for each in found] == ["NHS number"]
    assert find(without(text, found)) == find(masked(text, found)) == []


@pytest.mark.parametrize(
    "number",
    [
        "07400 123456", "07400123456", "+447400123456", "+44 7400 123456", "0044 7400 123456",
        "+44 (0)7400 123456", "(01524) 65944", "0151 233 3000", "020-7946-0018", "07700900123",
        "+44 7700 900123", "01632 960 123", "+33 1 42 68 53 00",
    ],
)  # fmt: skip
def test_telephone_number_is_found_however_it_is_written(number: str) -> None:
    text = f"Ring {number} today"

    assert [(each.kind, text[each.start : each.end]) for each in find(text)] == [("telephone number", number)]


def test_telephone_number_is_found_after_other_figures() -> None:
    text = "Room 2 07400 123456 20 and 1 01524 555123 3"

    assert [text[each.start : each.end] for each in find(text)] == ["07400 123456", "01524 555123"]


def test_figures_after_the_country_are_no_patients() -> None:
    assert find("Ring +44 7400123459 or +44 740 012 3459", NEVER) == []
    assert [each.kind for each in find("About 7400123459", NEVER)] == ["NHS number"]


def test_link_is_no_reason_to_ask_about_the_address_in_it() -> None:
    text = "https://example.org/?to=jo@example.org and mailto:jo@example.org"

    assert find(text, CONTACT, in_links=False) == []
    assert [each.kind for each in find(text, CONTACT)] == ["e-mail address"] * 2


def test_what_was_found_is_masked_taken_out_and_named() -> None:
    text = "Jo (943 476 5919, QQ123456C) has 07400 123456, jo.bell@example.org and LA1 4RP"
    found = find(text)

    assert (
        masked(text, found)
        == "Jo (943 ••• ••••, QQ•••••••) has 07400 ••••••, j•.••••@•••••••.••• and L•• •••"
    )
    assert without(text, found) == (
        "Jo ([NHS number taken out], [National Insurance number taken out]) has "
        "[telephone number taken out], [e-mail address taken out] and [postcode taken out]"
    )
    assert named(text, found[:2]) == (
        "an NHS number (943 ••• ••••) and a National Insurance number (QQ•••••••)"
    )


def test_finding_takes_no_long_time_on_the_longest_text() -> None:
    assert find("0(1)-" * 4000 + "943 476 591" * 900) == []


@pytest.mark.parametrize(
    "text",
    [
        "My number is 943,476,5919",
        "My number is ９４３，４７６，５９１９",
        "My number is (943) 476 5919",
        "My number is 943 | 476 | 5919",
        "My number is *943* 476 5919",
        "AB/12/34/56/C",
        "ＡＢ123456Ｃ",
        "AB\u00ad123456C",
    ],
)
def test_numbers_are_found_however_their_figures_are_parted(text: str) -> None:
    assert [each.kind in NEVER for each in find(text)] == [True]
