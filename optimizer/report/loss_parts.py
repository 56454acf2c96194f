"""Why jobs are lost: the causes of a proposal, and each lost job by name of place with what went first."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from geodata.gemeenten import load_gemeenten
from optimizer.domain.uitvoer import VERLIESOORZAKEN
from optimizer.domain.voorstel import Voorstel
from optimizer.report.language import Language
from optimizer.report.page_parts import SHOWN_ROWS

#: Places of lost jobs that a sentence names.
NAMED = 15
#: Levels that look at jobs or at the grounds that hold them: what stands before them went first.
_OF_JOBS = ("gronden_gehonoreerd", "verwacht_behouden", "banen_behouden", "hard_behouden", "werkgemeente_gehaald")


@dataclass(frozen=True)
class LostJob:
    """One lost job as people read it: where it is, where its household goes, and why it is lost."""

    baan: str
    werk: str
    uren: str
    nu_km: str
    naar: str
    straks_km: str
    oorzaak: str


def loss_parts(t: Language, voorstel: Voorstel, policy: Mapping[str, Any]) -> dict[str, Any]:
    """Return the causes of a proposal with their counts, and the first lost jobs in order of their place."""
    lost = voorstel.banen[voorstel.banen["uitkomst"] == "verloren_regel"]
    locked = set(voorstel.voorstel.loc[voorstel.voorstel["status"] == "vastgezet", "huishouden_id"])
    first = went_first(t, policy)
    gemeenten = load_gemeenten()
    name = dict(zip(gemeenten.code.tolist(), gemeenten.naam.tolist(), strict=True))
    towns = lost["werk_gemeente"].map(name).fillna(lost["werk_gemeente"])
    places = towns.value_counts()
    most = places.sort_index(key=lambda names: names.str.lstrip("'").str.casefold()).sort_values(
        ascending=False, kind="stable"
    )
    ordered = lost.assign(plaats=towns).sort_values(["plaats", "baan_id"], kind="stable").head(SHOWN_ROWS)
    return {
        "causes": [(cause, int((lost["oorzaak"] == cause).sum())) for cause in VERLIESOORZAKEN],
        "lost_total": len(lost),
        "lost_places": [(str(place), int(n)) for place, n in most.head(NAMED).items()],
        "lost_elsewhere": int(most.iloc[NAMED:].sum()),
        "lost_jobs": [_lost_job(t, row, name, locked, first) for row in ordered.to_dict("records")],
    }


def went_first(t: Language, policy: Mapping[str, Any]) -> str:
    """Say what a policy puts before a job: a region rule, the levels above the jobs, or the order of linking.

    Parameters
    ----------
    policy
        The policy in full, as in the receipt.
    """
    method = policy.get("methode")
    if method == "loting":
        return str(t("voorgaan.loting"))
    if method == "volgorde":
        looks = policy.get("let_op_gronden") or policy.get("let_op_banen")
        return str(t(f"voorgaan.{'beurt' if looks else 'opvang' if policy.get('let_op_opvang') else 'koppelregio'}"))
    if policy.get("arbeidsmarktregio_bindt"):
        return str(t("voorgaan.arbeidsmarktregio"))
    if policy.get("eisen", {}).get("koppelregio") in ("binden", "alleen_met_grond"):
        return str(t("voorgaan.regioregel"))
    levels = list(policy.get("niveaus", ()))
    above = levels[: next((i for i, name in enumerate(levels) if name in _OF_JOBS), len(levels))]
    named = ", ".join(str(t.label("niveau", name)) for name in above)
    return str(t("voorgaan.niveaus", levels=named) if named else t("voorgaan.groep"))


def _lost_job(t: Language, row: Mapping[Any, Any], name: Mapping[str, str], locked: set[str], first: str) -> LostJob:
    place, town = row.get("werk_plaats"), row["plaats"]
    return LostJob(
        baan=str(row["baan_id"]),
        werk=f"{place} ({town})" if isinstance(place, str) and place and place != town else town,
        uren=t.trimmed(row["uren_per_week"]),
        nu_km=t.number(row["afstand_nu_km"], 1),
        naar=name.get(row["gemeente"], row["gemeente"]),
        straks_km=t.number(row["afstand_km"], 1),
        oorzaak=cause_said(t, row, locked, first),
    )


def cause_said(t: Language, row: Mapping[Any, Any], locked: set[str], first: str) -> str:
    """Say why a job is lost, and what went before it.

    Parameters
    ----------
    row
        The job as in ``banen.csv``.
    locked
        Households that a person fixed.
    first
        What the policy puts before a job (`went_first`).
    """
    why = str(t.label("verliesoorzaak", row["oorzaak"]))
    if row["oorzaak"] == "beleid":
        why = f"{why}: {t('voorgaan.vast') if row['huishouden_id'] in locked else first}"
    if row["oorzaak"] == "geen_harde_grond" and row["hard"] == "niet_aangetoond":
        why = f"{why}: {t('verlies.niet_aangetoond')}"
    return why
