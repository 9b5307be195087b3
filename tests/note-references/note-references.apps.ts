// References to notes as LibreOffice shows Word's fields: with the numbers of the
// notes as it counts these.

import { join } from "node:path";
import { expect, test } from "vitest";
import { toText, walk } from "../../src/document.js";
import { writeDocx } from "../../src/write/docx/docx.js";
import { paginate } from "../../src/write/pdf/pdf.js";
import { renderWithLibreOffice } from "../docx/libreoffice.js";
import { compiledManuscript } from "../manuscript-files.js";

const words = (text: string) => text.replace(/\s+/g, " ");

test.each(["chicago", "apa"])("the numbers of notes survive in %s", async (style) => {
  const { document: compiled, template } = compiledManuscript(
    join(import.meta.dirname, "cases/chapters"),
    style,
  );
  const { document, labels } = await paginate(compiled, template);
  const { bytes } = await writeDocx(document, template, labels);
  const rendering = renderWithLibreOffice(bytes);
  try {
    const shown = words(rendering.pages.join(" "));
    const references = [...walk(document.parts.flatMap(({ children }) => children))].filter(
      (node) => node.type === "crossReference" && node.targets[0]!.id.startsWith("note-"),
    );
    expect(references.length).toBeGreaterThan(20);
    const counts = new Map<string, number>();
    for (const node of references) {
      const text = words(toText([node] as never));
      if (/\p{L}/u.test(text)) counts.set(text, (counts.get(text) ?? 0) + 1);
    }
    for (const [text, count] of counts) {
      const found = shown.match(new RegExp(`(?<!\\p{L})${text}(?!\\d)`, "gu")) ?? [];
      // The list of tables repeats what stands in a caption.
      expect([text, found.length >= count]).toEqual([text, true]);
    }
    expect(shown).toContain("It means its own: note");
    expect(shown).not.toMatch(/Error|Reference source/);
  } finally {
    rendering.remove();
  }
});
