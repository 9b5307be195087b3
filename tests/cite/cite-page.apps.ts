// The page of references in Chromium: each button puts its reference on the
// clipboard, as text and with italics, also where the Clipboard API is missing.

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { citeThisWork, workRecord } from "../../src/cite-this-work.js";
import { toText } from "../../src/document.js";
import { writeCitePage } from "../../src/write/cite-page.js";
import { html, printRecord } from "../../src/write/references.js";
import { doctoralThesis, hostile } from "./works.js";

const references = citeThisWork(doctoralThesis);
const bibtex = printRecord(workRecord(doctoralThesis), "bibtex");
const records = [{ label: "BibTeX", text: bibtex }];

let folder: string;
let browser: Browser;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "reissue-page-"));
  const executablePath =
    process.env.CHROMIUM ?? installed("chromium", "chromium-browser", "google-chrome");
  browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
});
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Returns the path of the first of some programs that is installed. */
function installed(...names: string[]): string {
  const search = names.map((name) => `command -v ${name}`).join(" || ");
  return execFileSync("sh", ["-c", search], { encoding: "utf8" }).trim();
}

async function open(name: string, text: string): Promise<{ page: Page; faults: string[] }> {
  const file = join(folder, `${name}.html`);
  writeFileSync(file, text);
  const context = await browser.newContext();
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (message) => faults.push(message.text()));
  page.on("request", (request) => {
    if (!request.url().startsWith("file:")) faults.push(request.url());
  });
  await page.goto(pathToFileURL(file).href);
  return { page, faults };
}

/** Reads the clipboard from a page that still has the Clipboard API. */
async function clipboard(page: Page): Promise<{ text: string; rich: string }> {
  const reader = await page.context().newPage();
  await reader.goto(page.url());
  await reader.bringToFront();
  const read = (await reader.evaluate(`(async () => {
    const [item] = await navigator.clipboard.read();
    const part = async (type) => (await item.getType(type)).text();
    return { text: await part("text/plain"), rich: await part("text/html") };
  })()`)) as { text: string; rich: string };
  await reader.close();
  await page.bringToFront();
  return read;
}

describe.each(["with the Clipboard API", "without it"])("%s", (mode) => {
  test("each button copies its reference", async () => {
    const text = writeCitePage(doctoralThesis, references, "en-GB", records);
    const { page, faults } = await open("work", text);
    if (mode === "without it") {
      await page.evaluate(`Object.defineProperty(navigator, "clipboard", { value: undefined })`);
    }
    const status = page.getByRole("status");
    for (const { label, inlines } of references) {
      await page.getByRole("tab", { name: label, exact: true }).click();
      await expect.poll(() => page.getByRole("tabpanel").count()).toBe(1);
      await page.getByRole("button", { name: `Copy: ${label}`, exact: true }).click();
      await expect.poll(() => status.textContent()).toBe("Reference copied to clipboard.");
      const copied = await clipboard(page);
      expect(copied.text).toBe(toText(inlines));
      if (html(inlines).includes("<i>")) expect(copied.rich).toMatch(/<i\b[^>]*>/);
    }
    await page.getByText("BibTeX").click();
    await page.getByRole("button", { name: "Copy: BibTeX" }).click();
    await expect.poll(() => status.textContent()).toBe("Reference copied to clipboard.");
    expect((await clipboard(page)).text.trim()).toBe(bibtex.trim());
    expect(faults).toEqual([]);
  });
});

test("the tabs are worked with the keyboard", async () => {
  const { page } = await open("keys", writeCitePage(doctoralThesis, references));
  const selected = () => page.getByRole("tab", { selected: true }).textContent();
  await page.keyboard.press("Tab");
  expect(await selected()).toBe("APA");
  await page.keyboard.press("ArrowRight");
  expect(await selected()).toBe("MLA");
  await page.keyboard.press("End");
  expect(await selected()).toBe("OSCOLA");
  await page.keyboard.press("ArrowRight");
  expect(await selected()).toBe("APA");
  await page.keyboard.press("ArrowLeft");
  expect(await selected()).toBe("OSCOLA");
  await page.keyboard.press("Home");
  // From the tab to the panel, its link, and its button.
  for (let times = 0; times < 3; times++) await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect.poll(() => page.getByRole("status").textContent()).toMatch(/copied/);
  expect((await clipboard(page)).text).toBe(toText(references[0]!.inlines));
});

test("nothing of a hostile manuscript runs or is fetched", async () => {
  const text = writeCitePage(hostile, citeThisWork(hostile), "en", records);
  const { page, faults } = await open("hostile", text);
  await expect.poll(() => page.getByRole("tab").count()).toBe(7);
  expect(faults).toEqual([]);
  expect(await page.title()).toBe(
    "Cite This Work: <script>alert('x')</script> {{!}} [a](b) | 50% \\_& The Times $1 ''~~~~''",
  );
});

test("without scripts, and in print, all references are there", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(pathToFileURL(join(folder, "work.html")).href);
  const shown = await page.locator(".panel .reference").allInnerTexts();
  expect(shown).toEqual(references.map(({ inlines }) => toText(inlines)));
  expect(await page.locator(".copy:visible").count()).toBe(0);

  const { page: printed } = await open("print", writeCitePage(doctoralThesis, references));
  await printed.emulateMedia({ media: "print" });
  expect(await printed.locator(".panel:visible").count()).toBe(7);
  expect(await printed.locator("button:visible").count()).toBe(0);
});

test.each([
  ["phone", 320, 640],
  ["desktop", 1280, 900],
])("nothing is wider than a %s", async (_, width, height) => {
  const { page } = await open("wide", writeCitePage(doctoralThesis, references, "en", records));
  await page.setViewportSize({ width, height });
  for (const tab of await page.getByRole("tab").all()) {
    await tab.click();
    const overflow = await page.evaluate(
      `document.documentElement.scrollWidth - document.documentElement.clientWidth`,
    );
    expect(overflow).toBe(0);
  }
});
