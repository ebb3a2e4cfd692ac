"""What alembic runs: the steps, on the connection and in the transaction that it was handed."""

from alembic import context

from app.store import schema

context.configure(
    connection=context.config.attributes["connection"], target_metadata=schema.articles.metadata, transactional_ddl=True
)
with context.begin_transaction():
    context.run_migrations()
