"""How people write Dutch names: two spellings of one name become the same words, and the same key."""

import html
import re
import unicodedata
from collections.abc import Sequence

# The ways in which people shorten a province behind a name: "Bergen (NH.)", "Hengelo O", "Harlingen (Frl.)".
_PROVINCES = {
    "Groningen": "groningen gron gr gn",
    "Fryslân": "fryslan friesland frl fri fr",
    "Drenthe": "drenthe drente dr",
    "Overijssel": "overijssel ov ovl o",
    "Flevoland": "flevoland flev fl",
    "Gelderland": "gelderland gelderl geld gld gl ge g",
    "Utrecht": "utrecht utr ut u",
    "Noord-Holland": "noordholland nholland nh",
    "Zuid-Holland": "zuidholland zholland zh",
    "Zeeland": "zeeland zeel zld ze z",
    "Noord-Brabant": "noordbrabant nbrabant brabant nbr br nb",
    "Limburg": "limburg limb lim lb li l",
}
#: Short or long name of a province, as one word of lower-case letters -> the official name.
PROVINCES = {short: provincie for provincie, all_short in _PROVINCES.items() for short in all_short.split()}
_MOST_WORDS_OF_A_PROVINCE = 2
# What people abbreviate inside a name: "Capelle a/d IJssel", "Horst a.d. Maas", "St. Michielsgestel".
_SHORT = ((re.compile(r"\b(?:a d|ad|aan (?:de|den|het|t))\b"), "aan den"), (re.compile(r"\bst\b"), "sint"))
# A full stop ends a word in "gem.Ede" and "a.d.Rijn", and stands inside one in "N.H.".
_STOPS = ((re.compile(r"\ba\.\s*d\."), "a d "), (re.compile(r"(?<=[a-z]{2})\.(?=[a-z])"), " "), (re.compile(r"\."), ""))
_APOSTROPHES = re.compile("['`´‘’‛ʼʹʻ′‵＇]")
#: Words in front of a name that an index drops or puts behind: "Bilt, De", "Hertogenbosch, 's-".
ARTICLES = frozenset({"de", "den", "het", "t", "s", "the"})
# Words that say what kind of thing the name is of, and so say nothing.
_GEMEENTE = frozenset({"gemeente", "gem", "municipality", "of", "nederland", "nl"})


def normalise(text: str) -> str:
    """Bring a name to lower-case words without accents, apostrophes and punctuation.

    Examples
    --------
    >>> normalise("Gemeente  's-Gravenhage"), normalise("Súdwest-Fryslân"), normalise("Bergen (N.H.)")
    ('s gravenhage', 'sudwest fryslan', 'bergen nh')
    >>> normalise("&#39;s-Gravenhage"), normalise("Horst a/d Maas") == normalise("Horst aan de Maas")
    ('s gravenhage', True)
    """
    plain = html.unescape(html.unescape(text)).replace("ÿ", "ij").replace("Ÿ", "IJ")
    plain = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", plain)).casefold()
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    for stop, read in _STOPS:
        plain = stop.sub(read, plain)
    plain = re.sub(r"[^a-z0-9]+", " ", plain)
    for short, full in _SHORT:
        plain = short.sub(full, plain)
    words = plain.split()
    return " ".join(words[1:] if words[:1] == ["gemeente"] and len(words) > 1 else words)


def words_of(text: str) -> list[str]:
    """Cut a text into the words of its name."""
    return normalise(text).split()


def key(words: Sequence[str]) -> str:
    """Join the words of a name to what tells names apart, however the words are joined or linked.

    >>> key(["gilze", "en", "rijen"]) == key(["gilzerijen"]), key(["zuidwest", "friesland"])
    (True, 'zuidwestfryslan')
    """
    return "".join(word for word in words if word != "en").replace("friesland", "fryslan")


def without_kind(words: Sequence[str]) -> Sequence[str]:
    """Drop the words around a name that only say that it is of a municipality.

    >>> without_kind(["utrecht", "gemeente"]), without_kind(["municipality", "of", "ede"])
    (['utrecht'], ['ede'])
    """
    named = [i for i, word in enumerate(words) if word not in _GEMEENTE]
    return words[named[0] : named[-1] + 1] if named else words


def province_behind(words: Sequence[str]) -> list[tuple[Sequence[str], str]]:
    """Give each way to read the last words of a name as a province: the words before it, and its official name.

    >>> province_behind(["bergen", "noord", "holland"])
    [(['bergen'], 'Noord-Holland')]
    """
    found = []
    for count in range(1, min(_MOST_WORDS_OF_A_PROVINCE, len(words) - 1) + 1):
        provincie = PROVINCES.get("".join(words[-count:]))
        if provincie:
            found.append((words[:-count], provincie))
    return found


def edits(one: str, other: str, most: int) -> int:
    """Count the letters to add, drop, change or swap with a neighbour to come from one word to another.

    Source: optimal string alignment distance (Damerau 1964, https://doi.org/10.1145/363958.363994).

    Parameters
    ----------
    most
        What is farther apart counts as ``most + 1``.

    Examples
    --------
    >>> edits("zwole", "zwolle", 1), edits("rottredam", "rotterdam", 2), edits("onbekend", "berkelland", 2)
    (1, 1, 3)
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        now = [i]
        for j, wanted in enumerate(other, start=1):
            cost = min(row[j] + 1, now[j - 1] + 1, row[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, before[j - 2] + 1)
            now.append(cost)
        if min(now) > most:
            return most + 1
        before, row = row, now
    return min(row[-1], most + 1)
