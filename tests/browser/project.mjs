// A project in a temporary folder, the preview in it, and a browser window on it.

import { spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { chromium } from "playwright-core";

const repository = resolve(import.meta.dirname, "../..");
const program = process.env.TANSHIN || join(repository, "target/release/tanshin");
const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];
// Milliseconds until something that should appear counts as missing: no measure of speed, so it is far above what a busy machine needs.
const PATIENCE = 180000;

export const launch = () => chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: flags });

export class Project {
  // The seeds of the repository, or nothing.
  static async make(seeds = true) {
    const project = new Project();
    project.folder = await mkdtemp(join(tmpdir(), "tanshin-"));
    if (seeds) await cp(join(repository, "seeds"), join(project.folder, "seeds"), { recursive: true });
    return project;
  }

  path(name) {
    return join(this.folder, name);
  }

  // In one moment: a file that stood empty while a busy machine pauses would be an edit of its own.
  async write(name, text) {
    await mkdir(dirname(this.path(name)), { recursive: true });
    const beside = this.path(".being-written");
    await writeFile(beside, text);
    await rename(beside, this.path(name));
  }

  // A file of the project, or the built-in template of that name.
  async read(name) {
    return readFile(this.path(name), "utf8").catch(() => readFile(join(repository, name), "utf8"));
  }

  async change(name, from, to) {
    const text = await this.read(name);
    if (!text.includes(from)) throw new Error(`${name} has no ${from}`);
    await this.write(name, text.replaceAll(from, to));
  }

  async start(...words) {
    this.child = spawn(program, ["preview", ...words], { cwd: this.folder, stdio: ["ignore", "pipe", "pipe"] });
    this.said = "";
    this.child.stderr.on("data", bytes => { this.said += bytes; });
    this.address = await new Promise((found, failed) => {
      let text = "";
      this.child.stdout.on("data", bytes => { text += bytes; if (text.includes("\n")) found(text.trim()); });
      this.child.on("exit", code => failed(new Error(`preview ended with ${code}: ${this.said}`)));
    });
    return this.address;
  }

  stop() {
    if (!this.child || this.child.exitCode !== null) return Promise.resolve(this.child && this.child.exitCode);
    return new Promise(done => { this.child.on("exit", done); this.child.kill("SIGINT"); });
  }

  async end() {
    await this.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}

// A window on the preview; everything the page complains about or asks for is kept.
export async function open(browser, address, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  page.complaints = [];
  page.asked = [];
  page.on("console", message => { if (message.type() === "error") page.complaints.push(message.text()); });
  page.on("pageerror", error => page.complaints.push(error.message));
  page.on("dialog", dialog => { page.complaints.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on("request", request => page.asked.push(request.url()));
  await page.goto(address);
  await shown(page);
  return page;
}

export const edition = page => page.evaluate(() => Number(document.documentElement.dataset.edition));

// Waits until pages are painted that satisfy the condition, by default any.
export async function shown(page, period) {
  await page.waitForFunction(period => {
    const shown = document.documentElement.dataset.shown;
    return shown && (!period || shown.startsWith(period + " "));
  }, period);
}

export async function after(page, edit) {
  const before = await edition(page);
  await edit();
  await page.waitForFunction(before => Number(document.documentElement.dataset.edition) > before, before);
}

// Waits until every quarter is compared.
export const compared = page => page.waitForFunction(() => {
  const chips = [...document.querySelectorAll("#strip button")];
  return chips.length > 0 && chips.every(chip => chip.dataset.state !== "waiting");
});

// All words on the pages, as a reader can select them.
export const words = page => page.evaluate(() => [...document.querySelectorAll(".page text")].map(line => line.textContent).join(" "));

// Clicks the middle of a sentence's or figure's first line on the page.
export async function click(page, hit) {
  await hit.locator("rect").first().scrollIntoViewIfNeeded();
  const box = await hit.locator("rect").first().boundingBox();
  await page.mouse.click(box.x + Math.min(box.width / 2, 4), box.y + box.height / 2);
}
