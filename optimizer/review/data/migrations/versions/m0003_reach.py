"""Tokens with which programs ask, and when the sending of a mail was tried."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Bring the tables to the new form."""
    op.create_table(
        "toegang",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("gebruiker_id", sa.String(length=32), nullable=False),
        sa.Column("naam", sa.String(length=120), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("gemaakt", sa.DateTime(), nullable=False),
        sa.Column("verloopt", sa.DateTime(), nullable=False),
        sa.Column("ingetrokken", sa.DateTime(), nullable=True),
        sa.Column("gebruikt", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["gebruiker_id"], ["gebruiker.id"], name="fk_toegang_gebruiker_id"),
        sa.PrimaryKeyConstraint("id", name="pk_toegang"),
        sa.UniqueConstraint("hash", name="uq_toegang_hash"),
    )
    op.add_column("bericht", sa.Column("poging", sa.DateTime(), nullable=True))


def downgrade() -> None:
    """Bring the tables back to the form before."""
    with op.batch_alter_table("bericht") as table:
        table.drop_column("poging")
    op.drop_table("toegang")
