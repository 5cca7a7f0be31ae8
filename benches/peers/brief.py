"""What WeasyPrint and ReportLab share: the words of a brief, and its charts drawn anew by matplotlib."""

import io
import json
import re
import xml.etree.ElementTree as ET

import matplotlib

matplotlib.use("agg")
from matplotlib.figure import Figure
from matplotlib.patches import Circle, PathPatch
from matplotlib.path import Path

matplotlib.rcParams["svg.fonttype"] = "none"
SVG = "{http://www.w3.org/2000/svg}"


def load(folder, period):
    with open(f"{folder}/{period}/content.json") as file:
        return json.load(file)


def words(runs):
    return "".join(run["text"] for run in runs)


def blocks(content):
    for section in content["sections"]:
        yield "heading", section["heading"]
        for block in section["blocks"]:
            yield block["kind"], block


def sources(content):
    for entry in content["sources"]:
        proof = entry["proof"]
        if proof["kind"] == "stated":
            place = f"{proof['line']}:{proof['column']}"
            text = proof["before"] + proof["printed"] + proof["after"]
        else:
            place, text = "", words(proof["formula"])
        yield [str(entry["number"]), entry["label"], entry["value"], place, text]


def chart(svg, kind):
    """The same shapes and labels as a matplotlib figure, saved as SVG or PNG."""
    root = ET.fromstring(svg)
    width, height = float(root.get("width")), float(root.get("height"))
    figure = Figure(figsize=(width / 72, height / 72))
    axes = figure.add_axes([0, 0, 1, 1])
    axes.set_xlim(0, width)
    axes.set_ylim(height, 0)
    axes.axis("off")
    for element in root.iter():
        draw(axes, element)
    file = io.BytesIO()
    figure.savefig(file, format=kind, dpi=200)
    return file.getvalue()


def draw(axes, element):
    fill, stroke = element.get("fill", "none"), element.get("stroke", "none")
    if element.tag == f"{SVG}path":
        points = [tuple(map(float, pair)) for pair in re.findall(r"(-?[\d.]+) (-?[\d.]+)", element.get("d"))]
        codes = [Path.MOVETO if letter == "M" else Path.LINETO for letter in re.findall("[ML]", element.get("d"))]
        axes.add_patch(PathPatch(Path(points, codes), facecolor=fill, edgecolor=stroke, linewidth=float(element.get("stroke-width", 0))))
    elif element.tag == f"{SVG}circle":
        axes.add_patch(Circle((float(element.get("cx")), float(element.get("cy"))), float(element.get("r")), color=fill))
    elif element.tag == f"{SVG}text":
        align = {"middle": "center", "end": "right"}.get(element.get("text-anchor"), "left")
        text = "".join(element.itertext()).replace("$", r"\$")
        axes.text(float(element.get("x")), float(element.get("y")), text, ha=align, color=fill, fontsize=float(element.get("font-size")))
