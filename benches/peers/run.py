#!/usr/bin/env python3
"""Sets the same briefs with tanshin and with its peers, and prints one table: CPU time of each, as ratios in one run.

    python3 benches/peers/run.py [--rounds 5] [--program target/release/tanshin] [PERIOD ...]

tanshin starts from the documents each time. The peers start from finished text: typst from the same page template with ready-made charts,
WeasyPrint and ReportLab from the same words, tables and sources, with the charts drawn by matplotlib. The peers are installed from PyPI
into target/peers-python. CPU time is user and system time of all processes: it depends less on other work than the clock does.
"""

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
PACKAGES = ["typst==0.15.2", "weasyprint", "matplotlib", "reportlab"]
PERIODS = "4Q10 4Q11 1Q12 4Q12 1Q13 2Q15 4Q15 1Q16 2Q16 3Q16 4Q16 1Q17 2Q17 3Q17 2Q18 3Q18".split()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--program", type=os.path.abspath, default=str(ROOT / "target/release/tanshin"))
    parser.add_argument("--python", default=None, help="a Python that has the peers")
    parser.add_argument("--only", default="", help="peers to take, by commas")
    parser.add_argument("periods", nargs="*", default=PERIODS)
    wanted = parser.parse_args()
    python = wanted.python or environment()
    work = Path(tempfile.mkdtemp(prefix="peers-"))
    ready = work / "ready"
    subprocess.run(["cargo", "bench", "--quiet", "--bench", "ready", "--", str(ready), *wanted.periods], cwd=ROOT, check=True)
    rows = measured(commands(wanted, python, ready, work), wanted)
    print(table(rows, wanted, python))


def environment():
    folder = ROOT / "target/peers-python"
    python = folder / "bin/python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", *PACKAGES], check=True)
    return str(python)


def commands(wanted, python, ready, work):
    """Name and command. Each is measured with all briefs and with one: the difference is what a further brief costs."""
    peer = lambda kind: lambda periods: [python, str(HERE / f"{kind}_peer.py"), str(ready), str(work / kind), *periods]
    own = lambda jobs: lambda periods: [
        wanted.program, "build", *periods, "--force", "--jobs", str(jobs), "--seeds", str(ROOT / "seeds"), "--output", str(work / f"own{jobs}"),
    ]
    return [
        ("tanshin, one worker", own(1)),
        ("tanshin, two workers", own(2)),
        ("typst, one process for all", peer("typst")),
        ("ReportLab with matplotlib", peer("reportlab")),
        ("WeasyPrint with matplotlib", peer("weasyprint")),
    ]


def measured(all_commands, wanted):
    words = wanted.only.split(",")
    chosen = [row for row in all_commands if any(word in row[0] for word in words)]
    times = {name: [] for name, _ in chosen}
    for _ in range(wanted.rounds):
        # In turn, so that a busy minute hits all alike.
        for name, command in chosen:
            one, many = run(command(wanted.periods[:1])), run(command(wanted.periods))
            times[name].append((one[0], (many[0] - one[0]) / max(len(wanted.periods) - 1, 1), one[1], many[1]))
    return {name: [statistics.median(column) for column in zip(*rows)] for name, rows in times.items()}


def run(command):
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    # Elsewhere than in the project, whose own templates and fonts would count as a user's.
    surroundings = {"cwd": tempfile.gettempdir(), "env": {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}}
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **surroundings)
    wall, after = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime), 1000 * wall


def table(rows, wanted, python):
    base = rows.get("tanshin, one worker", next(iter(rows.values())))[1]
    lines = [
        "| program | one brief from cold, CPU ms | a further brief, CPU ms | ratio to tanshin | one from cold, wall ms | all briefs, wall ms |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for name, (cold, further, wall_one, wall_all) in rows.items():
        lines.append(f"| {name} | {cold:.0f} | {further:.1f} | {further / base:.2f} | {wall_one:.0f} | {wall_all:.0f} |")
    versions = subprocess.run([python, "-m", "pip", "list", "--format", "json", "--disable-pip-version-check"], capture_output=True, text=True).stdout
    named = [f"{it['name']} {it['version']}" for it in json.loads(versions) if it["name"].lower() in ("typst", "weasyprint", "matplotlib", "reportlab")]
    program = subprocess.run([wanted.program, "--version"], capture_output=True, text=True).stdout.strip()
    machine = f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; Python {platform.python_version()}"
    lines += ["", f"{program}; {', '.join(named)}; {machine}; {len(wanted.periods)} briefs, medians of {wanted.rounds} rounds in turn."]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
