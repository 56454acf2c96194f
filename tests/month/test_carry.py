"""A month ends and nobody is lost: persons in are persons linked and persons carried over, whatever people decide."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optimizer.domain.batch import Batch
from optimizer.domain.besluiten import Besluit
from optimizer.errors import VoorstelAfgekeurd
from optimizer.month import carry
from optimizer.month.carry import GEKOPPELD, REDENEN, Overgang, Stand, ZonderAntwoord, carried_over
from tests.proefbatch import AMERSFOORT, UTRECHT, ZWOLLE, baan, groep, grond, huishouden

PLACES = (UTRECHT, AMERSFOORT, ZWOLLE)
KINDS = ("akkoord", "bezwaar", "uitsluiten", "vastzetten")


def stand(batch: Batch, links: dict[str, str], besluiten: tuple[Besluit, ...] = ()) -> Stand:
    large = (batch.huishoudens["aantal_personen"] >= 4).to_numpy(np.bool_)
    return Stand(
        batch, links, besluiten, batch.huishoudens["aantal_personen"].to_numpy(np.int64), {"grote_woning": large}
    )


def month(seed: int) -> Stand:
    rng = np.random.default_rng(seed)
    names = [f"H{i}" for i in range(int(rng.integers(1, 9)))]
    batch = groep(
        [
            huishouden(n, aantal_personen=int(rng.integers(1, 6)), uitgesloten_gemeenten=str(rng.choice(["", UTRECHT])))
            for n in names
        ],
        {g: int(rng.integers(0, 20)) for g in PLACES[: int(rng.integers(1, 4))]},
        werk=[baan(n, UTRECHT, baan_id=str(i + 1)) for i, n in enumerate(names) if rng.random() < 0.5],
        gronden=[grond(n, "gezin", ZWOLLE) for n in names if rng.random() < 0.3],
        woningen=[{"gemeente": g, "soort": "grote_woning", "aantal": int(rng.integers(0, 3))} for g in PLACES],
        capaciteit=dict.fromkeys(PLACES, 5) if rng.random() < 0.5 else None,
    )
    links = {n: str(rng.choice([*PLACES, ""])) for n in names}
    besluiten = []
    for n in names:
        kind, place = str(rng.choice(KINDS)), str(rng.choice(PLACES))
        if rng.random() < 0.7:
            besluiten.append(Besluit(n, kind, links[n] or place if kind == "akkoord" else place, "GEHEIM"))
    return stand(batch, links, tuple(b for b in besluiten if b.soort != "akkoord" or links[b.huishouden_id]))


def ended(seed: int, zonder: ZonderAntwoord = "meenemen") -> tuple[Stand, Overgang]:
    before = month(seed)
    return before, carried_over(before, zonder)


@settings(max_examples=150)
@given(st.integers(0, 2**32 - 1), st.sampled_from(["meenemen", "akkoord"]))
def test_nothing_is_lost(seed: int, zonder: ZonderAntwoord) -> None:
    before, over = ended(seed, zonder)
    after, ids = over.volgende, list(before.links)
    assert list(over.lot) == ids
    assert set(over.lot.values()) <= {GEKOPPELD, *REDENEN}
    carried = [h for h in ids if over.lot[h] != GEKOPPELD]
    assert after.huishoudens["huishouden_id"].tolist() == carried
    same = ["aantal_personen", "vergunning_datum", "opvang_gemeente", "verwachte_verhuisdatum", "nareis_verwacht"]
    was = before.batch.huishoudens.set_index("huishouden_id").loc[carried, same].reset_index(drop=True)
    pd.testing.assert_frame_equal(after.huishoudens[same], was)
    for name, key in (("personen", "huishouden_id"), ("gronden", "huishouden_id")):
        rows = getattr(before.batch, name)
        kept = rows[rows[key].isin(carried)].reset_index(drop=True)
        pd.testing.assert_frame_equal(getattr(after, name), kept)
    persons = dict(zip(ids, before.personen.tolist(), strict=True))
    for g in PLACES:
        linked = sum(persons[h] for h in ids if over.lot[h] == GEKOPPELD and before.links[h] == g)
        for table in (t for t in ("taakstelling", "capaciteit") if len(getattr(before.batch, t))):
            counts = [
                int(rows.loc[rows["gemeente"] == g, "gekoppeld"].sum())
                for rows in (getattr(before.batch, table), getattr(after, table))
            ]
            assert counts[1] - counts[0] == linked
        room = after.opgave.get(g, 0)
        assert room == max(0, int(before.batch.opgave.get(g, 0)) - linked)


@settings(max_examples=100)
@given(st.integers(0, 2**32 - 1))
def test_who_is_linked_has_an_agreement_and_who_goes_on_has_what_was_decided(seed: int) -> None:
    before, over = ended(seed)
    agreed = {b.huishouden_id for b in before.besluiten if b.soort == "akkoord"}
    assert {h for h, lot in over.lot.items() if lot == GEKOPPELD} == agreed
    table = over.volgende.huishoudens.set_index("huishouden_id")
    for b in (b for b in before.besluiten if b.huishouden_id in table.index):
        excluded = str(table.at[b.huishouden_id, "uitgesloten_gemeenten"]).split()
        cells = before.batch.huishoudens.set_index("huishouden_id")["uitgesloten_gemeenten"]
        was = str(cells[b.huishouden_id]).split()
        if b.soort == "vastzetten":
            assert table.at[b.huishouden_id, "vastgezet_gemeente"] == b.gemeente
        if b.soort == "uitsluiten":
            assert excluded == list(dict.fromkeys([*was, b.gemeente]))
        else:
            assert excluded == was
    assert (over.volgende.eerder, over.volgende.besluiten) == (None, ())


@pytest.mark.parametrize(
    ("place", "besluit", "lot", "assumed"),
    [
        ("", None, "niet_gekoppeld", "niet_gekoppeld"),
        (UTRECHT, None, "geen_antwoord", GEKOPPELD),
        (UTRECHT, Besluit("H1", "akkoord", UTRECHT, ""), GEKOPPELD, GEKOPPELD),
        (UTRECHT, Besluit("H1", "akkoord", UTRECHT, "", nieuw=False), GEKOPPELD, GEKOPPELD),
        (UTRECHT, Besluit("H1", "bezwaar", UTRECHT, "x"), "bedenking", "bedenking"),
        (UTRECHT, Besluit("H1", "bezwaar", ZWOLLE, "x"), "geen_antwoord", GEKOPPELD),
        (UTRECHT, Besluit("H1", "uitsluiten", UTRECHT, "x"), "uitgesloten", "uitgesloten"),
        (UTRECHT, Besluit("H1", "uitsluiten", ZWOLLE, "x"), "geen_antwoord", GEKOPPELD),
        (UTRECHT, Besluit("H1", "vastzetten", ZWOLLE, "x"), "vastgezet", "vastgezet"),
        (UTRECHT, Besluit("H1", "vastzetten", UTRECHT, "x"), "geen_antwoord", GEKOPPELD),
        ("", Besluit("H1", "vastzetten", UTRECHT, "x"), "niet_gekoppeld", "niet_gekoppeld"),
    ],
)
def test_what_becomes_of_a_household(place: str, besluit: Besluit | None, lot: str, assumed: str) -> None:
    month = stand(groep([huishouden("H1")], {UTRECHT: 1}), {"H1": place}, () if besluit is None else (besluit,))
    assert carried_over(month, "meenemen").lot == {"H1": lot}
    assert carried_over(month, "akkoord").lot == {"H1": assumed}


@pytest.mark.parametrize("zonder", ["meenemen", "akkoord"])
def test_a_yes_under_a_condition_is_no_agreement_whatever_silence_counts_as(zonder: ZonderAntwoord) -> None:
    month = stand(groep([huishouden("H1"), huishouden("H2")], {UTRECHT: 2}), {"H1": UTRECHT, "H2": UTRECHT})
    over = carried_over(replace(month, voorwaarden=frozenset({"H1"})), zonder)
    assert over.lot == {"H1": "voorwaarde", "H2": GEKOPPELD if zonder == "akkoord" else "geen_antwoord"}
    assert "H1" in set(over.volgende.huishoudens["huishouden_id"])


def test_a_special_dwelling_that_was_given_away_is_free_no_more() -> None:
    batch = groep(
        [huishouden("H1", aantal_personen=5), huishouden("H2", aantal_personen=4), huishouden("H3")],
        {UTRECHT: 20},
        woningen=[{"gemeente": g, "soort": "grote_woning", "aantal": 2} for g in (UTRECHT, ZWOLLE)],
    )
    besluiten = tuple(Besluit(h, "akkoord", UTRECHT, "") for h in ("H1", "H3"))
    over = carried_over(stand(batch, dict.fromkeys(("H1", "H2", "H3"), UTRECHT), besluiten), "meenemen")
    assert over.volgende.woningen["aantal"].tolist() == [1, 2]


def test_a_household_fixed_where_there_is_no_row_is_counted_in_a_row_of_its_own() -> None:
    batch = groep([huishouden("H1", aantal_personen=3)], {UTRECHT: 20})
    over = carried_over(stand(batch, {"H1": ZWOLLE}, (Besluit("H1", "akkoord", ZWOLLE, ""),)), "meenemen")
    rows = over.volgende.taakstelling.set_index("gemeente")[["taakstelling", "gekoppeld"]]
    assert rows.to_dict("index") == {
        UTRECHT: {"taakstelling": 20, "gekoppeld": 0},
        ZWOLLE: {"taakstelling": 0, "gekoppeld": 3},
    }
    assert over.volgende.opgave.to_dict() == {UTRECHT: 20, ZWOLLE: 0}


def test_a_number_of_a_row_is_no_key_of_a_job() -> None:
    names = ("H1", "H2", "H3")
    for ids, kept in ((("1", "2", "3"), ["", ""]), (("B7", "2", "3"), ["2", "3"])):
        batch = groep(
            [huishouden(h) for h in names],
            {UTRECHT: 9},
            werk=[baan(h, UTRECHT, baan_id=b) for h, b in zip(names, ids, strict=True)],
        )
        over = carried_over(
            stand(batch, dict.fromkeys(names, UTRECHT), (Besluit("H1", "akkoord", UTRECHT, ""),)), "meenemen"
        )
        assert over.volgende.werk["baan_id"].tolist() == kept


def test_sums_that_do_not_agree_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    batch = groep([huishouden("H1"), huishouden("H2")], {UTRECHT: 9})
    month = stand(batch, {"H1": UTRECHT, "H2": ""}, (Besluit("H1", "akkoord", UTRECHT, ""),))
    whole = carry._kept
    monkeypatch.setattr(carry, "_kept", lambda batch, keep, besluiten: whole(batch, keep & False, besluiten))
    with pytest.raises(VoorstelAfgekeurd, match="huishoudens is 1 en moet 2 zijn"):
        carried_over(month, "meenemen")
