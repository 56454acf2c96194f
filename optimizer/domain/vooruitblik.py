"""The file of a look ahead: people in procedure who work. A household is known by its key; one row a person or job."""

from optimizer.domain.tables import Column, Table

VOORUITBLIK = Table(
    "vooruitblik",
    "",
    True,
    (
        Column("persoon_id", "id", "Eigen kenmerk van wie werkt", "Key of the person who works", True),
        Column("huishouden_id", "id", "Huishouden van de persoon", "Household", True),
        Column("werk_gemeente", "gemeente", "Waar het werk gebeurt", "Where the work is done", True),
        Column("uren_per_week", "number", "Betaalde uren per week", "Paid hours a week", True, minimum=0, maximum=168),
        Column(
            "verwachte_vergunning", "date", "Verwachte datum van de vergunning", "Expected date of the permit", True
        ),
        Column("aantal_personen", "integer", "Alle personen van het huishouden", "All persons of it", minimum=1),
        Column("kans_vergunning", "number", "Kans op een vergunning", "Chance of a permit", minimum=0, maximum=1),
    ),
)
