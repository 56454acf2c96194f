"""Where a household may go as far as the policy binds, whatever room there is."""

import numpy as np

from geodata.gemeenten import load_gemeenten
from geodata.herindelingen import bestaat
from optimizer.verify.bindings import main_job_gemeente
from optimizer.verify.case import Case
from optimizer.verify.dwellings import dwellings_left, dwellings_of
from optimizer.verify.households import NONE, Bools, Ints
from optimizer.verify.room import room_left


def admitted(case: Case, households: Ints, *, exclusions: bool = True) -> Bools:
    """Tell which municipalities are open to some households (rows), bool [rows, municipalities].

    Everything that a named policy binds counts: the grounds that bind where it lets people wait for them, the
    koppelregio and the labour-market region; and what a person excluded, unless ``exclusions`` is off.
    """
    open_to = np.repeat(bestaat(case.parameters.peildatum)[None, :], len(households), axis=0)
    if exclusions:
        everywhere = np.arange(open_to.shape[1])[None, :]
        open_to &= ~case.households.is_excluded(households[:, None], everywhere)
    if case.eisen is None:
        return open_to
    if case.eisen.gronden_binden and case.eisen.bij_tekort == "wachten":
        open_to &= _near_grounds(case, households)
    if case.eisen.koppelregio in {"binden", "alleen_met_grond"}:
        region = load_gemeenten().koppelregio
        opened = case.grounds.has[households] & (case.eisen.koppelregio == "alleen_met_grond")
        open_to &= np.equal(region[case.households.reception[households]][:, None], region[None, :]) | opened[:, None]
    if case.eisen.arbeidsmarktregio_bindt:
        work, region = main_job_gemeente(case)[households], load_gemeenten().arbeidsmarktregio
        open_to &= np.equal(region[work][:, None], region[None, :]) | (work == NONE)[:, None]
    return open_to


def with_room(case: Case, households: Ints) -> Bools:
    """Tell where some households fit beside the whole proposal, dwelling and all, bool [rows, municipalities]."""
    dwellings = dwellings_of(case)
    fits: Bools = room_left(case)[None, :] >= case.households.counted[households][:, None]
    return fits & dwelling_free(dwellings.needs[households], dwellings_left(case, dwellings))


def dwelling_free(needs: Bools, left: Ints) -> Bools:
    """Tell where every special dwelling that is needed (bool [rows, K]) is left (int64 [municipalities, K])."""
    free: Bools = ~np.any(needs[:, None, :] & (left < 1)[None, :, :], axis=2)
    return free


def _near_grounds(case: Case, households: Ints) -> Bools:
    """Tell which municipalities lie within the radius of every ground on the list that binds a household."""
    near = np.ones((len(households), len(load_gemeenten())), dtype=bool)
    at = np.full(len(case.households), NONE, dtype=np.int64)
    at[households] = np.arange(len(households))
    grounds = np.flatnonzero(case.grounds.binding & (at[case.grounds.household] != NONE))
    np.logical_and.at(near, at[case.grounds.household[grounds]], case.straal_km >= case.grounds.km[:, grounds].T)
    return near
