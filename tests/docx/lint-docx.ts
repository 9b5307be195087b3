// A structural check of DOCX files: what holds a package together across its
// parts, which a schema does not say and the Open XML SDK's validator misses.

import {
  childrenOf,
  type Element,
  elements,
  named,
  parseXml,
  readParts,
  textOf,
} from "./xml-tree.js";

/** Returns what is wrong with a DOCX file, a sentence a fault; none if it is sound. */
export function lintDocx(bytes: Uint8Array): string[] {
  const faults: string[] = [];
  const parts = readParts(bytes);
  const roots = new Map<string, Element>();
  for (const [path, data] of parts) {
    if (typeof data !== "string") continue;
    try {
      roots.set(path, parseXml(data));
    } catch (error) {
      faults.push(`${path} is not well-formed: ${(error as Error).message.trim()}`);
    }
    if (/[\ufffe\uffff]/.test(data)) faults.push(`${path} holds a noncharacter`);
  }
  if (faults.length > 0) return faults;

  const report = (path: string) => (fault: string) => void faults.push(`${path}: ${fault}`);
  lintContentTypes(parts, roots, report("[Content_Types].xml"));
  const relationships = new Map<string, Relationships>();
  for (const [path, root] of roots) {
    if (path.endsWith(".rels")) {
      relationships.set(path, lintRelationships(path, root, parts, report(path)));
    }
  }

  const styles = lintStyles(roots.get("word/styles.xml")!, report("word/styles.xml"));
  const numbering = roots.get("word/numbering.xml");
  const levels = numbering ? lintNumbering(numbering, report("word/numbering.xml")) : new Map();
  const bookmarks = new Set<string>();
  const bookmarkIds = new Set<string>();
  const stories = [...roots].filter(([path]) =>
    /^word\/(document|footnotes|endnotes|comments|(header|footer)\d+)\.xml$/.test(path),
  );
  for (const [path, root] of stories) {
    lintBookmarks(root, bookmarks, bookmarkIds, report(path));
    lintFields(root, report(path));
    lintFormatting(root, styles, levels, report(path));
    lintContent(root, report(path));
  }
  const pictures = stories.flatMap(([, root]) => named(root, "wp:docPr"));
  lintPictures(pictures, report("word/document.xml"));
  for (const [path, root] of stories) {
    lintTargets(root, bookmarks, report(path));
    lintReferences(path, root, relationships, report(path));
  }
  lintComments(roots, report("word/comments.xml"));
  lintNotes("footnote", roots, report("word/footnotes.xml"));
  lintNotes("endnote", roots, report("word/endnotes.xml"));
  lintSettings(roots.get("word/settings.xml"), report("word/settings.xml"));
  for (const element of elements(roots.get("docProps/core.xml")!)) {
    if (element.name.startsWith("dcterms:") && Number.isNaN(Date.parse(textOf(element)))) {
      faults.push(`docProps/core.xml: ${textOf(element)} is no date`);
    }
  }
  return faults;
}

type Report = (fault: string) => void;
type Roots = ReadonlyMap<string, Element>;
type Relationships = ReadonlyMap<string, { readonly type: string; readonly target: string }>;

const value = (element: Element | undefined): string => element?.attributes["w:val"] ?? "";

/** Every part has a type, every type a part, and the types come first in the zip file. */
function lintContentTypes(parts: ReadonlyMap<string, unknown>, roots: Roots, report: Report): void {
  const types = roots.get("[Content_Types].xml");
  if (!types || parts.keys().next().value !== "[Content_Types].xml") {
    report("is not the first part");
    return;
  }
  const defaults = new Set(childrenOf(types, "Default").map((type) => type.attributes.Extension));
  const overrides = childrenOf(types, "Override").map((type) => type.attributes.PartName!.slice(1));
  for (const path of overrides) if (!parts.has(path)) report(`names ${path}, which is missing`);
  if (new Set(overrides).size < overrides.length) report("names a part twice");
  for (const path of parts.keys()) {
    if (path !== "[Content_Types].xml" && !overrides.includes(path)) {
      const extension = path.split(".").at(-1)!;
      if (!defaults.has(extension)) report(`gives no type to ${path}`);
      // Word gives its custom data no type of its own either.
      else if (extension === "xml" && !/^customXml\/item\d+\.xml$/.test(path))
        report(`gives no type but XML to ${path}`);
    }
  }
}

/** Relationships have ids of their own and lead to parts or addresses. */
function lintRelationships(
  path: string,
  root: Element,
  parts: ReadonlyMap<string, unknown>,
  report: Report,
): Relationships {
  const found = new Map<string, { type: string; target: string }>();
  const folder = path.replace(/_rels\/[^/]+$/, "");
  const source = path.replace(/_rels\/([^/]+)\.rels$/, "$1");
  if (source && !parts.has(source)) report(`belongs to ${source}, which is missing`);
  for (const { attributes } of childrenOf(root, "Relationship")) {
    const { Id = "", Type = "", Target = "", TargetMode } = attributes;
    if (found.has(Id)) report(`has ${Id} twice`);
    found.set(Id, { type: Type.split("/").at(-1)!, target: Target });
    if (TargetMode === "External") {
      if (!URL.canParse(Target)) report(`leads to ${Target}, which is no address`);
      continue;
    }
    const target = new URL(Target, `file:///${folder}`).pathname.slice(1);
    if (!parts.has(target)) report(`leads to ${target}, which is missing`);
  }
  return found;
}

/** Every relationship that a part uses exists and is of the kind that it is used for. */
function lintReferences(
  path: string,
  root: Element,
  relationships: ReadonlyMap<string, Relationships>,
  report: Report,
): void {
  const own = relationships.get(path.replace(/([^/]+)$/, "_rels/$1.rels"));
  const kinds: Readonly<Record<string, string>> = {
    "w:hyperlink": "hyperlink",
    "w:headerReference": "header",
    "w:footerReference": "footer",
    "a:blip": "image",
  };
  for (const { name, attributes } of elements(root)) {
    for (const key of ["r:id", "r:embed", "r:link"]) {
      const id = attributes[key];
      if (id === undefined) continue;
      const relationship = own?.get(id);
      if (!relationship) report(`uses ${id}, which is missing`);
      else if (kinds[name] && kinds[name] !== relationship.type) {
        report(`uses ${id}, ${relationship.type}, in ${name}`);
      }
    }
  }
}

/** Styles have ids and names of their own, and those they name exist and are of the right type. */
function lintStyles(root: Element, report: Report): ReadonlyMap<string, string> {
  const styles = childrenOf(root, "w:style");
  const types = new Map<string, string>();
  const names = new Set<string>();
  const bases = new Map<string, string>();
  for (const style of styles) {
    const id = style.attributes["w:styleId"]!;
    const name = value(childrenOf(style, "w:name")[0]);
    if (types.has(id)) report(`has style ${id} twice`);
    if (names.has(name.toLowerCase())) report(`has a style named ${name} twice`);
    types.set(id, style.attributes["w:type"]!);
    names.add(name.toLowerCase());
    bases.set(id, value(childrenOf(style, "w:basedOn")[0]));
  }
  for (const style of styles) {
    const id = style.attributes["w:styleId"]!;
    for (const tag of ["w:basedOn", "w:next", "w:link"]) {
      const other = value(childrenOf(style, tag)[0]);
      if (!other) continue;
      if (!types.has(other)) report(`${id} names ${other} (${tag}), which is missing`);
      else if ((types.get(other) === types.get(id)) === (tag === "w:link")) {
        report(`${id} names ${other} (${tag}), a ${types.get(other)} style`);
      }
    }
    const seen = new Set<string>();
    for (let at = id; at; at = bases.get(at) ?? "") {
      if (seen.has(at)) {
        report(`${id} is based on itself`);
        break;
      }
      seen.add(at);
    }
  }
  for (const type of ["paragraph", "character", "table", "numbering"]) {
    const defaults = styles.filter(
      ({ attributes }) => attributes["w:type"] === type && attributes["w:default"] === "1",
    );
    if (defaults.length !== 1) report(`has ${defaults.length} default ${type} styles`);
  }
  return types;
}

/** Every list has a definition; returns the levels that each number's definition has. */
function lintNumbering(root: Element, report: Report): ReadonlyMap<string, ReadonlySet<string>> {
  const definitions = new Map<string, ReadonlySet<string>>();
  for (const definition of childrenOf(root, "w:abstractNum")) {
    const id = definition.attributes["w:abstractNumId"]!;
    if (definitions.has(id)) report(`has definition ${id} twice`);
    const levels = childrenOf(definition, "w:lvl").map((level) => level.attributes["w:ilvl"]!);
    definitions.set(id, new Set(levels));
  }
  const numbers = new Map<string, ReadonlySet<string>>();
  for (const number of childrenOf(root, "w:num")) {
    const id = number.attributes["w:numId"]!;
    const definition = value(childrenOf(number, "w:abstractNumId")[0]);
    if (numbers.has(id)) report(`has number ${id} twice`);
    if (!definitions.has(definition))
      report(`${id} has definition ${definition}, which is missing`);
    numbers.set(id, definitions.get(definition) ?? new Set());
  }
  return numbers;
}

/** Styles and lists that paragraphs and runs name exist. */
function lintFormatting(
  root: Element,
  styles: ReadonlyMap<string, string>,
  levels: ReadonlyMap<string, ReadonlySet<string>>,
  report: Report,
): void {
  const kinds: Readonly<Record<string, string>> = {
    "w:pStyle": "paragraph",
    "w:rStyle": "character",
    "w:tblStyle": "table",
  };
  for (const element of elements(root)) {
    const kind = kinds[element.name];
    const id = value(element);
    if (kind && styles.get(id) !== kind) report(`${element.name} ${id} is no ${kind} style`);
    if (element.name === "w:numPr") {
      const number = value(childrenOf(element, "w:numId")[0]);
      const level = value(childrenOf(element, "w:ilvl")[0]);
      if (number !== "0" && !levels.get(number)?.has(level)) {
        report(`list ${number} has no level ${level}`);
      }
    }
  }
}

/** Bookmarks have names that Word allows, ids of their own, and ends. */
function lintBookmarks(root: Element, names: Set<string>, ids: Set<string>, report: Report): void {
  const open = new Set<string>();
  for (const { name, attributes } of elements(root)) {
    const id = attributes["w:id"]!;
    if (name === "w:bookmarkStart") {
      const bookmark = attributes["w:name"]!;
      if (!/^[A-Za-z_]\w{0,39}$/.test(bookmark)) report(`${bookmark} is no name of a bookmark`);
      if (names.has(bookmark)) report(`has bookmark ${bookmark} twice`);
      if (ids.has(id)) report(`has bookmark id ${id} twice`);
      names.add(bookmark);
      ids.add(id);
      open.add(id);
    }
    if (name === "w:bookmarkEnd" && !open.delete(id))
      report(`ends bookmark ${id} before it begins`);
  }
  for (const id of open) report(`never ends bookmark ${id}`);
}

/** Fields begin, show a result and end, one in another, and ask for no update. */
function lintFields(root: Element, report: Report): void {
  const open: ("begin" | "separate")[] = [];
  for (const element of elements(root)) {
    if (/^w:(footnote|endnote)$/.test(element.name) && open.length) report("a note splits a field");
    if (element.attributes["w:dirty"] !== undefined) report("a field asks for an update");
    if (element.name !== "w:fldChar") continue;
    const type = element.attributes["w:fldCharType"];
    if (type === "begin") open.push("begin");
    else if (type === "separate") {
      if (open.at(-1) !== "begin") report("a field's result begins outside a field");
      open[open.length - 1] = "separate";
    } else if (!open.pop()) report("a field ends that never began");
  }
  if (open.length) report("a field never ends");
}

/** What links and field codes aim at exists. */
function lintTargets(root: Element, bookmarks: ReadonlySet<string>, report: Report): void {
  for (const element of elements(root)) {
    const anchor = element.attributes["w:anchor"];
    if (element.name === "w:hyperlink" && anchor !== undefined && !bookmarks.has(anchor)) {
      report(`links to ${anchor}, which is missing`);
    }
    if (element.name !== "w:instrText") continue;
    const target = /\b(?:PAGEREF|NOTEREF|REF)\s+(\w+)/.exec(textOf(element))?.[1];
    if (target !== undefined && !bookmarks.has(target)) {
      report(`a field names ${target}, which is missing`);
    }
  }
}

/** Text stands where text may stand, with its spaces kept; cells end in a paragraph. */
function lintContent(root: Element, report: Report): void {
  const holders = /^(w:(t|instrText|delText|delInstrText)|m:t|a:t|wp:(posOffset|align)|wp14:\w+)$/;
  for (const element of elements(root)) {
    const text = element.children.filter((child) => typeof child === "string").join("");
    if (text.trim() && !holders.test(element.name))
      report(`loose text in ${element.name}: ${text}`);
    if (element.name === "w:t" && text !== text.trim() && !element.attributes["xml:space"]) {
      report(`spaces are lost around "${text}"`);
    }
    if (/[\n\r\t]/.test(text) && holders.test(element.name)) report(`a raw line end in "${text}"`);
    if (element.name === "w:tc" && childrenOf(element).at(-1)?.name !== "w:p") {
      report("a cell does not end with a paragraph");
    }
    if (element.name === "w:hyperlink" && element.parent?.name === "w:hyperlink") {
      report("a link in a link");
    }
    for (const attribute of Object.values(element.attributes)) {
      // Extensions are named by such an identifier (DrawingML, `a:ext`).
      if (/^\{(?!(?:[\dA-F]+-){4}).*\}$/.test(attribute))
        report(`a placeholder is left: ${attribute}`);
    }
  }
}

function lintPictures(pictures: readonly Element[], report: Report): void {
  const ids = new Set<string>();
  for (const picture of pictures) {
    const { attributes } = picture;
    const isDecoration = named(picture, "adec:decorative").length > 0;
    if (ids.has(attributes.id!)) report(`has picture id ${attributes.id} twice`);
    ids.add(attributes.id!);
    if (!attributes.descr && !isDecoration) {
      report(`picture ${attributes.id} has no alternative text`);
    }
  }
}

/** Every comment has its range and its mark in the text, once each. */
function lintComments(roots: Roots, report: Report): void {
  const part = roots.get("word/comments.xml");
  const text = roots.get("word/document.xml")!;
  const idsOf = (root: Element, name: string) =>
    named(root, name).map(({ attributes }) => attributes["w:id"]!);
  const ids = part ? idsOf(part, "w:comment") : [];
  if (new Set(ids).size < ids.length) report("has an id twice");
  const wanted = [...ids].sort().join();
  for (const name of ["commentRangeStart", "commentRangeEnd", "commentReference"]) {
    const found = idsOf(text, `w:${name}`).sort().join();
    if (found !== wanted) report(`has the comments ${wanted}, the text ${name} of ${found}`);
  }
}

/** Every note is marked once, in order, and begins with its mark; the rules are the reserved ones. */
function lintNotes(kind: "footnote" | "endnote", roots: Roots, report: Report): void {
  const part = roots.get(`word/${kind}s.xml`);
  if (!part) return;
  const notes = childrenOf(part, `w:${kind}`);
  const marks = named(roots.get("word/document.xml")!, `w:${kind}Reference`).map(
    ({ attributes }) => attributes["w:id"],
  );
  const ids = notes
    .filter(({ attributes }) => attributes["w:type"] === undefined)
    .map(({ attributes }) => attributes["w:id"]);
  if (ids.join() !== marks.join()) report(`has the notes ${ids.join()}, the text ${marks.join()}`);
  for (const note of notes) {
    const { "w:type": type, "w:id": id } = note.attributes;
    const refs = named(note, `w:${kind}Ref`).length;
    if (type !== undefined) {
      if (refs) report(`the rule ${type} begins with a mark`);
    } else if (refs !== 1 || childrenOf(note)[0]?.name !== "w:p") {
      report(`note ${id} does not begin with its mark`);
    }
    if (named(note, `w:${kind}Reference`).length) report(`note ${id} holds a note`);
  }
  const rules = notes.filter(({ attributes }) => attributes["w:type"] !== undefined);
  if (rules.map(({ attributes }) => attributes["w:id"]).join() !== "-1,0") {
    report("has not the two rules above notes");
  }
}

function lintSettings(root: Element | undefined, report: Report): void {
  if (!root) {
    report("is missing");
    return;
  }
  if (named(root, "w:updateFields").length) report("asks for an update of fields");
  const mode = named(root, "w:compatSetting").find(
    ({ attributes }) => attributes["w:name"] === "compatibilityMode",
  );
  if (value(mode) !== "15") report("is not in compatibility mode 15");
}
