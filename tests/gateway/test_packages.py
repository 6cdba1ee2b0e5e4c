"""Where there can be no gateway, its tests are skipped and say why."""

from pathlib import Path

import pytest

from tests.gateway import packages
from tests.gateway.packages import missing, require_packages


@pytest.fixture(autouse=True)
def _afresh(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A machine without programs, on which nothing was installed or asked yet."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(packages, "missing", missing.__wrapped__)
    monkeypatch.setattr(packages, "INSTALLED", tmp_path / "none")


def program(folder: Path, name: str, does: str) -> None:
    (folder / name).write_text(f"#!/bin/sh\n{does}\n")
    (folder / name).chmod(0o700)


def test_without_node_it_says_how_to_get_it() -> None:
    with pytest.raises(pytest.skip.Exception, match="needs node and npm: apt-get install nodejs npm"):
        require_packages()


def test_a_failed_installation_is_the_reason(tmp_path: Path) -> None:
    program(tmp_path, "node", "exit 0")
    program(tmp_path, "npm", "echo no network >&2; exit 1")
    with pytest.raises(pytest.skip.Exception, match=r"could not be installed .*no network"):
        require_packages()


def test_what_is_installed_is_not_installed_again(tmp_path: Path) -> None:
    program(tmp_path, "node", "exit 0")
    program(tmp_path, "npm", f"echo . >> {tmp_path}/runs; : > {tmp_path}/none")
    require_packages()
    require_packages()
    assert (tmp_path / "runs").read_text() == ".\n"
