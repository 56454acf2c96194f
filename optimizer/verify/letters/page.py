"""The page of a letter as its reader sees it: every text in order, and nothing that could hide or add one."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

#: Elements that say something, with what they are in a letter.
SAYING = ("title", "h1", "h2", "p", "caption", "th", "td")
#: Elements that only hold others, and the attributes that an element may have with the values that it may have.
HOLDING = ("html", "head", "meta", "style", "body", "main", "table", "thead", "tbody", "tr")
ATTRIBUTES = {
    "lang": ("nl", "en"),
    "charset": ("utf-8",),
    "name": ("viewport",),
    "content": ("width=device-width, initial-scale=1",),
    "scope": ("col", "row"),
    "class": ("feiten", "n"),
}
#: Elements without an end.
_SINGLE = ("meta",)


@dataclass
class Page:
    """What a page holds.

    Attributes
    ----------
    lang
        Its language, as it says.
    blocks
        Every text in order, each with its element.
    style
        Its style sheet, as it stands.
    strange
        What may not stand in a letter: another element or attribute, a comment, text outside an element that speaks.
    """

    lang: str = ""
    blocks: list[tuple[str, str]] = field(default_factory=list)
    style: str = ""
    strange: list[str] = field(default_factory=list)


def read_page(text: str) -> Page:
    """Read the page of a letter."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    if reader.open:
        reader.page.strange.append(reader.open[-1])
    return reader.page


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page, self.open = Page(), list[str]()

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        if tag not in (*SAYING, *HOLDING) or (self.open and self.open[-1] in SAYING):
            self.page.strange.append(tag)
        for name, value in attrs:
            if value not in ATTRIBUTES.get(name, ()):
                self.page.strange.append(f"{name}={value}")
            if tag == "html" and name == "lang":
                self.page.lang = value or ""
        if tag in SAYING:
            self.page.blocks.append((tag, ""))
        if tag not in _SINGLE:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.page.strange.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        where = self.open[-1] if self.open else ""
        if where == "style":
            self.page.style += data
        elif where in SAYING:
            tag, said = self.page.blocks[-1]
            self.page.blocks[-1] = (tag, said + data)
        elif data.strip():
            self.page.strange.append(data.strip())

    def handle_comment(self, data: str) -> None:
        self.page.strange.append(f"<!--{data}-->")

    def handle_pi(self, data: str) -> None:
        self.page.strange.append(f"<?{data}>")

    def unknown_decl(self, data: str) -> None:
        self.page.strange.append(f"<![{data}]>")

    def handle_decl(self, decl: str) -> None:
        if decl != "doctype html":
            self.page.strange.append(f"<!{decl}>")
