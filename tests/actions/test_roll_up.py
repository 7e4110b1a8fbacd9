"""The command `roll-up`: many stores together, recomputed from their rows (DOM 5 "Merging stores", T78)."""

from __future__ import annotations

import datetime as dt
import warnings
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pyarrow import parquet

from tests.actions.drawn import OTHER_VIN, TODAY, VIN, shell, workbook
from xl_retention.actions import roll_up as module
from xl_retention.actions.roll_up import count_store, roll_up
from xl_retention.domain.dates import Period

OCTOBER = Period.month("2026-10")
NEVER_SEEN = "LSVAA4187E2180001"


def store(folder: Path, name: str, region: str, customers: str, cars: str, visits: str) -> Path:
    """A store of the group, with its name and region on a sheet of stores."""
    return workbook(
        folder / f"{name}.xlsx",
        {
            "Customers": f"Customer ID | Name | Mobile\n{customers}",
            "Vehicles": f"VIN | Customer ID | Delivery Date\n{cars}",
            "Repair Orders": f"RO No | VIN | Visit Date | Type of Work\n{visits}",
            "Stores": f"Branch Code | Branch Name | Area\n{name[:1]} | {name} | {region}",
        },
    )


@pytest.fixture
def east(tmp_path: Path) -> Path:
    """Ada comes back, Bo comes for the first time."""
    return store(
        tmp_path,
        "East",
        "North",
        "C1 | Ada | '13900000001\n C2 | Bo | '13900000002",
        f"{VIN} | C1 | 2025-01-01\n {OTHER_VIN} | C2 | 2025-01-01",
        f"R1 | {VIN} | 2026-05-10 | Repair\n R2 | {VIN} | 2026-10-10 | Repair\n R3 | {OTHER_VIN} | 2026-10-11 | Repair",
    )


@pytest.fixture
def west(tmp_path: Path) -> Path:
    """Ada is here too, under another number, by her phone; Cy came back."""
    return store(
        tmp_path,
        "West",
        "South",
        "K7 | Ada | '13900000001\n K8 | Cy | '13900000003",
        f"{NEVER_SEEN} | K8 | 2025-01-01\n {VIN} | K7 | 2025-01-01",
        f"W1 | {NEVER_SEEN} | 2026-04-01 | Repair\n W2 | {NEVER_SEEN} | 2026-10-20 | Repair\n"
        f"W3 | {VIN} | 2026-10-25 | Repair",
    )


def rolled(tmp_path: Path, *books: Path, options: tuple[object, ...] = ()) -> dict[str, object]:
    out = tmp_path / "out" / "Group.xlsx"
    out.parent.mkdir(exist_ok=True)
    answer = shell("roll-up", *books, "--out", out, "--date", TODAY, "--month", "2026-10", "--json", *options)
    assert answer.code == 0, answer.err
    return answer.json


def figure(figures: list[dict[str, object]], code: str) -> tuple[object, object, object]:
    (found,) = [each for each in figures if each["code"] == code and "group" not in each]
    return found["numerator"], found["denominator"], found["value"]


def test_T78_a_group_is_counted_from_rows_and_a_customer_of_two_stores_once(tmp_path, east, west):  # noqa: N802
    found = rolled(tmp_path, east, west)

    assert [figure(each["kpis"], "K01")[:2] for each in found["stores"]] == [(1, 2), (1, 2)]
    assert figure(found["kpis"], "K01") == (2, 3, pytest.approx(2 / 3))  # the average of both would be 0.5
    assert figure(found["kpis"], "K13")[1] == 4  # a visit belongs to one store
    assert found["customers"] == 3
    assert found["shared_customers"] == [
        [{"store": "East", "customer_id": "C1"}, {"store": "West", "customer_id": "K7"}]
    ]


def test_the_order_of_the_files_does_not_matter(tmp_path, east, west):
    one, other = rolled(tmp_path, east, west), rolled(tmp_path, west, east)

    assert one["kpis"] == other["kpis"]
    assert one["moved"] == other["moved"]


def test_a_store_twice_counts_as_one(tmp_path, east):
    copy = tmp_path / "Copy.xlsx"
    copy.write_bytes(east.read_bytes())

    assert figure(rolled(tmp_path, east, copy)["kpis"], "K01") == (1, 2, 0.5)


def test_a_car_seen_last_in_another_store_has_moved(tmp_path, east, west):
    assert rolled(tmp_path, east, west)["moved"] == [
        {
            "vin": VIN, "customer_id": "K7", "from": "East", "last_there": "2026-10-10", "to": "West",
            "since": "2026-10-25",
        }
    ]  # fmt: skip


def test_two_customers_of_one_store_with_one_phone_stay_two(tmp_path, west):
    family = store(
        tmp_path, "Inn", "North", "C1 | Ada | '13900000001\n C2 | Eve | '13900000001",
        f"{OTHER_VIN} | C1 | 2025-01-01", f"R1 | {OTHER_VIN} | 2026-10-10 | Repair",
    )  # fmt: skip

    assert rolled(tmp_path, family, west)["customers"] == 3  # Ada of both, Eve, Cy


def test_a_walk_in_is_the_customer_of_another_store_with_that_phone(tmp_path, east, west):
    inn = workbook(
        tmp_path / "Inn.xlsx",
        {
            "Customers": "Customer ID | Name | Mobile\n Z1 | Zoe | '13900000009",
            "Vehicles": "VIN | Customer ID | Delivery Date\n LSVAA4187E2180002 | Z1 | 2025-01-01",
            "Repair Orders": "RO No | Plate | Mobile | Visit Date | Type of Work\n"
            " R1 | ABC123 | '13900000003 | 2026-10-30 | Repair\n R2 | XYZ789 | '13900000077 | 2026-10-30 | Repair",
        },
    )

    assert figure(rolled(tmp_path, inn, west)["kpis"], "K01") == (1, 3, pytest.approx(1 / 3))  # Cy, Ada, a stranger


def test_regions_are_counted_by_themselves(tmp_path, east, west):
    regions = {each["region"]: figure(each["kpis"], "K01") for each in rolled(tmp_path, east, west)["regions"]}

    assert regions == {"North": (1, 2, 0.5), "South": (1, 2, 0.5)}


def test_a_bad_file_is_named_and_the_others_count(tmp_path, east):
    bad = tmp_path / "Bad.xlsx"
    bad.write_text("a,b\n1,2\n")

    found = rolled(tmp_path, bad, east, tmp_path / "None.xlsx")

    assert [each["file"] for each in found["failed"]] == ["Bad.xlsx", "None.xlsx"]
    assert all(each["reason"] for each in found["failed"])
    assert len(found["stores"]) == 1


def test_strict_tells_a_left_out_file_by_the_exit_code(tmp_path, east):
    out = tmp_path / "Group.xlsx"

    answer = shell("roll-up", east, tmp_path / "None.xlsx", "--out", out, "--strict", "--json", "--date", TODAY)

    assert answer.code == 1


def test_nothing_is_written_where_no_file_counts(tmp_path):
    out = tmp_path / "Group.xlsx"

    answer = shell("roll-up", tmp_path / "None.xlsx", "--out", out)

    assert answer.code == 2
    assert "None.xlsx" in answer.err
    assert list(tmp_path.iterdir()) == []


def test_the_group_never_takes_the_place_of_a_store(tmp_path, east, west):
    """A slip of the pen must not turn the customers' workbook into a table of figures."""
    before = east.read_bytes()

    answer = shell("roll-up", east, west, "--out", east, "--date", TODAY)

    assert answer.code == 2
    assert "East.xlsx is one of the workbooks to count" in answer.err
    assert east.read_bytes() == before


def test_a_folder_stands_for_its_workbooks(tmp_path, east, west):
    (tmp_path / "~$East.xlsx").write_text("somebody")
    (tmp_path / "East.backup-20261101-080000.xlsx").write_bytes(east.read_bytes())

    assert [each["store"] for each in rolled(tmp_path, tmp_path)["stores"]] == ["East", "West"]


def test_the_workbook_ranks_the_stores_and_draws_them(tmp_path, east, west):
    rolled(tmp_path, east, west)

    book = load_workbook(tmp_path / "out" / "Group.xlsx")
    assert book.sheetnames == ["Group", "Stores", "Regions", "In Several Stores", "Moved", "Files"]
    assert [row[1] for row in book["Stores"].iter_rows(min_row=4, max_row=5, values_only=True)] == ["East", "West"]
    assert len(book["Stores"]._charts) == 1


def test_the_words_follow_the_language(tmp_path, east):
    rolled(tmp_path, east, options=("--lang", "zh"))

    assert load_workbook(tmp_path / "out" / "Group.xlsx").sheetnames == ["集团", "门店排名", "区域对比", "文件"]


def test_a_second_run_keeps_the_first_as_a_backup(tmp_path, east):
    rolled(tmp_path, east)
    rolled(tmp_path, east)

    assert len(list((tmp_path / "out").glob("Group.backup-*.xlsx"))) == 1


def test_the_figures_of_every_store_go_to_parquet(tmp_path, east, west):
    rolled(tmp_path, east, west, options=("--parquet", tmp_path / "figures.parquet"))

    rows = parquet.read_table(tmp_path / "figures.parquet").to_pylist()
    assert {(row["store"], row["numerator"], row["denominator"]) for row in rows if row["code"] == "K01"} == {
        ("East", 1.0, 2.0),
        ("West", 1.0, 2.0),
    }


def test_a_run_that_was_stopped_goes_on_where_it_was(tmp_path, east, west, monkeypatch):
    parts = tmp_path / "parts"

    def stop(done: int, count: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        roll_up([east, west], dt.date.fromisoformat(TODAY), OCTOBER, parts=parts, progress=stop)
    assert len(list(parts.iterdir())) == 1

    opened: list[str] = []
    read = module.read_store
    monkeypatch.setattr(module, "read_store", lambda book, needed: opened.append(book.path.name) or read(book, needed))
    resumed = roll_up([east, west], dt.date.fromisoformat(TODAY), OCTOBER, parts=parts)

    assert opened == ["West.xlsx"]
    assert resumed.stores == roll_up([east, west], dt.date.fromisoformat(TODAY), OCTOBER).stores


def test_what_was_kept_is_not_taken_for_a_changed_workbook(tmp_path, east, west):
    parts = tmp_path / "parts"
    first = roll_up([east], dt.date.fromisoformat(TODAY), OCTOBER, parts=parts)
    east.write_bytes(west.read_bytes())

    assert roll_up([east], dt.date.fromisoformat(TODAY), OCTOBER, parts=parts).stores != first.stores


def test_nothing_is_left_beside_the_workbook(tmp_path, east):
    rolled(tmp_path, east)

    assert [path.name for path in (tmp_path / "out").iterdir()] == ["Group.xlsx"]


def test_processes_of_dask_find_the_same(tmp_path, east, west, monkeypatch):
    monkeypatch.setattr("xl_retention.actions.tasks.WORTH_PROCESSES", 2)
    alone = roll_up([east, west], dt.date.fromisoformat(TODAY), OCTOBER, workers=1)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of Dask and its libraries
        together = roll_up([east, west], dt.date.fromisoformat(TODAY), OCTOBER, workers=2)

    assert together.stores == alone.stores
    assert together.figures == alone.figures


def test_a_scheduler_that_does_not_answer_is_told(tmp_path, east, monkeypatch):
    monkeypatch.setattr("xl_retention.actions.tasks.ANSWERS_WITHIN", 1)

    answer = shell("roll-up", east, "--out", tmp_path / "Group.xlsx", "--scheduler", "tcp://127.0.0.1:9")

    assert answer.code == 2
    assert "tcp://127.0.0.1:9" in answer.err


def test_a_task_answers_with_plain_values(east):
    """Whatever a store's share holds travels as JSON, and comes back the same."""
    share = count_store(module.Order(str(east), dt.date.fromisoformat(TODAY), OCTOBER))

    assert isinstance(share, module.StoreShare)
    assert module.StoreShare.from_plain(share.as_plain()) == share
