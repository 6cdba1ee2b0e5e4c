"""The tables: what each row remembers. Rows only; the SQL that finds and changes them is in the modules beside this package.

Whoever imports one of them has them all: the type of a column that refers to another table is known only once that table is.
"""

from models.tables import cases, chats, queue, records, reviews, unit

__all__ = ["cases", "chats", "queue", "records", "reviews", "unit"]
