"""What a command says while it works."""

from collections.abc import Callable

STAGES = {
    "nl": {
        "read": "invoer lezen",
        "solve": "beleid {} uitrekenen",
        "level": "niveau {}: {:.0f}, ten hoogste {:.0f}",
        "draft": "verkenning",
        "compare": "vergelijken: {}",
        "maanden": "andere maanden: {} van {} klaar",
        "aannames": "andere aannames: {} van {} klaar",
        "write": "uitkomst schrijven",
        "judge": "voorstel laten keuren",
    },
    "en": {
        "read": "reading the input",
        "solve": "working out policy {}",
        "level": "level {}: {:.0f}, at most {:.0f}",
        "draft": "draft",
        "compare": "comparing: {}",
        "maanden": "other months: {} of {} done",
        "aannames": "other assumptions: {} of {} done",
        "write": "writing the outcome",
        "judge": "having the proposal judged",
    },
}


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
