"""${message}.

Revision ID: ${up_revision}
Revises: ${down_revision}
"""

import sqlalchemy as sa
from alembic import op
${imports if imports else ""}

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}


def upgrade() -> None:
    """Bring the tables to the new form."""
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    """Bring the tables back to the form before."""
    ${downgrades if downgrades else "pass"}
