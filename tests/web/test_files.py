"""Files: pictures stand in the page, all else is saved, and where people sign in only they fetch them."""

from collections.abc import Iterator

import httpx
import pytest

from storage import files
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


def test_file_is_for_those_who_signed_in(signed: Served, stranger: httpx.Client, jo: Visitor) -> None:
    address = keep(signed, "chart.png", "image/png", PNG)

    assert stranger.get(address).status_code == 401
    assert jo.client.get(address).content == PNG


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
