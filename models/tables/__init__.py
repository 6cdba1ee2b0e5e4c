"""The tables: what each row remembers. Rows only; the SQL that finds and changes them is in the modules beside this package."""
