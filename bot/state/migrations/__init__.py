"""Changes of the tables, one file a version, carried out by Alembic."""
