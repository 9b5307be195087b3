// The mark of pages, such as `DRAFT`, where a reference document has no head for
// it: a head is made that holds nothing else. Which pages have heads of their own
// stays as the university has it.

import type { HeadPages } from "../../reference-docx.js";
import { isOn, Namespaces, parseXmlTree } from "../../xml-tree.js";
import { type Package, xmlPart } from "./finish.js";
import type { HeadWriter, PartCopier } from "./reference.js";

/**
 * Gives the pages that have no head one with the mark of `heads`, if there is
 * one: the others of each section, its first one where that is apart (17.10.6,
 * `titlePg`), and the even ones where these are (17.10.1). Sections take the
 * heads over that they do not have from the one before (17.10.5).
 */
export function markEveryPage(parts: Package, heads: HeadWriter, copier: PartCopier): void {
  if (!heads.mark) return;
  const settings = xmlPart(parts, "word/settings.xml").replace(/^<\?xml[^>]*\?>\s*/, "");
  const hasEven = isOn(parseXmlTree(settings, new Namespaces()), "w:evenAndOddHeaders") ?? false;
  const known = new Set<HeadPages>();
  const document = xmlPart(parts, "word/document.xml").replace(
    /<w:sectPr(\s[^>]*?)?(?:\/>|>([\s\S]*?)<\/w:sectPr>)/g,
    (_, attributes = "", inner = "") => {
      for (const [, pages] of inner.matchAll(
        /<w:headerReference (?:[^>]* )?w:type="(default|even|first)"/g,
      )) {
        known.add(pages as HeadPages);
      }
      const hasFirst = /<w:titlePg(?:\/>| (?!w:val="(?:0|false|off)"))/.test(inner);
      const needed: readonly HeadPages[] = [
        "default",
        ...(hasEven ? (["even"] as const) : []),
        ...(hasFirst ? (["first"] as const) : []),
      ];
      const added = needed.filter((pages) => !known.has(pages));
      for (const pages of added) known.add(pages);
      const references = added.map((pages) => heads.markAlone(pages)).join("");
      return `<w:sectPr${attributes}>${references}${inner}</w:sectPr>`;
    },
  );
  parts.set("word/document.xml", document);
  copier.finish();
}
