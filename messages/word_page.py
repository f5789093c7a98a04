"""The page of a Word document: its paper, its styles, its language, and what it says of itself.

All styles are Word's own by name, so that headings are found by a screen reader and in the outline.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.document import Document as Doc
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

FONT = "Arial"
LANGUAGE = "en-GB"
DARK, GREY, BLUE = RGBColor(0x1B, 0x3A, 0x57), RGBColor(0x50, 0x50, 0x50), RGBColor(0x0B, 0x57, 0xA4)
"""On white each has a contrast of more than 7 to 1, as the strictest guideline asks."""
WIDTH = Cm(16.6)
"""Between the margins of a page of A4."""
NOTE, LINK = "Note", "Hyperlink"
AUTHOR = "Commsbot"
_HEADINGS = {"Heading 1": (20, 0, 10), "Heading 2": (14, 16, 6)}
"""Their size, and the space before and after them, in points."""
_WORD_2013 = "15"
"""The library's template is of 2010: Word would open it in its mode for old documents, and say so."""


def new_document(title: str, made: datetime | None) -> Doc:
    """An empty document; its pages are numbered, and it names nobody."""
    document = Document()
    _set_up_paper(document)
    _set_up_styles(document)
    _say_who_made_it(document, title, made)
    _be_modern(document)
    _number_pages(document)
    return document


def _set_up_paper(document: Doc) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin = section.bottom_margin = Cm(2.2)


def _set_up_styles(document: Doc) -> None:
    for name in ("Normal", *_HEADINGS, "List Bullet", "List Number", "Footer"):
        _use_font(document.styles[name])
    body: Any = document.styles["Normal"]
    body.font.size, body.paragraph_format.space_after = Pt(11), Pt(8)
    body.paragraph_format.line_spacing = 1.2
    for name, (size, before, after) in _HEADINGS.items():
        style: Any = document.styles[name]
        style.font.size, style.font.bold, style.font.color.rgb = Pt(size), True, DARK
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        style.paragraph_format.keep_with_next = True
    for name in ("List Bullet", "List Number"):
        listed: Any = document.styles[name]
        listed.paragraph_format.space_after = Pt(4)
        for tight in listed.element.pPr.findall(qn("w:contextualSpacing")):
            listed.element.pPr.remove(tight)
    note: Any = document.styles.add_style(NOTE, WD_STYLE_TYPE.PARAGRAPH)
    note.base_style, note.font.size, note.font.color.rgb = document.styles["Normal"], Pt(9.5), GREY
    link: Any = document.styles.add_style(LINK, WD_STYLE_TYPE.CHARACTER, builtin=True)
    link.font.color.rgb, link.font.underline = BLUE, True
    for part, tag in ((document.styles, "w:lang"), (document.settings, "w:themeFontLang")):
        for language in part.element.iter(qn(tag)):
            language.set(qn("w:val"), LANGUAGE)


def _use_font(style: Any) -> None:
    """In all scripts; a theme's font would go before it."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FONT)


def _say_who_made_it(document: Doc, title: str, made: datetime | None) -> None:
    """What the library's own template says of itself goes, with the picture of its empty page."""
    about = document.core_properties
    about.title, about.language = title[:255], LANGUAGE
    about.author = about.last_modified_by = AUTHOR
    about.comments = about.keywords = ""
    if made is not None:
        about.created = about.modified = made.astimezone(UTC)
    package = document.part.package
    for name in [n for n, rel in package.rels.items() if rel.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        del package.rels[name]


def _be_modern(document: Doc) -> None:
    for setting in document.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), _WORD_2013)


def _number_pages(document: Doc) -> None:
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for part in _page_of_pages():
        paragraph._p.append(part)
    for run in paragraph.runs:
        run.font.size, run.font.color.rgb = Pt(9.5), GREY


def _page_of_pages() -> Iterator[Any]:
    for words, field in (("Page ", "PAGE"), (" of ", "NUMPAGES")):
        yield _run(words)
        begin, end = (element("w:fldChar", fldCharType=kind) for kind in ("begin", "end"))
        code = OxmlElement("w:instrText")
        code.text = field
        for part in (begin, code, element("w:fldChar", fldCharType="separate")):
            yield _run(part)
        yield _run("1")
        yield _run(end)


def _run(inside: Any) -> Any:
    run: Any = OxmlElement("w:r")
    if isinstance(inside, str):
        run.text = inside
    else:
        run.append(inside)
    return run


def element(tag: str, /, **attributes: str) -> Any:
    made = OxmlElement(tag)
    for attribute, value in attributes.items():
        made.set(qn(f"w:{attribute}"), value)
    return made
