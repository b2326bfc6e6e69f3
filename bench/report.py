"""Turns figures into the rows that are promised: each a ratio to Hocuspocus in the same run, or a plain count."""

import platform
from typing import Any

Result = dict[str, Any]
Results = dict[str, dict[str, Result]]

# row, what, scenario, figure, unit, whether more is better, what must be reached and what is aimed at (as ratios).
RATIOS = [
    ("N1", "S1 edit to peer, p50", "S1", "p50", "ms", False, 1.5, 1.0),
    ("N1", "S1 edit to peer, p99", "S1", "p99", "ms", False, 1.5, 1.0),
    ("N1", "S2 edit to peer, p50", "S2", "p50", "ms", False, 1.5, 1.0),
    ("N1", "S2 edit to peer, p99", "S2", "p99", "ms", False, 1.5, 1.0),
    ("N2", "S3 edit to peer, p50", "S3", "p50", "ms", False, 1.5, 1.0),
    ("N2", "S3 edit to peer, p99", "S3", "p99", "ms", False, 1.5, 1.0),
    ("N2", "S3 processor time a delivery", "S3", "cpu_delivery", "µs", False, 1.5, 1.0),
    ("N3", "S4 updates a second", "S4", "perSecond", "/s", True, 0.5, 1.0),
    ("N5", "S5 cold opening", "S5", "milliseconds", "ms", False, 1.0, 0.5),
    ("N5", "S5 memory of the room", "S5", "memory_room", "MiB", False, 1.0, 0.5),
]
# row, what, scenario, figure, unit, what must be reached and what is aimed at.
COUNTS = [
    ("N4", "shown to a peer and lost, 20 kills", "S6", "lostShown", "", 0, 0),
    ("N4", "told saved and lost, 20 kills", "S6", "lostSaved", "", 0, 0),
    ("N6", "admission of one character, 20,000 characters", "N6", "micros", "µs", None, None),
    ("N6", "its growth to 200,000 characters", "N6", "growth_length", "×", 2, 1.1),
    ("N6", "its growth from 200 to 2,000 suggestions", "N6", "growth_suggestions", "×", None, 1.1),
    ("N7", "accept all of 1,000, answered", "N7", "answered_ms", "ms", 1000, 300),
    ("N7", "accept all of 1,000, on 200 screens", "N7", "screens_ms", "ms", 1000, 300),
    ("N8", "text of 200,000 words", "N8", "text_ms", "ms", 150, 50),
    ("N8", "first page of 2,000 suggestions", "N8", "suggestions_ms", "ms", 50, 10),
    ("N12", "verify 100,000 entries offline", "N12", "verify_s", "s", 3, 1),
]
PEER = "hocuspocus"
OURS = "parley"


def line(name: str, target: str, figures: Result) -> str:
    """One scenario of one server, as it comes in."""
    if figures["void"]:
        return f"{name} {target}: VOID {figures['void']}\n{figures.get('log', '')}"
    shown = {key: round(value, 2) for key, value in derived(figures).items() if isinstance(value, int | float)}
    reasons = "".join(f"; one void: {reason}" for reason in figures.get("void_reasons", []))
    return f"{name} {target}: " + ", ".join(f"{key} {value}" for key, value in shown.items()) + reasons


def derived(figures: Result) -> Result:
    """Add the figures that are made of others: processor time a delivery, a room's memory over an empty server's."""
    more = dict(figures)
    if figures.get("deliveries"):
        more["cpu_delivery"] = figures["cpu"] / figures["deliveries"] * 1e6
    if "memory_after" in figures:
        more["memory_room"] = figures["memory_after"] - figures["memory_before"]
    return more


def table(results: Results) -> str:
    """Markdown: what we do, what each peer does, the ratio to the one to beat, and whether it holds."""
    servers = list(dict.fromkeys(target for each in results.values() for target in each))
    peers = [server for server in servers if server != OURS]
    head = ["row", "what", OURS, *peers, f"ratio to {PEER}", "must", "aim", "holds"]
    rows = [head, ["---"] * len(head)]
    for row, what, scenario, figure, unit, more_is_better, must, aim in RATIOS:
        if scenario in results:
            values = {server: _value(results[scenario].get(server), figure) for server in servers}
            ours, peer = values.get(OURS), values.get(PEER)
            ratio = ours / peer if isinstance(ours, float) and isinstance(peer, float) and peer else None
            bound = "≥" if more_is_better else "≤"
            holds = _holds(ratio, must, aim, more_is_better=more_is_better)
            cells = [_cell(values.get(server), unit) for server in (OURS, *peers)]
            told = f"{ratio:.2f}" if ratio is not None else "–"
            rows.append([row, what, *cells, told, f"{bound} {must}", f"{bound} {aim}", holds])
    for row, what, scenario, figure, unit, most, aim_at in COUNTS:
        if scenario in results:
            values = {server: _value(results[scenario].get(server), figure) for server in servers}
            cells = [_cell(values.get(server), unit) for server in (OURS, *peers)]
            ours = values.get(OURS)
            holds = _holds(ours if isinstance(ours, float) else None, most, aim_at, more_is_better=False)
            bounds = [f"≤ {each} {unit}".strip() if each is not None else "–" for each in (most, aim_at)]
            rows.append([row, what, *cells, "–", *bounds, holds])
    return "\n".join(f"| {' | '.join(cells)} |" for cells in rows)


def machine() -> str:
    """Tell what the figures were taken on, in words that name no machine."""
    model = "unknown processor"
    with open("/proc/cpuinfo", encoding="utf-8") as lines:  # noqa: PTH123 - a kernel file, read as a stream.
        model = next((each.partition(":")[2].strip() for each in lines if each.startswith("model name")), model)
    return f"{model}; the server on one core, the load on another; Python {platform.python_version()}."


def _value(figures: Result | None, figure: str) -> float | str | None:
    if figures is None:
        return None
    if figures["void"]:
        return "void"
    value = derived(figures).get(figure)
    return None if value is None else float(value)


def _cell(value: float | str | None, unit: str) -> str:
    if value is None or isinstance(value, str):
        return value or "–"
    return f"{value:,.0f} {unit}".strip() if abs(value) >= 100 or value == int(value) else f"{value:.2f} {unit}"


def _holds(value: float | None, must: float | None, aim: float | None, *, more_is_better: bool) -> str:
    if value is None:
        return "–"

    def reached(bound: float | None) -> bool:
        return bound is None or (value >= bound if more_is_better else value <= bound)

    return "aim" if reached(aim) and aim is not None else "yes" if reached(must) else "NO"
