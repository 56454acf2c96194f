"""What becomes of every job: the table ``banen``, and the counts over the whole proposal."""

import numpy as np
import pandas as pd

from optimizer.domain.uitvoer import BANEN
from optimizer.verify.bindings import crosses_koppelregio
from optimizer.verify.case import Case
from optimizer.verify.households import NONE, Bools, Floats, Texts
from optimizer.verify.jobs import keep_chance


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
    """Return the chance that each job is kept after the move, float64 [m]; NaN where the household is not linked."""
    return keep_chance(case.jobs, km_after(case), case.parameters, shift_km)


def expected_loss(case: Case, shift_km: float = 0.0) -> Floats:
    """Return the loss that the move itself causes: max(0, chance before - chance after), float64 [m].

    NaN where the household is not linked; nought where the contract ends first, for then both chances are nought.
    """
    stay = keep_chance(case.jobs, km_before(case), case.parameters, shift_km)
    return np.maximum(0.0, stay - expected_kept(case, shift_km))


def banen_table(case: Case) -> pd.DataFrame:
    """Return one row for every job with the columns of ``banen``, not rounded."""
    werk, jobs, after = case.batch.werk, case.jobs, km_after(case)
    linked = case.links.gemeente[jobs.household]
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
        "uitkomst": outcome(km_before(case), after, jobs.ends_first, case.straal_km),
        "verwacht_verloren": expected_loss(case),
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
    kept = expected_kept(case)[case.jobs.known & linked[case.jobs.household]]
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
        "gronden_gehonoreerd": (linked & case.grounds.has & ~case.beyond_binding).sum(),
        "verwacht_behouden": np.rint(1000 * kept).sum() / 1000,
    }
    if kans_werk is not None:
        counted["kans_werk"] = np.nansum(kans_werk)
    return {name: float(value) for name, value in counted.items()}
