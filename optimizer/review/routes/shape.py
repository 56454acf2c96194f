"""From rows of the database to what a page shows."""

import datetime
from collections.abc import Sequence

from geodata.gemeenten import load_gemeenten
from geodata.wording import Sentence, number
from optimizer.read.table.dates import read_day
from optimizer.review import views
from optimizer.review.clock import day_of
from optimizer.review.data.tables import OPEN, Ronde
from optimizer.review.office import Office
from optimizer.review.rounds.look import Gebeurtenis, Geopend
from optimizer.review.rounds.zaken import Baan
from optimizer.review.routes.shared import gemeente_name, role
from optimizer.verify import Toets

_HOURS = Sentence("{place} ({hours} uur)", "{place} ({hours} hours)")
_NONE = Sentence("-", "-")


def round_view(ronde: Ronde) -> views.Round:
    """Return a round as pages name it."""
    return views.Round(ronde.id, ronde.naam, ronde.peildatum, day_of(ronde.deadline), closed=ronde.staat != OPEN)


def days_left(ronde: Ronde, office: Office) -> int:
    """Return the days up to and including the deadline; negative when it has passed."""
    return (day_of(ronde.deadline) - day_of(office.clock())).days


def is_late(found: Geopend, office: Office) -> bool:
    """Tell whether a case waits for an answer after the deadline."""
    return not found.zaak.antwoord and office.clock() > found.ronde.deadline


def counts(found: Sequence[Geopend], office: Office) -> views.Counts:
    """Count the answers of some cases."""
    said = [z.zaak.antwoord for z in found]
    late = sum(is_late(z, office) for z in found)
    return views.Counts(said.count(""), said.count("akkoord"), said.count("bedenking"), late)


def status(antwoord: str) -> views.Status:
    """Return where a case stands."""
    return "akkoord" if antwoord == "akkoord" else "bedenking" if antwoord == "bedenking" else "open"


def reason(code: str) -> views.Reason:
    """Return the reason of a bedenking as pages name it."""
    return next((known for known in views.REASONS if known == code), "")


def draft(keuze: str, reden: str, toelichting: str) -> views.Draft:
    """Return what somebody filled in, as the form shows it again."""
    choice: views.Choice = "akkoord" if keuze == "akkoord" else "bedenking" if keuze == "bedenking" else ""
    return views.Draft(choice, reason(reden), toelichting)


def days_since(permit: str, day: datetime.date) -> int:
    """Return the days since a permit; 0 where its day is not known."""
    return (day - datetime.date.fromisoformat(permit)).days if permit else 0


def work(banen: Sequence[Baan]) -> tuple[Sentence, ...]:
    """Name the places of work with the hours a week."""
    return tuple(_HOURS.fill(place=job.plaats, hours=_hours(job.uren)) for job in banen)


def _hours(hours: float) -> Sentence:
    return Sentence(number(hours, 1 if hours % 1 else 0), number(hours, 1 if hours % 1 else 0, "en"))


def job(baan: Baan) -> views.Job:
    """Return a job as its table shows it."""
    return views.Job(baan.plaats, baan.uren, baan.hard, baan.km, within=baan.binnen == "ja")


def check(toets: Toets) -> views.Check:
    """Return a verdict of the judge as its table shows it."""
    said = Sentence(toets.toelichting, toets.toelichting_en)
    source, _, rest = toets.bron.partition(" (http")
    address = f"http{rest.rstrip(')')}" if rest else ""
    ok = {"voldaan": True, "uitzondering": False, "overtreding": False, "feit": None}[toets.uitslag]
    found, allowed = (Sentence(t, t) if t else _NONE for t in (toets.gevonden, toets.toegestaan))
    return views.Check(said, found, allowed, ok, Sentence(source, source), address)


def event(one: Gebeurtenis) -> views.Event:
    """Return a line of a history."""
    said = one.inhoud or {}
    what = str(said.get("antwoord", one.wat))
    if what in ("akkoord", "bedenking") and int(said.get("versie", 1)) > 1:
        what = "gewijzigd"
    words = [str(said.get("antwoord", "")) if what == "gewijzigd" else "", str(said.get("toelichting", ""))]
    details = ": ".join(w for w in words if w)
    return views.Event(one.op, one.wie, role(one.rol) if one.rol else None, what, details, one.namens)


def by_name(codes: Sequence[str]) -> list[str]:
    """Return municipalities in order of name, which says nothing about them."""
    g = load_gemeenten()
    return sorted((c for c in codes if c in g.index), key=by_name_key)


def by_name_key(code: str) -> str:
    """Return what puts municipalities in order of name: an apostrophe in front does not count."""
    return gemeente_name(code).lstrip("'").casefold()


def version(text: str) -> int:
    """Read the version of a case or an offer from a form; -1, which none has, for what is none.

    >>> version("3"), version("³"), version("")
    (3, -1, -1)
    """
    found = whole(text)
    return -1 if found is None else found


def whole(text: str) -> int | None:
    """Read a whole number as somebody typed it; None for what is none.

    >>> whole(" 12 "), whole("-2"), whole("1e3"), whole("")
    (12, None, None, None)
    """
    plain = text.strip()
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 10 else None


def day(text: str) -> datetime.date | None:
    """Read a day as somebody typed it, or as a browser sends it; None for what is none.

    >>> day("2026-11-01") == day("1-11-2026") == day("1 november 2026")
    True
    """
    return read_day(text.strip()[:40])
