"""What a run says on the screen of what changes nothing in its proposal: requests, and a look ahead."""

from collections.abc import Mapping

import pandas as pd

from geodata.wording import Lang, Sentence
from optimizer.domain.uitvoer import GESPREKKEN, VERZOEKEN, VOORUITBLIK, OutputTable

#: Households that the screen names; the others stand in the table.
NAMED = 3
_REQUESTS = Sentence(
    "Verzoeken: {n}, waarvan {passed} {passed:mag|mogen} worden overwogen. Geen verzoek veranderde het voorstel; zie "
    "verzoeken.csv.",
    "Requests: {n}, of which {passed} may be considered. No request changed the proposal; see verzoeken.csv.",
)
_ENOUGH = Sentence(
    "Vooruitblik: nergens te weinig plek bij het werk van wie in het bestand staat.",
    "Look ahead: nowhere too little room near the work of those in the file.",
)
_SHORT = Sentence(
    "Vooruitblik: te weinig plek vanaf {month}. Het tekort loopt op tot {lacking:1} {lacking:plek|plekken}; zie "
    "vooruitblik.csv.",
    "Look ahead: too little room from {month} on. The lack grows to {lacking:1} {lacking:place|places}; see "
    "vooruitblik.csv.",
)
_FIRST = Sentence(
    "Eerst een gesprek met: {who}. Plek bewaren is een voorstel, geen belofte; zie gesprekken.csv.",
    "Interview first: {who}. Keeping room is a proposal, no promise; see gesprekken.csv.",
)


def beside_summary(tables: Mapping[OutputTable, pd.DataFrame], lang: Lang) -> list[str]:
    """Return the lines about requests and the look ahead; none where a run has neither."""
    told = []
    if VERZOEKEN in tables:
        requests = tables[VERZOEKEN]
        told.append(_REQUESTS.fill(n=len(requests), passed=int((requests["oordeel"] == "mag_overwogen").sum())))
    if VOORUITBLIK in tables:
        months = tables[VOORUITBLIK]
        short = months[(months["gebied"] == 0) & (months["tekort"] > 0)]
        told.append(
            _SHORT.fill(month=str(short["maand"].iloc[0]), lacking=float(short["tekort"].max()))
            if len(short)
            else _ENOUGH
        )
        people = tables[GESPREKKEN]
        kept = people[people["banen_door_gesprek"] > 0]["huishouden_id"].head(NAMED)
        told += [_FIRST.fill(who=", ".join(kept))] if len(kept) else []
    return [sentence.said(lang) for sentence in told]
