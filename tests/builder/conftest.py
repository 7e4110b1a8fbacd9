from pathlib import Path

import pytest

from xl_retention.builder.build import build_shipped

SHIPPED = Path(__file__).parents[2] / "workbook"


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the workbooks and the add-in, built afresh."""
    folder = tmp_path_factory.mktemp("built")
    build_shipped(folder)
    return folder


@pytest.fixture(scope="session", params=["Retention.xlsm", "Retention.zh.xlsm"])
def book(request: pytest.FixtureRequest, built: Path) -> Path:
    """Each of the two workbooks."""
    return built / request.param
