"""What a person may decide about a proposal, and the file in which that stands."""

from dataclasses import dataclass

from optimizer.domain.tables import Column, Table

AKKOORD, BEZWAAR, VASTZETTEN, UITSLUITEN = "akkoord", "bezwaar", "vastzetten", "uitsluiten"
#: Decisions by their name in the file; people call ``bezwaar`` a *bedenking*, for it is no bezwaar under the Awb.
BESLUITSOORTEN = (AKKOORD, BEZWAAR, VASTZETTEN, UITSLUITEN)
#: What a municipality answers that agrees under a condition: no decision yet, for a person judges the condition.
JA_MITS = "ja_mits"
#: Decisions that fix a household where they name, and decisions that rule that municipality out.
FIXING, RULING_OUT = (AKKOORD, VASTZETTEN), (BEZWAAR, UITSLUITEN)
#: Decisions that hold in every later run too.
LASTING = (AKKOORD, VASTZETTEN, UITSLUITEN)
#: Decisions that need no reason.
WITHOUT_REASON = (AKKOORD,)

BESLUITEN = Table(
    "besluiten",
    "",
    True,
    (
        Column("huishouden_id", "id", "Eigen kenmerk van het huishouden", "Household key", True),
        Column(
            "besluit",
            "choice",
            "Wat een mens besloot",
            "What a person decided",
            True,
            choices=(*BESLUITSOORTEN, JA_MITS),
        ),
        Column("gemeente", "gemeente", "Gemeente waar het besluit over gaat", "Municipality that it is about"),
        Column("reden", "text", "Waarom", "Why"),
    ),
)


@dataclass(frozen=True)
class Besluit:
    """One decision on one household.

    Attributes
    ----------
    huishouden_id
        The household.
    soort
        One of `BESLUITSOORTEN`.
    gemeente
        CBS code of the municipality that it is about.
    reden
        Free text of a person: for the COA's own files only.
    nieuw
        Whether it was taken on the run before; else it was carried along from an earlier one.
    """

    huishouden_id: str
    soort: str
    gemeente: str
    reden: str
    nieuw: bool = True


def lock_reason(soort: str, reden: str) -> str:
    """Return the reason of the lock that a decision makes.

    >>> lock_reason("akkoord", ""), lock_reason("akkoord", "Woning klaar."), lock_reason("vastzetten", "Mantelzorg")
    ('akkoord', 'akkoord: Woning klaar.', 'Mantelzorg')
    """
    return ": ".join([AKKOORD, *([reden] if reden else [])]) if soort == AKKOORD else reden
