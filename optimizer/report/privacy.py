"""Grounds that are nobody's business but the regievoerder's read ``persoonlijk`` everywhere else."""

import re

import pandas as pd

from optimizer.domain.terms import PERSONAL

PRIVATE = ("medisch", "gezin")
SHIELD = PERSONAL.nl

#: Texts that may name the place of a ground.
_TELLING = ("bewijs_uitleg", "voorstel_oplossing", "oplossingen")
_WORD = re.compile(r"\b(?:medisch|medica|gezin|famil|toegankelijk)\w*", re.IGNORECASE)
_TWICE = re.compile(rf"\b{SHIELD}(e?)(?:(?:, | en | of | and | or |\+){SHIELD}e?)+\b")


def is_private(grond: str) -> bool:
    """Tell whether a private kind is among the grounds of a household.

    >>> is_private("gezin+werk"), is_private("werk"), is_private("")
    (True, False, False)
    """
    return not set(PRIVATE).isdisjoint(grond.split("+"))


def shield_ground(grond: str) -> str:
    """Return the kinds of ground as others may see them.

    >>> shield_ground("medisch+gezin+werk"), shield_ground("studie")
    ('persoonlijk+werk', 'studie')
    """
    kinds = [SHIELD if kind in PRIVATE else kind for kind in grond.split("+")]
    return "+".join(dict.fromkeys(kinds))


def without_place(frame: pd.DataFrame, voorstel: pd.DataFrame, said: str) -> pd.DataFrame:
    """Return explanations by household without the place of a private ground, which tells what the ground is.

    Parameters
    ----------
    frame
        Columns ``huishouden_id`` and ``toelichting``, and perhaps proofs and remedies, which name places too.
    voorstel
        Columns ``huishouden_id`` and ``grond``.
    said
        What stands there instead.
    """
    private = voorstel.loc[voorstel["grond"].map(is_private), "huishouden_id"]
    hidden = frame["huishouden_id"].isin(private)
    telling = [name for name in _TELLING if name in frame]
    blank = {name: frame[name].mask(hidden, "") for name in telling}
    return frame.assign(**blank, toelichting=frame["toelichting"].mask(hidden, said))


def shield_text(text: str) -> str:
    """Return an explanation without the words that give a private ground away.

    >>> shield_text("De medische grond in Zwolle en het werk in Utrecht.")
    'De persoonlijke grond in Zwolle en het werk in Utrecht.'
    >>> shield_text("Gronden: medisch en gezin in Zwolle.")
    'Gronden: persoonlijk in Zwolle.'
    >>> shield_text("Er is geen toegankelijke woning vrij.")
    'Er is geen persoonlijke woning vrij.'
    """
    shielded = _WORD.sub(lambda m: SHIELD + ("e" if m.group().lower() in {"medische", "toegankelijke"} else ""), text)
    return _TWICE.sub(rf"{SHIELD}\1", shielded)
