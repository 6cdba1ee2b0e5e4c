"""What is remembered and its rules: value types, tables, the only SQL, state tables, migrations."""
