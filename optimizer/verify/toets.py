"""One rule put to one link: what was found, what is allowed, and whether it passed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from geodata.gemeenten import load_gemeenten
from geodata.wording import joined
from optimizer.rules.parameters.bron import bron
from optimizer.verify.case import Case
from optimizer.verify.link_sentences import ZINNEN
from optimizer.verify.oordeel import Bevinding
from optimizer.verify.sentences import spoken

#: ``feit``: a rule that decides what something counts as, with nothing to pass or to break.
Uitslag = Literal["voldaan", "uitzondering", "overtreding", "feit"]


@dataclass(frozen=True)
class Toets:
    """One rule put to one link.

    Parameters
    ----------
    regel, bron
        Name of the parameter or of a key of ``rules.parameters.bron.BRONNEN``, and where that comes from.
    uitslag
        Whether the link passed.
    gevonden, toegestaan
        What is there and what the rule allows, as text.
    toelichting, toelichting_en
        A sentence with the numbers, in Dutch and in English.
    """

    regel: str
    bron: str
    uitslag: Uitslag
    gevonden: str
    toegestaan: str
    toelichting: str
    toelichting_en: str


@dataclass(frozen=True)
class Link:
    """The link under judgement: a case with nobody else linked but the locked, and what the judge found in it.

    Parameters
    ----------
    case
        The case.
    household, gemeente
        Rows.
    found
        Findings about this link by code.
    """

    case: Case
    household: int
    gemeente: int
    found: Mapping[str, Bevinding]

    @property
    def naam(self) -> str:
        """Name of the municipality."""
        return str(load_gemeenten().naam[self.gemeente])

    def toets(
        self, regel: str, uitslag: Uitslag, zinnen: str, gevonden: str = "", toegestaan: str = "", **said: str
    ) -> Toets:
        """Return the outcome of a rule, its source filled in; ``zinnen`` names sentences, separated by spaces."""
        values = {"g": self.naam, "gevonden": gevonden, "toegestaan": toegestaan, **said}
        sentences = [ZINNEN[name] for name in zinnen.split()]
        nl, en = joined([spoken(sentence, **values) for sentence in sentences])
        return Toets(regel, bron(regel, self.case.parameters), uitslag, gevonden, toegestaan, nl, en)

    def judged(
        self, regel: str, codes: tuple[str, ...], passed: str, gevonden: str = "", toegestaan: str = "", **said: str
    ) -> Toets:
        """Return what the judge found under any of some codes, or else that the rule was passed."""
        for code in codes:
            if code in self.found:
                b = self.found[code]
                return Toets(b.regel, b.bron, b.ernst, b.gevonden, b.toegestaan, b.toelichting, b.toelichting_en)
        return self.toets(regel, "voldaan", passed, gevonden, toegestaan, **said)
