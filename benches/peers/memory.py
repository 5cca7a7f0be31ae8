#!/usr/bin/env python3
"""Resident memory of one build while it makes more and more briefs.

    python3 benches/peers/memory.py [--program target/release/tanshin] [--jobs 2] [--companies 56] [--seeds FOLDER]

Copies of the seeds' company stand for a large batch: 18 briefs each. Prints a row at 20, 100, 1,000 and 10,000 briefs, as far as
the companies reach. A folder of other seeds, generated ones for instance, takes the place of the copies.
"""

import argparse
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MARKS = (20, 100, 200, 1000, 2000, 5000, 10000)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--program", type=os.path.abspath, default=str(ROOT / "target/release/tanshin"))
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--companies", type=int, default=56)
    parser.add_argument("--seeds", type=os.path.abspath)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="memory-") as folder:
        for number in range(0 if wanted.seeds else wanted.companies):
            shutil.copytree(ROOT / "seeds/iij", f"{folder}/seeds/c{number:04}")
        seeds = wanted.seeds or f"{folder}/seeds"
        command = [wanted.program, "build", "--seeds", seeds, "--output", f"{folder}/output", "--jobs", str(wanted.jobs)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=folder)
        print("| briefs | resident, MB | resident at most so far, MB |\n| --- | --- | --- |")
        made = 0
        for line in process.stdout:
            made += ".pdf" in line
            if made in MARKS:
                print(f"| {made} | {resident(process.pid, 'VmRSS')} | {resident(process.pid, 'VmHWM')} |", flush=True)
        process.wait()


def resident(process, field):
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) // 1000 for line in lines if line.startswith(field))


if __name__ == "__main__":
    main()
