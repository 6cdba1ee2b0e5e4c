"""A prepared look is made for its database in whatever order modules were imported: of what refers to a table the type is known late."""

import subprocess
import sys

import pytest

COMPILE = """
import importlib, sys
from sqlalchemy.dialects.postgresql.psycopg import dialect
from models.prepared import Prepared
module = importlib.import_module(sys.argv[1])
for name in ("cases", "chats", "queue", "records", "reviews", "unit"):
    importlib.import_module("models.tables." + name)
looks = [value for value in vars(module).values() if isinstance(value, Prepared)]
for look in looks:
    look._statement.compile(dialect=dialect())
print(len(looks))
"""


@pytest.mark.parametrize("module", ["models.outbox", "models.inbox"])
def test_a_look_knows_its_types_whatever_was_imported_first(module: str) -> None:
    made = subprocess.run([sys.executable, "-c", COMPILE, module], capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    assert int(made.stdout) > 0
