"""What every table is made of: names for its constraints, and whose row it is."""

from functools import cache
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

    def __init__(self, **values: Any) -> None:
        """The columns as given, the others at their defaults. Set at once, not one by one with a record of
        each change, as SQLModel would: storage.db is told what to write. Raises TypeError for no column.
        """
        usual = defaults(type(self))
        if not values.keys() <= usual.keys():
            raise TypeError(f"{type(self).__name__} has no {', '.join(values.keys() - usual.keys())}")
        vars(self).update(usual | values)

    def __hash__(self) -> int:
        return hash((type(self).__name__, self.id))

    def __eq__(self, other: Any) -> bool:
        return type(self) is type(other) and self.id == other.id


class Owned(Row):
    """A row of one partnership; `storage.db` stamps it, and shows it to no other."""

    partnership_id: int = Field(default=None, foreign_key="partnership.id", index=True)


@cache
def defaults(kind: type[Row]) -> dict[str, Any]:
    """Every column of a table, in order, with its default; None where it has to be given."""
    fields = kind.model_fields.items()
    return {name: None if field.is_required() else field.default for name, field in fields}
