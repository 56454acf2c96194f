"""The reason of a bedenking in words, as it stands in a file, and back."""

from optimizer.domain.besluiten import AKKOORD as AKKOORD_IN_FILE
from optimizer.domain.besluiten import BEZWAAR, JA_MITS
from optimizer.review.data.tables import AKKOORD, BEDENKING
from optimizer.review.rounds.answers import Antwoord
from optimizer.review.texts import load
from optimizer.review.views import REASONS

#: Of a bedenking that is no no: the municipality can, under a condition. And of one in words of its own.
CONDITION, OTHER = "voorwaarde", "anders"
#: How a condition is called in a file of decisions and on the sheet where a municipality answers.
JA_MITS_WRITTEN = JA_MITS.replace("_", " ")


def in_file(antwoord: str, redencode: str, toelichting: str) -> tuple[str, str]:
    """Return ``besluit`` and ``reden`` of an answer, as a file of decisions holds them.

    >>> in_file("bedenking", "geen_woning", "Pas in mei."), in_file("bedenking", "voorwaarde", "Als er een school is.")
    (('bezwaar', 'Geen passende woning: Pas in mei.'), ('ja mits', 'Als er een school is.'))
    >>> in_file("akkoord", "", ""), in_file("bedenking", "regel", "")
    (('akkoord', ''), ('bezwaar', 'Regel verkeerd toegepast'))
    """
    if antwoord == AKKOORD:
        return AKKOORD_IN_FILE, ""
    text = " ".join(toelichting.split())
    if redencode == CONDITION:
        return JA_MITS_WRITTEN, text
    label = "" if redencode == OTHER else load("nl").plain(f"reden.{redencode}")
    return BEZWAAR, ": ".join(part for part in (label, text) if part)


def from_file(besluit: str, reden: str) -> Antwoord:
    """Return the answer that stands in a file; a reason that is none of ours is one in own words.

    >>> from_file("bezwaar", "geen passende woning: Pas in mei.")
    Antwoord(antwoord='bedenking', redencode='geen_woning', toelichting='Pas in mei.')
    >>> from_file("bezwaar", "Wij weten van niets.").redencode, from_file("ja_mits", "Als er een school is.").redencode
    ('anders', 'voorwaarde')
    """
    if besluit == AKKOORD_IN_FILE:
        return Antwoord(AKKOORD)
    if besluit == JA_MITS:
        return Antwoord(BEDENKING, CONDITION, reden)
    for code in REASONS:
        for label in (load("nl").plain(f"reden.{code}"), load("en").plain(f"reden.{code}")):
            rest = reden[len(label) :].strip()
            if reden.casefold().startswith(label.casefold()) and (not rest or rest.startswith(":")):
                return Antwoord(BEDENKING, code, rest.removeprefix(":").strip())
    return Antwoord(BEDENKING, OTHER, reden)


def same(one: Antwoord, other: Antwoord) -> bool:
    """Tell whether two answers say the same; a file knows no lines within a cell."""
    return (one.antwoord, one.redencode, one.toelichting.split()) == (
        other.antwoord,
        other.redencode,
        other.toelichting.split(),
    )
