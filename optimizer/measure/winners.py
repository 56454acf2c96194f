"""Who gains and who loses against the baseline, by group of adults: equations (36) and (37) of docs/method.md."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from optimizer.domain import uitvoer
from optimizer.domain.batch import Batch
from optimizer.domain.groepen import ALLE, BESCHERMD, KENMERKEN, ONBEKEND, in_order, size_group
from optimizer.domain.maten import MATEN, MINDER_IS_BETER
from optimizer.measure.fates import Fates
from optimizer.measure.shield import Group, shield
from optimizer.model.facts import Bools, Floats, Ints
from optimizer.rules.parameters import Parameters

#: Standard errors on either side of a mean that hold 95 % of a normal distribution.
SPREAD = 1.959964


def winners(
    batch: Batch, found: Mapping[str, Fates], baseline: str, parameters: Parameters, groepen: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Count who gains and who loses under each policy.

    Parameters
    ----------
    batch
        The input.
    found
        What becomes of every adult, by policy; the baseline among them.
    baseline
        The policy compared with.
    parameters
        In force.
    groepen
        Protected characteristics by ``persoon_id``; None: the characteristics of the input itself.

    Returns
    -------
    The columns of ``uitvoer.WINNAARS``: for each policy and measure every group, also one that is not shown.
    """
    own = open_groups(batch)
    groups = own if groepen is None else protected_groups(batch, groepen)
    household = pd.factorize(batch.personen["huishouden_id"])[0].astype(np.int64)
    works = np.asarray(batch.personen["persoon_id"].isin(batch.werk["persoon_id"]), dtype=np.bool_)
    least, smallest = int(parameters["winnaars/minste_groep"]), parameters["winnaars/minste_verschil"]
    hidden_of: dict[bytes, set[Group]] = {}  # most policies leave the same people undecided
    rows: list[dict[str, object]] = []
    for name in (name for name in found if name != baseline):
        ours, base = found[name], found[baseline]
        decided = ours.linked & base.linked
        for maat in MATEN:
            about = works if maat == "verwacht_behouden" else np.ones_like(works)
            compared = {group: who & about & decided for group, who in groups.items()}
            same = (about & decided).tobytes()
            if same not in hidden_of:
                hidden_of[same] = _hidden(compared, least, None if groepen is None else _within(own, about & decided))
            hidden = hidden_of[same]
            change = ours.values[maat] - base.values[maat]
            for group, who in groups.items():
                told = {"beleid": name, "basislijn": baseline, "kenmerk": group[0], "groep": group[1], "maat": maat}
                if group in hidden:
                    rows.append({**told, "onderdrukt": "ja"})
                    continue
                numbers = counted(change, compared[group], household, float(smallest[maat]), maat)
                size = int((who & about).sum())
                waiting = size - int(compared[group].sum())
                rows.append({**told, "onderdrukt": "nee", "volwassenen": size, "onbeslist": waiting, **numbers})
    return pd.DataFrame(rows, columns=uitvoer.WINNAARS.names)


def open_groups(batch: Batch) -> dict[Group, Bools]:
    """Return who is in each group that the input itself names, bool [A]."""
    personen, huishoudens = batch.personen, batch.huishoudens.set_index("huishouden_id")
    own = huishoudens.loc[personen["huishouden_id"]]
    labels = {
        ALLE: [ALLE] * len(personen),
        "opvang_gemeente": own["opvang_gemeente"].tolist(),
        "opleiding": personen["opleiding"].tolist(),
        "taalniveau": personen["taalniveau"].tolist(),
        "huishoudgrootte": [size_group(int(n)) for n in own["aantal_personen"]],
    }
    return _groups({kenmerk: labels[kenmerk] for kenmerk in KENMERKEN})


def protected_groups(batch: Batch, groepen: pd.DataFrame) -> dict[Group, Bools]:
    """Return who is in each protected group, bool [A]; who is not named there is unknown."""
    by_person = groepen.set_index("persoon_id").reindex(batch.personen["persoon_id"]).fillna("")
    return _groups({kenmerk: by_person[kenmerk].tolist() for kenmerk in BESCHERMD if (by_person[kenmerk] != "").any()})


def _groups(labels: Mapping[str, Sequence[str]]) -> dict[Group, Bools]:
    found: dict[Group, Bools] = {}
    for kenmerk, words in labels.items():
        known = np.array([word or ONBEKEND for word in words], dtype=object)
        for groep in in_order(kenmerk, known.tolist()):
            found[kenmerk, groep] = known == groep
    return found


def _within(groups: Mapping[Group, Bools], who: Bools) -> dict[Group, Bools]:
    return {group: members & who for group, members in groups.items()}


def _hidden(compared: Mapping[Group, Bools], least: int, own: Mapping[Group, Bools] | None) -> set[Group]:
    """Return the suppressed groups; those of the open table first, where this is the protected one."""
    if own is None:
        return shield(compared, least)
    away = shield(own, least)
    return shield(compared, least, {group: who for group, who in own.items() if group not in away})


def counted(change: Floats, who: Bools, household: Ints, smallest: float, maat: str) -> dict[str, object]:
    """Count winners and losers of a group, with the mean difference and its interval.

    Adults of one household share a fate, so the interval counts households: equation (37).
    """
    own, of = change[who], household[who]
    gain = -own if maat in MINDER_IS_BETER else own
    more, less = gain >= smallest - _ROUNDING, gain <= -smallest + _ROUNDING
    mean = float(own.mean())
    together = np.bincount(of, own - mean)[np.unique(of)]
    spread = np.nan
    if together.size > 1:
        variance = together.size / (together.size - 1) * float((together**2).sum()) / own.size**2
        spread = SPREAD * float(np.sqrt(variance))
    return {
        "winnaars": int(more.sum()),
        "gelijk": int((~more & ~less).sum()),
        "verliezers": int(less.sum()),
        "verschil": mean,
        "laag": mean - spread,
        "hoog": mean + spread,
    }


#: What a difference of two outcomes in whole units may miss by being a binary number.
_ROUNDING = 1e-7
