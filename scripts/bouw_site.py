"""Build the site from docs/: ``python -m scripts.bouw_site`` writes build/site, to be read without a network.

The pages are those of docs/, as a code host shows them. What cannot stand in a file is put in on the way: the help of
every command, pictures of a run, and the tables of contents, which are the lists of links of the pages that lead in.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from scripts import les, opdrachten
from scripts.beelden import PICTURES, Picture, taken

DOCS = Path(__file__).parents[1] / "docs"
SITE = Path(__file__).parents[1] / "build" / "site"
#: Pages whose lists of links are the tables of contents.
LEAD_IN = ("index.md", "gids.md", "english.md", "beslissingen/README.md")
_LINK = re.compile(r"^- \[([^]]+)\]\(([^):#]+)\.md\)", re.M)
#: Links to what lies beside docs/ go nowhere in a site that stands alone: their words stay.
_OUTSIDE = re.compile(r"\[([^]]+)\]\(\.\./(?:README|notebooks|inputs|benchmarks)[^)]*\)")
_NO_PICTURES = (
    "Op deze computer ontbreken Chromium, of LibreOffice met Poppler. Daarom staan hier geen beelden, of niet alle.\n\n"
    "*Chromium, or LibreOffice with Poppler, is missing here, so there are no pictures, or not all of them.*\n"
)


def source(pages: Path, pictures: Sequence[Picture]) -> None:
    """Copy docs/ and put in what is made at build time.

    Parameters
    ----------
    pages
        Folder for the copy. It may hold the pictures already, in ``_static/beelden``.
    pictures
        What the gallery shows; with fewer than there are it says why.
    """
    shutil.copytree(DOCS, pages, dirs_exist_ok=True)
    _put(pages / "opdrachten.md", opdrachten.written("nl"))
    _put(pages / "commands.md", opdrachten.written("en"))
    _put(
        pages / "galerij.md",
        "\n".join(map(_shown, pictures)) + ("" if len(pictures) == len(PICTURES) else _NO_PICTURES),
    )
    for page in pages.rglob("*.md"):
        text = _OUTSIDE.sub(r"\1", page.read_text(encoding="utf-8"))
        leads = page.relative_to(pages).as_posix() in LEAD_IN
        page.write_text(text + (_tree(text) if leads else ""), encoding="utf-8")


def _tree(text: str) -> str:
    links = "\n".join(f"{name} <{target}>" for name, target in _LINK.findall(text))
    return f"\n```{{toctree}}\n:hidden:\n\n{links}\n```\n"


def _put(page: Path, made: str) -> None:
    """Write what is made where the page says so, in place of what it says to those who read it elsewhere."""
    before, mark, _ = page.read_text(encoding="utf-8").partition("<!-- make docs -->")
    if not mark:
        raise ValueError(f"{page.name} does not say where")
    page.write_text(before + made, encoding="utf-8")


def _shown(picture: Picture) -> str:
    file = f"_static/beelden/{picture.name}.png"
    image = f"```{{image}} {file}\n:alt: {picture.nl}\n:class: beeld\n:target: {file}\n```\n"
    return f"## {picture.nl}\n\n*{picture.en}*\n\n{image}"


def build(pages: Path, site: Path) -> int:
    """Build a site of a folder of pages; a warning is a failure.

    Returns
    -------
    int
        0 when it is built.
    """
    options = ["-q", "-W", "--keep-going", "-E", "-b", "html", "-d", str(pages / ".doctrees")]
    command = [sys.executable, "-m", "sphinx", *options, str(pages), str(site)]
    return subprocess.run(command, check=False).returncode  # noqa: S603


def main() -> int:
    """Do the tutorials, take the pictures and build the site."""
    with tempfile.TemporaryDirectory() as folder:
        work, english, pages = (Path(folder, name) for name in ("work", "english", "pages"))
        work.mkdir()
        english.mkdir()
        les.redo("nl", work)
        les.redo("en", english)
        pictures = taken(work, pages / "_static" / "beelden")
        source(pages, pictures)
        shutil.rmtree(SITE, ignore_errors=True)
        code = build(pages, SITE)
    if code == 0:
        print(SITE / "index.html")
    return code


if __name__ == "__main__":
    sys.exit(main())
