"""Pictures of what a run writes, for the site: pages with Chromium, workbooks with LibreOffice and Poppler."""

import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
PDFTOPPM = shutil.which("pdftoppm")
_DPI = 130
_SECONDS = 180


@dataclass(frozen=True)
class Picture:
    """What is shown: a file of the tutorial (a pattern: the first that fits), its words, and the size in px."""

    name: str
    file: str
    nl: str
    en: str
    size: tuple[int, int] = (1280, 1500)


PICTURES = (
    Picture(
        "fouten",
        "groep_fouten.xlsx",
        "Uw werkboek met elke fout gemerkt",
        "Your workbook with every mistake marked",
        (1500, 330),
    ),
    Picture("rapport", "outputs/groep/rapport.html", "Het rapport", "The report"),
    Picture(
        "rapport_smal",
        "outputs/groep/rapport.html",
        "Het rapport op een telefoon",
        "The report on a phone",
        (390, 1200),
    ),
    Picture(
        "wethouder", "outputs/groep/wethouder.html", "Eén A4 voor de wethouder", "One A4 for an alderman", (820, 1160)
    ),
    Picture("provincie", "outputs/groep/provincies/*.html", "De bladzijde van een provincie", "The page of a province"),
    Picture(
        "voorstel", "outputs/groep/voorstel.xlsx", "Het voorstel in Excel", "The proposal as a workbook", (1500, 1000)
    ),
    Picture(
        "gemeente",
        "outputs/groep/gemeenten/*.xlsx",
        "Het werkboek waarin een gemeente antwoordt",
        "The workbook in which a municipality answers",
        (1500, 760),
    ),
)


def taken(work: Path, to: Path) -> list[Picture]:
    """Take every picture that the programs on this machine can take, and return those.

    Parameters
    ----------
    work
        The folder in which the tutorial was done (`scripts.les`).
    to
        Folder for the pictures: ``NAME.png``.

    Raises
    ------
    RuntimeError
        When a program is there and gives no picture.
    """
    to.mkdir(parents=True, exist_ok=True)
    return [picture for picture in PICTURES if _take(picture, sorted(work.glob(picture.file))[0], to)]


def _take(picture: Picture, file: Path, to: Path) -> bool:
    out = to / f"{picture.name}.png"
    width, height = map(str, picture.size)
    with tempfile.TemporaryDirectory() as folder:
        if file.suffix == ".html" and CHROMIUM:
            options = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--user-data-dir={folder}"]
            _run([CHROMIUM, *options, f"--window-size={width},{height}", f"--screenshot={out}", file.as_uri()])
        elif file.suffix == ".xlsx" and SOFFICE and PDFTOPPM:
            profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
            _run([SOFFICE, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, str(file)])
            first = ["-singlefile", "-r", str(_DPI), "-W", width, "-H", height, "-png"]
            _run([PDFTOPPM, *first, str(Path(folder, f"{file.stem}.pdf")), str(out.with_suffix(""))])
        else:
            return False
    if not out.is_file():
        raise RuntimeError(f"no picture of {file.name}")
    return True


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)  # noqa: S603
