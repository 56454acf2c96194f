"""What the API takes and returns: names in lowerCamelCase, days as YYYY-MM-DD, moments in UTC with a Z."""

import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer
from pydantic.alias_generators import to_camel

from optimizer.review.views import LONGEST_TEXT

Moment = Annotated[
    datetime.datetime,
    PlainSerializer(lambda m: m.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), return_type=str),
    Field(json_schema_extra={"type": "string", "format": "date-time"}),
]
Stand = Literal["open", "akkoord", "bedenking"]
Reden = Literal["regel", "gegevens", "geen_woning", "overeenkomst", "anders"]
Kenmerk = Annotated[str, Field(description="Kenmerk; het zegt niets over mensen.", pattern="^[0-9a-f]{32}$")]
Gemeentecode = Annotated[str, Field(description="CBS-code van een gemeente.", examples=["GM0344"])]


class _Shape(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="forbid")


class Ronde(_Shape):
    """Een ronde: een voorstel waar gemeenten op antwoorden."""

    id: Kenmerk
    naam: str
    peildatum: datetime.date = Field(description="Dag van de regels.")
    deadline: datetime.date = Field(description="Laatste dag om te antwoorden.")
    staat: Literal["open", "vervangen", "gesloten"]


class Ronden(_Shape):
    """Ronden, de nieuwste eerst."""

    ronden: list[Ronde]


class Werk(_Shape):
    """Een baan: waar, hoeveel uur, en hoe ver van de voorgestelde gemeente."""

    gemeente: Gemeentecode
    plaats: str
    uren_per_week: float
    hard: Literal["ja", "niet_aangetoond", "nee"]
    afstand_km: float
    binnen_straal: bool


class Alternatief(_Shape):
    """Een andere gemeente die ook kon. De volgorde zegt niets."""

    gemeente: Gemeentecode
    afstand_km: float | None = Field(description="Naar de dichtstbijzijnde baan; null zonder baan.")


class Antwoord(_Shape):
    """Het antwoord van de gemeente. Een bedenking is geen bezwaar in de zin van de Awb."""

    antwoord: Literal["akkoord", "bedenking"]
    reden: Reden | None = Field(description="Bij een bedenking.")
    toelichting: str
    beantwoord: Moment


class NieuwAntwoord(_Shape):
    """Een antwoord om te bewaren. Bij een bedenking hoort een reden, en bij de reden anders een toelichting."""

    antwoord: Literal["akkoord", "bedenking"]
    reden: Reden | None = None
    toelichting: str = Field(default="", max_length=LONGEST_TEXT)


class Zaak(_Shape):
    """Een voorgestelde koppeling, zoals de gemeente haar mag lezen."""

    id: Kenmerk
    ronde: Kenmerk
    versie: int = Field(description="Telt de antwoorden. Hij staat ook in de kop ETag.")
    huishouden: str = Field(description="Sleutel van het huishouden: een pseudoniem.")
    personen: int
    gemeente: Gemeentecode
    vastgezet: bool
    gronden: list[str] = Field(description="Harde gronden; persoonlijke heten persoonlijk.")
    reden: str = Field(description="Waarom deze gemeente.")
    banen: list[Werk]
    alternatieven: list[Alternatief]
    stand: Stand
    antwoord: Antwoord | None
    te_beantwoorden: bool = Field(description="Of antwoorden nu nog kan.")


class Zaken(_Shape):
    """Zaken van een ronde, in de volgorde van het voorstel."""

    zaken: list[Zaak]
    pagina: int
    aantal_paginas: int
    aantal_zaken: int


class Gemeentestand(_Shape):
    """Hoe ver een gemeente is: aantallen zaken."""

    gemeente: Gemeentecode
    naam: str
    open: int
    akkoord: int
    bedenking: int


class Voortgang(_Shape):
    """Hoe ver de antwoorden van een ronde zijn, per gemeente."""

    ronde: Kenmerk
    gemeenten: list[Gemeentestand]


class Probleem(_Shape):
    """Wat er misging (RFC 9457)."""

    status: int
    title: str
    detail: str
