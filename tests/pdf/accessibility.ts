// What stands between a PDF and a reader who does not see it, by the clauses of
// ISO 14289-1 (PDF/UA-1). Clauses that only a person can judge are not here;
// docs/accessibility.md lists both.

import {
  contentsOf,
  type Dictionary,
  glyphsOf,
  Objects,
  operatorsOf,
  textOf,
  type Value,
} from "./structure.js";

/** The standard structure types (ISO 32000-1, 14.8.4), as far as text has them. */
const standardTypes = new Set(
  "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP Warichu WT WP Figure Formula Form".split(
    " ",
  ),
);

/** What may stand in a structure element of a kind, where ISO 32000-1 limits it. */
const contents: Readonly<Record<string, readonly string[]>> = {
  Document: ["Part", "Sect"],
  L: ["L", "LI", "Caption"],
  LI: ["Lbl", "LBody"],
  TOC: ["TOC", "TOCI", "Caption"],
  TOCI: ["Lbl", "Reference", "NonStruct", "P", "TOC"],
  Table: ["Caption", "TR", "THead", "TBody", "TFoot"],
  THead: ["TR"],
  TBody: ["TR"],
  TFoot: ["TR"],
  TR: ["TH", "TD"],
};

/** Where an element must stand. */
const surroundings: Readonly<Record<string, readonly string[]>> = {
  LI: ["L"],
  LBody: ["LI"],
  Lbl: ["LI", "Note", "BibEntry", "TOCI"],
  TOCI: ["TOC"],
  THead: ["Table"],
  TBody: ["Table"],
  TFoot: ["Table"],
  TR: ["Table", "THead", "TBody", "TFoot"],
  TH: ["TR"],
  TD: ["TR"],
};

/** Elements that may have nothing in them: a cell is empty where nothing is known. */
const mayBeEmpty = new Set(["TH", "TD"]);

/** An element of the structure tree. */
export interface Element {
  readonly reference: string;
  /** Its standard type. */
  readonly type: string;
  readonly children: readonly Element[];
  readonly dictionary: Dictionary;
}

/** The structure of a file, and what is wrong with the file, each fault behind its clause. */
export interface Inspection {
  readonly faults: readonly string[];
  readonly root: Element;
  /** Whether it says that it keeps PDF/UA-1 (clause 5). */
  readonly isDeclared: boolean;
}

/**
 * Returns the text of a PDF in the order of its structure, by the fonts' own
 * maps to characters, and by what is said to be read instead (14.9.4).
 */
export function readText(path: string): string {
  const objects = new Objects(path);
  const maps = new Map<string, Map<number, string>>();
  const texts = new Map<string, string>();
  for (const page of objects.pages) {
    const { "/Contents": content, "/Resources": resources } = objects.dictionary(page);
    const { "/Font": fonts } = objects.dictionary(resources);
    let map = new Map<number, string>();
    let mark: string | undefined;
    let isReplaced = false;
    for (const { name, operands } of operatorsOf(objects.stream(content).toString("latin1"))) {
      if (name === "BDC") {
        const at = operands.indexOf("/MCID");
        const actual = operands[operands.indexOf("/ActualText") + 1]!;
        mark = at < 0 ? undefined : `${page} ${operands[at + 1]}`;
        isReplaced = operands.includes("/ActualText");
        if (mark) texts.set(mark, isReplaced ? decodeUtf16(actual.slice(5, -1)) : "");
      } else if (name === "EMC") mark = undefined;
      else if (name === "Tf") {
        const font = String(objects.dictionary(fonts)[operands[0]!]);
        const stream = objects.dictionary(font)["/ToUnicode"];
        map = maps.get(font) ?? unicodeMap(objects.stream(stream).toString("latin1"));
        maps.set(font, map);
      } else if (name === "TJ" && mark && !isReplaced) {
        for (const [, hex] of operands.join(" ").matchAll(/<([^<>]*)>/g)) {
          for (const code of hex!.match(/..../g) ?? []) {
            texts.set(mark, texts.get(mark)! + (map.get(Number.parseInt(code, 16)) ?? ""));
          }
        }
      }
    }
  }
  const read = (reference: Value): string => {
    const element = objects.dictionary(reference);
    return objects
      .array(element["/K"])
      .map((kid) => {
        if (typeof kid === "string") return read(kid);
        if (typeof kid === "number") return texts.get(`${element["/Pg"]} ${kid}`);
        const { "/Pg": page, "/MCID": mark } = objects.dictionary(kid);
        return mark === undefined ? "" : texts.get(`${page} ${mark}`);
      })
      .join("");
  };
  return read(objects.dictionary(objects.catalog["/StructTreeRoot"])["/K"]!);
}

/** Inspects a PDF on disk. Throws where it cannot be taken apart. */
export function inspect(path: string): Inspection {
  const faults: string[] = [];
  const objects = new Objects(path);
  const { catalog } = objects;
  const check = (clause: string, holds: unknown, fault: string) => {
    if (!holds) faults.push(`${clause}: ${fault}`);
  };

  checkDocument(objects, check);
  const { root, elements, marks, annotations } = readStructure(objects, check);
  checkStructure(objects, root, elements, check);
  checkPages(objects, marks, annotations, check);
  checkFonts(objects, check);
  const outlines = objects.resolve(catalog["/Outlines"]);
  const hasHeadings = [...walk(root)].some(({ type }) => /^H\d$/.test(type));
  check("7.17", outlines || !hasHeadings, "headings without bookmarks");
  const xmp = objects.stream(catalog["/Metadata"]).toString("utf8");
  const isDeclared = /<pdfuaid:part>1<\/pdfuaid:part>/.test(xmp);
  return { faults, root, isDeclared };
}

type Check = (clause: string, holds: unknown, fault: string) => void;

/** Returns an element and all below it, in reading order. */
export function* walk(element: Element): Generator<Element> {
  yield element;
  for (const child of element.children) yield* walk(child);
}

/** Metadata and what the file may not hold. */
function checkDocument(objects: Objects, check: Check): void {
  const { catalog, trailer } = objects;
  const markInfo = objects.dictionary(catalog["/MarkInfo"]);
  check("7.1", markInfo["/Marked"] === true, "the file is not marked as tagged");
  check("7.1", markInfo["/Suspects"] !== true, "the file is marked as suspect");
  const xmp = objects.stream(catalog["/Metadata"]).toString("utf8");
  const title = textOf(objects.resolve(objects.dictionary(trailer["/Info"])["/Title"]));
  const named = /<dc:title><rdf:Alt><rdf:li xml:lang="x-default">([^<]+)</.exec(xmp)?.[1];
  check("7.1", named, "the metadata have no title");
  check("7.1", unescapeXml(named ?? "") === title, "the titles of the file are not the same");
  const preferences = objects.dictionary(catalog["/ViewerPreferences"]);
  check("7.1", preferences["/DisplayDocTitle"] === true, "the title is not shown");
  check("7.2", isLanguage(catalog["/Lang"]), "the file has no language");
  check("7.10", !catalog["/OCProperties"], "there is optional content");
  const names = objects.dictionary(catalog["/Names"]);
  check("7.11", !names["/EmbeddedFiles"], "there are embedded files");
  check("7.12", !catalog["/Threads"], "there are article threads");
  check("7.15", !catalog["/AcroForm"], "there is a form");
  check("7.16", !trailer["/Encrypt"], "the file is encrypted");
  check("7.17", objects.resolve(catalog["/PageLabels"]), "pages have no labels");
  check("7.19", !names["/JavaScript"] && !catalog["/OpenAction"], "there are scripts");
  for (const [reference, value] of objects.all()) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) continue;
    const { "/S": action, "/Subtype": subtype, "/Ref": outside } = value as Dictionary;
    check("7.19", action !== "/JavaScript", `${reference} is a script`);
    check("7.20", subtype !== "/Form" || !outside, `${reference} stands for another file`);
  }
  for (const { name, kind, operators } of contentsOf(objects)) {
    if (kind === "page") continue;
    // What is drawn several times would be in the structure several times.
    const marks = operators.some(({ operands }) => operands.includes("/MCID"));
    check("7.20", !marks, `the ${kind} ${name} has content of the structure`);
  }
}

/** Whether a text is a language tag by its form (RFC 5646, 2.1). */
function isLanguage(value: Value | undefined): boolean {
  try {
    return new Intl.Locale(textOf(value)).language !== "und";
  } catch {
    return false;
  }
}

interface Structure {
  readonly root: Element;
  readonly elements: ReadonlyMap<string, Element>;
  /** By page and number, `3 0 R 7`: the element that has the marked content. */
  readonly marks: ReadonlyMap<string, string>;
  /** By the annotation: the element that refers to it, and the page that it says. */
  readonly annotations: ReadonlyMap<string, { readonly element: Element; readonly page: Value }>;
}

/** Reads the tree from its root down, and that it leads up again. */
function readStructure(objects: Objects, check: Check): Structure {
  const tree = objects.dictionary(objects.catalog["/StructTreeRoot"]);
  const roles = tree["/RoleMap"] ? objects.dictionary(tree["/RoleMap"]) : {};
  for (const [type, role] of Object.entries(roles)) {
    check("7.1", !standardTypes.has(type.slice(1)), `${type} has another role`);
    check("7.1", standardTypes.has(String(role).slice(1)), `${type} has the role ${role}`);
  }
  const elements = new Map<string, Element>();
  const marks = new Map<string, string>();
  const annotations = new Map<string, { element: Element; page: Value }>();
  const read = (reference: string, parent: Value): Element => {
    const dictionary = objects.dictionary(reference);
    const own = String(dictionary["/S"]);
    const type = String(roles[own] ?? own).slice(1);
    check("7.1", standardTypes.has(type), `${type} is no standard type`);
    check("7.1", dictionary["/P"] === parent, `${own} ${reference} is not below its parent`);
    check("7.1", !elements.has(reference), `${own} ${reference} is twice in the tree`);
    const children: Element[] = [];
    const element: Element = { reference, type, children, dictionary };
    elements.set(reference, element);
    const kids = objects.array(dictionary["/K"]);
    check("7.1", kids.length || mayBeEmpty.has(type), `${own} ${reference} is empty`);
    for (const kid of kids) {
      if (typeof kid === "string") {
        children.push(read(kid, reference));
        continue;
      }
      const {
        "/Type": kind,
        "/Pg": page,
        "/MCID": mark,
        "/Obj": annotation,
      } = typeof kid === "number"
        ? ({ "/Type": "/MCR", "/Pg": dictionary["/Pg"]!, "/MCID": kid } as Dictionary)
        : objects.dictionary(kid);
      if (kind === "/OBJR") {
        annotations.set(String(annotation), { element, page: page! });
        continue;
      }
      const place = `${page} ${mark}`;
      check("7.1", !marks.has(place), `${place} is twice in the tree`);
      marks.set(place, reference);
    }
    return element;
  };
  const [first, ...others] = objects.array(tree["/K"]);
  check("7.1", others.length === 0, "there is more than one root");
  const root = read(String(first), objects.catalog["/StructTreeRoot"]!);
  check("7.1", root.type === "Document", "the root is no document");
  const all = objects.all().filter(([, value]) => {
    return (value as Dictionary | null)?.["/Type"] === "/StructElem";
  });
  check("7.1", all.length === elements.size, "elements are not in the tree");
  return { root, elements, marks, annotations };
}

function checkStructure(
  objects: Objects,
  root: Element,
  elements: ReadonlyMap<string, Element>,
  check: Check,
): void {
  let level = 0;
  const ids = new Map<string, string>();
  for (const element of walk(root)) {
    const { type, children, dictionary, reference } = element;
    for (const child of children) {
      const allowed = contents[type];
      check("7.1", !allowed || allowed.includes(child.type), `${child.type} stands in ${type}`);
      const around = surroundings[child.type];
      check("7.1", !around || around.includes(type), `${child.type} stands in ${type}`);
    }
    const heading = /^H(\d?)$/.exec(type)?.[1];
    if (heading !== undefined) {
      check("7.4.2", Number(heading) <= level + 1, `H${heading} follows H${level}`);
      level = Number(heading);
    }
    const lang = dictionary["/Lang"];
    check("7.2", lang === undefined || isLanguage(lang), `${textOf(lang)} is no language`);
    if (type === "Figure" || type === "Formula") {
      const clause = type === "Figure" ? "7.3" : "7.7";
      check(clause, textOf(dictionary["/Alt"]).trim(), `a ${type} has no other text`);
      const box = attribute(objects, dictionary, "/Layout", "/BBox");
      check(clause, objects.array(box).length === 4, `a ${type} does not say where it is`);
    }
    if (type === "Table") checkTable(objects, element, check);
    const captions = children.filter((child) => child.type === "Caption");
    const isAtEnd = captions.length === 0 || [0, -1].some((at) => children.at(at) === captions[0]);
    check("7.5", type !== "Table" || (captions.length < 2 && isAtEnd), "a caption is out of place");
    if (type === "L" && children.some((item) => item.children.some(({ type: t }) => t === "Lbl"))) {
      const numbering = attribute(objects, dictionary, "/List", "/ListNumbering");
      check("7.6", numbering, "a list with labels does not say how it is numbered");
    }
    if (type === "Note") {
      const id = textOf(dictionary["/ID"]);
      check("7.9", id && !ids.has(id), `the ID of a note is ${id}`);
      ids.set(id, reference);
    }
    if (type === "Link") {
      const links = objects.array(dictionary["/K"]).filter((kid) => {
        return typeof kid === "object" && objects.dictionary(kid)["/Type"] === "/OBJR";
      });
      check("7.18.5", links.length, "a link leads nowhere");
    }
  }
  const tree = objects.dictionary(objects.catalog["/StructTreeRoot"])["/IDTree"];
  const known = tree ? objects.tree(tree, "/Names") : new Map<Value, Value>();
  const named = [...known].map(([id, reference]) => [textOf(id), reference]);
  check("7.9", JSON.stringify(named.sort()) === JSON.stringify([...ids].sort()), "IDs are lost");
  check(
    "7.9",
    [...known.values()].every((id) => elements.has(String(id))),
    "an ID leads nowhere",
  );
}

/** Returns an attribute of an element, by its owner and name. */
function attribute(
  objects: Objects,
  { "/A": value }: Dictionary,
  owner: string,
  name: string,
): Value | undefined {
  for (const item of objects.array(value)) {
    const attributes = objects.dictionary(item);
    if (attributes["/O"] === owner && attributes[name] !== undefined) return attributes[name];
  }
  return undefined;
}

/** The cells of a table fill a rectangle, none twice, and header cells say what they head. */
function checkTable(objects: Objects, table: Element, check: Check): void {
  const rows = table.children.flatMap((child) =>
    child.type === "TR" ? child : child.children.filter(({ type }) => type === "TR"),
  );
  const grid = rows.map((): boolean[] => []);
  for (const [row, { children }] of rows.entries()) {
    let column = 0;
    for (const { type, dictionary, reference } of children) {
      const of = (name: string) => attribute(objects, dictionary, "/Table", name);
      const scope = String(of("/Scope"));
      const isHeader = type === "TH";
      const isScope = ["/Column", "/Row", "/Both"].includes(scope);
      check("7.5", !isHeader || isScope, `the header ${reference} heads nothing`);
      while (grid[row]![column]) column++;
      const [width, height] = [Number(of("/ColSpan") ?? 1), Number(of("/RowSpan") ?? 1)];
      check("7.5", row + height <= rows.length, `the cell ${reference} ends below its table`);
      for (let down = row; down < Math.min(row + height, rows.length); down++) {
        for (let across = column; across < column + width; across++) {
          check("7.5", !grid[down]![across], `the cell ${reference} stands on another`);
          grid[down]![across] = true;
        }
      }
    }
  }
  const widths = new Set(grid.map((cells) => Array.from(cells, Boolean).filter(Boolean).length));
  const isFull = grid.every((cells) => Array.from(cells).every(Boolean));
  check("7.5", rows.length, `the table ${table.reference} has no rows`);
  check("7.5", widths.size <= 1 && isFull, `the rows of ${table.reference} are not equally long`);
}

const painting = new Set("Tj TJ ' \" S s f F f* B B* b b* sh Do BI".split(" "));

/** Every page's marked content and annotations, and the ways up into the tree. */
function checkPages(
  objects: Objects,
  marks: Structure["marks"],
  annotations: Structure["annotations"],
  check: Check,
): void {
  const tree = objects.dictionary(objects.catalog["/StructTreeRoot"]);
  const parents = objects.tree(tree["/ParentTree"], "/Nums");
  check("7.1", tree["/ParentTreeNextKey"] === parents.size, "the next key is wrong");
  let seen = 0;
  let linked = 0;
  for (const page of objects.pages) {
    const {
      "/StructParents": key,
      "/Contents": content,
      "/Annots": annots,
      "/Tabs": tabs,
    } = objects.dictionary(page);
    const owners = objects.array(parents.get(key!));
    const own = checkContent(objects.stream(content).toString("latin1"), page, check);
    seen += own.length;
    const inOrder = own.every((mark, index) => mark === index) && own.length === owners.length;
    check("7.1", inOrder, `${page} has the marks ${own}, and ${owners.length} parents`);
    for (const mark of own) {
      const element = marks.get(`${page} ${mark}`);
      check("7.1", element && owners[mark] === element, `${page} ${mark} has a wrong parent`);
    }
    check("7.18.3", tabs === "/S", `${page} has another order of tabs`);
    for (const annotation of objects.array(annots)) {
      linked++;
      const {
        "/Subtype": kind,
        "/StructParent": parent,
        "/Contents": text,
        "/F": flags,
      } = objects.dictionary(annotation);
      const found = annotations.get(String(annotation));
      // Drafts have notes in the margin.
      const types: Readonly<Record<string, string>> = { "/Link": "Link", "/Text": "Annot" };
      const type = types[String(kind)];
      check("7.18.1", type !== undefined, `${annotation} is a ${kind}`);
      check("7.18.1", found?.page === page, `${annotation} is not in the structure of ${page}`);
      check("7.18.5", found?.element.type === type, `${annotation} is in no ${type}`);
      check("7.18.5", textOf(text).trim(), `${annotation} does not say where it leads`);
      check("7.18.1", (Number(flags) & 39) === 4, `${annotation} is hidden or not printed`);
      const owner = found?.element.reference;
      check("7.18.1", parents.get(parent!) === owner, `${annotation} has a wrong parent`);
    }
  }
  check("7.1", seen === marks.size, "the tree has marks that are on no page");
  check("7.18.1", linked === annotations.size, "the tree has annotations that are on no page");
}

/** Returns the numbers of a page's marked content, having checked that nothing is drawn outside. */
function checkContent(content: string, page: string, check: Check): number[] {
  const found: number[] = [];
  const open: ("artifact" | "content" | "other" | "text")[] = [];
  for (const { name, operands } of operatorsOf(content)) {
    const isIn = (kind: string) => open.includes(kind as "text");
    if (name === "BT") open.push("text");
    else if (name === "ET") check("7.1", open.pop() === "text", `${page}: ET out of place`);
    else if (name === "BMC" || name === "BDC") {
      const mark = operands.indexOf("/MCID");
      const isArtifact = operands[0] === "/Artifact";
      const isTagged = isIn("content") || isIn("artifact");
      if (mark >= 0) found.push(Number(operands[mark + 1]));
      if (isArtifact || mark >= 0) check("7.1", !isTagged, `${page}: ${operands} is nested`);
      open.push(isArtifact ? "artifact" : mark >= 0 ? "content" : "other");
      if (isArtifact && operands.includes("/Pagination")) {
        // The head of a table that is repeated has no name of its own.
        const at = operands.indexOf("/Subtype");
        const isNamed = at < 0 || /^\/(?:Header|Footer)$/.test(operands[at + 1]!);
        check("7.8", isNamed, `${page}: a head or foot is not called so`);
      }
    } else if (name === "EMC") {
      const closed = open.pop();
      check("7.1", closed && closed !== "text", `${page}: EMC out of place`);
    } else if (painting.has(name)) {
      const isTagged = isIn("content") || isIn("artifact");
      check("7.1", isTagged, `${page}: ${name} draws outside the structure`);
    }
  }
  check("7.1", open.length === 0, `${page}: ${open} stays open`);
  return found;
}

function checkFonts(objects: Objects, check: Check): void {
  const used = new Map<string, Set<number>>();
  for (const { resources, operators } of contentsOf(objects)) {
    const fonts = resources["/Font"];
    let codes = new Set<number>();
    for (const operator of operators) {
      if (operator.name === "Tf") {
        const font = String(objects.dictionary(fonts)[operator.operands[0]!]);
        codes = used.get(font) ?? new Set();
        used.set(font, codes);
      } else for (const code of glyphsOf(operator)) codes.add(code);
    }
  }
  for (const [reference, codes] of used) {
    const font = objects.dictionary(reference);
    const name = String(font["/BaseFont"]);
    const [first] = objects.array(font["/DescendantFonts"]);
    const descendant = objects.dictionary(first);
    check("7.21.3.1", font["/Encoding"] === "/Identity-H", `${name} has another encoding`);
    const system = objects.dictionary(descendant["/CIDSystemInfo"]);
    const names = [system["/Registry"], system["/Ordering"]].map(textOf);
    check("7.21.3.1", names.join("-") === "Adobe-Identity", `${name} numbers glyphs as ${names}`);
    const descriptor = objects.dictionary(descendant["/FontDescriptor"]);
    const isCompact = descendant["/Subtype"] === "/CIDFontType0";
    const map = descendant["/CIDToGIDMap"];
    check("7.21.3.2", isCompact || map === "/Identity", `${name} has the map ${map}`);
    const file = descriptor[isCompact ? "/FontFile3" : "/FontFile2"];
    check("7.21.4.1", file, `${name} is not embedded`);
    check("7.21.4.2", !descriptor["/CIDSet"], `${name} has a set of glyphs that is not checked`);
    const advances = isCompact ? undefined : advanceWidths(objects.stream(file));
    const widths = declaredWidths(objects, descendant["/W"]);
    const unicode = unicodeMap(objects.stream(font["/ToUnicode"]).toString("latin1"));
    check("7.21.8", !codes.has(0), `${name}: a .notdef is drawn`);
    const isNone = [...unicode.values()].some((text) => /[\0\ufeff\ufffe]/.test(text));
    check("7.21.7", !isNone, `${name} has a glyph for no character`);
    for (const code of codes) {
      const declared = widths.get(code);
      const real = advances ? advances(code) : declared;
      const agree = declared !== undefined && Math.abs(declared - (real ?? -1)) <= 1;
      check("7.21.5", agree, `${name}: glyph ${code} is ${declared} wide, not ${real}`);
      const text = unicode.get(code);
      check(
        "7.21.7",
        text && !/[\0\ufeff\ufffe]/.test(text),
        `${name}: glyph ${code} is no letter`,
      );
    }
  }
}

/** Returns the widths that a font of TrueType gives the glyphs it has, in thousandths of an em. */
function advanceWidths(file: Buffer): (glyph: number) => number | undefined {
  const tables = new Map<string, number>();
  for (let index = 0; index < file.readUInt16BE(4); index++) {
    const at = 12 + 16 * index;
    tables.set(file.toString("latin1", at, at + 4), file.readUInt32BE(at + 8));
  }
  const unitsPerEm = file.readUInt16BE(tables.get("head")! + 18);
  const count = file.readUInt16BE(tables.get("hhea")! + 34);
  const glyphs = file.readUInt16BE(tables.get("maxp")! + 4);
  const metrics = tables.get("hmtx")!;
  return (glyph) =>
    glyph < glyphs
      ? (file.readUInt16BE(metrics + 4 * Math.min(glyph, count - 1)) * 1000) / unitsPerEm
      : undefined;
}

/** Reads the widths of a font's glyphs (ISO 32000-1, 9.7.4.3). */
function declaredWidths(objects: Objects, value: Value | undefined): Map<number, number> {
  const widths = new Map<number, number>();
  const list = objects.array(value);
  for (let index = 0; index < list.length; ) {
    const [first, next, width] = list.slice(index, index + 3);
    if (typeof next === "number") {
      for (let code = Number(first); code <= next; code++) widths.set(code, Number(width));
      index += 3;
    } else {
      for (const [at, own] of objects.array(next).entries()) {
        widths.set(Number(first) + at, Number(own));
      }
      index += 2;
    }
  }
  return widths;
}

/** Reads the characters that the codes of a font stand for (9.10.3). */
export function unicodeMap(cmap: string): Map<number, string> {
  const map = new Map<number, string>();
  for (const [, body] of cmap.matchAll(/beginbfrange([\s\S]*?)endbfrange/g)) {
    for (const [, first, , list] of body!.matchAll(/<(\w+)> <(\w+)> \[([^\]]*)\]/g)) {
      for (const [at, [, hex]] of [...list!.matchAll(/<(\w*)>/g)].entries()) {
        map.set(Number.parseInt(first!, 16) + at, decodeUtf16(hex!));
      }
    }
  }
  return map;
}

function decodeUtf16(hexadecimal: string): string {
  return Buffer.from(hexadecimal, "hex").swap16().toString("utf16le");
}

function unescapeXml(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}
