// A university's Word document: opened, refused if it is harmful or broken, and
// told apart into the parts that are taken over.

import type { Report, Span } from "../diagnostic.js";
import { matterNames } from "../matter.js";
import { didYouMean } from "../nearest.js";
import {
  lonePlaceholder,
  paragraphText,
  placeholderPattern,
  type ReferenceDocx,
  type Relationship,
} from "../reference-docx.js";
import { isTitlePageField, titlePageFields } from "../template.js";
import {
  childElements,
  childNamed,
  descendants,
  Namespaces,
  parseXmlTree,
  removeElements,
  type XmlElement,
  XmlError,
} from "../xml-tree.js";
import { PackageError, readDocxPackage } from "./docx-package.js";

/** What stands alone in a paragraph of a placeholder template, for blocks of the work. */
export const blockPlaceholders = ["body", ...matterNames] as const;

/** A document as it is in the file; what it makes of a template is found later. */
export type OpenedDocx = Omit<ReferenceDocx, "headings" | "lineScale">;

/**
 * Opens a Word document whose path people would type as `file`. Returns undefined,
 * and reports a `reference-invalid` at `span`, for what cannot be opened safely
 * (see `readDocxPackage`), is no Word document, is broken, or has macros,
 * embedded objects or pictures that lie elsewhere.
 */
export function openReferenceDocx(
  bytes: Uint8Array,
  file: string,
  report: Report,
  span?: Span,
): OpenedDocx | undefined {
  try {
    return opened(readDocxPackage(bytes), file, (name) => {
      const near = didYouMean(name, [...titlePageFields, ...blockPlaceholders]);
      report({
        code: "placeholder-unknown",
        message: `"${file}" has a placeholder {{${name}}}, and there is nothing of that name`,
        ...(span && { span }),
        hints: near.length
          ? near
          : [`there are ${["body", ...titlePageFields, ...matterNames].join(", ")}`],
      });
    });
  } catch (error) {
    if (!(error instanceof PackageError)) throw error;
    report({
      code: "reference-invalid",
      message: `the reference document "${file}" ${error.message}`,
      ...(span && { span }),
      ...(error.hints.length && { hints: error.hints }),
    });
    return undefined;
  }
}

function opened(
  parts: ReadonlyMap<string, Uint8Array>,
  file: string,
  unknown: (placeholder: string) => void,
): OpenedDocx {
  const namespaces = new Namespaces();
  const parse = (path: string): XmlElement => parsePart(path, parts, namespaces);
  const kind = parts.get("mimetype");
  if (kind && Buffer.from(kind).toString("latin1").includes("opendocument")) {
    throw new PackageError("is an OpenDocument file", "save it as a Word document (.docx)");
  }
  if (!parts.has("[Content_Types].xml") || !parts.has("_rels/.rels")) {
    throw new PackageError("is a zip file, but no Word document", "name a .docx or .dotx");
  }
  const contentType = contentTypes(parse("[Content_Types].xml"));
  const relationships = (path: string): Relationship[] => {
    const place = path.replace(/([^/]*)$/, "_rels/$1.rels");
    return parts.has(place) ? relationshipsIn(parse(place), path) : [];
  };
  const path = relationships("").find(({ type }) => type === "officeDocument")?.target;
  const type = path && contentType(path);
  if (!path || !parts.has(path) || !type) {
    throw new PackageError("is a zip file, but no Word document", "name a .docx or .dotx");
  }
  refuseMacros(parts, type, contentType);
  if (!/wordprocessingml\.(?:document|template)\.main\+xml$/.test(type)) {
    throw new PackageError("is no Word document", "name a .docx or .dotx");
  }
  const document = parse(path);
  if (document.name !== "w:document" || !childNamed(document, "w:body")) {
    throw new PackageError(
      "is a Strict Open XML document, or none of Word's",
      "save it in Word as a Word document (.docx), not as Strict Open XML",
    );
  }
  const own = relationships(path);
  const targetOf = (kind: string) => {
    const target = own.find(({ type: name, external }) => name === kind && !external)?.target;
    return target !== undefined && parts.has(target) ? target : undefined;
  };
  const treeOf = (kind: string) => {
    const target = targetOf(kind);
    return target === undefined ? undefined : parse(target);
  };
  const styles = treeOf("styles");
  if (styles?.name !== "w:styles") {
    throw new PackageError("has no styles", "open it in Word and save it again");
  }
  const placeholders = placeholdersIn(document, unknown);
  if (placeholders.has("body")) refuseContent(document);
  acceptChanges(document);
  for (const { type: kind, target, external } of own) {
    if (kind === "header" || kind === "footer") {
      if (external || !parts.has(target)) throw broken(target);
      parse(target);
    }
  }
  refuseEmbedded(path, relationships, parts, placeholders.has("body"));
  const opened = {
    file,
    parts,
    namespaces,
    document,
    styles,
    numbering: treeOf("numbering"),
    settings: treeOf("settings"),
    theme: targetOf("theme"),
    fontTable: targetOf("fontTable"),
    contentType,
    relationships,
    path,
    placeholders,
    section: undefined,
  };
  for (const whole of [opened.theme, opened.fontTable]) if (whole) parse(whole);
  return { ...opened, section: sectionOfBody(document) };
}

const broken = (path: string) =>
  new PackageError(
    `is damaged: its part "${path}" is missing`,
    "open it in Word and save it again",
  );

/** Reads a part as XML; throws a `PackageError` if it is none, or none that Word would write. */
export function parsePart(
  path: string,
  parts: ReadonlyMap<string, Uint8Array>,
  namespaces: Namespaces,
): XmlElement {
  const bytes = parts.get(path);
  if (!bytes) throw broken(path);
  const isWide =
    (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  try {
    const encoding = !isWide ? "utf-8" : bytes[0] === 0xff ? "utf-16le" : "utf-16be";
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return parseXmlTree(text, namespaces);
  } catch (error) {
    const reason =
      error instanceof XmlError ? error.message : error instanceof TypeError ? "is no text" : "";
    if (!reason) throw error;
    throw new PackageError(
      `is damaged: its part "${path}" ${reason}`,
      "open it in Word and save it again",
    );
  }
}

/** Returns what tells the type of a part (ECMA-376-2, 6.2.3). */
function contentTypes(types: XmlElement): (path: string) => string | undefined {
  const value = (element: XmlElement, name: string) => element.attributes.get(name) ?? "";
  const parts = new Map(
    childElements(types, "Override").map((element) => [
      value(element, "PartName").replace(/^\//, "").toLowerCase(),
      value(element, "ContentType"),
    ]),
  );
  const endings = new Map(
    childElements(types, "Default").map((element) => [
      value(element, "Extension").toLowerCase(),
      value(element, "ContentType"),
    ]),
  );
  return (path) =>
    parts.get(path.toLowerCase()) ?? endings.get(/[^./]*$/.exec(path)![0].toLowerCase());
}

function relationshipsIn(root: XmlElement, source: string): Relationship[] {
  return childElements(root, "Relationship").map(({ attributes }) => {
    const fullType = attributes.get("Type") ?? "";
    const external = attributes.get("TargetMode") === "External";
    const target = attributes.get("Target") ?? "";
    return {
      id: attributes.get("Id") ?? "",
      fullType,
      type: fullType.split("/").at(-1) ?? "",
      target: external ? target : pathFrom(source, target),
      external,
    };
  });
}

/** Returns the path of a part that another one names; it cannot lead out of the package. */
function pathFrom(source: string, target: string): string {
  const steps = target.startsWith("/") ? [] : source.split("/").slice(0, -1);
  for (const step of target.split("/")) {
    if (step === "..") steps.pop();
    else if (step && step !== ".") steps.push(step);
  }
  try {
    return decodeURIComponent(steps.join("/"));
  } catch {
    return steps.join("/");
  }
}

function refuseMacros(
  parts: ReadonlyMap<string, Uint8Array>,
  type: string,
  contentType: (path: string) => string | undefined,
): void {
  const isMacro = (path: string) =>
    /(?:^|\/)(?:vbaProject\.bin|vbaData\.xml)$/i.test(path) ||
    /vbaProject|macroEnabled/i.test(contentType(path) ?? "");
  if (!/macroEnabled/i.test(type) && ![...parts.keys()].some(isMacro)) return;
  throw new PackageError(
    "has macros, which are programs, and would carry them into your dissertation",
    "save it in Word as a document without macros (.docx) and name that",
  );
}

/** What a part that is copied may lead to; anything else could run or load something. */
const harmless = new Set([
  "image",
  "hyperlink",
  "chart",
  "chartColorStyle",
  "chartStyle",
  "diagramData",
  "diagramLayout",
  "diagramColors",
  "diagramQuickStyle",
  "diagramDrawing",
  "font",
]);

/** Checks what the heads, feet and theme lead to, and the text if that is kept. */
function refuseEmbedded(
  path: string,
  relationships: (path: string) => readonly Relationship[],
  parts: ReadonlyMap<string, Uint8Array>,
  keepsText: boolean,
): void {
  const structural =
    /^(?:header|footer|styles|settings|theme|fontTable|numbering|webSettings|customXml|glossaryDocument|footnotes|endnotes|comments\w*|people|stylesWithEffects|attachedTemplate|mailMergeSource)$/;
  const check = (source: string, depth: number) => {
    for (const { type, target, external } of relationships(source)) {
      const isHead = type === "header" || type === "footer";
      if (source === path && !isHead && (structural.test(type) || !keepsText)) continue;
      if (external) {
        if (type === "hyperlink" && /^(?:https?|mailto):/i.test(target)) continue;
        throw new PackageError(
          `loads something from elsewhere ("${target.slice(0, 80)}")`,
          "put the picture itself into the document, and take other links out",
        );
      }
      if (!isHead && !harmless.has(type)) {
        throw new PackageError(
          `has an embedded object of the kind "${type}"`,
          "take it out, or put a picture of it in its place",
        );
      }
      if (!parts.has(target)) throw broken(target);
      if (depth < 4) check(target, depth + 1);
    }
  };
  check(path, 0);
}

/** Refuses what cannot be kept where the text of a placeholder template is. */
function refuseContent(document: XmlElement): void {
  const found = [...descendants(document)].find(({ name }) =>
    /^w:(?:footnoteReference|endnoteReference|altChunk|object|control|subDoc)$/.test(name),
  );
  if (!found) return;
  const isNote = found.name.endsWith("noteReference");
  throw new PackageError(
    isNote ? "has notes in its own text" : "has an embedded object in its text",
    isNote ? "write them into the text" : "put a picture of it in its place",
  );
}

/** Takes changes as accepted, and comments, marks of spelling and data bindings away. */
function acceptChanges(document: XmlElement): void {
  removeElements(document, ({ name }) =>
    /^w:(?:del|moveFrom|comment\w*|proofErr|perm\w*|lastRenderedPageBreak|dataBinding|\w+Change|moveFromRange\w*|moveToRange\w*|customXml(?:Ins|Del|Move)\w*|annotationRef)$/.test(
      name,
    ),
  );
  const unwrap = (element: XmlElement): void => {
    element.children = element.children.flatMap((child) => {
      if (typeof child === "string") return [child];
      unwrap(child);
      return child.name === "w:ins" || child.name === "w:moveTo" ? child.children : [child];
    });
    for (const name of [...element.attributes.keys()]) {
      if (/^(?:w:rsid\w*|w14:(?:paraId|textId))$/.test(name)) element.attributes.delete(name);
    }
  };
  unwrap(document);
}

/** Returns the names that stand between double braces; `unknown` is told of those that mean nothing. */
function placeholdersIn(
  document: XmlElement,
  unknown: (placeholder: string) => void,
): ReadonlySet<string> {
  const names = new Set<string>();
  const others = new Set<string>();
  const misplaced = new Set<string>();
  const outer = new Set(childElements(childNamed(document, "w:body")!));
  for (const element of descendants(document)) {
    if (element.name !== "w:p") continue;
    for (const [, word = ""] of paragraphText(element).matchAll(placeholderPattern)) {
      const name = word.toLowerCase();
      if (isTitlePageField(name)) names.add(name);
      else if (!blockPlaceholders.some((block) => block === name)) others.add(word);
      else if (outer.has(element) && lonePlaceholder(element) === name && !names.has(name)) {
        names.add(name);
      } else misplaced.add(name);
    }
  }
  const [wrong] = misplaced;
  if (wrong !== undefined && (names.has("body") || wrong === "body")) {
    throw new PackageError(
      `has {{${wrong}}} twice, in a table or box, or among other words`,
      "give it one paragraph of its own, outside of tables, boxes and content controls",
    );
  }
  // A document that only lends its looks may have braces of its own.
  if (names.has("body")) for (const name of others) unknown(name);
  return names;
}

/** Returns the properties of the section that has `{{body}}`, or of the last one. */
function sectionOfBody(document: XmlElement): XmlElement | undefined {
  const body = childNamed(document, "w:body")!;
  let isFound = false;
  for (const child of childElements(body)) {
    if (lonePlaceholder(child) === "body") {
      isFound = true;
    }
    const own = childNamed(childNamed(child, "w:pPr"), "w:sectPr");
    if (isFound && own) return own;
  }
  return childNamed(body, "w:sectPr");
}
