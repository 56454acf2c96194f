"""Rounds, cases with their keys, users, sessions and the trail."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Bring the tables to the new form."""
    op.create_table(
        "gebruiker",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("onderwerp", sa.String(length=255), nullable=False),
        sa.Column("naam", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("rol", sa.String(length=20), nullable=False),
        sa.Column("gebied", sa.String(length=60), nullable=False),
        sa.Column("actief", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_gebruiker"),
        sa.UniqueConstraint("onderwerp", name="uq_gebruiker_onderwerp"),
    )
    op.create_table(
        "ronde",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("naam", sa.String(length=120), nullable=False),
        sa.Column("peildatum", sa.Date(), nullable=False),
        sa.Column("run_sha256", sa.String(length=64), nullable=False),
        sa.Column("begonnen", sa.DateTime(), nullable=False),
        sa.Column("deadline", sa.DateTime(), nullable=False),
        sa.Column("staat", sa.String(length=12), nullable=False),
        sa.Column("vorige_id", sa.String(length=32), nullable=True),
        sa.CheckConstraint("staat in ('open', 'vervangen', 'gesloten')", name="ck_ronde_staat"),
        sa.ForeignKeyConstraint(["vorige_id"], ["ronde.id"], name="fk_ronde_vorige_id"),
        sa.PrimaryKeyConstraint("id", name="pk_ronde"),
        sa.UniqueConstraint("run_sha256", name="uq_ronde_run_sha256"),
    )
    op.create_table(
        "spoor",
        sa.Column("nummer", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("op", sa.DateTime(), nullable=False),
        sa.Column("wie", sa.String(length=32), nullable=False),
        sa.Column("wat", sa.String(length=30), nullable=False),
        sa.Column("ronde_id", sa.String(length=32), nullable=False),
        sa.Column("zaak_id", sa.String(length=32), nullable=False),
        sa.Column("inhoud", sa.LargeBinary(), nullable=False),
        sa.Column("vorige", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("nummer", name="pk_spoor"),
    )
    op.create_index("ix_spoor_zaak_id", "spoor", ["zaak_id"])
    op.create_table(
        "bestand",
        sa.Column("ronde_id", sa.String(length=32), nullable=False),
        sa.Column("naam", sa.String(length=60), nullable=False),
        sa.Column("inhoud", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["ronde_id"], ["ronde.id"], name="fk_bestand_ronde_id"),
        sa.PrimaryKeyConstraint("ronde_id", "naam", name="pk_bestand"),
    )
    op.create_table(
        "sessie",
        sa.Column("naam", sa.String(length=64), nullable=False),
        sa.Column("gebruiker_id", sa.String(length=32), nullable=False),
        sa.Column("begonnen", sa.DateTime(), nullable=False),
        sa.Column("gezien", sa.DateTime(), nullable=False),
        sa.Column("bewijs", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["gebruiker_id"], ["gebruiker.id"], name="fk_sessie_gebruiker_id"),
        sa.PrimaryKeyConstraint("naam", name="pk_sessie"),
    )
    op.create_table(
        "zaak",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ronde_id", sa.String(length=32), nullable=False),
        sa.Column("nummer", sa.Integer(), nullable=False),
        sa.Column("gemeente", sa.String(length=6), nullable=False),
        sa.Column("provincie", sa.String(length=40), nullable=False),
        sa.Column("regio", sa.String(length=60), nullable=False),
        sa.Column("vastgezet", sa.Boolean(), nullable=False),
        sa.Column("voor_gemeente", sa.LargeBinary(), nullable=False),
        sa.Column("voor_coa", sa.LargeBinary(), nullable=False),
        sa.Column("antwoord", sa.String(length=12), nullable=False),
        sa.Column("redencode", sa.String(length=30), nullable=False),
        sa.Column("toelichting", sa.LargeBinary(), nullable=True),
        sa.Column("beantwoord", sa.DateTime(), nullable=True),
        sa.Column("door", sa.String(length=32), nullable=True),
        sa.Column("versie", sa.Integer(), nullable=False),
        sa.CheckConstraint("antwoord in ('', 'akkoord', 'bedenking')", name="ck_zaak_antwoord"),
        sa.ForeignKeyConstraint(["door"], ["gebruiker.id"], name="fk_zaak_door"),
        sa.ForeignKeyConstraint(["ronde_id"], ["ronde.id"], name="fk_zaak_ronde_id"),
        sa.PrimaryKeyConstraint("id", name="pk_zaak"),
        sa.UniqueConstraint("ronde_id", "nummer", name="uq_zaak_ronde_id"),
    )
    op.create_index("ix_zaak_ronde_gemeente", "zaak", ["ronde_id", "gemeente"])
    op.create_table(
        "sleutel",
        sa.Column("zaak_id", sa.String(length=32), nullable=False),
        sa.Column("sleutel", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["zaak_id"], ["zaak.id"], name="fk_sleutel_zaak_id"),
        sa.PrimaryKeyConstraint("zaak_id", name="pk_sleutel"),
    )


def downgrade() -> None:
    """Bring the tables back to the form before."""
    op.drop_table("sleutel")
    op.drop_table("zaak")
    op.drop_table("sessie")
    op.drop_table("bestand")
    op.drop_table("spoor")
    op.drop_table("ronde")
    op.drop_table("gebruiker")
