#!/usr/bin/env python3
"""What a batch costs, against companies, quarters and facts.

    cargo build --release --example generate
    python3 benches/peers/scale.py [--program target/release/tanshin] [--companies 10,100,300,1000]

Generated companies (`examples/generate.rs`) are read (`tanshin facts`) and built (`tanshin build`). Each run is one process: user and
system time, and the most memory it held. Prints tables with the slope of a straight line through the points and how far the points lie from
it, and writes the points as a chart.
"""

import argparse
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--program", type=os.path.abspath, default=str(ROOT / "target/release/tanshin"))
    parser.add_argument("--generate", type=os.path.abspath, default=str(ROOT / "target/release/examples/generate"))
    parser.add_argument("--companies", default="10,100,300,1000", help="how many companies of 40 quarters are read")
    parser.add_argument("--quarters", default="8,16,24,32,40", help="how many quarters one company has whose briefs are built")
    parser.add_argument("--built", default="5,10,20,40", help="how many companies of 8 quarters are built")
    parser.add_argument("--jobs", default="2")
    parser.add_argument("--chart", help="an SVG file to write")
    wanted = parser.parse_args()
    parts = [
        ("companies of 40 quarters, read", read(wanted, numbers(wanted.companies)), "companies"),
        ("companies of 8 quarters, built", built(wanted, [(n, 8) for n in numbers(wanted.built)]), "briefs"),
        ("one company, its briefs built", built(wanted, [(1, n) for n in numbers(wanted.quarters)]), "briefs"),
    ]
    for name, points, unit in parts:
        print(table(name, points, unit), flush=True)
    if wanted.chart:
        Path(wanted.chart).write_text(chart(parts))


def numbers(text):
    return [int(number) for number in text.split(",")]


def seeds(wanted, folder, companies, quarters):
    subprocess.run([wanted.generate, f"{folder}/seeds", str(companies), str(quarters)], check=True)
    return ["--seeds", f"{folder}/seeds"]


def read(wanted, counts):
    """(companies, facts, CPU seconds, wall seconds, MB) of reading all facts."""
    points = []
    for count in counts:
        with tempfile.TemporaryDirectory(prefix="scale-") as folder:
            command = [wanted.program, "facts", "--format", "csv", *seeds(wanted, folder, count, 40)]
            with open(f"{folder}/facts.csv", "wb") as out:
                cost = run(command, folder, out)
            with open(f"{folder}/facts.csv", "rb") as out:
                facts = sum(1 for _ in out) - 1
            points.append((count, facts, *cost))
    return points


def built(wanted, sizes):
    """(briefs, facts, CPU seconds, wall seconds, MB) of building all briefs."""
    points = []
    for companies, quarters in sizes:
        with tempfile.TemporaryDirectory(prefix="scale-") as folder:
            source = seeds(wanted, folder, companies, quarters)
            cost = run([wanted.program, "build", *source, "--output", f"{folder}/output", "--jobs", wanted.jobs], folder, subprocess.DEVNULL)
            briefs = sum(1 for _ in Path(folder, "output").rglob("*.pdf"))
            points.append((briefs, None, *cost))
    return points


def run(command, folder, out):
    start = os.times().elapsed
    process = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL, cwd=folder)
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 2):
        raise SystemExit(f"{' '.join(command)}: exit code {os.waitstatus_to_exitcode(status)}")
    return usage.ru_utime + usage.ru_stime, os.times().elapsed - start, usage.ru_maxrss / 1000


def line(points):
    """Least squares: slope, start, and the largest distance of a point in percent of its value."""
    xs, ys = [p[0] for p in points], [p[2] for p in points]
    mean_x, mean_y = sum(xs) / len(xs), sum(ys) / len(ys)
    spread = sum((x - mean_x) ** 2 for x in xs)
    slope = sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys)) / spread if spread else 0.0
    start = mean_y - slope * mean_x
    return slope, start, max(abs(start + slope * x - y) / y * 100 for x, y in zip(xs, ys))


def table(name, points, unit):
    slope, start, far = line(points)
    rows = "\n".join(
        f"| {x:,} | {'' if facts is None else f'{facts:,}'} | {cpu:.2f} | {wall:.2f} | {memory:.0f} |" for x, facts, cpu, wall, memory in points
    )
    head = f"**{name}**\n\n| {unit} | facts | CPU, s | wall, s | memory, MB |\n| --- | --- | --- | --- | --- |\n"
    return f"{head}{rows}\n\nSlope {slope * 1000:.1f} ms of CPU for each of the {unit}, start {start:.2f} s, points at most {far:.0f} % off the line.\n"


def chart(parts):
    """Each part a panel: its points and the line through them."""
    width, height, pad = 300, 220, 46
    panels = []
    for index, (name, points, unit) in enumerate(parts):
        slope, start, _ = line(points)
        most_x, most_y = max(p[0] for p in points), max(p[2] for p in points)

        def at(x, y):
            return f"{pad + x / most_x * (width - pad - 30):.1f},{height - pad - y / most_y * (height - 2 * pad):.1f}"

        dots = "".join(f'<circle cx="{at(p[0], p[2]).split(",")[0]}" cy="{at(p[0], p[2]).split(",")[1]}" r="3" fill="#0b4f8a"/>' for p in points)
        panels.append(
            f'<g transform="translate({index * width},0)"><text x="{pad}" y="20" font-weight="600">{name}</text>'
            f'<text x="{pad}" y="36" fill="#555">CPU s against {unit}: {slope * 1000:.1f} ms each</text>'
            f'<polyline points="{at(0, 0)} {at(most_x, 0)}" stroke="#999" fill="none"/>'
            f'<polyline points="{at(max(-start / slope, 0), max(start, 0))} {at(most_x, start + slope * most_x)}" stroke="#0b4f8a" fill="none"/>{dots}'
            f'<text x="{at(most_x, 0).split(",")[0]}" y="{height - pad + 16}" text-anchor="end">{most_x:,}</text>'
            f'<text x="{pad - 4}" y="{pad + 4}" text-anchor="end">{most_y:.0f}</text></g>'
        )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width * len(parts)}" height="{height}" font-family="sans-serif" font-size="11">'
        f'<rect width="100%" height="100%" fill="#fff"/>{"".join(panels)}</svg>\n'
    )


if __name__ == "__main__":
    main()
