"""Runs the versions on the connection that `bot.state.schema` holds."""

from alembic import context

from bot.state.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, transactional_ddl=False)
context.run_migrations()
