"""What a municipality reads of a private ground: that it is there, and nothing that tells what or where."""

import numpy as np
import pandas as pd

from optimizer.domain import uitvoer
from optimizer.report.workbook_gemeente import _answers
from tests.report import report_builder as build


def test_neither_place_nor_distance_of_a_private_ground_is_shown() -> None:
    rows = {
        "huishouden_id": ["H1", "H2"],
        "status": ["voorgesteld", "voorgesteld"],
        "grond": ["gezin+werk", "werk"],
        "afstand_km": [187.4847201849107, 20.64],
        "reden": ["Er is een harde grond in Weert.", "Er is een harde grond in Utrecht."],
    }
    cases = pd.DataFrame({name: rows.get(name, ["", ""]) for name in uitvoer.VOORSTEL.names})
    shown = _answers(cases, "GM0193", build.language("nl"))
    assert shown["grond"].tolist() == ["persoonlijk+werk", "werk"]
    assert np.isnan(shown["afstand_km"].iloc[0])
    assert shown["afstand_km"].iloc[1] == 20.6
    assert "Weert" not in shown["uitleg"].iloc[0]
    assert "Utrecht" in shown["uitleg"].iloc[1]
