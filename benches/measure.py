#!/usr/bin/env python3
"""Measures the batch on a quiet machine and prints the first tables of docs/performance.md.

`cargo build --release && python3 benches/measure.py` takes the seeds; `--all` goes on with memory, cost against size and the peers.
"""

import argparse
import os
import pathlib
import resource
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = ROOT / "target" / "release" / "tanshin"


def spent(arguments):
    """Seconds of CPU and of the clock."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    done = subprocess.run([PROGRAM, *arguments], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    clock, after = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 1):
        sys.exit(f"tanshin {' '.join(arguments)} ended with {done.returncode}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, clock


def least(arguments, rounds, before=lambda: None):
    """The least of some rounds, of CPU and clock each."""
    times = []
    for _ in range(rounds):
        before()
        times.append(spent(arguments))
    return min(cpu for cpu, _ in times), min(clock for _, clock in times)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--all", action="store_true", help="also memory, cost against size and the peers: an hour")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        output = pathlib.Path(folder) / "output"
        build = ["build", "--output", str(output)]
        empty = lambda: shutil.rmtree(output, ignore_errors=True)
        rows = {
            "all briefs, one worker": least([*build, "--force", "--jobs", "1"], wanted.rounds),
            "all briefs, two workers": least([*build, "--force", "--jobs", "2"], wanted.rounds),
            "build in which nothing changed": least(build, wanted.rounds),
            "one brief (1Q17) from cold": least([*build, "1Q17"], wanted.rounds, empty),
            "`facts` of all seeds": least(["facts", "--format", "jsonl"], wanted.rounds),
        }
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, least of {wanted.rounds}\n")
    print("| what | CPU, s | clock, s |\n| --- | --- | --- |")
    for what, (cpu, clock) in rows.items():
        print(f"| {what} | {cpu:.2f} | {clock:.2f} |")
    one, two = rows["all briefs, one worker"][1], rows["all briefs, two workers"][1]
    print(f"\nTwo workers take {two / one:.2f} of the time of one.", flush=True)
    if wanted.all:
        peers = ROOT / "benches" / "peers"
        for script in (["memory.py", "--companies", "56"], ["scale.py"], ["run.py", "--rounds", "3", "1Q17", "2Q18", "3Q18", "4Q11"]):
            subprocess.run([sys.executable, peers / script[0], *script[1:]], cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
