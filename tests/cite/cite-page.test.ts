// The page of references: whole in itself, with everything of the author's escaped.

import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { citeThisWork, workRecord } from "../../src/cite-this-work.js";
import type { Metadata } from "../../src/document.js";
import { writeCitePage } from "../../src/write/cite-page.js";
import { printRecord } from "../../src/write/references.js";
import { hostile, page, pageWithAddress, works } from "./works.js";

const write = (metadata: Metadata, lang = metadata.lang) =>
  writeCitePage(metadata, citeThisWork(metadata), lang, [
    { label: "BibTeX", text: printRecord(workRecord(metadata), "bibtex") },
  ]);

describe.each(Object.entries(works))("%s", (_, metadata) => {
  const html = write(metadata);

  test("the policy allows the page's own script and style, and nothing else", () => {
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)![1]!;
    for (const element of ["script", "style"]) {
      const found = [...html.matchAll(new RegExp(`<${element}>(.*?)</${element}>`, "gs"))];
      expect(found).toHaveLength(1);
      const digest = createHash("sha256").update(found[0]![1]!).digest("base64");
      expect(policy).toContain(`${element}-src 'sha256-${digest}'`);
    }
    expect(policy).toMatch(/^default-src 'none'; /);
  });

  test("loads nothing and handles nothing inline", () => {
    expect(html).not.toMatch(/\ssrc=|<link|<img|<iframe|@import|url\(|\son[a-z]+=|style="/i);
    expect(html).not.toMatch(/href="(?!https?:)/);
  });

  test("is the same twice", () => {
    expect(write(metadata)).toBe(html);
  });
});

test("what the author wrote is text, wherever it stands", () => {
  const html = write(hostile, "en");
  const [start, end] = [html.indexOf("<main"), html.indexOf("</main>")];
  const tags = html.slice(start, end).match(/<\/?([a-z0-9]+)/g)!;
  expect([...new Set(tags.map((tag) => tag.replace(/<\/?/, "")))].sort()).toEqual(
    "a button code details div h1 h2 i main p pre section summary".split(" "),
  );
  expect(html).toContain(
    "<title>Cite This Work: &#60;script&#62;alert(&#39;x&#39;)&#60;/script&#62;",
  );
});

test("has the references in their order, each with a button of its own", () => {
  const html = write(pageWithAddress);
  const headings = [...html.matchAll(/<section[^>]*>\n<h2>(.*?)<\/h2>/g)].map(([, label]) => label);
  expect(headings).toEqual(["APA", "MLA", "MLA-7", "Harvard", "Vancouver", "Wikipedia", "OSCOLA"]);
  for (const label of [...headings, "BibTeX"]) {
    expect(html).toContain(`aria-label="Copy: ${label}">Copy</button>`);
  }
  expect(html).toContain('data-copied="Reference copied to clipboard."');
});

test("speaks the language of the work, English where it knows no other", () => {
  expect(write(page)).toContain('<html lang="en-GB">');
  const german = write({ ...page, lang: "de-DE" });
  expect(german).toContain('<html lang="de-DE">');
  expect(german).toContain("<h1>Diese Arbeit zitieren</h1>");
  expect(german).toContain('data-copied="Der Verweis wurde in die Zwischenablage kopiert."');
  const unknown = write({ ...page, lang: "kk-KZ" });
  expect(unknown).toContain('<html lang="en">');
  expect(unknown).toContain('<p class="work" lang="kk-KZ">');
});
