"""Fixtures of all tests."""

import pathlib

import pytest

ROOT = pathlib.Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root():
    """The top of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def shared():
    """The folder with annotated reports and corpora, which is not part of the repository."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip(f"{folder} is not there: annotated reports and corpora are not part of the repository")
    return folder
