"""Loops, where they come from, and the words that the public reads of them."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('source',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('partnership_id', sa.Integer(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('every', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('stopped_on', sa.Date(), nullable=True),
    sa.Column('usual', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.ForeignKeyConstraint(['partnership_id'], ['partnership.id'], name=op.f('fk_source_partnership_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_source')),
    sa.UniqueConstraint('partnership_id', 'name', name=op.f('uq_source_partnership_id_name')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('source', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_source_partnership_id'), ['partnership_id'], unique=False)

    op.create_table('loop',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('partnership_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('said', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('source_id', sa.Integer(), nullable=True),
    sa.Column('sayers', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('level', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('voice', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('theme', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('shared_ref', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('said_on', sa.Date(), nullable=False),
    sa.Column('said_text', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('logged_on', sa.Date(), nullable=False),
    sa.Column('logged_by', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('role_id', sa.Integer(), nullable=True),
    sa.Column('team_id', sa.Integer(), nullable=True),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('round', sa.Integer(), nullable=False),
    sa.Column('merged_into_id', sa.Integer(), nullable=True),
    sa.Column('erased_on', sa.Date(), nullable=True),
    sa.Column('state', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('asked_on', sa.Date(), nullable=True),
    sa.Column('quiet_until', sa.Date(), nullable=True),
    sa.Column('decided_on', sa.Date(), nullable=True),
    sa.Column('told_on', sa.Date(), nullable=True),
    sa.Column('checked', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.ForeignKeyConstraint(['logged_by'], ['person.id'], name=op.f('fk_loop_logged_by')),
    sa.ForeignKeyConstraint(['merged_into_id'], ['loop.id'], name=op.f('fk_loop_merged_into_id')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_loop_organisation_id')),
    sa.ForeignKeyConstraint(['partnership_id'], ['partnership.id'], name=op.f('fk_loop_partnership_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_loop_person_id')),
    sa.ForeignKeyConstraint(['role_id'], ['role.id'], name=op.f('fk_loop_role_id')),
    sa.ForeignKeyConstraint(['source_id'], ['source.id'], name=op.f('fk_loop_source_id')),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], name=op.f('fk_loop_team_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_loop')),
    sa.UniqueConstraint('partnership_id', 'number', name=op.f('uq_loop_partnership_id_number')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('loop', schema=None) as batch_op:
        batch_op.create_index('ix_loop_merged', ['merged_into_id', 'partnership_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_loop_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_loop_partnership_id'), ['partnership_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_loop_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_loop_role_id'), ['role_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_loop_source_id'), ['source_id'], unique=False)
        batch_op.create_index('ix_loop_sayers', ['partnership_id', 'sayers', 'number'], unique=False)
        batch_op.create_index('ix_loop_state', ['partnership_id', 'state', 'number'], unique=False)
        batch_op.create_index(batch_op.f('ix_loop_team_id'), ['team_id'], unique=False)
        batch_op.create_index('ix_loop_theme', ['partnership_id', 'theme', 'number'], unique=False)

    op.create_table('asking',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('partnership_id', sa.Integer(), nullable=False),
    sa.Column('loop_id', sa.Integer(), nullable=False),
    sa.Column('round', sa.Integer(), nullable=False),
    sa.Column('text', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('role_id', sa.Integer(), nullable=True),
    sa.Column('team_id', sa.Integer(), nullable=True),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('forum', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('kind', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('when_text', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('starts', sa.Date(), nullable=True),
    sa.Column('ends', sa.Date(), nullable=True),
    sa.Column('asked_by', sa.Integer(), nullable=False),
    sa.Column('asked_on', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['asked_by'], ['person.id'], name=op.f('fk_asking_asked_by')),
    sa.ForeignKeyConstraint(['loop_id'], ['loop.id'], name=op.f('fk_asking_loop_id')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_asking_organisation_id')),
    sa.ForeignKeyConstraint(['partnership_id'], ['partnership.id'], name=op.f('fk_asking_partnership_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_asking_person_id')),
    sa.ForeignKeyConstraint(['role_id'], ['role.id'], name=op.f('fk_asking_role_id')),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], name=op.f('fk_asking_team_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_asking')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('asking', schema=None) as batch_op:
        batch_op.create_index('ix_asking_loop', ['loop_id', 'partnership_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_asking_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_asking_partnership_id'), ['partnership_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_asking_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_asking_role_id'), ['role_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_asking_team_id'), ['team_id'], unique=False)

    op.create_table('outcome',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('partnership_id', sa.Integer(), nullable=False),
    sa.Column('loop_id', sa.Integer(), nullable=False),
    sa.Column('round', sa.Integer(), nullable=False),
    sa.Column('outcome', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('words', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('link', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('done_on', sa.Date(), nullable=True),
    sa.Column('action_id', sa.Integer(), nullable=True),
    sa.Column('kind', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('when_text', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('starts', sa.Date(), nullable=True),
    sa.Column('ends', sa.Date(), nullable=True),
    sa.Column('passed_to', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('decided_by', sa.Integer(), nullable=False),
    sa.Column('decided_on', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['action_id'], ['action.id'], name=op.f('fk_outcome_action_id')),
    sa.ForeignKeyConstraint(['decided_by'], ['person.id'], name=op.f('fk_outcome_decided_by')),
    sa.ForeignKeyConstraint(['loop_id'], ['loop.id'], name=op.f('fk_outcome_loop_id')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_outcome_organisation_id')),
    sa.ForeignKeyConstraint(['partnership_id'], ['partnership.id'], name=op.f('fk_outcome_partnership_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outcome')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('outcome', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_outcome_action_id'), ['action_id'], unique=False)
        batch_op.create_index('ix_outcome_loop', ['loop_id', 'partnership_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_outcome_partnership_id'), ['partnership_id'], unique=False)

    op.create_table('check',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('partnership_id', sa.Integer(), nullable=False),
    sa.Column('loop_id', sa.Integer(), nullable=False),
    sa.Column('outcome_id', sa.Integer(), nullable=False),
    sa.Column('answer', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('note', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('checked_by', sa.Integer(), nullable=False),
    sa.Column('checked_on', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['checked_by'], ['person.id'], name=op.f('fk_check_checked_by')),
    sa.ForeignKeyConstraint(['loop_id'], ['loop.id'], name=op.f('fk_check_loop_id')),
    sa.ForeignKeyConstraint(['outcome_id'], ['outcome.id'], name=op.f('fk_check_outcome_id')),
    sa.ForeignKeyConstraint(['partnership_id'], ['partnership.id'], name=op.f('fk_check_partnership_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_check')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('check', schema=None) as batch_op:
        batch_op.create_index('ix_check_loop', ['loop_id', 'partnership_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_check_partnership_id'), ['partnership_id'], unique=False)

    op.create_table('telling',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('partnership_id', sa.Integer(), nullable=False),
    sa.Column('loop_id', sa.Integer(), nullable=False),
    sa.Column('outcome_id', sa.Integer(), nullable=False),
    sa.Column('outcome', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('group', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('place', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('format', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('link', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('told_by', sa.Integer(), nullable=False),
    sa.Column('told_on', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['loop_id'], ['loop.id'], name=op.f('fk_telling_loop_id')),
    sa.ForeignKeyConstraint(['outcome_id'], ['outcome.id'], name=op.f('fk_telling_outcome_id')),
    sa.ForeignKeyConstraint(['partnership_id'], ['partnership.id'], name=op.f('fk_telling_partnership_id')),
    sa.ForeignKeyConstraint(['told_by'], ['person.id'], name=op.f('fk_telling_told_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_telling')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('telling', schema=None) as batch_op:
        batch_op.create_index('ix_telling_loop', ['loop_id', 'partnership_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_telling_partnership_id'), ['partnership_id'], unique=False)

    op.create_table('wording',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('partnership_id', sa.Integer(), nullable=False),
    sa.Column('loop_id', sa.Integer(), nullable=False),
    sa.Column('outcome_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('outcome', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('you_said', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('we_did', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('post', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('state', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('why', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=False),
    sa.Column('first_author_id', sa.Integer(), nullable=True),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('asked_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('reworded_from', sa.Integer(), nullable=True),
    sa.Column('answered_by', sa.Integer(), nullable=True),
    sa.Column('answered_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['answered_by'], ['person.id'], name=op.f('fk_wording_answered_by')),
    sa.ForeignKeyConstraint(['author_id'], ['person.id'], name=op.f('fk_wording_author_id')),
    sa.ForeignKeyConstraint(['first_author_id'], ['person.id'], name=op.f('fk_wording_first_author_id')),
    sa.ForeignKeyConstraint(['loop_id'], ['loop.id'], name=op.f('fk_wording_loop_id')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_wording_organisation_id')),
    sa.ForeignKeyConstraint(['outcome_id'], ['outcome.id'], name=op.f('fk_wording_outcome_id')),
    sa.ForeignKeyConstraint(['partnership_id'], ['partnership.id'], name=op.f('fk_wording_partnership_id')),
    sa.ForeignKeyConstraint(['reworded_from'], ['wording.id'], name=op.f('fk_wording_reworded_from')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_wording')),
    sa.UniqueConstraint('loop_id', 'version', name=op.f('uq_wording_loop_id_version')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('wording', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_wording_loop_id'), ['loop_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_wording_partnership_id'), ['partnership_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('wording', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_wording_partnership_id'))
        batch_op.drop_index(batch_op.f('ix_wording_loop_id'))

    op.drop_table('wording')
    with op.batch_alter_table('telling', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_telling_partnership_id'))
        batch_op.drop_index('ix_telling_loop')

    op.drop_table('telling')
    with op.batch_alter_table('check', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_check_partnership_id'))
        batch_op.drop_index('ix_check_loop')

    op.drop_table('check')
    with op.batch_alter_table('outcome', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_outcome_partnership_id'))
        batch_op.drop_index('ix_outcome_loop')
        batch_op.drop_index(batch_op.f('ix_outcome_action_id'))

    op.drop_table('outcome')
    with op.batch_alter_table('asking', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_asking_team_id'))
        batch_op.drop_index(batch_op.f('ix_asking_role_id'))
        batch_op.drop_index(batch_op.f('ix_asking_person_id'))
        batch_op.drop_index(batch_op.f('ix_asking_partnership_id'))
        batch_op.drop_index(batch_op.f('ix_asking_organisation_id'))
        batch_op.drop_index('ix_asking_loop')

    op.drop_table('asking')
    with op.batch_alter_table('loop', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_loop_team_id'))
        batch_op.drop_index('ix_loop_state')
        batch_op.drop_index(batch_op.f('ix_loop_source_id'))
        batch_op.drop_index(batch_op.f('ix_loop_role_id'))
        batch_op.drop_index(batch_op.f('ix_loop_person_id'))
        batch_op.drop_index(batch_op.f('ix_loop_partnership_id'))
        batch_op.drop_index(batch_op.f('ix_loop_organisation_id'))
        batch_op.drop_index('ix_loop_merged')
        batch_op.drop_index('ix_loop_sayers')
        batch_op.drop_index('ix_loop_theme')

    op.drop_table('loop')
    with op.batch_alter_table('source', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_source_partnership_id'))

    op.drop_table('source')
