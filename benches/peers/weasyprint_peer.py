"""WeasyPrint with charts by matplotlib: the words, tables and sources of the briefs on plain pages."""

import base64
import html
import sys
from pathlib import Path

import brief
import weasyprint

STYLE = """
@page { size: A4; margin: 20mm 18mm; @bottom-right { content: counter(page) " of " counter(pages); font-size: 7.5pt } }
body { font: 9.5pt sans-serif } h1 { font-size: 21pt } h2 { font-size: 11pt; border-top: 0.5pt solid }
table { border-collapse: collapse; width: 100%; font-size: 8.5pt } td, th { border-bottom: 0.4pt solid #ccc; padding: 2pt; text-align: left }
.sources { font-size: 6.9pt } img { width: 100% }
"""


def row(cells, tag="td"):
    return "<tr>" + "".join(f"<{tag}>{html.escape(cell)}</{tag}>" for cell in cells) + "</tr>"


def picture(drawing):
    data = base64.b64encode(brief.chart(drawing["svg"], "svg")).decode()
    return f'<img src="data:image/svg+xml;base64,{data}" alt="{html.escape(drawing["alt"])}">'


def part(kind, block):
    if kind == "heading":
        return f"<h2>{html.escape(block)}</h2>"
    if kind in ("paragraph", "callout"):
        return f"<p>{html.escape(brief.words(block['runs']))}</p>"
    if kind == "bullets":
        return "<ul>" + "".join(f"<li>{html.escape(brief.words(item))}</li>" for item in block["items"]) + "</ul>"
    if kind == "quote":
        return f"<blockquote>{html.escape(block['text'])}</blockquote>"
    if kind == "table":
        rows = "".join(row([cell["text"] for cell in line["cells"]]) for line in block["rows"])
        return f"<p><b>{html.escape(block['caption'])}</b></p><table>{row([it['head'] for it in block['columns']], 'th')}{rows}</table>"
    return f"<p><b>{html.escape(block['title'])}</b></p>{picture(block)}"


def page(content):
    tiles = row([f"{it['label']} {it['value']} {it['unit']}" for it in content["tiles"]])
    sparks = "".join(f"<td>{picture(it['sparkline'])}</td>" for it in content["tiles"] if it["sparkline"])
    body = f"<h1>{html.escape(brief.words(content['headline']))}</h1><p>{html.escape(brief.words(content['standfirst']))}</p>"
    body += f"<table>{tiles}<tr>{sparks}</tr></table>" + "".join(part(kind, block) for kind, block in brief.blocks(content))
    body += "<h2>Sources</h2><table class=sources>" + "".join(row(cells) for cells in brief.sources(content)) + "</table>"
    return f"<html lang=en><head><title>{html.escape(content['title'])}</title><style>{STYLE}</style></head><body>{body}</body></html>"


ready, output, *periods = sys.argv[1:]
Path(output).mkdir(parents=True, exist_ok=True)
for period in periods:
    weasyprint.HTML(string=page(brief.load(ready, period))).write_pdf(f"{output}/{period}.pdf")
