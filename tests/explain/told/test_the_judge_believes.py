"""What the program says of any month the judge finds true, in both languages: no run is stopped by its own words."""

import pandas as pd
import pytest
from hypothesis import Phase, given, settings

from optimizer.domain.batch import Batch
from optimizer.explain.told import explain
from optimizer.policy import load_beleid
from optimizer.verify import judge
from optimizer.verify.case import open_case
from optimizer.verify.oordeel import Bevinding
from optimizer.verify.run.crossings import table_koppelregio
from optimizer.verify.run.explanations import explanations
from optimizer.verify.run.reasons import reasons
from optimizer.verify.run.turned import turned
from optimizer.verify.run.waiting import table_niet_gekoppeld
from tests.explain.told.test_advice import tight_months
from tests.proefbatch import eisen, parameters, worked_out


def objections(batch: Batch, policy: str, lang: str, **rules: object) -> list[Bevinding]:
    """Judge every reason, cause, advice and explanation of a month, as it is written."""
    p = parameters(**rules)
    answered = worked_out(batch, policy, p)
    told = explain(answered).said(lang)
    written = as_written(told.voorstel)
    case = open_case(batch, written, p, eisen(policy, p), 1.0, 0)
    listed = judge(batch, written[["huishouden_id", "gemeente"]], parameters=p, eisen=eisen(policy, p)).uitzonderingen
    beleid = load_beleid(policy)
    weighed = turned(case, answered.problem.kansen, beleid.niveaus)
    assert (weighed is None) == (beleid.methode != "optimaal")
    return [
        *reasons(case, beleid.methode, weighed),
        *table_niet_gekoppeld(case, as_written(told.niet_gekoppeld), "komma"),
        *explanations(case, listed, as_written(told.uitzonderingen)),
        *table_koppelregio(case, as_written(told.koppelregio), "komma", weighed),
    ]


def as_written(table: pd.DataFrame) -> pd.DataFrame:
    return table.astype(object).where(table.notna(), "").astype(str)


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize(
    ("policy", "rules"),
    [
        ("kansrijk", {}),
        ("handmatig", {"koppelregio__binding": "binden"}),
        ("loting", {}),
        ("gemeente", {"gronden__bij_tekort": "uitzondering", "gronden__straal_km": 37.5}),
    ],
)
@settings(max_examples=25, deadline=None, phases=[Phase.generate])
@given(batch=tight_months())
def test_no_sentence_of_ours_is_rejected(lang: str, policy: str, rules: dict[str, object], batch: Batch) -> None:
    assert [(b.code, b.toelichting) for b in objections(batch, policy, lang, **rules)] == []
