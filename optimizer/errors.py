"""What can go wrong, as values: every deliberate failure ends in a sentence, a remedy and an exit code.

The exit codes are a contract (docs/bestanden.md): 0 done and proven, 1 unexpected, 2 usage, 3 input invalid,
4 exceptions or unlinked households, 5 stopped at a limit with a gap, 6 a violation found, 7 refused.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from geodata.wording import Sentence


class ExitCode(IntEnum):
    """What the process returns."""

    DONE = 0
    UNEXPECTED = 1
    USAGE = 2
    INPUT_INVALID = 3
    EXCEPTIONS = 4
    LIMIT = 5
    VIOLATION = 6
    REFUSED = 7


#: Of several codes that apply, the first in this order is returned.
PRECEDENCE = (
    ExitCode.UNEXPECTED,
    ExitCode.USAGE,
    ExitCode.REFUSED,
    ExitCode.INPUT_INVALID,
    ExitCode.VIOLATION,
    ExitCode.LIMIT,
    ExitCode.EXCEPTIONS,
    ExitCode.DONE,
)


def worst(codes: Sequence[ExitCode]) -> ExitCode:
    """Return the code that takes precedence.

    >>> worst([ExitCode.EXCEPTIONS, ExitCode.LIMIT]).name
    'LIMIT'
    >>> worst([]).name
    'DONE'
    """
    return min(codes, key=PRECEDENCE.index, default=ExitCode.DONE)


@dataclass(frozen=True)
class Defect:
    """One problem of the input, at one place.

    Parameters
    ----------
    code
        Stable name of the problem; its sentences stand in ``optimizer.read.texts``.
    file, row, column
        Where: the file or sheet, the row as a person sees it in Excel (header = 1; None = the whole file)
        and the column (empty = the whole row).
    value
        The offending cell as text; empty when it may not be repeated (a forbidden column).
    details
        What the sentence needs besides, for example the candidates for a misspelt municipality; words in both
        languages.
    warning
        True when the input can be used all the same.
    cell
        The cell as a spreadsheet names it, such as ``D14``; empty where the problem is about no single cell.
    """

    code: str
    file: str
    row: int | None = None
    column: str = ""
    value: str = ""
    details: Mapping[str, str | Sentence] = field(default_factory=dict)
    warning: bool = False
    cell: str = ""


FORBIDDEN = "verboden_kolom"
#: Problems that are no slip but something that the program will not do.
REFUSALS = frozenset({FORBIDDEN, "vloer_verboden"})
#: Problems whose sentences hold nothing from below a header: file names, numbers of rows, and names of columns.
OF_FILES_AND_HEADERS = frozenset(
    {
        *(FORBIDDEN, "bestand_ontbreekt", "bestand_onleesbaar", "bestand_te_groot", "bestand_andere_naam"),
        *("bestandssoort_onbekend", "bestand_dubbel", "bestand_niet_herkend", "map_niet_gelezen", "werkmap_naast_csv"),
        *("omkoppeling_apart", "geen_werkmap", "leeg_bestand", "geen_rijen", "nul_teken", "tekens_onleesbaar"),
        *("csv_onleesbaar", "te_veel_cellen", "rij_in_een_cel", "komma_in_getal", "kop_lager", "cellen_samengevoegd"),
        *("blad_verborgen", "rijen_verborgen", "kolom_ontbreekt", "kolom_dubbel"),
    }
)


def without_cells(defects: Sequence[Defect]) -> tuple[Defect, ...]:
    """Keep of the problems of an input only those that repeat no cell, where one of its columns is forbidden.

    A comma in a name without quotes moves it into the next column, so no cell of such a file is safe to repeat.

    >>> [d.code for d in without_cells([Defect("verboden_kolom", "p.csv"), Defect("geen_getal", "p.csv", value="Jan")])]
    ['verboden_kolom']
    """
    if all(d.code != FORBIDDEN for d in defects):
        return tuple(defects)
    return tuple(d for d in defects if d.code in OF_FILES_AND_HEADERS)


class KoppelwijzerFout(Exception):
    """Base of every deliberate failure: a sentence for people and an exit code; ``str()`` is the Dutch one.

    Parameters
    ----------
    nl, en
        What went wrong and what to do, in Dutch and in English; none can be left out. Of a sentence that was made
        before: ``Geweigerd(*sentence)``.
    """

    exit_code = ExitCode.UNEXPECTED

    def __init__(self, nl: str, en: str) -> None:
        super().__init__(nl)
        self.sentence = Sentence(nl, en)

    @property
    def en(self) -> str:
        """The failure in English."""
        return self.sentence.en


class Gebruiksfout(KoppelwijzerFout):
    """The command was called in a way that cannot work."""

    exit_code = ExitCode.USAGE


class Geweigerd(KoppelwijzerFout):
    """The program refuses: an existing run would be overwritten, or the input changed."""

    exit_code = ExitCode.REFUSED


class SchrijfFout(KoppelwijzerFout):
    """Nothing can be written there: a full disk, no permission, a name that cannot be."""

    exit_code = ExitCode.USAGE


class InvoerOngeldig(KoppelwijzerFout):
    """The input has defects; all of them are in ``defects``.

    A forbidden column (code ``verboden_kolom``) turns the exit code into 7, for that is a refusal, and no cell of the
    input is repeated then; so does a floor of a protected group.
    """

    exit_code = ExitCode.INPUT_INVALID

    def __init__(self, defects: Sequence[Defect]) -> None:
        self.defects = without_cells(defects)
        count = len(self.defects)
        super().__init__(
            *Sentence("{n} {n:probleem|problemen} in de invoer", "{n} {n:problem|problems} in the input").fill(n=count)
        )
        if any(d.code in REFUSALS for d in self.defects):
            self.exit_code = ExitCode.REFUSED


class ParameterFout(KoppelwijzerFout):
    """A parameter or policy file is wrong: no source, a gap in time, an unknown path."""

    exit_code = ExitCode.USAGE


class VoorstelAfgekeurd(KoppelwijzerFout):
    """The judge found a violation in an answer of our own; nothing is published."""

    exit_code = ExitCode.VIOLATION
