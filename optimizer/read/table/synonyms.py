"""Usual words for the answers of a list, where they can mean one answer only."""

import re
from collections.abc import Mapping

from optimizer.read.table.headings import normalise

# What people add to the word itself.
_AROUND = frozenset(
    [
        "niveau",
        "level",
        "diploma",
        "opleiding",
        "onderwijs",
        "education",
        "afgerond",
        "opgeleid",
        "cefr",
        "erk",
        "nederlands",
        "dutch",
        "inburgering",
        "inburgeringsexamen",
        "degree",
        "s",
    ]
)
# Laag, middelbaar and hoog as CBS divides education (Standaard Onderwijsindeling); mbo without a number is a full
# course. What may fall on both sides of a line, such as "voortgezet onderwijs", is not here. Levels of language by the
# Europees Referentiekader: Staatsexamen NT2 programma I is B1, programma II is B2.
_WORDS: Mapping[str, Mapping[str, str]] = {
    "opleiding": {
        "laag": "lager low primary basisonderwijs basisschool lagereschool bo lo elementary primaryschool lbo vbo lts "
        "lhno leao praktijkonderwijs pro vmbo vmbot vmbob vmbok vmbog vmbobl vmbokl vmbogl vmbotl mavo mbo1 entree "
        "geenopleiding geenonderwijs geenschool noeducation noschooling elementaryschool laagopgeleid",
        "middelbaar": "midden middel medium middle mid mbo mbo2 mbo3 mbo4 mts meao middelbaarberoepsonderwijs "
        "secondaryvocational havo vwo "
        "gymnasium atheneum middelbaaropgeleid",
        "hoog": "hoger high higher hbo wo ad hts heao universiteit universitair academisch hogeschool university "
        "bachelor bachelors master masters bsc msc phd doctoraat hogerberoepsonderwijs wetenschappelijk tertiary "
        "associate associatedegree highervocational "
        "hoogopgeleid",
    },
    # What a municipality calls its reply; a bezwaar under the Awb it is not, so people read "bedenking".
    "besluit": {
        "akkoord": "agree agreed",
        "ja_mits": "yesprovided yesif akkoordmits jaondervoorwaarde jaondervoorwaarden akkoordondervoorwaarde",
        "bezwaar": "bedenking bedenkingen objection objections",
        "vastzetten": "vastgezet lock",
        "uitsluiten": "uitgesloten exclude",
    },
    "verzoeker": {
        "werkgever": "bedrijf baas employer company",
        "bestuurder": "burgemeester wethouder college gemeente gemeentebestuur raadslid mayor alderman municipality",
        "bewoner": "huishouden statushouder vergunninghouder zelf household resident",
    },
    "taalniveau": {
        "A0": "prea1 voora1 geennederlands nodutch",
        "B1": "nt2i nt21 nt2programmai nt2programma1 staatsexamennt2i staatsexamennt21 staatsexameni staatsexamen1",
        "B2": "nt2ii nt22 nt2programmaii nt2programma2 staatsexamennt2ii staatsexamennt22 staatsexamenii staatsexamen2",
    },
}


_IN_BRACKETS = re.compile(r"\(([^()]*)\)")


def meant(column: str, text: str, choices: tuple[str, ...]) -> str:
    """Return the answer of a list that the words of a cell mean; empty where they mean none, or more than one.

    >>> meant("opleiding", "MBO-4 diploma", ("laag", "middelbaar", "hoog")), meant("opleiding", "HBO/WO", ("hoog",))
    ('middelbaar', 'hoog')
    >>> meant("opleiding", "MBO/HBO", ("middelbaar", "hoog")), meant("taalniveau", "niveau A2", ("A1", "A2"))
    ('', 'A2')
    >>> meant("opleiding", "hoger beroepsonderwijs (hbo)", ("hoog",)), meant("opleiding", "mbo (hbo)", ("hoog",))
    ('hoog', '')
    """
    known = {normalise(choice): choice for choice in choices}
    for choice, usual in _WORDS.get(column, {}).items():
        known |= dict.fromkeys(usual.split(), choice)
    before, between = _IN_BRACKETS.sub("", text), _IN_BRACKETS.findall(text)
    if between and column in _WORDS:  # a name and what it is called for short: both must mean the same
        said = {_one(column, part, known) for part in (before, *between)}
        return said.pop() if len(said) == 1 else _one(column, text, known)
    return _one(column, text, known)


def _one(column: str, text: str, known: Mapping[str, str]) -> str:
    """Return what words mean together, or each of them; empty where they mean none, or more than one."""
    words = [normalise(word) for word in re.findall(r"[^\W_]+", text)]
    telling = [word for word in words if word not in _AROUND]
    whole = known.get("".join(words)) or known.get("".join(telling), "")
    if whole or column not in _WORDS:
        return whole
    each = {known.get(word, "") for word in telling}
    return each.pop() if len(each) == 1 else ""
