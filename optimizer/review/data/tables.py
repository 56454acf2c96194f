"""The tables. What is about a household is sealed with a key of its own (`seal`); the rest is pseudonyms and codes."""

import datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Dialect,
    ForeignKey,
    Index,
    LargeBinary,
    MetaData,
    String,
    Text,
    UniqueConstraint,
    true,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import DateTime, TypeDecorator

#: States of a round: municipalities answer; a later run took its place; the month was ended.
OPEN, VERVANGEN, GESLOTEN = "open", "vervangen", "gesloten"
#: What a municipality answers.
AKKOORD, BEDENKING = "akkoord", "bedenking"


class Moment(TypeDecorator[datetime.datetime]):
    """A moment in UTC, in every database alike; a moment without a zone is refused."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime.datetime | None, _dialect: Dialect) -> datetime.datetime | None:
        """Write UTC without a zone."""
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment needs a zone")
        return None if value is None else value.astimezone(datetime.UTC).replace(tzinfo=None)

    def process_result_value(self, value: Any, _dialect: Dialect) -> datetime.datetime | None:
        """Read UTC."""
        return None if value is None else value.replace(tzinfo=datetime.UTC)


class Base(DeclarativeBase):
    """Every table; constraints have names, so that a migration can change them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Ronde(Base):
    """One run that municipalities answer to.

    ``vorige_id`` names the round that it goes on from; ``run_sha256`` is the hash of its receipt.
    """

    __tablename__ = "ronde"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    naam: Mapped[str] = mapped_column(String(120))
    peildatum: Mapped[datetime.date]
    run_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    begonnen: Mapped[datetime.datetime] = mapped_column(Moment)
    deadline: Mapped[datetime.datetime] = mapped_column(Moment)
    staat: Mapped[str] = mapped_column(String(12))
    vorige_id: Mapped[str | None] = mapped_column(ForeignKey("ronde.id"))

    __table_args__ = (CheckConstraint(f"staat in ('{OPEN}', '{VERVANGEN}', '{GESLOTEN}')", name="staat"),)


class Bestand(Base):
    """A file of a round: the run and its input, each packed as it was read."""

    __tablename__ = "bestand"

    ronde_id: Mapped[str] = mapped_column(ForeignKey("ronde.id"), primary_key=True)
    naam: Mapped[str] = mapped_column(String(60), primary_key=True)
    inhoud: Mapped[bytes] = mapped_column(LargeBinary)
    sha256: Mapped[str] = mapped_column(String(64))


class Sleutel(Base):
    """The key with which all of one case is sealed. Destroying it erases the case, and the chain still holds."""

    __tablename__ = "sleutel"

    zaak_id: Mapped[str] = mapped_column(ForeignKey("zaak.id"), primary_key=True)
    sleutel: Mapped[bytes] = mapped_column(LargeBinary)


class Zaak(Base):
    """One link proposed to a municipality, and its answer.

    ``voor_gemeente`` holds what a municipality may read, ``voor_coa`` what only the COA may, both sealed; ``versie``
    counts answers, so that two people cannot overwrite each other unseen.
    """

    __tablename__ = "zaak"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    ronde_id: Mapped[str] = mapped_column(ForeignKey("ronde.id"))
    nummer: Mapped[int]
    gemeente: Mapped[str] = mapped_column(String(6))
    provincie: Mapped[str] = mapped_column(String(40))
    regio: Mapped[str] = mapped_column(String(60))
    vastgezet: Mapped[bool]
    voor_gemeente: Mapped[bytes] = mapped_column(LargeBinary)
    voor_coa: Mapped[bytes] = mapped_column(LargeBinary)
    antwoord: Mapped[str] = mapped_column(String(12), default="")
    redencode: Mapped[str] = mapped_column(String(30), default="")
    toelichting: Mapped[bytes | None] = mapped_column(LargeBinary)
    beantwoord: Mapped[datetime.datetime | None] = mapped_column(Moment)
    door: Mapped[str | None] = mapped_column(ForeignKey("gebruiker.id"))
    versie: Mapped[int] = mapped_column(default=0)

    __table_args__ = (
        Index("ix_zaak_ronde_gemeente", "ronde_id", "gemeente"),
        UniqueConstraint("ronde_id", "nummer"),
        CheckConstraint(f"antwoord in ('', '{AKKOORD}', '{BEDENKING}')", name="antwoord"),
    )


class Gebruiker(Base):
    """Somebody who signs in; ``onderwerp`` is who they are at the identity provider."""

    __tablename__ = "gebruiker"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    onderwerp: Mapped[str] = mapped_column(String(255), unique=True)
    naam: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(254), default="")
    rol: Mapped[str] = mapped_column(String(20))
    gebied: Mapped[str] = mapped_column(String(60), default="")
    actief: Mapped[bool] = mapped_column(default=True)
    samenvatting: Mapped[str] = mapped_column(String(12), default="dagelijks", server_default="dagelijks")
    herinnering: Mapped[bool] = mapped_column(default=True, server_default=true())


class Waarneming(Base):
    """Somebody lets a colleague answer instead, from a day up to and including another, or until it is ended."""

    __tablename__ = "waarneming"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    van_id: Mapped[str] = mapped_column(ForeignKey("gebruiker.id"))
    aan_id: Mapped[str] = mapped_column(ForeignKey("gebruiker.id"))
    begin: Mapped[datetime.date]
    einde: Mapped[datetime.date | None]


class Sessie(Base):
    """Somebody is signed in; the name of the session is kept as a hash."""

    __tablename__ = "sessie"

    naam: Mapped[str] = mapped_column(String(64), primary_key=True)
    gebruiker_id: Mapped[str] = mapped_column(ForeignKey("gebruiker.id"))
    begonnen: Mapped[datetime.datetime] = mapped_column(Moment)
    gezien: Mapped[datetime.datetime] = mapped_column(Moment)
    bewijs: Mapped[str] = mapped_column(String(64))


class Aanbod(Base):
    """Dwellings that a municipality offers; ``versie`` as of a case."""

    __tablename__ = "aanbod"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    gemeente: Mapped[str] = mapped_column(String(6), index=True)
    soort: Mapped[str] = mapped_column(String(30))
    aantal: Mapped[int]
    kamers: Mapped[int | None]
    personen: Mapped[int | None]
    toegankelijk: Mapped[bool] = mapped_column(default=False)
    vanaf: Mapped[datetime.date]
    ingetrokken: Mapped[bool] = mapped_column(default=False)
    versie: Mapped[int] = mapped_column(default=1)
    door: Mapped[str] = mapped_column(ForeignKey("gebruiker.id"))
    gewijzigd: Mapped[datetime.datetime] = mapped_column(Moment)


class Capaciteit(Base):
    """Persons that a municipality says that it can take where no taakstelling holds; ``versie`` as of a case."""

    __tablename__ = "capaciteit"

    gemeente: Mapped[str] = mapped_column(String(6), primary_key=True)
    personen: Mapped[int]
    versie: Mapped[int] = mapped_column(default=1)
    door: Mapped[str] = mapped_column(ForeignKey("gebruiker.id"))
    gewijzigd: Mapped[datetime.datetime] = mapped_column(Moment)


class Bericht(Base):
    """A mail that is to be sent or was; it holds numbers and names of rounds, and nothing about people.

    ``poging`` is when somebody claimed it to send it.
    """

    __tablename__ = "bericht"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    gebruiker_id: Mapped[str] = mapped_column(ForeignKey("gebruiker.id"))
    soort: Mapped[str] = mapped_column(String(20))
    sleutel: Mapped[str] = mapped_column(String(120), unique=True)
    onderwerp: Mapped[str] = mapped_column(String(200))
    tekst: Mapped[str] = mapped_column(Text)
    gemaakt: Mapped[datetime.datetime] = mapped_column(Moment)
    poging: Mapped[datetime.datetime | None] = mapped_column(Moment)
    verzonden: Mapped[datetime.datetime | None] = mapped_column(Moment)


class Toegang(Base):
    """A token with which a program asks in the name of a user; only its hash is kept.

    ``naam`` says what it is for; ``gebruikt`` is when it was used last.
    """

    __tablename__ = "toegang"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    gebruiker_id: Mapped[str] = mapped_column(ForeignKey("gebruiker.id"))
    naam: Mapped[str] = mapped_column(String(120))
    hash: Mapped[str] = mapped_column(String(64), unique=True)
    gemaakt: Mapped[datetime.datetime] = mapped_column(Moment)
    verloopt: Mapped[datetime.datetime] = mapped_column(Moment)
    ingetrokken: Mapped[datetime.datetime | None] = mapped_column(Moment)
    gebruikt: Mapped[datetime.datetime | None] = mapped_column(Moment)


class Spoor(Base):
    """The trail: one row for each thing that somebody did, chained by hashes; rows are only added.

    ``wie`` and ``zaak_id`` are pseudonyms; ``inhoud`` is sealed with the key of the case.
    """

    __tablename__ = "spoor"

    nummer: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    op: Mapped[datetime.datetime] = mapped_column(Moment)
    wie: Mapped[str] = mapped_column(String(32))
    wat: Mapped[str] = mapped_column(String(30))
    ronde_id: Mapped[str] = mapped_column(String(32), default="")
    zaak_id: Mapped[str] = mapped_column(String(32), default="", index=True)
    inhoud: Mapped[bytes] = mapped_column(LargeBinary)
    vorige: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))
