"""Put the product's `today` beside the oracle's and print, in words, where they differ.

    python tests/oracle/compare.py BOOK YYYY-MM-DD
    python tests/oracle/compare.py --seeds 0 99 [--customers 60] [--shifts 0 -17 9] [--keep FOLDER]

Rows are matched by customer_id and role.  Exit 0: the same; 1: differences; 2: the product refused the book.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import shutil
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

HERE = Path(__file__).parent
FIELDS = (
    "rules",
    "due_keys",
    "due_date",
    "deadline",
    "overdue_days",
    "priority",
    "owner",
    "vin",
    "plate_no",
    "mobile",
    "customer_name",
    "value_tier",
)


def load(name: str) -> object:
    key = f"retention_{name}"
    if key not in sys.modules:
        spec = importlib.util.spec_from_file_location(key, HERE / f"{name}.py")
        module = importlib.util.module_from_spec(spec)
        sys.modules[key] = module
        spec.loader.exec_module(module)
    return sys.modules[key]


class RefusedError(Exception):
    """The product did not answer with JSON."""


def product_today(path: str | Path, as_of: date) -> dict:
    """`xl-retention today BOOK --date D --json --dry-run`, in a process of its own."""
    script = Path(sys.executable).with_name("xl-retention")
    command = (
        [str(script)]
        if script.exists()
        else (
            [found]
            if (found := shutil.which("xl-retention"))
            else [sys.executable, "-c", "import sys; from xl_retention.cli import main; sys.exit(main())"]
        )
    )
    done = subprocess.run(
        [*command, "today", str(Path(path).resolve()), "--date", as_of.isoformat(), "--json", "--dry-run"],
        capture_output=True,
        text=True,
        cwd=HERE.parents[1],
        check=False,
    )
    if done.returncode not in (0, 1):
        raise RefusedError(f"exit {done.returncode}: {done.stderr.strip()[-2000:]}")
    try:
        return json.loads(done.stdout)
    except json.JSONDecodeError as error:
        raise RefusedError(f"no JSON: {error}; stdout {done.stdout[:300]!r}") from error


def differences(expected: dict, found: dict) -> list[str]:
    """Readable lines, one per difference; none if the two lists say the same. Expected is the oracle's."""
    out: list[str] = []
    if expected["as_of"] != found["as_of"]:
        out.append(f"as_of: oracle {expected['as_of']}, product {found['as_of']}")
    ours = {(r["customer_id"], r["role"]): r for r in expected["rows"]}
    theirs = {(r["customer_id"], r["role"]): r for r in found["rows"]}
    if len(theirs) != len(found["rows"]):
        out.append("product: two rows of one customer and role")
    for who in [w for w in ours if w not in theirs]:
        out.append(
            f"missing {who}: {ours[who]['due_keys']} due {ours[who]['due_date']} "
            f"deadline {ours[who]['deadline']}"
        )
    for who in [w for w in theirs if w not in ours]:
        out.append(
            f"extra   {who}: {theirs[who]['due_keys']} due {theirs[who]['due_date']} "
            f"deadline {theirs[who]['deadline']}"
        )
    for who, row in ours.items():
        other = theirs.get(who)
        if other is None:
            continue
        for name in FIELDS:
            if (row[name] or "") == (other.get(name) or "") or row[name] == other.get(name):
                continue
            if isinstance(row[name], list) and set(row[name]) != set(other[name]):
                out.append(
                    f"differs {who} {name}: only oracle {sorted(set(row[name]) - set(other[name]))}, "
                    f"only product {sorted(set(other[name]) - set(row[name]))}"
                )
            else:
                out.append(f"differs {who} {name}: oracle {row[name]!r}, product {other.get(name)!r}")
    common = [w for w in ours if w in theirs]
    order = [w for w in theirs if w in ours]
    if common != order:
        first = next(n for n, (a, b) in enumerate(zip(common, order, strict=True)) if a != b)
        out.append(f"order: place {first} is {common[first]} for the oracle, {order[first]} for the product")
    # suppressed: who, rule and reason, each once; rules of the mailing list are none of the oracle's business
    rules = set(load("oracle").DEFAULT_RULES)

    def stopped(answer: dict) -> set[tuple[str, str, str]]:
        return {
            (s["customer_id"], s["rule"], s["reason"])
            for s in answer["suppressed"]
            if s["rule"] in rules or s["rule"].startswith("DLV-M")
        }

    for entry in sorted(stopped(expected) - stopped(found)):
        out.append(f"suppressed, only oracle {entry}")
    for entry in sorted(stopped(found) - stopped(expected)):
        out.append(f"suppressed, only product {entry}")
    return out


def compare(path: str | Path, as_of: date) -> list[str]:
    return differences(load("oracle").today(path, as_of), product_today(path, as_of))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("book", nargs="?")
    parser.add_argument("date", nargs="?")
    parser.add_argument("--seeds", nargs=2, type=int, metavar=("FIRST", "LAST"))
    parser.add_argument("--customers", type=int, default=60)
    parser.add_argument("--shifts", nargs="+", type=int, default=[0], help="days off each store's own date")
    parser.add_argument(
        "--take", nargs="+", type=int, default=[], help="entries of READINGS.md read otherwise"
    )
    parser.add_argument("--keep", help="folder for the books of --seeds")
    parser.add_argument("--most", type=int, default=12, help="lines to print per book")
    args = parser.parse_args()
    worst = 0
    load("oracle").TAKEN.update(args.take)
    with tempfile.TemporaryDirectory() as scratch:
        jobs: list[tuple[str, Path, date]] = []
        if args.seeds:
            folder = Path(args.keep or scratch)
            folder.mkdir(parents=True, exist_ok=True)
            stores = load("stores")
            for seed in range(args.seeds[0], args.seeds[1] + 1):
                path = folder / f"store-{seed}.xlsx"
                options = stores.variant(seed)
                as_of = stores.make_store(path, seed, customers=args.customers, **options)
                jobs += [
                    (
                        f"seed {seed} {options['language']} dirty={options['dirty']}",
                        path,
                        as_of + timedelta(n),
                    )
                    for n in args.shifts
                ]
        else:
            jobs.append((args.book, Path(args.book), date.fromisoformat(args.date)))
        for name, path, as_of in jobs:
            try:
                lines = compare(path, as_of)
            except RefusedError as error:
                print(f"{name} {as_of}: refused, {error}")
                worst = 2
                continue
            print(f"{name} {as_of}: {'the same' if not lines else f'{len(lines)} differences'}", flush=True)
            for line in lines[: args.most]:
                print("   ", line)
            worst = max(worst, 1 if lines else 0)
    return worst


if __name__ == "__main__":
    sys.exit(main())
