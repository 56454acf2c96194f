"""Letters as people read them: a page of its own for each, and the same page as a tagged PDF."""

import hashlib
import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from geodata.wording import Sentence
from optimizer.domain.brief import HUISHOUDENS, WERKGEVERS, Brief
from optimizer.report.templating import environment

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}")
#: Names that Windows keeps for itself.
_TAKEN = frozenset({"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10))})
NO_PDF = Sentence(
    "Er zijn geen PDF's gemaakt: het programma Pango ontbreekt. Onder Debian en Ubuntu heet het pakket libpango-1.0-0, "
    "met libpangoft2-1.0-0 en libharfbuzz-subset0.",
    "No PDFs were made: the library Pango is missing. Under Debian and Ubuntu the package is libpango-1.0-0, with "
    "libpangoft2-1.0-0 and libharfbuzz-subset0.",
)


@cache
def letter_style() -> str:
    """Return the style sheet of every letter."""
    return files("optimizer.report").joinpath("templates/letter.css").read_text(encoding="utf-8")


def render_letter(brief: Brief, lang: str) -> str:
    """Return the page of a letter in a language."""
    template = environment().get_template("letter.html.j2")
    return template.render(brief=brief, lang=lang, style=letter_style()).lstrip() + "\n"


def places(letters: Iterable[Brief]) -> dict[tuple[str, str], str]:
    """Return the name of the page of each letter, by kind and key: the key itself where that can be a name of a file.

    Keys that differ in capitals alone, or hold a character that no name has, become a hash.
    """
    found: dict[tuple[str, str], str] = {}
    taken: set[str] = set()
    for brief in letters:
        folder = HUISHOUDENS if brief.soort == "huishouden" else WERKGEVERS
        name = brief.kenmerk
        plain = _PLAIN.fullmatch(name) and name.lower() not in _TAKEN
        if not plain or f"{folder}/{name}".lower() in taken:
            name = "kenmerk-" + hashlib.sha256(name.encode()).hexdigest()[:32]
        taken.add(f"{folder}/{name}".lower())
        found[brief.soort, brief.kenmerk] = f"{folder}/{name}.html"
    return found


def can_pdf() -> bool:
    """Tell whether this computer has what a PDF is made with."""
    try:
        import weasyprint  # noqa: F401, PLC0415  (loads Pango)
    except (OSError, ImportError):
        return False
    return True


def pdf_maker() -> str:
    """Return the name and version of what makes the PDFs; empty where it is missing."""
    if not can_pdf():
        return ""
    import weasyprint  # noqa: PLC0415

    return f"weasyprint {weasyprint.__version__}"


def to_pdf(page: str) -> bytes:
    """Return a page as a tagged PDF (PDF/UA-1); the same page, fonts and version give the same bytes."""
    import weasyprint  # noqa: PLC0415

    name = hashlib.sha256(page.encode()).digest()[:16]
    written = weasyprint.HTML(string=page, base_url=None).write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=name)
    return bytes(written or b"")
