"""ReportLab with charts by matplotlib: the words, tables and sources of the briefs on plain pages."""

import io
import struct
import sys
from pathlib import Path
from xml.sax.saxutils import escape

import brief
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.platypus import Image, Paragraph, SimpleDocTemplate, Table

STYLES = getSampleStyleSheet()
SMALL = ParagraphStyle("small", parent=STYLES["BodyText"], fontSize=6.9, leading=8)
GRID = [("LINEBELOW", (0, 0), (-1, -1), 0.4, "#cccccc"), ("FONTSIZE", (0, 0), (-1, -1), 8.5)]
WIDTH = A4[0] - 144


def text(words, style="BodyText"):
    return Paragraph(escape(words), STYLES[style])


def picture(drawing, width=WIDTH):
    data = brief.chart(drawing["svg"], "png")
    across, down = struct.unpack(">II", data[16:24])
    return Image(io.BytesIO(data), width, width * down / across)


def part(kind, block):
    if kind == "heading":
        return [text(block, "Heading2")]
    if kind in ("paragraph", "callout"):
        return [text(brief.words(block["runs"]))]
    if kind == "bullets":
        return [text("• " + brief.words(item)) for item in block["items"]]
    if kind == "quote":
        return [text(block["text"], "Italic")]
    if kind == "table":
        rows = [[it["head"] for it in block["columns"]]] + [[cell["text"] for cell in line["cells"]] for line in block["rows"]]
        return [text(block["caption"], "Heading4"), Table(rows, style=GRID, repeatRows=1)]
    return [text(block["title"], "Heading4"), picture(block, WIDTH if block["width"] == "full" else WIDTH / 2)]


def story(content):
    flow = [text(brief.words(content["headline"]), "Title"), text(brief.words(content["standfirst"]))]
    flow += [text(f"{it['label']}: {it['value']} {it['unit']}") for it in content["tiles"]]
    flow += [picture(it["sparkline"], 96) for it in content["tiles"] if it["sparkline"]]
    for kind, block in brief.blocks(content):
        flow += part(kind, block)
    rows = [[Paragraph(escape(cell), SMALL) for cell in cells] for cells in brief.sources(content)]
    if rows:
        flow += [text("Sources", "Heading2"), Table(rows, colWidths=[22, 130, 70, 40, WIDTH - 262], style=GRID)]
    return flow


ready, output, *periods = sys.argv[1:]
Path(output).mkdir(parents=True, exist_ok=True)
for period in periods:
    SimpleDocTemplate(f"{output}/{period}.pdf", pagesize=A4).build(story(brief.load(ready, period)))
