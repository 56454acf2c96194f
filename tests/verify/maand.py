"""A month on paper: six households on the line, with every written cell worked out by hand.

Chance of keeping a job: h(km after) / h(km before), 1 at most; h(km) = 1 / (1 + exp((km - m) / 8)) for an open-ended
contract, m = 25 + 0.75 x hours (40 at most).

=====  ================================================  ===========  ==========================================
       household                                         link         worked out
=====  ================================================  ===========  ==========================================
H1     1 person, works 32 hours in Utrecht               Amsterdam    m = 49; h(30) = 1/(1+exp(-2.375)) = 0.91490;
                                                                      h(0) = 1/(1+exp(-6.125)) = 0.99782; kept
                                                                      0.91490 / 0.99782 = 0.9169. The alternative
                                                                      Utrecht keeps 1 - 0.917 = 0.083 more
H2     3 persons, family in Rotterdam                    Utrecht      50.0 km: just within
H3     2 persons, study in Utrecht                       Maastricht   locked; 100 km; no opgave there
H4     1 person, medical in Groningen, family in Utrecht Groningen    200 km apart; medical goes first
H5     2 persons, works 7.9 hours in Utrecht             -            too few hours for a ground
H6     1 person, works 8 hours in Utrecht                -            a ground that waits
=====  ================================================  ===========  ==========================================
"""

import pandas as pd

from optimizer.domain.batch import Batch
from tests.verify.zaken import AMSTERDAM, GRONINGEN, MAASTRICHT, ROTTERDAM, UTRECHT, batch, hard

MAAND: Batch = batch(
    [
        {"huishouden_id": "H1", "uitgesloten_gemeenten": f"{ROTTERDAM} {GRONINGEN}"},
        {"huishouden_id": "H2", "aantal_personen": 3, "vergunning_datum": "2026-09-30"},
        {
            "huishouden_id": "H3",
            "aantal_personen": 2,
            "vastgezet_gemeente": MAASTRICHT,
            "vastgezet_reden": "mantelzorg",
        },
        {"huishouden_id": "H4", "opvang_gemeente": GRONINGEN},
        {"huishouden_id": "H5", "aantal_personen": 2},
        {"huishouden_id": "H6"},
    ],
    personen=[{"persoon_id": f"P{i}", "huishouden_id": f"H{i}"} for i in range(1, 7)],
    werk=[hard("P1", UTRECHT), hard("P5", UTRECHT, uren_per_week=7.9), hard("P6", UTRECHT, uren_per_week=8.0)],
    gronden=[
        {"huishouden_id": "H2", "grond": "gezin", "gemeente": ROTTERDAM},
        {"huishouden_id": "H3", "grond": "studie", "gemeente": UTRECHT, "bewijs": "inschrijving"},
        {"huishouden_id": "H4", "grond": "gezin", "gemeente": UTRECHT},
        {"huishouden_id": "H4", "grond": "medisch", "gemeente": GRONINGEN, "bewijs": "verklaring"},
        {"huishouden_id": "H5", "grond": "gezin", "gemeente": UTRECHT, "bewijs": "nee"},
        {"huishouden_id": "H5", "grond": "netwerk", "gemeente": UTRECHT},
    ],
    opgave={UTRECHT: 4, AMSTERDAM: 1, GRONINGEN: 1},
)

_VOORSTEL = """
huishouden_id|aantal_personen|gemeente|gemeente_naam|arbeidsmarktregio|status|grond|grond_gehonoreerd|afstand_km|banen|banen_binnen_50km|verwacht_behouden|kans_werk|dagen_sinds_vergunning|alternatief_1|opvang_gemeente
H1|1|GM0363|Amsterdam|Groot Amsterdam|voorgesteld|werk|ja|30,0|1|1|0,9169|0,3000|30|{alternatief}|GM0344
H2|3|GM0344|Utrecht|Midden-Utrecht|voorgesteld|gezin|ja|50,0|0|0|0,0000|0,5000|1||GM0344
H3|2|GM0935|Maastricht|Zuid-Limburg|vastgezet|studie|nee|100,0|0|0|0,0000|0,0000|30||GM0344
H4|1|GM0014|Groningen|Groningen|voorgesteld|medisch+gezin|nee|200,0|0|0|0,0000|0,1235|30||GM0014
H5|2||||niet_gekoppeld||nvt||1|0|||30||GM0344
H6|1||||niet_gekoppeld|werk|wacht||1||0,0000||30||GM0344
"""

_BANEN = """
baan_id|persoon_id|huishouden_id|werk_gemeente|uren_per_week|hard|bekend|afstand_nu_km|gemeente|afstand_km|binnen_50km|uitkomst|verwacht_verloren|verwacht_behouden|oorzaak
1|P1|H1|GM0344|32|ja|ja|0,0|GM0363|30,0|ja|binnen_50km|0,0831|0,9169|
2|P5|H5|GM0344|7,9|nee|ja|0,0||||niet_gekoppeld|||
3|P6|H6|GM0344|8|ja|ja|0,0||||niet_gekoppeld|||
"""

_TAAKSTELLING = """
gemeente|gemeente_naam|opgave|voorgesteld|rest
GM0344|Utrecht|4|3|1
GM0363|Amsterdam|1|1|0
GM0014|Groningen|1|1|0
GM0935|Maastricht|0|2|-2
"""

_UITZONDERINGEN = """
huishouden_id|soort
H3|vastgezet_buiten_straal
H3|vastgezet_boven_opgave
H4|gronden_onverenigbaar
"""


def _table(text: str) -> pd.DataFrame:
    header, *rows = (line.split("|") for line in text.strip().split("\n"))
    return pd.DataFrame(rows, columns=header, dtype=str)


VOORSTEL = _table(_VOORSTEL.format(alternatief="GM0344 +0,0830 verwacht_behouden"))
BANEN = _table(_BANEN)
TAAKSTELLING = _table(_TAAKSTELLING)
UITZONDERINGEN = _table(_UITZONDERINGEN)
#: Chance of work of each row of the proposal.
KANS_WERK = [0.3, 0.5, 0.0, 0.12345, float("nan"), float("nan")]
