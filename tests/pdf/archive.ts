// What keeps a PDF from being read for as long as it is kept, by the clauses of ISO
// 19005-2 (PDF/A-2, level A), as far as a program finds it. What an archive asks of
// structure and fonts is that of ISO 14289-1, which accessibility.ts checks.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { elements, parseXml, type Element as XmlElement } from "../docx/xml-tree.js";
import { unicodeMap } from "./accessibility.js";
import {
  type Content,
  contentsOf,
  type Dictionary,
  glyphsOf,
  Objects,
  textOf,
  type Value,
} from "./structure.js";
import { unpack } from "./unpack.js";

/** Returns what is wrong with a file on disk, each fault behind its clause. */
export function inspectArchive(path: string): string[] {
  const faults: string[] = [];
  const check: Check = (clause, holds, fault) => {
    if (!holds) faults.push(`${clause}: ${fault}`);
  };
  checkBytes(path, check);
  const objects = new Objects(path);
  const contents = contentsOf(objects);
  checkCatalog(objects, check);
  checkIntent(objects, check);
  for (const [reference, value] of objects.all()) checkObject(objects, reference, value, check);
  for (const content of contents) checkContent(objects, content, check);
  checkAnnotations(objects, check);
  checkMetadata(objects, check);
  return faults;
}

type Check = (clause: string, holds: unknown, fault: string) => void;

const filters = new Set(
  "FlateDecode DCTDecode RunLengthDecode ASCIIHexDecode ASCII85Decode CCITTFaxDecode JBIG2Decode JPXDecode".split(
    " ",
  ),
);

/** The file as bytes: its head, its end, and what streams say of themselves. */
function checkBytes(path: string, check: Check): void {
  const bytes = readFileSync(path);
  const [first, second] = bytes.toString("latin1", 0, 64).split("\n");
  check("6.1.2", /^%PDF-1\.[0-7]$/.test(first!), `the file begins with ${first}`);
  check("6.1.2", /^%[\x80-\xff]{4}/.test(second!), "the file does not say that it is no text");
  check("6.1.3", /%%EOF[\r\n]*$/.test(bytes.toString("latin1")), "something follows the end");
  for (const [digits] of unpack(bytes).matchAll(/(?<=[/\s[(>]\w*)<[0-9a-fA-F\s]*>(?!>)/g)) {
    const isWhole = digits.replace(/\s/g, "").length % 2 === 0;
    check("6.1.6", isWhole, `the string ${digits.slice(0, 20)} ends within a byte`);
  }
  try {
    execFileSync("qpdf", ["--check", path], { stdio: "pipe" });
  } catch (error) {
    check("6.1.7.1", false, String(error));
  }
  const json = execFileSync("qpdf", ["--json=2", "--json-stream-data=none", path], {
    encoding: "utf8",
    maxBuffer: 2 ** 30,
  });
  const own: Readonly<Record<string, { stream?: { dict: Dictionary } }>> = JSON.parse(json).qpdf[1];
  for (const [reference, { stream }] of Object.entries(own)) {
    if (!stream) continue;
    const { "/Filter": filter, "/Type": type } = stream.dict;
    for (const name of [filter ?? []].flat()) {
      check("6.1.7.2", filters.has(String(name).slice(1)), `${reference} is packed by ${name}`);
    }
    check("6.6.2.1", type !== "/Metadata" || !filter, "the metadata are packed");
    for (const key of ["/F", "/FFilter", "/FDecodeParms"]) {
      check("6.1.7.1", !(key in stream.dict), `${reference} is outside the file`);
    }
  }
}

function checkCatalog(objects: Objects, check: Check): void {
  const { catalog, trailer } = objects;
  const ids = objects.array(trailer["/ID"]).map((id) => textOf(id));
  check("6.1.3", ids.length === 2 && ids.every(Boolean), "the file has no identifier");
  check("6.1.3", !trailer["/Encrypt"], "the file is encrypted");
  check("6.1.12", !catalog["/Perms"], "the file has permissions");
  check("6.4.1", !catalog["/AcroForm"] && !catalog["/NeedsRendering"], "there is a form");
  check("6.5.2", !catalog["/AA"] && !catalog["/OpenAction"], "something happens by itself");
  check("6.7.2.2", objects.dictionary(catalog["/MarkInfo"])["/Marked"] === true, "no structure");
  check("6.7.4", textOf(catalog["/Lang"]), "the file has no language");
  const names = catalog["/Names"] ? objects.dictionary(catalog["/Names"]) : {};
  check("6.5.1", !names["/JavaScript"], "there are scripts");
  check("6.8", !names["/EmbeddedFiles"] && !catalog["/AF"], "there are embedded files");
  check("6.9", !catalog["/OCProperties"], "there is optional content");
  check("6.10", !names["/AlternatePresentations"], "there are other presentations");
  check("6.11", !catalog["/Requirements"], "the file asks something of its reader");
}

/** The one profile that says what the colors of the file are. */
function checkIntent(objects: Objects, check: Check): void {
  const intents = objects.array(objects.catalog["/OutputIntents"]).map((intent) => {
    return objects.dictionary(intent);
  });
  const [intent] = intents;
  check("6.2.3", intents.length === 1, `there are ${intents.length} output intents`);
  if (!intent) return;
  check("6.2.3", intent["/S"] === "/GTS_PDFA1", "the output intent is of another kind");
  check("6.2.3", textOf(intent["/OutputConditionIdentifier"]), "the output intent has no name");
  const reference = intent["/DestOutputProfile"];
  const profile = objects.stream(reference);
  check("6.2.3", profile.readUInt32BE(0) === profile.length, "the profile is cut off");
  check("6.2.3", profile.toString("latin1", 36, 40) === "acsp", "the profile is none");
  check("6.2.3", profile[8]! < 5, `the profile is of version ${profile[8]}`);
  const kind = profile.toString("latin1", 12, 16);
  check("6.2.3", kind === "mntr" || kind === "prtr", `the profile is of the class ${kind}`);
  const components = objects.dictionary(reference)["/N"];
  const space = profile.toString("latin1", 16, 20);
  check("6.2.3", space === "RGB " && components === 3, `the profile is of ${components} ${space}`);
  for (let at = 128 + 4; at < 132 + 12 * profile.readUInt32BE(128); at += 12) {
    const end = profile.readUInt32BE(at + 4) + profile.readUInt32BE(at + 8);
    check("6.2.3", end <= profile.length, "a tag of the profile is outside of it");
  }
}

const blendModes = new Set(
  "Normal Compatible Multiply Screen Overlay Darken Lighten ColorDodge ColorBurn HardLight SoftLight Difference Exclusion Hue Saturation Color Luminosity".split(
    " ",
  ),
);
const intents = new Set([
  "/RelativeColorimetric",
  "/AbsoluteColorimetric",
  "/Perceptual",
  "/Saturation",
]);

/** Any object, with all that stands in it. */
function checkObject(objects: Objects, reference: string, value: Value, check: Check): void {
  if (typeof value === "string") {
    const isName = value.startsWith("/");
    const size = isName ? 127 : 32_767;
    const bytes = value.startsWith("b:") ? value.length / 2 : Buffer.byteLength(value);
    check("6.1.13", bytes <= size + 2, `${reference} has a string of ${bytes} bytes`);
    // Beyond ASCII texts have two bytes a letter.
    const isWide = value.startsWith("u:") && /[^\0-\x7f]/.test(value);
    check("6.1.13", !isWide || 2 * value.length <= size, `${reference} has a long string`);
    check("6.2.4.3", value !== "/DeviceCMYK", `${reference} has colors of ink`);
    check(
      "6.2.4.4",
      value !== "/Separation" && value !== "/DeviceN",
      `${reference} has spot colors`,
    );
    return;
  }
  if (typeof value === "number") {
    const isHeld = Math.abs(value) <= (Number.isInteger(value) ? 2_147_483_647 : 3.403e38);
    check("6.1.13", isHeld, `${reference} has the number ${value}`);
  }
  if (typeof value !== "object" || value === null) return;
  if (Array.isArray(value)) {
    for (const item of value) checkObject(objects, reference, item, check);
    return;
  }
  const dictionary = value as Dictionary;
  for (const item of Object.values(dictionary)) checkObject(objects, reference, item, check);
  const { "/Type": type, "/Subtype": subtype, "/S": kind } = dictionary;
  if (type === "/ExtGState") {
    const { "/TR": transfer, "/TR2": other, "/BM": blend, "/RI": intent } = dictionary;
    check(
      "6.2.5",
      !transfer && (other ?? "/Default") === "/Default",
      `${reference} changes colors`,
    );
    check("6.2.5", !dictionary["/HTP"] && !dictionary["/HT"], `${reference} has halftones`);
    check("6.2.6", !intent || intents.has(String(intent)), `${reference} has the intent ${intent}`);
    for (const mode of blend === undefined ? [] : objects.array(blend)) {
      const isKnown = blendModes.has(String(mode).slice(1));
      check("6.2.10", isKnown, `${reference} blends colors by ${mode}`);
    }
  }
  if (subtype === "/Image" && type !== "/Annot") {
    const { "/Interpolate": smooth, "/Intent": intent } = dictionary;
    check("6.2.8", smooth !== true, `the image ${reference} is made smooth`);
    check("6.2.8", !dictionary["/Alternates"] && !dictionary["/OPI"], `${reference} has others`);
    check("6.2.6", !intent || intents.has(String(intent)), `${reference} has the intent ${intent}`);
  }
  check(
    "6.2.9",
    subtype !== "/PS" && dictionary["/Subtype2"] !== "/PS",
    `${reference} is a program`,
  );
  if (subtype === "/Form") {
    const isOwn = !dictionary["/Ref"] && !dictionary["/OPI"] && !dictionary["/PS"];
    check("6.2.9", isOwn, `the form ${reference} stands for another`);
  }
  const isAction = type === "/Action" || "/URI" in dictionary;
  const isPlain = kind === "/GoTo" || kind === "/URI";
  check("6.5.1", !isAction || isPlain, `${reference} is the action ${kind}`);
  if (type === "/Page") {
    check("6.5.2", !dictionary["/AA"], `something happens on ${reference}`);
    check("6.10", !dictionary["/PresSteps"], `${reference} is presented in steps`);
    const box = objects.array(dictionary["/MediaBox"]).map(Number);
    for (const side of [box[2]! - box[0]!, box[3]! - box[1]!]) {
      check("6.1.13", side >= 3 && side <= 14_400, `${reference} has a side of ${side}`);
    }
  }
}

/** The operators of ISO 32000-1, annex A. */
const operators = new Set(
  "b B b* B* BDC BI BMC BT BX c cm CS cs d d0 d1 Do DP EI EMC ET EX f F f* G g gs h i ID j J K k l m M MP n q Q re RG rg ri s S SC sc SCN scn sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W W* y ' \"".split(
    " ",
  ),
);
const DEEPEST = 28;

/** What stands for resources in operators, and where it must be declared. */
const resourceKinds: Readonly<Record<string, string>> = {
  Tf: "/Font",
  Do: "/XObject",
  gs: "/ExtGState",
  sh: "/Shading",
};

function checkContent(objects: Objects, content: Content, check: Check): void {
  const { name, resources } = content;
  let depth = 0;
  let unicode = new Map<number, string>();
  let isReplaced = false;
  for (const operator of content.operators) {
    const { name: sign, operands } = operator;
    check("6.2.2", operators.has(sign), `${name} has the operator ${sign}`);
    check("6.2.4.3", sign !== "k" && sign !== "K", `${name} is drawn in ink`);
    if (sign === "q") check("6.1.13", ++depth <= DEEPEST, `${name} saves ${depth} states`);
    if (sign === "Q") depth--;
    const kind = resourceKinds[sign];
    if (kind) {
      const declared = resources[kind] === undefined ? {} : objects.dictionary(resources[kind]);
      const known = operands.find((operand) => operand.startsWith("/"))!;
      check("6.2.2", known in declared, `${name} does not say what ${known} is`);
      if (sign === "Tf" && known in declared) {
        const stream = objects.dictionary(declared[known])["/ToUnicode"];
        unicode = unicodeMap(objects.stream(stream).toString("latin1"));
      }
    }
    if (sign === "BDC")
      isReplaced = operands.includes("/ActualText") || operands[0] === "/Artifact";
    if (sign === "EMC") isReplaced = false;
    for (const code of isReplaced || operands.length === 0 ? [] : glyphsOf(operator)) {
      const isPrivate = /\p{Co}/u.test(unicode.get(code) ?? "");
      check("6.2.11.7.3", !isPrivate, `${name}: nobody knows what the glyph ${code} means`);
    }
  }
  check("6.1.13", depth === 0, `${name} does not restore what it saved`);
}

function checkAnnotations(objects: Objects, check: Check): void {
  for (const page of objects.pages) {
    for (const annotation of objects.array(objects.dictionary(page)["/Annots"])) {
      const { "/Subtype": kind, "/F": flags, "/AP": look } = objects.dictionary(annotation);
      check("6.3.1", kind === "/Link", `${annotation} is a ${kind}`);
      // Printed; not invisible, hidden, without view or seen at times.
      check("6.3.2", (Number(flags) & 0b100100111) === 0b100, `${annotation} is hidden`);
      check("6.3.3", kind === "/Link" || look, `${annotation} has no look of its own`);
      check("6.5.2", !objects.dictionary(annotation)["/AA"], `something happens in ${annotation}`);
    }
  }
}

/** The namespaces whose terms need no description (6.6.2.3.1). */
const predefined: Readonly<Record<string, readonly string[]>> = {
  "http://purl.org/dc/elements/1.1/": ["title", "creator", "description", "subject", "language"],
  "http://ns.adobe.com/xap/1.0/": ["CreateDate", "CreatorTool", "ModifyDate"],
  "http://ns.adobe.com/pdf/1.3/": ["Producer", "Keywords"],
  "http://www.aiim.org/pdfa/ns/id/": ["part", "conformance"],
  "http://www.aiim.org/pdfa/ns/extension/": ["schemas"],
};

function checkMetadata(objects: Objects, check: Check): void {
  const { catalog, trailer } = objects;
  const text = objects.stream(catalog["/Metadata"]).toString("utf8");
  const packet = /^<\?xpacket begin="\ufeff?" id="W5M0MpCehiHzreSzNTczkc9d"\?>/.test(text);
  check("6.6.2.1", packet, "the metadata do not begin as a packet");
  const root = parseXml(text.replace(/<\?xpacket.*?\?>/g, "").trim());
  const found = new Map<string, XmlElement>();
  const described = new Map<string, string[]>();
  for (const { name, attributes, children } of elements(root)) {
    if (name !== "rdf:Description") continue;
    check("6.6.2.2", attributes["rdf:about"] === "", "the metadata are of something else");
    for (const property of children) {
      if (typeof property === "string") continue;
      const [prefix, local] = property.name.split(":") as [string, string];
      found.set(`${attributes[`xmlns:${prefix}`]} ${local}`, property);
    }
  }
  const schemas = found.get("http://www.aiim.org/pdfa/ns/extension/ schemas");
  for (const schema of schemas ? itemsOf(schemas) : []) {
    const of = (name: string) => [...elements(schema)].filter((inner) => inner.name === name);
    const names = of("pdfaProperty:name").map(contentOf);
    for (const name of ["pdfaSchema:schema", "pdfaSchema:prefix", "pdfaProperty:description"]) {
      check("6.6.2.3.3", of(name).length, `a description of metadata has no ${name}`);
    }
    for (const name of of("pdfaProperty:valueType")) {
      check("6.6.2.3.3", contentOf(name) === "Integer", `${contentOf(name)} is no known type`);
    }
    described.set(of("pdfaSchema:namespaceURI").map(contentOf).join(), names);
  }
  for (const key of found.keys()) {
    const [namespace, name] = key.split(" ") as [string, string];
    const terms = [...(predefined[namespace] ?? []), ...(described.get(namespace) ?? [])];
    check("6.6.2.3.1", terms.includes(name), `nothing says what ${name} of ${namespace} is`);
  }
  const value = (key: string) => {
    const property = found.get(key);
    if (!property) return "";
    const items = itemsOf(property);
    return (items.length ? items : [property]).map(contentOf).join("; ");
  };
  const id = "http://www.aiim.org/pdfa/ns/id/";
  check("6.6.4", value(`${id} part`) === "2", "the file does not say that it is PDF/A-2");
  check("6.6.4", value(`${id} conformance`) === "A", "the file does not say that it is of level A");
  const info = objects.dictionary(trailer["/Info"]);
  const pairs: readonly (readonly [string, string])[] = [
    ["/Title", "http://purl.org/dc/elements/1.1/ title"],
    ["/Author", "http://purl.org/dc/elements/1.1/ creator"],
    ["/Subject", "http://purl.org/dc/elements/1.1/ description"],
    ["/Keywords", "http://ns.adobe.com/pdf/1.3/ Keywords"],
    ["/Creator", "http://ns.adobe.com/xap/1.0/ CreatorTool"],
    ["/Producer", "http://ns.adobe.com/pdf/1.3/ Producer"],
    ["/CreationDate", "http://ns.adobe.com/xap/1.0/ CreateDate"],
    ["/ModDate", "http://ns.adobe.com/xap/1.0/ ModifyDate"],
  ];
  for (const [entry, key] of pairs) {
    const own = textOf(objects.resolve(info[entry]));
    const said = entry.endsWith("Date") ? value(key).replace(/[-:T]/g, "") : value(key);
    const same = entry.endsWith("Date") ? own.replace(/^D:/, "") : own;
    check("6.6.3", same === said, `${entry} is “${same}”, and in the metadata “${said}”`);
  }
}

/** The items of a property with several. */
function itemsOf({ children }: XmlElement): XmlElement[] {
  const [list] = children.filter((child) => typeof child !== "string");
  return (list?.children ?? []).filter((child) => typeof child !== "string");
}

function contentOf(element: XmlElement): string {
  return element.children
    .map((child) => (typeof child === "string" ? child : contentOf(child)))
    .join("");
}
