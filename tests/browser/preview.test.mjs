// The preview as a reader uses it, in a real browser.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { after as afterAll, before as beforeAll, beforeEach, afterEach, test } from "node:test";
import { hostile, replaced } from "./hostile.mjs";
import { Project, after, click, compared, edition, launch, open, shown, words } from "./project.mjs";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const result = "templates/en/result.hbs";
let browser, project, page;

beforeAll(async () => { browser = await launch(); });
afterAll(() => browser.close());
beforeEach(async () => {
  project = await Project.make();
  page = await open(browser, await project.start("1Q17"));
});
afterEach(async () => {
  await page.context().close();
  await project.end();
});

const sentence = name => page.locator("g.sentence").and(page.locator(`[aria-label*="${name}"]`)).first();
const panel = () => page.locator("#panel");

test("the pages are shown and nothing outside is asked", async () => {
  assert.match(await page.title(), /^1Q17 · IIJ 1Q17: /);
  assert.match(await words(page), /Internet Initiative Japan Inc\./);
  assert.ok(await page.locator(".page").count() >= 3);
  const natural = await page.locator(".page img").first().evaluate(image => image.naturalWidth);
  assert.ok(natural > 500, "the drawing is decoded");
  assert.deepEqual(page.complaints, []);
  assert.deepEqual(page.asked.filter(url => !url.startsWith(project.address)), []);
});

test("an edit of a template changes the pages in place and marks what changed", async () => {
  await compared(page);
  await page.locator("#pages").evaluate(main => { main.scrollTop = 350; });
  await after(page, () => project.change(result, "'s revenue {{moved", "'s turnover {{moved"));
  assert.match(await words(page), /IIJ's turnover climbed/);
  assert.equal(await page.locator("#pages").evaluate(main => main.scrollTop), 350);
  assert.equal(await page.locator("g.sentence.changed").count(), 1);
  assert.equal(await page.locator(".page .flag:visible").count(), 1);
  assert.match(await panel().innerText(), /IIJ's\s+revenue\s*turnover\s+climbed/);
  // Other quarters say it too.
  await page.waitForFunction(() => document.querySelectorAll('#strip [data-state="changed"]').length > 1);
  assert.match(await page.locator('#strip [data-period="1Q17"]').getAttribute("title"), /1 page and 1 sentence changed/);
  await page.selectOption("#since", "start");
  await after(page, () => project.change(result, "Gross profit {{moved", "Gross income {{moved"));
  await page.waitForFunction(() => document.querySelectorAll("g.sentence.changed").length === 2);
  assert.deepEqual(page.complaints, []);
});

test("an error is shown with its place, the last good pages stay, and mending clears it", async () => {
  const before = await words(page);
  await after(page, () => project.change(result, "lead.revenue.level", "lead.revenu.level"));
  const errors = page.locator("#errors");
  const told = await errors.innerText();
  assert.match(told, /there is no field `revenu`/);
  assert.match(told, /templates\/en\/result\.hbs:\d+:\d+/);
  assert.match(told, /did you mean `revenue`\?/);
  assert.equal(await errors.getAttribute("role"), "alert");
  assert.equal(await words(page), before);
  await after(page, () => project.change(result, "lead.revenu.level", "lead.revenue.level"));
  assert.equal(await errors.innerText(), "");
  await after(page, () => project.write("templates/style.typ", "#let ink-text = rgb(\n"));
  assert.match(await errors.innerText(), /unclosed delimiter[\s\S]*templates\/style\.typ:1:20/);
});

test("a figure leads to the line in the document", async () => {
  const figure = page.locator('g.figure[aria-label^="Figure: Revenue, 1Q17: JPY41.0"]').first();
  await click(page, figure);
  await panel().locator("mark").first().waitFor();
  assert.match(await panel().innerText(), /Revenue, 1Q17[\s\S]*stated[\s\S]*seeds\/iij\/2017-08-08-1q17-results-deck\.txt:\d+:\d+/);
  assert.equal(await panel().locator("mark").first().innerText(), "41.0");
  const derived = page.locator('g.figure[aria-label^="Figure: Operating income, FY17 target"]').first();
  await click(page, derived);
  await page.waitForFunction(() => document.querySelector("#panel").innerText.includes("calculated"));
  assert.match(await panel().innerText(), /operating_income 1Q17 ÷ operating_income FY17 target/);
  assert.ok(await panel().locator(".inputs li").count() >= 2, "with its inputs");
});

test("a sentence leads to the lines of its template", async () => {
  await click(page, sentence("Sentence: IIJ's revenue"));
  const told = await panel().innerText();
  assert.match(told, /Sentence result\/revenue[\s\S]*en\/result\.hbs:\d+[\s\S]*built in[\s\S]*\{\{#sentence "result\/revenue"\}\}/);
  await panel().getByRole("button", { name: "Revenue, 1Q17 JPY41.0" }).click();
  await panel().locator("mark").first().waitFor();
  await panel().getByRole("button", { name: "Back" }).click();
  assert.match(await panel().innerText(), /Sentence result\/revenue/);
  await after(page, () => project.change(result, "'s revenue {{moved", "'s sales {{moved"));
  assert.match(await panel().innerText(), /templates\/en\/result\.hbs:\d+[\s\S]*yours/);
});

test("quarter and length are switched, and a new window shows the same", async () => {
  await page.locator('#strip [data-period="2Q18"]').click();
  await shown(page, "2Q18");
  assert.match(await page.title(), /^2Q18 · /);
  const pages = await page.locator(".page").count();
  await page.selectOption("#length", "short");
  await page.waitForFunction(() => document.documentElement.dataset.shown.includes(" short "));
  assert.ok(await page.locator(".page").count() < pages);
  assert.deepEqual(await page.locator("#language option").allInnerTexts().then(names => names[0]), "English");
  const other = await open(browser, page.url());
  assert.match(await other.title(), /^2Q18 · /);
  await other.context().close();
});

test("settings, profiles and documents are followed too", async () => {
  const footer = "For the browser test only";
  await after(page, () => project.write("tanshin.toml", `[brand]\nfooter = "${footer}"\n`));
  assert.ok((await words(page)).includes(footer));
  await after(page, () => project.write("tanshin.toml", "[brand]\nfoter = \"x\"\n"));
  assert.match(await page.locator("#errors").innerText(), /unknown key `foter`[\s\S]*tanshin\.toml:2:1[\s\S]*did you mean `footer`\?/);
  await after(page, () => project.write("tanshin.toml", ""));
  assert.equal(await page.locator("#errors").innerText(), "");
  await after(page, () => project.change("seeds/iij/company.toml", "short_name = \"IIJ\"", "short_name = \"Initiative\""));
  assert.match(await words(page), /Initiative's revenue climbed/);
  await after(page, () => project.change("seeds/iij/company.toml", "short_name", "short_nam"));
  assert.match(await page.locator("#errors").innerText(), /short_nam[\s\S]*company\.toml:\d+:\d+/);
  await after(page, () => project.change("seeds/iij/company.toml", "short_nam =", "short_name ="));
  const deck = "seeds/iij/2017-08-08-1q17-results-deck.txt";
  await after(page, () => project.change(deck, "with good start of", "with a flying start of"));
  assert.match(await words(page), /with a flying start of/);
  // A figure that its growth rate contradicts is no longer told.
  await after(page, () => project.change(deck, "JPY41.0 bn", "JPY41.3 bn"));
  assert.doesNotMatch(await words(page), /revenue climbed 13\.2% from/);
});

test("the keyboard reaches everything and the focus comes back", async () => {
  const focused = () => page.evaluate(() => document.activeElement.getAttribute("aria-label") || document.activeElement.textContent);
  for (let step = 0; step < 12 && !(await focused()).startsWith("1Q17,"); step++) await page.keyboard.press("Tab");
  assert.match(await focused(), /^1Q17, /);
  await page.keyboard.press("ArrowRight");
  assert.match(await focused(), /^2Q17, /);
  await page.keyboard.press("Enter");
  await shown(page, "2Q17");
  for (let step = 0; step < 6 && !(await focused()).startsWith("Sentence:"); step++) await page.keyboard.press("Tab");
  const first = await focused();
  assert.match(first, /^Sentence: /);
  await page.keyboard.press("ArrowDown");
  const second = await focused();
  assert.match(second, /^Sentence: /);
  assert.notEqual(second, first);
  const outline = await page.evaluate(() => getComputedStyle(document.activeElement.querySelector("rect")).strokeWidth);
  assert.ok(parseFloat(outline) > 0, "the focus is seen");
  await page.keyboard.press("Enter");
  assert.match(await focused(), /^Sentence standfirst/);
  await page.keyboard.press("Escape");
  assert.equal(await focused(), second);
  await page.keyboard.press("ArrowRight");
  assert.match(await focused(), /^Figure: /);
});

test("a narrow window shows the pages whole and the panel as a sheet", async () => {
  await page.setViewportSize({ width: 380, height: 720 });
  const wide = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth, document.querySelector("#pages").scrollWidth - document.querySelector("#pages").clientWidth]);
  assert.ok(wide[0] <= wide[1] && wide[2] <= 0, `no sideways scrolling: ${wide}`);
  assert.equal(await panel().isVisible(), false);
  await click(page, sentence("Sentence: IIJ's revenue"));
  assert.equal(await panel().isVisible(), true);
  await panel().getByRole("button", { name: "Close" }).click();
  assert.equal(await panel().isVisible(), false);
  await page.getByRole("button", { name: "Changes and help" }).click();
  assert.equal(await panel().isVisible(), true);
});

test("words on the page can be selected", async () => {
  const line = page.locator(".page text", { hasText: "revenue climbed" }).first();
  const box = await line.boundingBox();
  await page.mouse.move(box.x + 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width - 2, box.y + box.height / 2, { steps: 5 });
  await page.mouse.up();
  assert.match(await page.evaluate(() => getSelection().toString()), /evenue climbed/);
});

for (const scheme of ["light", "dark"]) {
  test(`no rule of accessibility is broken, ${scheme}`, async () => {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    await click(page, sentence("Sentence: IIJ's revenue"));
    await after(page, () => project.change(result, "lead.revenue.level", "lead.revenu.level"));
    await page.evaluate(axe);
    const found = await page.evaluate(() => window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"] }));
    assert.deepEqual(found.violations.map(rule => `${rule.id}: ${rule.nodes.map(node => node.target).slice(0, 3).join("; ")}`), []);
  });
}

test("what a profile says is text, whatever it says", async () => {
  const name = "</script><script>alert(1)</script><img src=x onerror=alert(2)> \\u202egnp";
  await after(page, () => project.change("seeds/iij/company.toml", "short_name = \"IIJ\"", `short_name = "${name}"`));
  await click(page, sentence("revenue climbed"));
  assert.match(await page.locator("#title").innerText(), /^<\/script><script>alert\(1\)/);
  assert.match(await page.locator("#title").innerText(), /\\u\{202e\}gnp/);
  assert.equal(await page.locator("img[src=x]").count(), 0);
  assert.deepEqual(page.complaints, []);
});

// The server's answers with every text replaced: thousands of strings in every place where the page prints one.
test("thousands of hostile texts are texts", async () => {
  // The names that the page goes by itself; everything else is what documents, profiles and templates say.
  const kept = ["company", "period", "language", "languages", "length", "lengths", "drawing", "layer", "kind", "key", "state", "id", "document"];
  const get = path => fetch(project.address + path).then(reply => reply.json());
  const base = await get("brief");
  const layers = await Promise.all(base.pages.map(drawn => get(`page/${drawn.layer}.json`)));
  const behind = await get(`figure?key=${encodeURIComponent(layers[0].hits.find(hit => hit.kind === "figure").key)}`);
  const note = base.notices[0] || { message: "m", file: "f", line: 1, column: 2, excerpt: "e", hint: "h" };
  const word = kind => ({ kind, text: "w" });
  let number = 0;
  let given = [];
  const next = () => { given.push(hostile(number++)); return given.at(-1); };
  const answer = (round, names) => {
    const told = replaced({ ...base, notices: [note, note], errors: [note, note], dropped: [["a", "b"]] }, [...kept, ...names], next);
    told.changed = [{ name: next(), now: 0, words: ["same", "new", "old"].map(word).map(word => ({ ...word, text: next() })) }];
    told.pages = told.pages.map((drawn, index) => ({ ...drawn, layer: `hostile${index}-${round}` }));
    return { ...told, seq: 1e6 + round, edition: 1e6 + round };
  };
  let answered = { seq: 0 };
  let waiting = [];
  await page.route("**/page/hostile*.json", route => {
    const index = Number(/hostile(\d+)/.exec(route.request().url())[1]);
    return route.fulfill({ json: replaced(layers[index], kept, next) });
  });
  await page.route("**/figure?*", route => route.fulfill({ json: replaced(behind, [...kept, "path", "origin", "lines"], next) }));
  // A page that asks is answered when there is something that it has not seen; one that has gone loses its answer.
  await page.route("**/brief?*", async route => {
    const seen = Number(new URL(route.request().url()).searchParams.get("seen"));
    while (answered.seq <= seen) await new Promise(done => waiting.push(done));
    await route.fulfill({ json: answered }).catch(() => {});
  });
  const FOREIGN = "#hit, iframe, link, base, meta[http-equiv], form, template, math, style, img[src=x], [onerror], [onload], [ontoggle], a[href]";
  const count = selector => [document.scripts.length, document.querySelectorAll(selector).length];
  const [scripts, foreign] = await page.evaluate(count, FOREIGN);
  const round = async (at, names = []) => {
    given = [];
    answered = answer(at, names);
    for (const go of waiting.splice(0)) go();
    await page.waitForFunction(edition => Number(document.documentElement.dataset.edition) === edition, answered.edition);
    const [own, others] = await page.evaluate(count, FOREIGN);
    const found = await page.evaluate(() => ({
      text: document.body.textContent + [...document.querySelectorAll("[aria-label]")].map(element => element.getAttribute("aria-label")).join(" "),
      hit: typeof window.hit,
    }));
    assert.deepEqual([own, others, found.hit === "function"], [scripts, foreign, false], `round ${at}`);
    return given.filter(text => found.text.includes(text.split(/[ <"'&\\$`{_%\u0000-\u001f\u007f-\uffff\]-]/)[0])).length;
  };
  // The page asks anew, and from now on every answer is ours.
  await page.reload({ waitUntil: "commit" });
  let there = 0;
  for (let at = 1; at <= 30; at++) there += await round(at);
  await page.locator("g.sentence").first().focus();
  await page.keyboard.press("Enter");
  for (let at = 31; at <= 40; at++) there += await round(at, ["name"]);
  await page.keyboard.press("Escape");
  await page.locator("g.figure").first().focus();
  await page.keyboard.press("Enter");
  for (let at = 41; at <= 50; at++) there += await round(at, ["name"]);
  assert.ok(number > 5000, `${number} strings`);
  assert.ok(there > number / 4, `${there} of ${number} are seen`);
  assert.deepEqual(page.complaints, []);
  assert.deepEqual(page.asked.filter(url => !url.startsWith(project.address)), []);
});

test("another web page cannot reach the preview", async () => {
  const server = createServer((_, reply) => reply.end("<!doctype html><title>other</title>")).listen(0, "127.0.0.1");
  await new Promise(done => server.on("listening", done));
  const other = await page.context().newPage();
  await other.goto(`http://127.0.0.1:${server.address().port}/`);
  const tried = await other.evaluate(async address => {
    const reads = await fetch(address + "brief").then(() => "read", () => "refused");
    const blind = await fetch(address + "brief", { mode: "no-cors" }).then(() => "read", () => "refused");
    const frame = document.createElement("iframe");
    frame.src = address;
    document.body.append(frame);
    await new Promise(done => { frame.onload = done; });
    let framed = "refused";
    try { framed = frame.contentDocument ? "read" : "refused"; } catch { /* refused */ }
    return [reads, blind, framed];
  }, project.address);
  assert.deepEqual(tried, ["refused", "refused", "refused"]);
  server.close();
});

test("the page says when the preview ends and goes on when it is back", async () => {
  const port = new URL(project.address).port;
  assert.equal(await project.stop(), 0);
  await page.waitForFunction(() => document.querySelector("#status").textContent === "The preview has ended");
  await project.start("1Q17", "--port", port);
  await page.waitForFunction(() => document.querySelector("#status").textContent.startsWith("Up to date"));
  assert.equal(await edition(page), 0);
});
