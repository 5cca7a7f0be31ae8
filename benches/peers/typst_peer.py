"""typst in one process: the same page template and content, charts ready-made, without system fonts, tagged as tanshin's briefs are."""

import sys
from pathlib import Path

import typst

ready, output, *periods = sys.argv[1:]
fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(Path(__file__).resolve().parents[2] / "fonts")])
Path(output).mkdir(parents=True, exist_ok=True)
for period in periods:
    folder = f"{ready}/{period}"
    typst.Compiler(f"{folder}/brief.typ", root=folder, font_paths=fonts).compile(
        output=f"{output}/{period}.pdf", format="pdf", pdf_standards=["a-3a", "ua-1"]
    )
