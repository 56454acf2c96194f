"""What erasing a run leaves: the receipt, counts, and a note of what is gone."""

#: The note in an erased run.
GEWIST = "gewist.json"
#: Files without a row about a household, an adult or a job. Whatever is not named here is erased.
BLIJFT = frozenset(
    {
        "run.json",
        "taakstelling.csv",
        "prognose.csv",
        "beleidsvergelijking.csv",
        "beleidsvergelijking.parquet",
        "attributie.csv",
        "attributie.parquet",
        "gevoeligheid.csv",
        "gevoeligheid.parquet",
        "verschillen.csv",
        "verschillen.parquet",
        "maanden.parquet",
        "prijs.csv",
        "overeenkomsten.csv",
        "afweging.csv",
    }
)
