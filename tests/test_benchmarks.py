"""The benchmarks measure what they say: every contender takes every message. How fast is no matter here."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.callback import QUICK, turn
from benchmarks.contenders import COMMON, CONTENDERS, FLOOR, PROJECT, unit, why_not
from benchmarks.load import check_ins, requests
from benchmarks.wechaty import QUICK as FEW
from benchmarks.wechaty_contenders import BOT, STUB
from bot.config import REPOSITORY
from tests.gateway.packages import require_packages


def printed(tables: str) -> dict[str, list[str]]:
    """The cells of every row of the tables, by the first."""
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in tables.splitlines() if line.startswith("|")]
    return {row[0]: row[1:] for row in rows}


def test_every_contender_has_its_row_and_has_stored_what_it_answered(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "benchmarks.callback", "--quick", "--folder", str(tmp_path)]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    rows = printed(done.stdout)
    missing = why_not(sys.executable)
    for name in CONTENDERS:
        asked = str(QUICK.warm + QUICK.counted + (QUICK.paced if name == PROJECT else 0))
        if name == COMMON and missing is not None:
            assert missing in rows[name][0]
        else:
            assert rows[name][-2:] == [asked, asked]
    p99 = next(cells[0] for name, cells in rows.items() if "p99" in name)
    assert re.fullmatch(r"\d+\.\d \(\d+\.\d–\d+\.\d\) ms", p99)
    assert list(tmp_path.iterdir()) == []


async def test_a_message_that_is_not_taken_ends_the_measuring(tmp_path: Path) -> None:
    made = requests(check_ins({line.name: line.wecom_userid for line in unit()}), QUICK.warm + QUICK.counted)
    made[-1] = made[-1].replace(b"msg_signature=", b"msg_signature=0")
    with pytest.raises(SystemExit, match=rf"of {len(made)} requests {len(made) - 1} were answered with 200 and {len(made) - 1} are stored"):
        await turn(FLOOR, made, QUICK, tmp_path, sys.executable)


def test_the_bot_and_the_stub_get_every_message_of_a_gateway_and_the_bot_keeps_some(tmp_path: Path) -> None:
    require_packages()
    command = [sys.executable, "-m", "benchmarks.wechaty", "--quick", "--folder", str(tmp_path)]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    rows = printed(done.stdout)
    assert rows[STUB][-2:] == [str(FEW.counted), ""]
    asked, kept = map(int, rows[BOT][-2:])
    assert asked == FEW.counted
    assert 0 < kept < asked, "there is chatter among the reports, and it is not kept"
    assert list(tmp_path.iterdir()) == []
