"""What a command says while it works."""

from collections.abc import Callable

from geodata.wording import Sentence

_STAGES = {
    "read": Sentence("invoer lezen", "reading the input"),
    "solve": Sentence("beleid {} uitrekenen", "working out policy {}"),
    "level": Sentence("niveau {}: {:.0f}, ten hoogste {:.0f}", "level {}: {:.0f}, at most {:.0f}"),
    "draft": Sentence("verkenning", "draft"),
    "compare": Sentence("vergelijken: {}", "comparing: {}"),
    "maanden": Sentence("andere maanden: {} van {} klaar", "other months: {} of {} done"),
    "aannames": Sentence("andere aannames: {} van {} klaar", "other assumptions: {} of {} done"),
    "write": Sentence("uitkomst schrijven", "writing the outcome"),
    "judge": Sentence("voorstel laten keuren", "having the proposal judged"),
}


def stages(lang: str) -> dict[str, str]:
    """Return what is said of each stage in a language; some have open places."""
    return {name: stage.said(lang) for name, stage in _STAGES.items()}


def level_progress(say: dict[str, str], progress: Callable[[str], None]) -> Callable[[str, float, float], None]:
    """Return what the solver tells its progress to: a line for every change, none for what stands still."""
    last = ""

    def tell(naam: str, value: float, bound: float) -> None:
        nonlocal last
        line = say["level"].format(say.get(naam, naam), value, bound)
        if line != last:
            progress(line)
        last = line

    return tell
