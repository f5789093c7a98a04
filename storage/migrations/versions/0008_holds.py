"""Holds: what they hold, what goes out all the same, and what was stopped."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('hold',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('partnership_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('kind', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('starts', sa.Date(), nullable=False),
    sa.Column('ends', sa.Date(), nullable=True),
    sa.Column('why', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('by', sa.Integer(), nullable=False),
    sa.Column('noted_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('lifted_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('lifted_by', sa.Integer(), nullable=True),
    sa.Column('lifted_why', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.ForeignKeyConstraint(['by'], ['person.id'], name=op.f('fk_hold_by')),
    sa.ForeignKeyConstraint(['lifted_by'], ['person.id'], name=op.f('fk_hold_lifted_by')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_hold_organisation_id')),
    sa.ForeignKeyConstraint(['partnership_id'], ['partnership.id'], name=op.f('fk_hold_partnership_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hold')),
    sa.UniqueConstraint('partnership_id', 'number', name=op.f('uq_hold_partnership_id_number')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('hold', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_hold_partnership_id'), ['partnership_id'], unique=False)

    op.create_table('heldthing',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('partnership_id', sa.Integer(), nullable=False),
    sa.Column('hold_id', sa.Integer(), nullable=False),
    sa.Column('about', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('what', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('by', sa.Integer(), nullable=True),
    sa.Column('on', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['by'], ['person.id'], name=op.f('fk_heldthing_by')),
    sa.ForeignKeyConstraint(['hold_id'], ['hold.id'], name=op.f('fk_heldthing_hold_id')),
    sa.ForeignKeyConstraint(['partnership_id'], ['partnership.id'], name=op.f('fk_heldthing_partnership_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_heldthing')),
    sa.UniqueConstraint('hold_id', 'about', 'what', name=op.f('uq_heldthing_hold_id_about_what')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('heldthing', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_heldthing_partnership_id'), ['partnership_id'], unique=False)

    op.create_table('holdoverride',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('partnership_id', sa.Integer(), nullable=False),
    sa.Column('hold_id', sa.Integer(), nullable=False),
    sa.Column('about', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('by', sa.Integer(), nullable=False),
    sa.Column('why', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['by'], ['person.id'], name=op.f('fk_holdoverride_by')),
    sa.ForeignKeyConstraint(['hold_id'], ['hold.id'], name=op.f('fk_holdoverride_hold_id')),
    sa.ForeignKeyConstraint(['partnership_id'], ['partnership.id'], name=op.f('fk_holdoverride_partnership_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_holdoverride')),
    sa.UniqueConstraint('hold_id', 'about', name=op.f('uq_holdoverride_hold_id_about')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('holdoverride', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_holdoverride_partnership_id'), ['partnership_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('holdoverride', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_holdoverride_partnership_id'))

    op.drop_table('holdoverride')
    with op.batch_alter_table('heldthing', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_heldthing_partnership_id'))

    op.drop_table('heldthing')
    with op.batch_alter_table('hold', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_hold_partnership_id'))

    op.drop_table('hold')
