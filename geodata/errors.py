"""What can go wrong with geography, in sentences that an official can act on."""

from geodata.wording import Sentence, enumerate_words

Kandidaten = tuple[tuple[str, str], ...]
_OR = Sentence("of", "or")
_FITS_NONE = Sentence("is geen gemeente", "is no municipality")
_NO_LONGER = Sentence("is sinds {year} geen gemeente meer", "is no municipality since {year}")
_FITS_SEVERAL = Sentence("past bij meer dan één gemeente", "fits more than one municipality")


class GeoFout(Exception):
    """A deliberate refusal by :mod:`geodata`: a Dutch sentence fit to be shown, which ``en`` says in English."""

    @property
    def sentence(self) -> Sentence:
        """The refusal in both languages."""
        raise NotImplementedError

    @property
    def en(self) -> str:
        """The refusal in English."""
        return self.sentence.en

    def __str__(self) -> str:
        return self.sentence.nl


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
    sinds
        The year since which a municipality of that name exists no more; empty where it never was one.
    """

    def __init__(self, tekst: str, kandidaten: Kandidaten = (), meerduidig: bool = False, sinds: str = "") -> None:
        super().__init__(tekst, kandidaten, meerduidig, sinds)
        self.tekst = tekst
        self.kandidaten = kandidaten
        self.meerduidig = meerduidig
        self.sinds = sinds

    @property
    def sentence(self) -> Sentence:
        """The refusal in both languages."""
        if not self.kandidaten:
            return Sentence(
                f"'{self.tekst}' is geen gemeente; gebruik een CBS-code zoals GM0193",
                f"'{self.tekst}' is no municipality; use a CBS code such as GM0193",
            )
        what = _FITS_SEVERAL if self.meerduidig else _FITS_NONE
        if self.sinds:
            what = _NO_LONGER.fill(year=self.sinds)
        return Sentence("'{text}' {what}; bedoelt u {meant}?", "'{text}' {what}; do you mean {meant}?").fill(
            text=self.tekst, what=what, meant=_labelled(self.kandidaten)
        )


class MaatOnbekend(GeoFout):
    """A measure of distance was asked for that does not exist."""

    def __init__(self, maat: str, maten: tuple[str, ...]) -> None:
        super().__init__(maat, maten)
        self.maat = maat
        self.maten = maten

    @property
    def sentence(self) -> Sentence:
        """The refusal in both languages."""
        known = ", ".join(self.maten)
        return Sentence(
            f"'{self.maat}' is geen afstandsmaat; kies uit {known}",
            f"'{self.maat}' is no measure of distance; choose from {known}",
        )


class SchemaFout(GeoFout):
    """A source answers, but with other columns or values than agreed."""

    def __init__(self, bron: str, verschil: Sentence) -> None:
        super().__init__(bron, verschil)
        self.bron = bron
        self.verschil = verschil

    @property
    def sentence(self) -> Sentence:
        """The refusal in both languages."""
        return Sentence(
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
    def sentence(self) -> Sentence:
        """The refusal in both languages."""
        return Sentence(
            f"'{self.naam}' ({self.gemeente}) is geen plaats in het wegennet; noem een grotere plaats in de buurt",
            f"'{self.naam}' ({self.gemeente}) is no place in the network of roads; name a larger place nearby",
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
    def sentence(self) -> Sentence:
        """The refusal in both languages."""
        return Sentence("'{name}' ligt in {there}, niet in {here}", "'{name}' lies in {there}, not in {here}").fill(
            name=self.naam, there=_labelled(self.elders), here=_labelled(self.gemeente)
        )


class WerkplaatsOnbekend(GeoFout):
    """There is no place of work of that name; ``kandidaten`` are places of the municipality, best first."""

    def __init__(self, naam: str, gemeente: Kandidaten, kandidaten: tuple[str, ...]) -> None:
        super().__init__(naam, gemeente, kandidaten)
        self.naam = naam
        self.gemeente = gemeente
        self.kandidaten = kandidaten

    @property
    def sentence(self) -> Sentence:
        """The refusal in both languages."""
        return Sentence(
            "'{name}' is geen plaats in {here}; bedoelt u {meant}?",
            "'{name}' is no place in {here}; do you mean {meant}?",
        ).fill(name=self.naam, here=_labelled(self.gemeente), meant=enumerate_words(self.kandidaten, _OR))


def _labelled(places: Kandidaten) -> Sentence:
    return enumerate_words([f"{naam} ({code})" for code, naam in places], _OR)
