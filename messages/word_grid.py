"""The grid of a Word document: how its tables look, and what a screen reader is told of them."""

from itertools import islice
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.table import Table as Grid
from docx.table import _Cell as Cell

from messages.word_page import element


def cells_of(grid: Grid) -> list[list[Cell]]:
    """All cells of a row at once: asked for one by one, each is looked for from the start."""
    cells, width = iter(grid._cells), len(grid.columns)
    return [list(islice(cells, width)) for _ in grid._tbl.tr_lst]


def draw_lines(grid: Grid, look: dict[str, str]) -> None:
    """Thin lines between the rows, none between the columns, and air in the cells."""
    properties: Any = grid._tbl.tblPr
    for name in ("w:tblLook", "w:tblCellMar", "w:tblBorders"):
        for found in properties.findall(qn(name)):
            properties.remove(found)
    borders, margins = OxmlElement("w:tblBorders"), OxmlElement("w:tblCellMar")
    for side in ("top", "bottom", "insideH"):
        borders.append(element(f"w:{side}", val="single", sz="4", space="0", color="A0A0A0"))
    for side, width in (("top", "60"), ("left", "100"), ("bottom", "60"), ("right", "100")):
        margins.append(element(f"w:{side}", w=width, type="dxa"))
    usual = {"firstRow": "0", "lastRow": "0", "firstColumn": "0", "lastColumn": "0"}
    lines = element("w:tblLook", **(usual | look), noHBand="1", noVBand="1")
    layout = properties.find(qn("w:tblLayout"))
    layout.addprevious(borders)
    for part in (lines, margins):
        layout.addnext(part)


def repeat_first(grid: Grid) -> None:
    """The first row is a header, and stands again on every page that the table goes on to."""
    first: Any = grid._tbl.tr_lst[0]
    first.get_or_add_trPr().append(element("w:tblHeader"))


def shade(cell: Cell) -> None:
    properties: Any = cell._tc.get_or_add_tcPr()
    properties.append(element("w:shd", val="clear", color="auto", fill="E8EEF4"))
