"""Saving: a file gets a name that is one, in its folder and in no other, and never replaces another file."""

from pathlib import Path

import pytest

from bot.saving import NotSaved, save


@pytest.mark.parametrize(
    ("name", "saved"),
    [
        ("You said, we did.docx", "You said, we did.docx"),
        ("../../etc/passwd", "-..-etc-passwd"),
        ("C:\\plan.csv", "C--plan.csv"),
        ("a\nb\x1b[31m.csv", "a-b-[31m.csv"),
        ("exe.\u202excod", "exe.-xcod"),
        ("..", "File"),
        ("", "File"),
        (".profile", "profile"),
        ("con.docx", "_con.docx"),
        ("é" * 300 + ".docx", "é" * 100 + ".docx"),
        ("a." + "b" * 300, "a." + "b" * 198),
        ("مرحبا 🎉.csv", "مرحبا 🎉.csv"),
        ("half \ud800.csv", "half -.csv"),
    ],
)
def test_file_gets_a_name_that_is_one(tmp_path: Path, name: str, saved: str) -> None:
    assert save(tmp_path, name, b"words") == saved
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [(saved, b"words")]


def test_file_never_replaces_another(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    (tmp_path / "Plan (2).csv").mkdir()
    (tmp_path / "Plan (3).csv").symlink_to(elsewhere)

    assert [save(tmp_path, "Plan.csv", text) for text in (b"1", b"2", b"3")] == [
        "Plan.csv",
        "Plan (4).csv",
        "Plan (5).csv",
    ]
    assert (tmp_path / "Plan.csv").read_bytes() == b"1"
    assert not elsewhere.exists()


def test_folder_that_takes_nothing_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotSaved, match="No such file or directory"):
        save(tmp_path / "nowhere", "Plan.csv", b"")
