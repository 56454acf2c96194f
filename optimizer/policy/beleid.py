"""A policy is a named, documented set of choices: a method, what binds, and the levels in order."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from geodata.wording import Sentence, joined
from optimizer.domain.eisen import Eisen, Ruimte
from optimizer.domain.levels import POLICY_LEVELS, VLOEREN
from optimizer.errors import ParameterFout
from optimizer.policy.speelruimte import can_be_read, in_force
from optimizer.policy.vloer import floor_level, with_floors
from optimizer.rules.parameters import Parameters

FOLDER = Path(__file__).parent / "named"
#: The policy that applies when nobody names one.
STANDAARD = "kansrijk"
#: Levels that may stand in a policy: those that it names, and floors.
_NAMED = frozenset({*POLICY_LEVELS, *VLOEREN.values()})
#: The level without which linking nobody may be the best answer.
EERSTE = "personen_gekoppeld"


class _Misfit(ValueError):
    """Settings of a policy that do not fit together."""

    def __init__(self, nl: str, en: str) -> None:
        super().__init__(nl)
        self.sentence = Sentence(nl, en)


def misfits(error: ValidationError) -> Sentence:
    """Say why settings of a policy were refused; what pydantic itself says of a type stays in English."""
    causes = [(e, e.get("ctx", {}).get("error")) for e in error.errors()]
    found = [c.sentence if isinstance(c, _Misfit) else Sentence(e["msg"], e["msg"]) for e, c in causes]
    return joined(found, "; ")


class Beleid(BaseModel):
    """One policy.

    Attributes
    ----------
    naam
        Stable name, as in ``--policy``.
    titel, titel_en, uitleg, uitleg_en
        What people read.
    methode
        ``optimaal`` (level by level), ``volgorde`` (one household after the other) or ``loting``.
    niveaus
        Names out of ``domain.levels.POLICY_LEVELS``, most important first; only for ``optimaal``.
    let_op_banen, let_op_gronden, let_op_kans, let_op_opvang
        Only for ``volgorde``: what a household looks at when its turn comes, in this order: the expected number of its
        known jobs kept, hard or not; nearness to the hard grounds that bind; the chance of work; nearness to reception.
    gronden_binden, arbeidsmarktregio_bindt, opgave_geldt
        As in ``domain.eisen.Eisen``.
    tempo_geldt
        Only for ``optimaal``, and where the opgave counts: whether the pace of ``taakstelling/tempo_*`` binds.
    speelruimte
        Only for ``optimaal``: by name of a level what later levels may give up of it, as `policy.speelruimte` reads it:
        the name of a parameter that holds a share, a share as ``"0.5 %"``, or a number in the unit of the level.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    naam: str
    titel: str
    titel_en: str
    uitleg: str
    uitleg_en: str
    bron: str
    methode: Literal["optimaal", "volgorde", "loting"]
    niveaus: tuple[str, ...] = ()
    let_op_banen: bool = False
    let_op_gronden: bool = False
    let_op_kans: bool = False
    let_op_opvang: bool = False
    gronden_binden: bool = True
    arbeidsmarktregio_bindt: bool = False
    opgave_geldt: bool = True
    tempo_geldt: bool = False
    speelruimte: dict[str, str | float] = {}

    @model_validator(mode="after")
    def _levels_fit_the_method(self) -> "Beleid":
        unknown = [n for n in self.niveaus if n not in _NAMED]
        if unknown:
            named, known = ", ".join(unknown), ", ".join(POLICY_LEVELS)
            raise _Misfit(f"onbekend niveau: {named} (kies uit {known})", f"unknown level: {named} (one of {known})")
        if len(set(self.niveaus)) < len(self.niveaus):
            raise _Misfit("een niveau staat er twee keer", "a level stands there twice")
        if (self.methode == "optimaal") != bool(self.niveaus):
            raise _Misfit(
                "alleen een beleid dat optimaliseert heeft niveaus, en dan ten minste één",
                "only a policy that optimises has levels, and then at least one",
            )
        if self.niveaus and EERSTE not in self.niveaus:
            raise _Misfit(
                f"het niveau {EERSTE} hoort erbij, want anders is niemand koppelen soms het beste",
                f"the level {EERSTE} belongs to it, or linking nobody may be the best answer",
            )
        return self

    @model_validator(mode="after")
    def _room_can_be_read(self) -> "Beleid":
        wrong = [level for level, told in self.speelruimte.items() if level not in _NAMED or not can_be_read(told)]
        if wrong:
            named = ", ".join(f"{level} = {self.speelruimte[level]}" for level in wrong)
            raise _Misfit(
                f"speelruimte kan niet zijn: {named} (noem een niveau, en daarbij een deel als '0.5 %', een aantal, of "
                "een parameter van speelruimte/)",
                f"speelruimte cannot be: {named} (name a level, and with it a share as '0.5 %', a number, or a "
                "parameter of speelruimte/)",
            )
        if self.tempo_geldt and not (self.methode == "optimaal" and self.opgave_geldt):
            raise _Misfit(
                "tempo_geldt past alleen bij een beleid dat optimaliseert en de opgave volgt",
                "tempo_geldt only fits a policy that optimises and follows the opgave",
            )
        if self.speelruimte and self.methode != "optimaal":
            raise _Misfit(
                "alleen een beleid dat optimaliseert heeft speelruimte", "only a policy that optimises has speelruimte"
            )
        return self

    @property
    def is_bound(self) -> bool:
        """Whether this is a proven bound on the jobs that any policy keeps: their number comes before all else."""
        binds = (
            self.gronden_binden
            or self.arbeidsmarktregio_bindt
            or self.tempo_geldt
            or "banen_behouden" in self.speelruimte
        )
        return self.niveaus[:1] == ("banen_behouden",) and not binds

    def eisen(self, parameters: Parameters) -> Eisen:
        """Return what this policy binds under the parameters in force, as plain data for the judge."""
        paced = self.tempo_geldt
        return Eisen(
            beleid=self.naam,
            gronden_binden=self.gronden_binden,
            bij_tekort=parameters["gronden/bij_tekort"],
            koppelregio=parameters["koppelregio/binding"],
            arbeidsmarktregio_bindt=self.arbeidsmarktregio_bindt,
            opgave_geldt=self.opgave_geldt,
            speelruimte=self._room(parameters),
            tempo_gemeente=float(parameters["taakstelling/tempo_gemeente"]) if paced else 0.0,
            tempo_regio=float(parameters["taakstelling/tempo_regio"]) if paced else 0.0,
            tempo_minste_personen=int(parameters["taakstelling/tempo_minste_personen"]) if paced else 1,
        )

    def _room(self, parameters: Parameters) -> dict[str, Ruimte]:
        """Return what later levels may give up of each level that leaves something; of the last there is none."""
        leaves = [level for level in self.niveaus[:-1] if level in self.speelruimte]
        told = {level: in_force(self.speelruimte[level], parameters) for level in leaves}
        return {level: room for level, room in told.items() if room["deel"] or room["aantal"]}


@cache
def names() -> tuple[str, ...]:
    """Return the names of the policies that ship, references first and the widest bound last."""
    order = {p.stem: tomllib.loads(p.read_text(encoding="utf-8"))["plaats"] for p in FOLDER.glob("*.toml")}
    return tuple(sorted(order, key=order.__getitem__))


#: Names of before, and what the policy is called now.
HERNOEMD = {"perfect": "zonder_opgave"}


def present_name(naam: str) -> str:
    """Return what a policy is called now.

    >>> present_name("perfect"), present_name("kansrijk")
    ('zonder_opgave', 'kansrijk')
    """
    return HERNOEMD.get(naam, naam)


def load_beleid(naam: str) -> Beleid:
    """Return a policy that ships; an old name stands for the policy that has another name now.

    Raises
    ------
    ParameterFout
        When there is none of that name.
    """
    naam = present_name(naam)
    if naam not in names():
        raise ParameterFout(
            f"Beleid '{naam}' bestaat niet. Kies uit: {', '.join(names())}.",
            f"There is no policy '{naam}'. Choose one of: {', '.join(names())}.",
        )
    raw = tomllib.loads((FOLDER / f"{naam}.toml").read_text(encoding="utf-8"))
    return Beleid(naam=naam, **{k: v for k, v in raw.items() if k != "plaats"})


#: What a scenario may set of a policy; the rest is its name and what people read about it.
SETTINGS = (
    "methode",
    "niveaus",
    "let_op_banen",
    "let_op_gronden",
    "let_op_kans",
    "let_op_opvang",
    "gronden_binden",
    "arbeidsmarktregio_bindt",
    "opgave_geldt",
    "tempo_geldt",
    "speelruimte",
)


#: A setting that gives levels and their room by the groups that they are for.
FLOORS = "vloer"


def adapted(beleid: Beleid, settings: Mapping[str, Any]) -> Beleid:
    """Return the policy with other settings, out of `SETTINGS`, and with the floors of ``vloer``.

    A floor that the policy has already is replaced by the one of that group here.

    Raises
    ------
    pydantic.ValidationError
        For a setting that does not exist, has the wrong type or does not fit the others.
    """
    plain = {name: value for name, value in settings.items() if name != FLOORS}
    changed = Beleid.model_validate({**beleid.model_dump(), **plain})
    floors = settings.get(FLOORS)
    if not floors:
        return changed
    mine = {floor_level(str(group)) for group in floors}
    niveaus, of_floors = with_floors([level for level in changed.niveaus if level not in mine], floors)
    room = {level: left for level, left in changed.speelruimte.items() if level not in mine}
    return Beleid.model_validate({**changed.model_dump(), "niveaus": niveaus, "speelruimte": {**room, **of_floors}})


def changed(beleid: Beleid) -> list[dict[str, Any]]:
    """List the settings in which a policy differs from the one of that name that ships, ready for JSON."""
    shipped = load_beleid(beleid.naam)
    return [
        {"policy": beleid.naam, "setting": name, "baseline": getattr(shipped, name), "new": getattr(beleid, name)}
        for name in SETTINGS
        if getattr(shipped, name) != getattr(beleid, name)
    ]


def adopt(
    beleid: Beleid,
    levels: Sequence[str] | None = None,
    speelruimte: Mapping[str, str | float] | None = None,
    vloer: Mapping[str, str | float] | None = None,
) -> Beleid:
    """Return the policy with the levels in the order that a user wants, the room that he leaves in them, and floors.

    Room that is not named stays as the policy has it.

    Raises
    ------
    ParameterFout
        For an unknown level, room that cannot be read, or any of them for a policy that does not optimise.
    """
    changes: dict[str, Any] = {} if levels is None else {"niveaus": tuple(levels)}
    room = {**beleid.speelruimte, **(speelruimte or {})}
    if vloer:
        changes["niveaus"], of_floors = with_floors(changes.get("niveaus", beleid.niveaus), vloer)
        room |= of_floors
    if room != beleid.speelruimte:
        changes["speelruimte"] = room
    told = {"levels": levels, "speelruimte": speelruimte, "vloer": vloer}
    named = " / ".join(key for key, value in told.items() if value is not None)
    try:
        return Beleid.model_validate({**beleid.model_dump(), **changes})
    except ValidationError as error:
        why = misfits(error)
        raise ParameterFout(
            f"{named} in beleid.toml kan zo niet: {why.nl}.", f"{named} in beleid.toml cannot be used: {why.en}."
        ) from error


#: Levels that a policy has for the sake of some: the others cost less without them.
_CARE = frozenset({"kans_tot_loting", *VLOEREN.values()})


def without_care(beleid: Beleid) -> Beleid | None:
    """Return the policy without its floors and without the level of the lottery; None where it has neither."""
    levels = tuple(level for level in beleid.niveaus if level not in _CARE)
    if levels == beleid.niveaus:
        return None
    room = {level: told for level, told in beleid.speelruimte.items() if level not in _CARE}
    return Beleid.model_validate({**beleid.model_dump(), "niveaus": levels, "speelruimte": room})
