"""The same months under several policies: paired differences with an interval over months."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from optimizer.domain import uitvoer

#: Resamples of the months behind an interval.
RESAMPLES = 10_000
#: What is compared between policies.
MATEN = ("behouden", "behouden_min", "behouden_max", "verwacht_behouden", "verloren_regel", "onbeslist", "kans_werk")


def differences(months: pd.DataFrame, baseline: str, rng: np.random.Generator) -> pd.DataFrame:
    """Return what each policy differs from the baseline on average over months: ``uitvoer.VERSCHILLEN``.

    Differences are paired: each month is the same under every policy, so that the luck of its arrivals falls away. The
    interval is the percentile bootstrap over months (2.5th and 97.5th percentile of the mean of `RESAMPLES` resamples);
    it covers other months, not what is assumed.

    Parameters
    ----------
    months
        One row a month and policy: ``maand``, ``beleid`` and the columns of ``uitvoer.BELEIDSVERGELIJKING``.
    baseline
        The policy against which differences are taken.
    rng
        For the resamples; the same for every row, so that rows can be compared.
    """
    number = months["maand"].nunique()
    resamples = rng.integers(0, number, size=(RESAMPLES, number))
    rows = [
        {"beleid": beleid, "basislijn": baseline, "maat": maat, **_interval(gain, resamples), "maanden": number}
        for maat in MATEN
        for beleid, gain in _gains(months, maat, baseline).items()
    ]
    return pd.DataFrame(rows).reindex(columns=uitvoer.VERSCHILLEN.names)


def _gains(months: pd.DataFrame, maat: str, baseline: str) -> dict[str, npt.NDArray[np.float64]]:
    """Return the difference with the baseline of each policy, one a month, float64 [months]."""
    wide = months.pivot(index="maand", columns="beleid", values=maat)
    order = [b for b in dict.fromkeys(months["beleid"]) if b != baseline]
    return {b: (wide[b] - wide[baseline]).to_numpy(np.float64) for b in order}


def _interval(gain: npt.NDArray[np.float64], resamples: npt.NDArray[np.int64]) -> dict[str, float]:
    # One month says nothing of others.
    low, high = np.percentile(gain[resamples].mean(axis=1), [2.5, 97.5]) if gain.size > 1 else (np.nan, np.nan)
    return {"verschil": float(gain.mean()), "laag": float(low), "hoog": float(high)}
