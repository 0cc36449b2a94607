"""How Alembic reaches our tables: always online, always through the engine it is given."""

from alembic import context

import domain.assets.model
import domain.dispatching.model
import domain.files.model
import domain.groups.model
import domain.intake.model
import domain.parts.model.catalogue
import domain.parts.model.documents
import domain.parts.model.stock
import domain.parts.model.supply
import domain.people.model
import domain.survey.model
import domain.workorder.model  # noqa: F401
from adapters.storage import tables  # noqa: F401
from domain.kernel.model import Base

with context.config.attributes["engine"].connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
