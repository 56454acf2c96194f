"""What changed between two proposals, said on the screen."""

import pandas as pd

from geodata.gemeenten import load_gemeenten
from geodata.wording import Lang, Sentence
from optimizer.domain.uitvoer import VERANDERREDENEN

#: Rows that are shown one by one; the rest stands in the file.
SHOWN = 20
_NOBODY = Sentence("Er is niets veranderd.", "Nothing has changed.")
_COUNT = Sentence(
    "{n} {n:huishouden heeft|huishoudens hebben} een andere gemeente dan eerst.",
    "{n} {n:household has|households have} another municipality than before.",
)
_WHY = {
    "besluit": Sentence("  door een besluit: {n}", "  by a decision: {n}"),
    "gevolg": Sentence(
        "  als gevolg daarvan of van een andere invoer: {n}", "  as a consequence, or by another input: {n}"
    ),
    "nieuw": Sentence("  nieuw in de invoer: {n}", "  new in the input: {n}"),
    "vervallen": Sentence("  niet meer in de invoer: {n}", "  no longer in the input: {n}"),
}
_REASON = {
    "besluit": Sentence("besluit", "decision"),
    "gevolg": Sentence("gevolg", "consequence"),
    "nieuw": Sentence("nieuw", "new"),
    "vervallen": Sentence("vervallen", "gone"),
}
_ROW = Sentence("  {household}: van {van} naar {naar} ({why})", "  {household}: from {van} to {naar} ({why})")
_NOWHERE = Sentence("geen gemeente", "no municipality")
_MORE = Sentence("  en nog {n}; zie {file}", "  and {n} more; see {file}")
_MORE_NOWHERE = Sentence(
    "  en nog {n}; met --out of --json ziet u ze allemaal", "  and {n} more; --out or --json shows them all"
)


def changes_summary(changed: pd.DataFrame, lang: Lang, file: str = "gewijzigd.csv") -> str:
    """Say how many households changed and why, and of the first ones from where to where.

    Parameters
    ----------
    changed
        The columns of ``domain.uitvoer.GEWIJZIGD``.
    lang
        Language.
    file
        Name of the file in which all of them stand; empty where there is none.
    """
    if changed.empty:
        return _NOBODY.said(lang)
    lines = [_COUNT.fill(n=len(changed)).said(lang)]
    for reden in VERANDERREDENEN:
        n = int((changed["reden"] == reden).sum())
        lines += [_WHY[reden].fill(n=n).said(lang)] if n else []
    for row in changed.head(SHOWN).to_dict("records"):
        places = {"van": _place(row["van"]), "naar": _place(row["naar"])}
        said = _ROW.fill(household=str(row["huishouden_id"]), why=_REASON[row["reden"]], **places)
        lines.append(said.said(lang))
    if len(changed) > SHOWN:
        more = _MORE.fill(n=len(changed) - SHOWN, file=file) if file else _MORE_NOWHERE.fill(n=len(changed) - SHOWN)
        lines.append(more.said(lang))
    return "\n".join(lines)


def _place(code: str) -> str | Sentence:
    gemeenten = load_gemeenten()
    return str(gemeenten.naam[gemeenten.index[code]]) if code in gemeenten.index else _NOWHERE
