"""What every table is made of: names for its constraints, and whose row it is."""

from typing import Any, ClassVar

from sqlalchemy import MetaData
from sqlmodel import Field, SQLModel


class Row(SQLModel):
    """A row of any table. Constraints are named by rule, so that migrations can find them again."""

    metadata: ClassVar[MetaData] = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    kept_out_of_history: ClassVar[bool] = False
    id: int = Field(default=None, primary_key=True)

    def __hash__(self) -> int:
        return hash((type(self).__name__, self.id))

    def __eq__(self, other: Any) -> bool:
        return type(self) is type(other) and self.id == other.id


class Owned(Row):
    """A row of one partnership; `storage.db` stamps it, and shows it to no other."""

    partnership_id: int = Field(default=None, foreign_key="partnership.id", index=True)
