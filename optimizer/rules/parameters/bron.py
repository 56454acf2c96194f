"""Where a rule comes from, in words: a parameter's source, or that of a rule that is no parameter."""

from optimizer.rules.parameters import USER, Parameters

#: Rules that are no parameter, and where they stand.
BRONNEN = {
    "bestanden": "Afspraken over de bestanden (docs/bestanden.md)",
    "overeenkomst": "Bestuursovereenkomst in de invoer (docs/bestanden.md)",
    "woningen": "Bijzondere woningen in de invoer (docs/bestanden.md)",
    "besluit": "Besluit van een mens in huishoudens (docs/bestanden.md)",
    "opgave": "Huisvestingswet 2014, art. 28-29 (BWBR0035303)",
    "verzoek": "Harde gronden: Wachten of Werken? (Platform31, 2024), p. 33 en 34 (docs/bestanden.md)",
    "beleid": "Het gekozen beleid (docs/rechter.md)",
    "bewijs": "Het bewijs van de run, run.json (docs/rechter.md)",
    "brief": "Wat een brief moet zeggen (docs/brieven.md)",
    "grensbewijs": "Het bewijs van de grenzen, bewijs.json.gz (docs/bewijs.md)",
}


def bron(regel: str, parameters: Parameters) -> str:
    """Return where a rule comes from: a key of `BRONNEN`, or the source of a parameter in force."""
    if regel in BRONNEN:
        return BRONNEN[regel]
    origin = parameters.origin(regel)
    if origin == USER:
        return "Waarde die de gebruiker voor deze run koos"
    return str(origin.source) if origin else BRONNEN["beleid"]
