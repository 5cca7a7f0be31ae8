// From an edit to pixels: `node reload.mjs [EDITS]` prints how long it takes until the browser has painted the new pages.

import { Project, after, compared, launch, open } from "./project.mjs";

const edits = Number(process.argv[2] || 20);
const kinds = {
  "sentence template": ["templates/en/result.hbs", "'s revenue {{moved", "'s turnover {{moved"],
  "page template": ["templates/style.typ", "#let size-body = script.body", "#let size-body = script.body - 0.1pt"],
  "settings": ["tanshin.toml", "footer = \"One\"", "footer = \"Two\""],
  "profile": ["seeds/iij/company.toml", "short_name = \"IIJ\"", "short_name = \"Initiative\""],
  "document": ["seeds/iij/2017-08-08-1q17-results-deck.txt", "JPY41.0 bn", "JPY41.3 bn"],
};

const browser = await launch();
const project = await Project.make();
await project.write("tanshin.toml", "[brand]\nfooter = \"One\"\n");
const page = await open(browser, await project.start("1Q17"));
await compared(page);
for (const [kind, [file, one, two]] of Object.entries(kinds)) {
  const times = [];
  for (let number = 0; number < edits; number++) {
    const text = (await project.read(file)).replaceAll(number % 2 ? two : one, number % 2 ? one : two);
    const before = await page.evaluate(() => document.querySelector(".page img").src);
    let began;
    await after(page, async () => { began = performance.timeOrigin + performance.now(); await project.write(file, text); });
    const painted = await page.evaluate(() => Number(document.documentElement.dataset.painted));
    if (await page.evaluate(() => document.querySelector(".page img").src) === before) throw new Error(`${kind}: the page did not change`);
    times.push(painted - began);
    await compared(page);
  }
  times.sort((a, b) => a - b);
  const at = share => Math.round(times[Math.min(times.length - 1, Math.floor(times.length * share))]);
  console.log(`${kind.padEnd(18)} median ${at(0.5)} ms, 9 of 10 within ${at(0.9)} ms, longest ${at(1)} ms (${edits} edits)`);
}
await project.end();
await browser.close();
