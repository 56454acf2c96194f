"""What becomes of every job: the table ``banen``, and the counts over the whole proposal."""

import numpy as np
import pandas as pd

from optimizer.domain.uitvoer import BANEN, VERLIESOORZAKEN
from optimizer.verify.bindings import crosses_koppelregio
from optimizer.verify.case import Case
from optimizer.verify.causes import loss_causes
from optimizer.verify.households import NONE, Bools, Floats, Texts
from optimizer.verify.jobs import retention


def km_before(case: Case) -> Floats:
    """Return the distance from reception to each job, float64 [m]."""
    jobs = case.jobs
    return case.workplaces.km[case.households.reception[jobs.household], np.arange(len(jobs.hours))]


def km_after(case: Case) -> Floats:
    """Return the distance from the link to each job, float64 [m]; NaN where the household is not linked."""
    jobs = case.jobs
    linked = case.links.gemeente[jobs.household]
    return np.where(linked == NONE, np.nan, case.workplaces.km[linked, np.arange(len(linked))])


def outcome(before: Floats, after: Floats, ends_first: Bools, straal_km: float) -> Texts:
    """Return what happens to each job, text [m]: the first of the five outcomes that applies."""
    choices = [
        (np.isnan(after), "niet_gekoppeld"),
        (ends_first, "loopt_af"),
        (after <= straal_km, "binnen_50km"),
        (before > straal_km, "al_buiten"),
    ]
    return np.select([c for c, _ in choices], [np.array(t, dtype=object) for _, t in choices], "verloren_regel")


def expected_kept(case: Case, shift_km: float = 0.0) -> Floats:
    """Return the chance that each job is kept through the move, float64 [m]: what the curve loses by it, no more.

    NaN where the household is not linked; nought where the contract ends first.
    """
    before, after = (retention(case.jobs, km, case.parameters, shift_km) for km in (km_before(case), km_after(case)))
    kept = np.exp(np.minimum(0.0, after - before))
    return np.where(case.jobs.ends_first & ~np.isnan(kept), 0.0, kept)


def expected_loss(case: Case, shift_km: float = 0.0) -> Floats:
    """Return the loss that the move itself causes, float64 [m]; NaN and nought as `expected_kept`."""
    return np.where(case.jobs.ends_first, 0.0 * expected_kept(case, shift_km), 1.0 - expected_kept(case, shift_km))


def banen_table(case: Case) -> pd.DataFrame:
    """Return one row for every job with the columns of ``banen``, not rounded."""
    werk, jobs, after = case.batch.werk, case.jobs, km_after(case)
    linked = case.links.gemeente[jobs.household]
    became = outcome(km_before(case), after, jobs.ends_first, case.straal_km)
    columns = {
        "baan_id": werk["baan_id"].to_numpy(object),
        "persoon_id": werk["persoon_id"].to_numpy(object),
        "huishouden_id": case.households.ids[jobs.household],
        "werk_gemeente": werk["werk_gemeente"].to_numpy(object),
        "uren_per_week": jobs.hours,
        "hard": jobs.hard,
        "bekend": np.where(jobs.known, "ja", "nee"),
        "afstand_nu_km": km_before(case),
        "gemeente": np.array(case.codes(linked), dtype=object),
        "afstand_km": after,
        "binnen_50km": np.where(np.isnan(after), "", np.where(after <= case.straal_km, "ja", "nee")),
        "uitkomst": became,
        "verwacht_verloren": expected_loss(case),
        "verwacht_behouden": expected_kept(case),
        "oorzaak": loss_causes(case, became),
        "werk_plaats": case.workplaces.name,
    }
    return pd.DataFrame({column.name: columns[column.name] for column in BANEN.within(columns)})


def passed_by(case: Case, banen: pd.DataFrame) -> Bools:
    """Tell which households are linked beyond the radius of a hard ground or job, known in time or not; bool [n]."""
    far = (banen["hard"] == "ja") & (banen["afstand_km"] > case.straal_km)
    out = case.too_far.copy()
    out[case.jobs.household[far.to_numpy()]] = True
    return out


def count(case: Case, banen: pd.DataFrame, kans_werk: Floats | None) -> dict[str, float]:
    """Return the counts and sums of one proposal by their column in ``beleidsvergelijking``, and two level values."""
    linked, p = case.links.linked, case.parameters
    uitkomst, hard = banen["uitkomst"], banen["hard"] == "ja"
    known = expected_kept(case)[case.jobs.known & linked[case.jobs.household]]
    kept, lost = uitkomst == "binnen_50km", uitkomst == "verloren_regel"
    undecided = (uitkomst == "niet_gekoppeld").sum()
    wage = case.batch.werk["maandloon_eur"].to_numpy(np.float64)
    loss = {
        "verwacht_verloren": 0.0,
        "verwacht_verloren_laag": p["behoud/verschuiving_laag_km"],
        "verwacht_verloren_hoog": p["behoud/verschuiving_hoog_km"],
    }
    counted = {
        "huishoudens": len(linked),
        "personen": case.households.counted.sum(),
        "personen_gekoppeld": case.households.counted[linked].sum(),
        "niet_gekoppeld": (~linked).sum(),
        "banen": len(banen),
        "banen_hard": hard.sum(),
        "binnen_50km": (uitkomst == "binnen_50km").sum(),
        "verloren_regel": (uitkomst == "verloren_regel").sum(),
        "verloren_regel_hard": (hard & (uitkomst == "verloren_regel")).sum(),
        "al_buiten": (uitkomst == "al_buiten").sum(),
        "loopt_af": (uitkomst == "loopt_af").sum(),
        "banen_niet_gekoppeld": (uitkomst == "niet_gekoppeld").sum(),
        **{name: np.nansum(expected_loss(case, shift)) for name, shift in loss.items()},
        "gemiddelde_afstand_km": banen["afstand_km"].mean(),
        "gronden_niet_gehonoreerd": passed_by(case, banen).sum(),
        "buiten_koppelregio": crosses_koppelregio(case).sum(),
        "behouden": kept.sum(),
        "onbeslist": undecided,
        "behouden_min": kept.sum(),
        "behouden_max": kept.sum() + undecided,
        "behouden_hard": (kept & hard).sum(),
        "behouden_niet_aangetoond": (kept & (banen["hard"] == "niet_aangetoond")).sum(),
        "behouden_te_weinig_uren": (kept & (banen["hard"] == "nee")).sum(),
        "uren_behouden": banen["uren_per_week"][kept].sum(),
        "uren_verloren": banen["uren_per_week"][lost].sum(),
        "loon_behouden_eur": np.nansum(wage[kept.to_numpy()]),
        "loon_verloren_eur": np.nansum(wage[lost.to_numpy()]),
        "verwacht_behouden": np.nansum(banen["verwacht_behouden"].to_numpy(np.float64)),
        **{f"verloren_{cause}": (banen["oorzaak"] == cause).sum() for cause in VERLIESOORZAKEN},
        "in_koppelregio": (linked & ~crosses_koppelregio(case)).sum(),
        "gronden_gehonoreerd": (linked & case.grounds.has & ~case.beyond_binding).sum(),
        "niveau_verwacht_behouden": np.rint(1000 * known).sum() / 1000,
    }
    if kans_werk is not None:
        counted["kans_werk"] = np.nansum(kans_werk)
    return {name: float(value) for name, value in counted.items()}
