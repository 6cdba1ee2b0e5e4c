"""What seems to report something and cannot be read; the evidence must be strong, since it is stored."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from handlers.reading.lexicon import Lexicon
from handlers.reading.reader import read
from models.reading import Intent
from models.roster import Roster

