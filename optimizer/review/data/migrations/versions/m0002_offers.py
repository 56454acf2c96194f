"""What municipalities offer, hand-overs, and mails."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Bring the tables to the new form."""
    op.create_table(
        "aanbod",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("gemeente", sa.String(length=6), nullable=False),
        sa.Column("soort", sa.String(length=30), nullable=False),
        sa.Column("aantal", sa.Integer(), nullable=False),
        sa.Column("kamers", sa.Integer(), nullable=True),
        sa.Column("personen", sa.Integer(), nullable=True),
        sa.Column("toegankelijk", sa.Boolean(), nullable=False),
        sa.Column("vanaf", sa.Date(), nullable=False),
        sa.Column("ingetrokken", sa.Boolean(), nullable=False),
        sa.Column("versie", sa.Integer(), nullable=False),
        sa.Column("door", sa.String(length=32), nullable=False),
        sa.Column("gewijzigd", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["door"], ["gebruiker.id"], name="fk_aanbod_door"),
        sa.PrimaryKeyConstraint("id", name="pk_aanbod"),
    )
    op.create_index("ix_aanbod_gemeente", "aanbod", ["gemeente"])
    op.create_table(
        "capaciteit",
        sa.Column("gemeente", sa.String(length=6), nullable=False),
        sa.Column("personen", sa.Integer(), nullable=False),
        sa.Column("versie", sa.Integer(), nullable=False),
        sa.Column("door", sa.String(length=32), nullable=False),
        sa.Column("gewijzigd", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["door"], ["gebruiker.id"], name="fk_capaciteit_door"),
        sa.PrimaryKeyConstraint("gemeente", name="pk_capaciteit"),
    )
    op.create_table(
        "waarneming",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("van_id", sa.String(length=32), nullable=False),
        sa.Column("aan_id", sa.String(length=32), nullable=False),
        sa.Column("begin", sa.Date(), nullable=False),
        sa.Column("einde", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["aan_id"], ["gebruiker.id"], name="fk_waarneming_aan_id"),
        sa.ForeignKeyConstraint(["van_id"], ["gebruiker.id"], name="fk_waarneming_van_id"),
        sa.PrimaryKeyConstraint("id", name="pk_waarneming"),
    )
    op.create_table(
        "bericht",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("gebruiker_id", sa.String(length=32), nullable=False),
        sa.Column("soort", sa.String(length=20), nullable=False),
        sa.Column("sleutel", sa.String(length=120), nullable=False),
        sa.Column("onderwerp", sa.String(length=200), nullable=False),
        sa.Column("tekst", sa.Text(), nullable=False),
        sa.Column("gemaakt", sa.DateTime(), nullable=False),
        sa.Column("verzonden", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["gebruiker_id"], ["gebruiker.id"], name="fk_bericht_gebruiker_id"),
        sa.PrimaryKeyConstraint("id", name="pk_bericht"),
        sa.UniqueConstraint("sleutel", name="uq_bericht_sleutel"),
    )
    op.add_column("gebruiker", sa.Column("samenvatting", sa.String(12), nullable=False, server_default="dagelijks"))
    op.add_column("gebruiker", sa.Column("herinnering", sa.Boolean(), nullable=False, server_default=sa.true()))


def downgrade() -> None:
    """Bring the tables back to the form before."""
    with op.batch_alter_table("gebruiker") as table:
        table.drop_column("herinnering")
        table.drop_column("samenvatting")
    op.drop_table("bericht")
    op.drop_table("waarneming")
    op.drop_table("capaciteit")
    op.drop_table("aanbod")
