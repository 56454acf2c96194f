"""What each command orders: a wish, and what must become of the answer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from geodata.wording import Sentence
from optimizer.decide import Limits
from optimizer.errors import Defect, Gebruiksfout
from optimizer.measure import BASELINE
from optimizer.policy import load_beleid, names, present_name
from optimizer.publish import check_free
from optimizer.report import Style
from optimizer.settle import InForce, Wish, renamed

#: Policies that every report compares with: cheap, both readings of practice, and what the gain is split by.
REFERENCES = ("loting", "koppelregio", "blijf_in_regio", "handmatig", "een_voor_een")


@dataclass(frozen=True)
class Listener:
    """Who is told what happens meanwhile.

    Attributes
    ----------
    progress
        Told in words what the program is doing.
    warn
        Told the warnings of an input, as soon as it is read.
    say
        Told what people should know before they wait: the peildatum.
    """

    progress: Callable[[str], None] = lambda _: None
    warn: Callable[[Sequence[Defect]], None] = lambda _: None
    say: Callable[[Sentence], None] = lambda _: None

    def hear(self, in_force: InForce, notes: Sequence[Defect] = ()) -> None:
        """Tell the peildatum, notes on the order, and the warnings of what was settled."""
        self.say(in_force.day_said)
        self.warn([*notes, *in_force.warnings])


@dataclass(frozen=True)
class Output:
    """Where an outcome comes and what it looks like.

    Attributes
    ----------
    place
        The folder.
    command
        The command as given, program name first, for the receipt.
    force
        Replace an outcome that stands there.
    style
        Language, style of the CSV, and for whom.
    """

    place: Path
    command: Sequence[str] = ()
    force: bool = False
    style: Style = field(default_factory=Style)


@dataclass(frozen=True)
class Further:
    """What ``compare`` works out besides the batch itself.

    Attributes
    ----------
    months, months_from, first_seed
        Other months: how many, the folder that they are read from (None: they are drawn), and the seed of the first.
    sensitivity
        Every assumption with other values.
    jobs
        Processes; they cannot change the outcome.
    shapley
        Also split the gain over every order of the steps, which works out twelve more policies.
    """

    months: int = 0
    months_from: Path | None = None
    first_seed: int = 1
    sensitivity: bool = False
    jobs: int = 1
    shapley: bool = True


@dataclass(frozen=True)
class Vervolg:
    """What a run goes on from.

    Attributes
    ----------
    run
        The folder of the earlier run.
    besluiten
        Decisions on it, as ``read.besluiten.read_besluiten`` takes them; None: there are none.
    nieuwe_invoer
        Whether the input may be another one than that of the earlier run.
    """

    run: Path
    besluiten: Path | None = None
    nieuwe_invoer: bool = False


@dataclass(frozen=True)
class Order:
    """What ``run`` and ``compare`` are told.

    Attributes
    ----------
    wish
        The input and what must be in force.
    output
        Where the outcome comes.
    policies
        Policies to compare; ``all`` alone stands for every one that ships.
    baseline
        Policy against which differences are taken.
    draws
        Draws of the lottery.
    limits
        When the solver stops.
    further
        What ``compare`` works out besides.
    vervolg
        The run that ``run`` goes on from; None: it begins anew.
    """

    wish: Wish
    output: Output
    policies: Sequence[str] = REFERENCES
    baseline: str = BASELINE
    draws: int = 200
    limits: Limits = field(default_factory=Limits)
    further: Further = field(default_factory=Further)
    vervolg: Vervolg | None = None

    @property
    def reads(self) -> tuple[Path, ...]:
        """Every file and folder that the user names to be read."""
        told = () if self.vervolg is None else (self.vervolg.run, self.vervolg.besluiten)
        return (*self.wish.reads, *(path for path in told if path is not None))

    def named_policies(self) -> tuple[str, ...]:
        """Return the policies to compare: ``all`` written out, the one to run and the baseline among them."""
        asked = names() if tuple(self.policies) == ("all",) else self.policies
        own = [self.wish.policy] if self.wish.policy else []
        return tuple(dict.fromkeys(map(present_name, [*asked, *own, self.baseline])))

    def notes(self) -> list[Defect]:
        """Warn of policies that are named as they were called before."""
        return renamed([*self.policies, self.baseline])

    def check(self, *, sign: str) -> None:
        """Refuse what cannot work before any work is done: a name that does not exist, then a place that is taken.

        Parameters
        ----------
        sign
            The file by which an earlier outcome of this command is known.

        Raises
        ------
        ParameterFout
            For an unknown policy.
        Gebruiksfout
            When there is no policy to compare.
        Geweigerd
            When something stands where the outcome must come.
        """
        for naam in self.named_policies():
            load_beleid(naam)
        if not self.policies:
            raise Gebruiksfout(
                "Noem bij --policies ten minste één beleid, of all.", "Name a policy with --policies, or all."
            )
        check_free(self.output.place, sign=sign, force=self.output.force, inputs=self.reads)
