// Fields and placeholders in the heads and the text of a reference document: they
// are given what they stand for in this work.

import { placeholderPattern } from "../../reference-docx.js";
import { childElements, descendants, type XmlElement, xmlElement } from "../../xml-tree.js";

/** Returns what a field shows, by its code; undefined where its result stays as it is. */
export type FieldResult = (
  code: string,
) => { readonly text: string; readonly code?: string } | undefined;

interface OpenField {
  readonly codes: XmlElement[];
  readonly results: XmlElement[];
  hasResult: boolean;
}

/** Puts the results of fields right, at and below an element, and their codes if they change. */
export function fillFields(root: XmlElement, resultOf: FieldResult): void {
  const open: OpenField[] = [];
  const visit = (element: XmlElement): void => {
    switch (element.name) {
      case "w:fldSimple": {
        const found = resultOf(element.attributes.get("w:instr") ?? "");
        if (!found) break;
        if (found.code !== undefined) element.attributes.set("w:instr", found.code);
        setText([...descendants(element)].filter(isText), found.text);
        return;
      }
      case "w:fldChar":
        if (kindOf(element) === "begin") open.push({ codes: [], results: [], hasResult: false });
        else if (kindOf(element) === "separate") {
          const field = open.at(-1);
          if (field) field.hasResult = true;
        } else if (kindOf(element) === "end") {
          const field = open.pop();
          if (field) close(field, resultOf);
        }
        break;
      case "w:instrText":
        open.at(-1)?.codes.push(element);
        break;
      case "w:t":
        for (const field of open) if (field.hasResult) field.results.push(element);
        break;
    }
    for (const child of childElements(element)) visit(child);
  };
  visit(root);
}

const kindOf = (element: XmlElement) => element.attributes.get("w:fldCharType");
const isText = ({ name }: XmlElement) => name === "w:t";

function close({ codes, results }: OpenField, resultOf: FieldResult): void {
  const found = resultOf(codes.map(({ children }) => children.join("")).join(""));
  if (!found) return;
  if (found.code !== undefined) {
    codes.forEach((element, index) => {
      element.children = index ? [] : [found.code!];
    });
  }
  setText(results, found.text);
}

/** Puts a text in place of that of several runs: it looks like the first of them. */
function setText(elements: readonly XmlElement[], text: string): void {
  elements.forEach((element, index) => {
    element.children = index ? [] : [text];
    element.attributes.set("xml:space", "preserve");
  });
}

/**
 * Puts values in place of `{{names}}` in each paragraph, in the look of the run
 * in which a name begins, however Word has divided it. Names without a value stay.
 */
export function fillTexts(root: XmlElement, textOf: (name: string) => string | undefined): void {
  for (const paragraph of descendants(root)) {
    if (paragraph.name !== "w:p") continue;
    const texts = ownTexts(paragraph);
    const all = texts.map(({ children }) => children.join("")).join("");
    const changes = [...all.matchAll(placeholderPattern)].flatMap(
      ({ index, 0: whole, 1: name }) => {
        const value = textOf(name!.toLowerCase());
        return value === undefined ? [] : [{ from: index, to: index + whole.length, value }];
      },
    );
    if (!changes.length) continue;
    let start = 0;
    for (const text of texts) {
      const own = text.children.join("");
      const end = start + own.length;
      let result = "";
      for (let at = start; at < end; at++) {
        const change = changes.find(({ from, to }) => at >= from && at < to);
        if (!change) result += all[at];
        else if (at === change.from) result += change.value;
      }
      text.children = [result];
      text.attributes.set("xml:space", "preserve");
      start = end;
    }
  }
}

/** The texts of a paragraph, without those of paragraphs in its text boxes. */
function ownTexts(paragraph: XmlElement): XmlElement[] {
  return childElements(paragraph).flatMap((child) =>
    child.name === "w:t" ? [child] : child.name === "w:p" ? [] : ownTexts(child),
  );
}

/** Whether a part shows the page's number. */
export function showsPageNumber(root: XmlElement): boolean {
  return [...descendants(root)].some(
    ({ name, attributes, children }) =>
      (name === "w:fldSimple" && /^\s*PAGE\b/i.test(attributes.get("w:instr") ?? "")) ||
      (name === "w:instrText" && /^\s*PAGE\b/i.test(children.join(""))),
  );
}

/** Returns an empty paragraph that is too low to be seen, with the properties of a section. */
export function sectionCarrier(section: XmlElement): XmlElement {
  return xmlElement("w:p", {}, [
    xmlElement("w:pPr", {}, [
      xmlElement("w:spacing", {
        "w:before": "0",
        "w:after": "0",
        "w:line": "20",
        "w:lineRule": "exact",
      }),
      xmlElement("w:ind", { "w:left": "0", "w:firstLine": "0" }),
      xmlElement("w:rPr", {}, [xmlElement("w:sz", { "w:val": "2" })]),
      section,
    ]),
  ]);
}
