"""The database itself: tables, engines, migrations, backup, audit."""
