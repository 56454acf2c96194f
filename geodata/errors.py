"""What can go wrong with geography, in sentences that an official can act on."""

from typing import NamedTuple

Kandidaten = tuple[tuple[str, str], ...]


class Zin(NamedTuple):
    """One sentence, or a part of one, in Dutch and in English."""

    nl: str
    en: str


class GeoFout(Exception):
    """A deliberate refusal by :mod:`geodata`: a Dutch sentence fit to be shown, which ``en`` says in English."""

    @property
    def zin(self) -> Zin:
        """The refusal in both languages."""
        text = " ".join(map(str, self.args))
        return Zin(text, text)

    @property
    def en(self) -> str:
        """The refusal in English."""
        return self.zin.en

    def __str__(self) -> str:
        return self.zin.nl


class GemeenteOnbekend(GeoFout):
    """A text names no municipality, or more than one.

    Parameters
    ----------
    tekst
        What was written.
    kandidaten
        Pairs (code, name) of municipalities that may be meant, best first; may be empty.
    meerduidig
        True where every candidate fits the text equally well (``Bergen``).
    """

    def __init__(self, tekst: str, kandidaten: Kandidaten = (), meerduidig: bool = False) -> None:
        super().__init__(tekst, kandidaten, meerduidig)
        self.tekst = tekst
        self.kandidaten = kandidaten
        self.meerduidig = meerduidig

    @property
    def zin(self) -> Zin:
        """The refusal in both languages."""
        if not self.kandidaten:
            return Zin(
                f"'{self.tekst}' is geen gemeente; gebruik een CBS-code zoals GM0193",
                f"'{self.tekst}' is no municipality; use a CBS code such as GM0193",
            )
        what = ("past bij meer dan één gemeente", "fits more than one municipality")
        wat, fits = what if self.meerduidig else ("is geen gemeente", "is no municipality")
        namen = [f"{naam} ({code})" for code, naam in self.kandidaten]
        return Zin(
            f"'{self.tekst}' {wat}; bedoelt u {_joined(namen, 'of')}?",
            f"'{self.tekst}' {fits}; do you mean {_joined(namen, 'or')}?",
        )


class MaatOnbekend(GeoFout):
    """A measure of distance was asked for that does not exist."""

    def __init__(self, maat: str, maten: tuple[str, ...]) -> None:
        super().__init__(maat, maten)
        self.maat = maat
        self.maten = maten

    @property
    def zin(self) -> Zin:
        """The refusal in both languages."""
        known = ", ".join(self.maten)
        return Zin(
            f"'{self.maat}' is geen afstandsmaat; kies uit {known}",
            f"'{self.maat}' is no measure of distance; choose from {known}",
        )


class SchemaFout(GeoFout):
    """A source answers, but with other columns or values than agreed."""

    def __init__(self, bron: str, verschil: Zin) -> None:
        super().__init__(bron, verschil)
        self.bron = bron
        self.verschil = verschil

    @property
    def zin(self) -> Zin:
        """The refusal in both languages."""
        return Zin(
            f"{self.bron} heeft een andere vorm dan verwacht: {self.verschil.nl}. "
            "De tabellen die u al heeft, blijven in gebruik; meld dit aan de beheerder.",
            f"{self.bron} has another form than expected: {self.verschil.en}. "
            "The tables that you have remain in use; tell whoever maintains this program.",
        )


class PlaatsOnbekend(GeoFout):
    """A place is not in the graph of roads."""

    def __init__(self, naam: str, gemeente: str) -> None:
        super().__init__(naam, gemeente)
        self.naam = naam
        self.gemeente = gemeente

    @property
    def zin(self) -> Zin:
        """The refusal in both languages."""
        return Zin(
            f"'{self.naam}' ({self.gemeente}) is geen plaats in het wegennet",
            f"'{self.naam}' ({self.gemeente}) is no place in the network of roads",
        )


class WerkplaatsElders(GeoFout):
    """A place of work lies in another municipality than was said.

    Parameters
    ----------
    naam
        What was written.
    elders
        The municipalities that have a place of that name.
    gemeente
        The municipality that was said.
    """

    def __init__(self, naam: str, elders: Kandidaten, gemeente: Kandidaten) -> None:
        super().__init__(naam, elders, gemeente)
        self.naam = naam
        self.elders = elders
        self.gemeente = gemeente

    @property
    def zin(self) -> Zin:
        """The refusal in both languages."""
        there = [f"{naam} ({code})" for code, naam in self.elders]
        here = [f"{naam} ({code})" for code, naam in self.gemeente]
        return Zin(
            f"'{self.naam}' ligt in {_joined(there, 'of')}, niet in {here[0]}",
            f"'{self.naam}' lies in {_joined(there, 'or')}, not in {here[0]}",
        )


class WerkplaatsOnbekend(GeoFout):
    """There is no place of work of that name; ``kandidaten`` are places of the municipality, best first."""

    def __init__(self, naam: str, gemeente: Kandidaten, kandidaten: tuple[str, ...]) -> None:
        super().__init__(naam, gemeente, kandidaten)
        self.naam = naam
        self.gemeente = gemeente
        self.kandidaten = kandidaten

    @property
    def zin(self) -> Zin:
        """The refusal in both languages."""
        here = [f"{naam} ({code})" for code, naam in self.gemeente]
        return Zin(
            f"'{self.naam}' is geen plaats in {here[0]}; bedoelt u {_joined(self.kandidaten, 'of')}?",
            f"'{self.naam}' is no place in {here[0]}; do you mean {_joined(self.kandidaten, 'or')}?",
        )


def _joined(words: list[str] | tuple[str, ...], last: str) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"
