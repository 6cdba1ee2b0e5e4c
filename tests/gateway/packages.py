"""The Node packages of the gateway: installed when they are first needed, however many processes run tests."""

import fcntl
import functools
import shutil
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent
LOCK = HERE / "package-lock.json"
INSTALLED = HERE / "node_modules" / ".package-lock.json"
"""npm writes it last."""
SECONDS = 300


def require_packages() -> None:
    """Install what the gateway needs, unless it is there; skips the test, with the reason, where that is impossible."""
    if reason := missing():
        pytest.skip(reason)


@functools.cache
def missing() -> str:
    """Why there can be no gateway on this machine; "" where there can. Takes up to some minutes the first time."""
    absent = [name for name in ("node", "npm") if shutil.which(name) is None]
    if absent:
        return f"the Wechaty gateway needs {' and '.join(absent)}: apt-get install nodejs npm"
    with LOCK.open(encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # the other processes of a parallel run wait for the one that installs
        return "" if is_installed() else install()


def is_installed() -> bool:
    """Whether the packages that the lock names were installed after it was last changed."""
    return INSTALLED.exists() and INSTALLED.stat().st_mtime >= LOCK.stat().st_mtime


def install() -> str:
    """Install what the lock names, by the options in .npmrc; returns why it failed, or ""."""
    try:
        done = subprocess.run(["npm", "ci"], cwd=HERE, capture_output=True, text=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return f"the packages of the Wechaty gateway were not installed within {SECONDS} seconds (npm ci in tests/gateway)"
    if done.returncode == 0:
        INSTALLED.touch()
        return ""
    return f"the packages of the Wechaty gateway could not be installed (npm ci in tests/gateway): {done.stderr.strip()[:300]}"
