"""What the parser of the command line says, in Dutch; the parser itself speaks English."""

import re

_INVALID = r"Invalid value for '(?P<name>[^']+)': "
_DUTCH: tuple[tuple[str, str], ...] = (
    (r"No such command '(?P<name>[^']*)'\.(?P<hint>.*)", "Er is geen opdracht '{name}'.{hint}"),
    (r"No such option: (?P<name>\S+)(?P<hint>.*)", "De optie {name} bestaat niet.{hint}"),
    (r"Missing argument '(?P<name>[^']+)'\.?", "Geef ook {name}."),
    (r"Missing option '(?P<name>[^']+)'\.?", "Geef ook de optie {name}."),
    (r"Got unexpected extra arguments?(?:\(s\))? \((?P<name>.*)\)", "Dit is te veel: {name}."),
    (r"Option '(?P<name>[^']+)' requires an argument\.", "Geef een waarde achter {name}."),
    (r"Option '(?P<name>[^']+)' requires (?P<n>\d+) arguments\.", "Geef {n} waarden achter {name}."),
    (_INVALID + r".*valid integer.*", "{name}: schrijf een heel getal."),
    (_INVALID + r".*valid number.*", "{name}: schrijf een getal, met een punt voor de decimalen."),
    (_INVALID + r".*greater than or equal to (?P<n>\S+)", "{name}: dit is minder dan {n}."),
    (_INVALID + r".*less than or equal to (?P<n>\S+)", "{name}: dit is meer dan {n}."),
    (
        _INVALID + r"(?:Value error, )?'(?P<got>[^']*)' is not one of (?P<n>.+?)\.?",
        "{name}: kies uit {n}, niet '{got}'.",
    ),
    (_INVALID + r"(?P<n>.*)", "{name}: deze waarde kan niet ({n})."),
)
_HINTS = (
    (r"\s*Did you mean (.+)\?", r" Bedoelt u \1?"),
    (r"\s*\(Possible options: (.+)\)", r" Bedoelt u \1?"),
)


def dutch(message: str) -> str:
    """Say a usage error of the parser in Dutch; one that we do not know stays as it is.

    >>> dutch("No such option: --sead (Possible options: --scenario, --seed)")
    'De optie --sead bestaat niet. Bedoelt u --scenario, --seed?'
    >>> dutch("Invalid value for '--lang': Value error, 'fr' is not one of 'nl', 'en'.")
    "--lang: kies uit 'nl', 'en', niet 'fr'."
    >>> dutch("Something new.")
    'Something new.'
    """
    for pattern, words in _DUTCH:
        found = re.fullmatch(pattern, message, flags=re.DOTALL)
        if found:
            parts = found.groupdict()
            for hint, meant in _HINTS:
                parts["hint"] = re.sub(hint, meant, parts.get("hint") or "")
            return words.format(**parts)
    return message
