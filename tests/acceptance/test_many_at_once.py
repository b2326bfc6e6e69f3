"""Ten people typing into the longest real agreement at once: equal everywhere, and equal to a restart from the log."""

import json
import re
import subprocess
from pathlib import Path

from tests.harness.blackbox import agreed_between
from tests.harness.server import Server

HERE = Path(__file__).parent
LONGEST = HERE.parent / "data" / "cba" / "oregon-stea-teachers-2023-2025.md"
CLIENTS, EDITS = 10, 25


def type_together(base: str, agreement: str, tokens: list[str], clients: int, edits: int) -> dict:
    plan = {"url": base.replace("http", "ws", 1) + f"/collab/{agreement}", "tokens": tokens, "seed": 20261121}
    plan |= {"clients": clients, "edits": edits}
    ran = subprocess.run(
        ["node", str(HERE / "ten_clients.mjs"), json.dumps(plan)],
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


def test_ten_clients_typing_at_once_are_equal_and_equal_to_a_restart(tmp_path):
    markdown = re.sub(r"^### ARTICLE", "## ARTICLE", LONGEST.read_text(), flags=re.MULTILINE)
    server = Server(tmp_path, registration="open").start()
    try:
        ursula, dana, path = agreed_between(server.base, markdown)
        agreement, tokens = path.rsplit("/", 1)[1], [ursula.token, dana.token]
        start = ursula.ok(200, "GET", path)["content_hash"]

        together = type_together(server.base, agreement, tokens, CLIENTS, EDITS)
        pending = ursula.ok(200, "GET", path)
        server.kill()
        server.start()
        restarted = type_together(server.base, agreement, tokens, clients=2, edits=0)

        assert len(set(together["digests"])) == 1
        assert {together["fresh"], restarted["fresh"], *restarted["digests"]} == set(together["digests"])
        assert together["length"] > len(markdown) / 2
        assert ursula.ok(200, "GET", path)["content_hash"] == start == pending["content_hash"]
    finally:
        server.stop()
