"""Runs one scenario of the load generator against one server and answers its requests: restart, kill, sample.

The generator (bench/load/main.mjs) prints an event a line and waits for a line in return.
"""

import json
import subprocess
import threading
import time
from typing import Any

from servers import BENCH, LOAD_CORE, ROOT, Server

Result = dict[str, Any]


def measure(server: Server, scenario: str, **options: Any) -> Result:
    """Return the scenario's figures with the server's processor time and memory over its measured window."""
    request = json.dumps({"scenario": scenario, "target": server.address, **options})
    generator = subprocess.Popen(
        ["taskset", "-c", LOAD_CORE, "node", str(BENCH / "load" / "main.mjs"), request],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    errors: list[str] = []
    drain = threading.Thread(target=lambda: errors.extend(generator.stderr or ()), daemon=True)
    drain.start()
    figures: Result = {"memory_idle": server.memory_mib()}
    for line in generator.stdout or ():
        event = json.loads(line)
        if "result" in event:
            figures |= event["result"]
            break
        _answer(server, event, figures)
        if generator.stdin:
            generator.stdin.write("\n")
            generator.stdin.flush()
    generator.wait(30)
    drain.join(5)
    if "void" not in figures:
        figures["void"] = "".join(errors[-12:]) or f"the generator ended with {generator.returncode}"
    if errors:
        figures["errors"] = "".join(errors[-5:])
    return figures


def _answer(server: Server, event: Result, figures: Result) -> None:
    match event["event"]:
        case "begin":
            figures["cpu"] = -server.cpu_seconds()
            figures["memory_before"] = server.memory_mib()
        case "end":
            figures["cpu"] += server.cpu_seconds()
            figures["memory_after"] = server.memory_mib()
        case "restart":
            server.stop()
            server.start()
        case "kill":
            time.sleep(event["after"])
            server.kill()
            server.start()
