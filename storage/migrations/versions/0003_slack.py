"""Slack: what a workspace knows of people, where the bot may speak, and threads."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None

WORDS = {
    'workspace': ['name', 'bot', 'stopped_because'],
    'identity': ['name', 'zone'],
    'outbox': ['thread'],
}


def upgrade() -> None:
    for table, names in WORDS.items():
        with op.batch_alter_table(table, schema=None) as batch_op:
            for name in names:
                words = sqlmodel.sql.sqltypes.AutoString()
                batch_op.add_column(sa.Column(name, words, nullable=False, server_default=''))
    with op.batch_alter_table('workspace', schema=None) as batch_op:
        batch_op.add_column(sa.Column('stopped_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
    with op.batch_alter_table('identity', schema=None) as batch_op:
        batch_op.add_column(sa.Column('is_guest', sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    with op.batch_alter_table('identity', schema=None) as batch_op:
        batch_op.drop_column('is_guest')
    with op.batch_alter_table('workspace', schema=None) as batch_op:
        batch_op.drop_column('stopped_at')
    for table, names in WORDS.items():
        with op.batch_alter_table(table, schema=None) as batch_op:
            for name in names:
                batch_op.drop_column(name)
