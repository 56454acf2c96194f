"""Every address of the application: the routes serve these and the templates link to them.

A case, a round, an offer and a hand-over stand in an address by an identifier that says nothing about a person.
"""

from urllib.parse import urlencode

HOME = "/"
STATIC = "/static"
#: Choice of language and contrast (GET: ``taal``, ``contrast``, ``terug``): sets a cookie and goes back.
DISPLAY = "/weergave"
ACCESSIBILITY = "/toegankelijkheid"
PRIVACY = "/privacy"

#: GET: the page to sign in (``terug``: where to). POST to the next two starts it.
SIGN_IN = "/aanmelden"
SIGN_IN_PROVIDER = "/aanmelden/start"
SIGN_IN_DEMO = "/aanmelden/demo"
SIGN_IN_CALLBACK = "/aanmelden/terug"
#: POST. Ends the session and goes to `SIGNED_OUT`.
SIGN_OUT = "/afmelden"
SIGNED_OUT = "/afgemeld"

#: GET: list and form; POST: save.
OFFERS = "/aanbod"
OFFER_NEW = "/aanbod/nieuw"
CAPACITY = "/aanbod/capaciteit"
ABSENCE = "/vervanging"
NOTIFICATIONS = "/meldingen"

#: The COA: list of rounds and the form of a new one.
ROUNDS = "/ronden"
ROUND_NEW = "/ronden/nieuw"
PROVINCE = "/voortgang"
JOBS = "/banen"
RESEARCH = "/onderzoek"


def with_query(address: str, **values: str) -> str:
    """Put a query behind an address; what is empty is left out.

    >>> with_query("/ronden/r1/zaken", status="open", zoek=""), with_query("/", zoek="")
    ('/ronden/r1/zaken?status=open', '/')
    """
    query = urlencode({name: value for name, value in values.items() if value})
    return f"{address}?{query}" if query else address


def round_page(round_id: str) -> str:
    """One round: progress for the COA; for a municipality it leads to its cases."""
    return f"/ronden/{round_id}"


def cases(round_id: str) -> str:
    """The cases of a municipality (GET: ``status``, ``zoek``, ``sorteer``, ``aflopend``, ``pagina``).

    The COA sees those of every municipality, or of one (``gemeente``).
    """
    return f"/ronden/{round_id}/zaken"


def bulk(round_id: str) -> str:
    """POST: look once more at an answer for several cases (``zaak``, repeated, and ``keuze``)."""
    return f"/ronden/{round_id}/zaken/samen"


def bulk_send(round_id: str) -> str:
    """POST: answer several cases (``zaak`` as ``id:version``, repeated, ``keuze``, ``reden``, ``toelichting``)."""
    return f"/ronden/{round_id}/zaken/antwoorden"


def workbook(round_id: str) -> str:
    """The workbook of the municipality, to answer in (GET: ``gemeente``, for the COA)."""
    return f"/ronden/{round_id}/werkboek"


def upload(round_id: str) -> str:
    """GET: the form; POST (``bestand``): read a workbook with answers and show what changes."""
    return f"/ronden/{round_id}/werkboek/terug"


def upload_send(round_id: str) -> str:
    """POST (``gelezen``): take over what was read."""
    return f"/ronden/{round_id}/werkboek/overnemen"


def decisions(round_id: str) -> str:
    """The file that ``run --from`` reads."""
    return f"/ronden/{round_id}/besluiten.csv"


def dwellings(round_id: str) -> str:
    """What municipalities offer, as ``woningen.csv``."""
    return f"/ronden/{round_id}/woningen.csv"


def capacity(round_id: str) -> str:
    """What municipalities can take, as ``capaciteit.csv``."""
    return f"/ronden/{round_id}/capaciteit.csv"


def round_close(round_id: str) -> str:
    """GET: look once more; POST (``zwijgen``): close the month."""
    return f"/ronden/{round_id}/afsluiten"


def next_input(round_id: str) -> str:
    """The input of the next month, once a round was closed."""
    return f"/ronden/{round_id}/volgende.zip"


def round_deadline(round_id: str) -> str:
    """POST (``termijn``): another last day to answer."""
    return f"/ronden/{round_id}/termijn"


def round_changes(round_id: str) -> str:
    """What this re-run changed."""
    return f"/ronden/{round_id}/wijzigingen"


def case(case_id: str) -> str:
    """One case."""
    return f"/zaken/{case_id}"


def answer(case_id: str) -> str:
    """POST: answer (``keuze``, ``reden``, ``toelichting``, ``versie``)."""
    return f"/zaken/{case_id}/antwoord"


def case_map(case_id: str) -> str:
    """The map of a case for a script: GeoJSON."""
    return f"/zaken/{case_id}/kaart.json"


def offer(offer_id: str) -> str:
    """GET: the form of an offer; POST: change it."""
    return f"/aanbod/{offer_id}"


def offer_withdraw(offer_id: str) -> str:
    """GET: look once more; POST: withdraw an offer."""
    return f"/aanbod/{offer_id}/intrekken"


def absence_end(hand_over_id: str) -> str:
    """POST: end a hand-over."""
    return f"/vervanging/{hand_over_id}/beeindigen"
