"""Slack in many workspaces: what each gave when the bot was added, sealed."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('install',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('partnership_id', sa.Integer(), nullable=False),
    sa.Column('workspace_id', sa.Integer(), nullable=False),
    sa.Column('sealed', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('scopes', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('installed_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('installed_by', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.ForeignKeyConstraint(['partnership_id'], ['partnership.id'], name=op.f('fk_install_partnership_id')),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], name=op.f('fk_install_workspace_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_install')),
    sa.UniqueConstraint('workspace_id', name=op.f('uq_install_workspace_id')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('install', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_install_partnership_id'), ['partnership_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('install', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_install_partnership_id'))

    op.drop_table('install')
