// Live files in LibreOffice, which knows Zotero's fields as fields of somebody else's.

import { afterAll, describe, expect, test } from "vitest";
import { type Rendering, renderWithLibreOffice } from "../libreoffice.js";
import { living } from "./living.js";

const renderings: Rendering[] = [];
afterAll(() => {
  for (const { remove } of renderings) remove();
});

function render(bytes: Uint8Array): readonly string[] {
  const rendering = renderWithLibreOffice(bytes);
  renderings.push(rendering);
  return rendering.pages;
}

/** The words of the pages; what LibreOffice makes of Word's list may break lines elsewhere. */
const wordsOf = (pages: readonly string[]) => pages.join(" ").split(/\s+/).filter(Boolean);

describe.each(["chicago", "apa", "ieee"])("in %s", (style) => {
  test("Zotero's fields change nothing on the page", async () => {
    const { written, plain } = await living("zotero", style);
    expect(render(written.bytes)).toEqual(render(plain.bytes));
  });

  test("Word's citations show the same words", async () => {
    const { written, plain } = await living("word", style);
    expect(wordsOf(render(written.bytes))).toEqual(wordsOf(render(plain.bytes)));
  });
});
