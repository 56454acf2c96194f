"""What can go wrong with geography, in sentences that an official can act on."""

Kandidaten = tuple[tuple[str, str], ...]


class GeoFout(Exception):
    """A deliberate refusal by :mod:`geodata`; its text is Dutch and fit to be shown."""


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

    def __str__(self) -> str:
        namen = [f"{naam} ({code})" for code, naam in self.kandidaten]
        if not namen:
            return f"'{self.tekst}' is geen gemeente; gebruik een CBS-code zoals GM0193"
        keuze = namen[0] if len(namen) == 1 else f"{', '.join(namen[:-1])} of {namen[-1]}"
        wat = "past bij meer dan één gemeente" if self.meerduidig else "is geen gemeente"
        return f"'{self.tekst}' {wat}; bedoelt u {keuze}?"


class MaatOnbekend(GeoFout):
    """A measure of distance was asked for that does not exist."""

    def __init__(self, maat: str, maten: tuple[str, ...]) -> None:
        super().__init__(maat, maten)
        self.maat = maat
        self.maten = maten

    def __str__(self) -> str:
        return f"'{self.maat}' is geen afstandsmaat; kies uit {', '.join(self.maten)}"


class SchemaFout(GeoFout):
    """A source answers, but with other columns or values than agreed."""

    def __init__(self, bron: str, verschil: str) -> None:
        super().__init__(bron, verschil)
        self.bron = bron
        self.verschil = verschil

    def __str__(self) -> str:
        return (
            f"{self.bron} heeft een andere vorm dan verwacht: {self.verschil}. "
            "De tabellen die u al heeft, blijven in gebruik; meld dit aan de beheerder."
        )


class PlaatsOnbekend(GeoFout):
    """A place is not in the graph of roads."""

    def __init__(self, naam: str, gemeente: str) -> None:
        super().__init__(naam, gemeente)
        self.naam = naam
        self.gemeente = gemeente

    def __str__(self) -> str:
        return f"'{self.naam}' ({self.gemeente}) is geen plaats in het wegennet"
