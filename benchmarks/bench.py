"""What a night costs, as ratios taken side by side in one run: `make bench`.

Each line divides a measured time by that of the bare minimum: a COPY of the same columns, piped from one
database to the other, on the same machine in the same minutes. Seconds say little, for another machine has
others; ratios say how much this pipeline adds. Rows are synthetic, made by the database itself.

    python benchmarks/bench.py [--rows 1000000] [--repeat 3]

The server is an embedded one of the benchmark's own, in a temporary folder, gone afterwards. Nights run in
processes of their own, whose peak memory is reported. pandas and dlt stand beside it when they are installed.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from build_growth import build_growth
from council_growth import council_growth
from measuring import Bench, Load, bare_pipe, nights_of
from report_pack import report_pack
from usual_ways import usual_ways
from whole_dag import NIGHTS, whole_dag

# The ratios to stay under.
FIRST_NIGHT, CHANGED_NIGHT, MEGABYTES, GROWTH, WHOLE_DAG = 2.5, 1.5, 150, 1.2, 1.5
BUILD_SECONDS, BUILD_GROWTH = 60, 1.0
PACK_SECONDS, PACK_MEGABYTES = 10, 300


def main() -> None:
    """Measure and print. Ends with status 1 when a ratio is above what it should stay under."""
    parser = argparse.ArgumentParser(description="What a night costs, as ratios.")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--councils", type=int, default=10, choices=range(2, 11))
    parser.add_argument("--without-nights", action="store_true", help="leave whole nights out")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="care-reviews-bench-") as folder:
        Path(folder).chmod(0o755)
        os.environ["CARE_REVIEWS_HOME"] = folder
        for name in [name for name in os.environ if name.startswith("AIRFLOW_CONN_")]:
            del os.environ[name]
        with Bench(given.rows) as bench:
            print(f"{given.rows:,} rows; each ratio is a median of {given.repeat}", flush=True)
            passed = [one_load(bench, bench.case_notes, given.repeat, binding=True)]
            one_load(bench, bench.answers, given.repeat, binding=False)
            passed.append(many_councils(bench, given.rows // 10, given.councils))
            usual_ways(bench, given.rows // 10)
            if not given.without_nights:
                few = max(1, given.councils // 3)
                name = f"whole nights of the last {few} of {given.councils} councils against the first"
                passed.append(_line(name, council_growth(bench, given.councils), GROWTH))
                bench.empty()
                passed.append(_line("whole DAG against its steps' own work", whole_dag(bench), WHOLE_DAG))
                seconds, megabytes = report_pack()
                passed.append(_line("annual report as page and PDF (seconds)", seconds, PACK_SECONDS))
                passed.append(_line("annual report, peak memory (MB)", megabytes, PACK_MEGABYTES))
                seconds, growth = build_growth(bench, NIGHTS[-1])
                passed.append(_line("build of the synthetic council (seconds)", seconds, BUILD_SECONDS))
                passed.append(_line("build a child, for ten times the children", growth, BUILD_GROWTH))
    sys.exit(0 if all(passed) else 1)


def one_load(bench: Bench, load: Load, repeat: int, binding: bool) -> bool:
    """First night, a night with 0.2% changed, an unchanged night: each against the pipe beside it."""
    ratios: dict[str, list[float]] = {}
    memory = 0.0
    for _ in range(repeat):
        bench.fill(load)
        pipes = [bare_pipe(bench, load)]
        nights = nights_of(bench, load)
        pipes.append(bare_pipe(bench, load))
        pipe = statistics.mean(pipes)
        memory = max(memory, *(night.megabytes for night in nights))
        for night in nights:
            ratios.setdefault(night.name, []).append(night.seconds / pipe)
        seconds = ", ".join(f"{night.name} {night.seconds:.2f} s" for night in nights)
        print(f"  {load.name}: bare pipe {pipe:.2f} s, {seconds}", flush=True)
    passed = True
    for name, limit in (("first night", FIRST_NIGHT), ("0.2% changed", CHANGED_NIGHT), ("unchanged", None)):
        passed &= _line(f"{load.name}, {name}", statistics.median(ratios[name]), limit if binding else None)
    passed &= _line(f"{load.name}, peak memory of the process (MB)", memory, MEGABYTES)
    return passed


def many_councils(bench: Bench, rows: int, councils: int) -> bool:
    """Councils one after the other in one warehouse: the time of the last ones against that of the first."""
    bench.fill(bench.case_notes, rows)
    seconds = [
        sum(night.seconds for night in nights_of(bench, bench.case_notes, council))
        for council in range(councils)
    ]
    few = max(1, councils // 3)
    first, last = statistics.median(seconds[:few]), statistics.median(seconds[-few:])
    print(
        f"  {councils} councils of {rows:,} rows: {', '.join(f'{each:.2f}' for each in seconds)} s",
        flush=True,
    )
    return _line(f"last {few} of {councils} councils against the first {few}", last / first, GROWTH)


def _line(name: str, found: float, limit: float | None) -> bool:
    told = "" if limit is None else f"to stay under {limit}: {'yes' if found <= limit else 'NO'}"
    print(f"{name:55s} {found:8.2f}   {told}", flush=True)
    return limit is None or found <= limit


if __name__ == "__main__":
    main()
