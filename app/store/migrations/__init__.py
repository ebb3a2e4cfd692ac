"""How the schema came to be, one file a step. Run by :func:`app.store.schema_version.ensure_schema`."""
