"""Measures the core rows of the performance table: `make bench`, and `make bench PEERS=1` beside the peers.

Every figure is the median of interleaved runs, each on a new server with an empty store. A run in which anything
was lost, doubled, out of order or unequal between replicas is void and counts for nothing.
"""

import argparse
import json
import statistics
import sys
from datetime import UTC, datetime

import report
from load import Result, measure
from microbench import MICROBENCHES
from servers import BENCH, PARLEY, Server, Target, prepare_peers

SCENARIOS: dict[str, dict[str, object]] = {
    "S1": {"scenario": "typing", "rooms": 1, "clients": 10, "writers": 3, "rate": 5, "seconds": 10},
    "S2": {"scenario": "typing", "rooms": 20, "clients": 10, "writers": 2, "rate": 5, "seconds": 10},
    "S3": {"scenario": "typing", "rooms": 1, "clients": 200, "writers": 2, "rate": 10, "seconds": 10},
    "S4": {"scenario": "flood", "updates": 30_000},
    "S5": {"scenario": "history", "updates": 100_000},
    "S6": {"scenario": "kills", "kills": 20, "rate": 600, "writers": 3},
    "N7": {"scenario": "acceptance", "suggestions": 1_000, "peers": 200},
    "N8": {"scenario": "reading", "words": 200_000, "suggestions": 2_000},
}
# A hundred thousand updates into a slow peer, or twenty kills, tell the same in one run; the rest is repeated.
ONCE = {"S6"}
OURS_ALONE = {"N7", "N8"}


def run_once(target: Target, name: str) -> Result:
    server = Server(target).start()
    try:
        figures = measure(server, **SCENARIOS[name])  # type: ignore[arg-type]
        if figures["void"]:
            figures["log"] = server.log()[-2000:]
        return figures
    finally:
        server.discard()


def median_of(runs: list[Result]) -> Result:
    """Take the median of each number over the runs that count; a scenario with no such run is void."""
    counted = [run for run in runs if run["void"] is None]
    if not counted:
        return {"void": runs[-1]["void"], "log": runs[-1].get("log", "")}
    numbers = {key for run in counted for key, value in run.items() if isinstance(value, int | float)}
    medians = {key: statistics.median(run[key] for run in counted if key in run) for key in sorted(numbers)}
    reasons = [run["void"] for run in runs if run["void"] is not None]
    return {**medians, "void": None, "runs": len(runs), "void_runs": len(reasons), "void_reasons": reasons}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peers", action="store_true", help="measure the peers too and write a dated history file")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", nargs="*", default=[*SCENARIOS, *MICROBENCHES], help="rows, such as S1 S4 N6")
    parser.add_argument("--targets", nargs="*", help="of the servers, only these names")
    options = parser.parse_args()

    targets = [PARLEY, *(prepare_peers() if options.peers else [])]
    targets = [target for target in targets if not options.targets or target.name in options.targets]
    results: dict[str, dict[str, Result]] = {}
    for name in options.only:
        if name in MICROBENCHES:
            results[name] = {PARLEY.name: MICROBENCHES[name]()}
        else:
            results[name] = _interleaved(name, targets, 1 if name in ONCE else options.runs)
        for target, figures in results[name].items():
            print(report.line(name, target, figures), flush=True)

    table = report.table(results)
    print(f"\n{table}")
    if options.peers:
        moment = datetime.now(UTC)
        history = BENCH / "history"
        history.mkdir(exist_ok=True)
        stem = history / f"{moment:%Y-%m-%d-%H%M}"
        stem.with_suffix(".md").write_text(f"# {moment:%d %B %Y, %H:%M} UTC\n\n{report.machine()}\n\n{table}\n")
        stem.with_suffix(".json").write_text(json.dumps(results, indent=1, sort_keys=True) + "\n")
    return int(any(figures["void"] for name in results for figures in [results[name].get(PARLEY.name, {"void": None})]))


def _interleaved(name: str, targets: list[Target], runs: int) -> dict[str, Result]:
    shown = [target for target in targets if name not in OURS_ALONE or target is PARLEY]
    collected: dict[str, list[Result]] = {target.name: [] for target in shown}
    for _ in range(runs):
        for target in shown:
            collected[target.name].append(run_once(target, name))
    return {name: median_of(each) for name, each in collected.items()}


if __name__ == "__main__":
    sys.exit(main())
