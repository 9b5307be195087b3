// Formulas as Word's own mathematics (Office Math Markup Language, ECMA-376-1,
// 22.1), which can be edited there, made of MathML.

import type { XmlComponent } from "docx";
import type { Formula, MathElement } from "../../formula.js";
import { accentOf, groupingOf, longArrow } from "./omml-accents.js";
import { fencedParts } from "./omml-fences.js";
import { joinRuns, literal, type MathRun, runOf, spaceRun } from "./omml-runs.js";
import { writeTable } from "./omml-tables.js";
import { element } from "./xml.js";

/** What a row consists of: runs that may be joined with their neighbours, and objects. */
export type MathPart = MathRun | XmlComponent;

/** Writes the content of an argument. */
export type WriteRow = (nodes: readonly MathElement[]) => XmlComponent[];

/** Returns the `m:oMath` of a formula, which stands among the runs of a paragraph. */
export function writeFormula({ math }: Formula): XmlComponent {
  return element("m:oMath", {}, row(math.children));
}

/** Returns a formula as a paragraph of its own within a paragraph (22.1.2.78), aligned as that is. */
export function writeDisplayedFormula(
  formula: Formula,
  align: "left" | "center" | "right",
): XmlComponent {
  return element("m:oMathPara", {}, [
    element("m:oMathParaPr", {}, [value("m:jc", align)]),
    writeFormula(formula),
  ]);
}

/** Returns the elements of a row, its runs joined. */
const row: WriteRow = (nodes) => joinRuns(parts(nodes.flatMap(flatten)));

/** An argument must not be empty: Word shows a dotted square for it. */
const nothing: MathRun = { type: "run", text: "\u200b", style: "plain" };

/** Returns an argument of an object: `m:e`, `m:num`… */
function argument(name: string, nodes: readonly MathElement[]): XmlComponent {
  const isScript = name === "m:sub" || name === "m:sup";
  const content = row(isScript && nodes.length === 1 ? nodes.map(asLiteral) : nodes);
  return element(name, {}, content.length ? content : joinRuns([nothing]));
}

/** A sign of an operation that stands alone, `x_+`, has nothing to operate on. */
function asLiteral(node: MathElement): MathElement {
  const only = core(node);
  const isSign = only.name === "mo" && /^[^\p{L}\p{N}′″‴]$/u.test(only.text ?? "");
  return isSign && !naryOf(only)
    ? { ...only, attributes: { ...only.attributes, ...literal } }
    : node;
}

/** Returns an element that says one thing: `<m:chr m:val="…"/>`. */
function value(name: string, text: string | number): XmlComponent {
  return element(name, { "m:val": text });
}

const strut: MathElement = { name: "mtext", text: "\u200b", children: [], attributes: {} };

/** Takes groups apart that mean nothing to Word. */
function flatten(node: MathElement): MathElement[] {
  switch (node.name) {
    case "mrow":
      if (fencedParts(node) || (node.atom === "OP" && isName(node))) return [node];
      return node.children.length || node.atom !== "ORD" ? node.children.flatMap(flatten) : [];
    case "mstyle":
    case "math":
      return node.children.flatMap(flatten);
    case "mi":
      // Stands before an operator at the beginning of a cell, which needs something there.
      return node.text === "" ? [strut] : [node];
    case "mo":
      // Invisible signs of multiplication; empty ones are brackets that are not seen.
      return node.text === "" || /^[\u2062-\u2064]$/.test(node.text ?? "") ? [] : [node];
    default:
      return [node];
  }
}

const APPLY = "\u2061";

/**
 * Gives scripts the whole of a bracket as their base, `(a+b)^2`, which TeX gives
 * only the closing sign; and makes two different brackets, `[0,1)`, an object, for
 * LibreOffice takes a sign without its pair for a mistake.
 */
function withBrackets(nodes: readonly MathElement[]): MathElement[] {
  const grouped: MathElement[] = [];
  for (const node of nodes) {
    const close = isScriptedBracket(node) ? node.children[0]! : node;
    const isClose = isBracket(core(close), "CLOSE");
    const start = isClose ? openingBracket(grouped) : undefined;
    const isPair = start !== undefined && pairs.includes(grouped[start]!.text! + core(close).text);
    if (start === undefined || (close === node && isPair)) {
      grouped.push(node);
      continue;
    }
    const [open, ...inner] = grouped.splice(start);
    const base: MathElement = {
      name: "mrow",
      atom: "ORD",
      attributes: {},
      children: isPair
        ? [open!, ...inner, close]
        : [{ ...open!, attributes }, ...inner, { ...core(close), attributes }],
    };
    grouped.push(
      close === node ? base : { ...node, atom: "ORD", children: [base, ...node.children.slice(1)] },
    );
  }
  return withLoneBrackets(grouped);
}

/** Makes brackets without their pair literal. */
function withLoneBrackets(nodes: readonly MathElement[]): MathElement[] {
  const open: number[] = [];
  const lone = new Set<number>();
  for (const [index, node] of nodes.entries()) {
    if (isBracket(node, "OPEN")) open.push(index);
    else if (isBracket(node, "CLOSE") && open.pop() === undefined) lone.add(index);
  }
  for (const index of open) lone.add(index);
  return nodes.map((node, index) =>
    lone.has(index) ? { ...node, attributes: { ...node.attributes, ...literal } } : node,
  );
}

/** The brackets that belong together. */
const pairs = ["()", "[]", "{}", "⟨⟩", "⌊⌋", "⌈⌉", "⟦⟧", "||", "∥∥"];

/** What makes a bracket one that stretches. */
const attributes = { stretchy: "true" };

function isScriptedBracket({ name, children }: MathElement): boolean {
  return /^msu[bp]/.test(name) && isBracket(core(children[0]!), "CLOSE");
}

function isBracket({ name, atom }: MathElement, which: "OPEN" | "CLOSE"): boolean {
  return name === "mo" && atom === which;
}

/** Where the last bracket begins that is not closed. */
function openingBracket(nodes: readonly MathElement[]): number | undefined {
  let depth = 0;
  for (let index = nodes.length - 1; index >= 0; index--) {
    if (isBracket(nodes[index]!, "CLOSE")) depth++;
    else if (isBracket(nodes[index]!, "OPEN") && depth-- === 0) return index;
  }
  return undefined;
}

/** Writes a row: what belongs to what follows it, takes that as its operand. */
function parts(row: readonly MathElement[]): MathPart[] {
  const nodes = withBrackets(row);
  const written: MathPart[] = [];
  for (let index = 0; index < nodes.length; index++) {
    const node = nodes[index]!;
    if (node.text === APPLY) continue;
    const isApplied = nodes[index + 1]?.text === APPLY;
    const start = index + (isApplied ? 2 : 1);
    if (naryOf(node)) {
      const end = operandEnd(nodes, start);
      if (end > start) {
        written.push(nary(node, nodes.slice(start, end)));
        index = end - 1;
        continue;
      }
    } else if (isApplied || isFunction(node)) {
      const end = functionOperandEnd(nodes, start);
      if (end > start) {
        written.push(
          element("m:func", {}, [
            argument("m:fName", [node]),
            argument("m:e", nodes.slice(start, end)),
          ]),
        );
        index = end - 1;
        continue;
      }
    } else if (isPrescript(node) && nodes[index + 1]) {
      const [, sub, sup] = scriptsOf(node);
      written.push(prescript(sub, sup, [nodes[++index]!]));
      continue;
    }
    written.push(...part(node));
  }
  return written;
}

function part(node: MathElement): MathPart[] {
  const { name, children, attributes } = node;
  const [first, second] = children as [MathElement, MathElement];
  switch (name) {
    case "mi":
    case "mn":
    case "mo":
    case "ms":
    case "mtext":
      return runOf(node);
    case "mspace":
      return spaceRun(attributes.width);
    case "mfrac": {
      const type = /^0(?:\D|$)/.test(attributes.linethickness ?? "")
        ? "noBar"
        : attributes.bevelled === "true"
          ? "skw"
          : "bar";
      return [
        element("m:f", {}, [
          element("m:fPr", {}, [value("m:type", type)]),
          argument("m:num", [first]),
          argument("m:den", [second]),
        ]),
      ];
    }
    case "msqrt":
      return [radical(children, undefined)];
    case "mroot":
      return [radical([first], second)];
    case "msub":
    case "msup":
    case "msubsup":
      return [scripts(node)];
    case "mmultiscripts":
      return [multiscripts(node)];
    case "munder":
    case "mover":
    case "munderover":
      return [limits(node)];
    case "mtable":
      return [writeTable(node, row)];
    case "menclose":
      return [enclosure(node)];
    case "mphantom":
      return [phantom(children)];
    case "mpadded":
      return padded(node);
    case "none":
    case "mprescripts":
      return [];
    default: {
      const fenced = fencedParts(node);
      return fenced ? [delimited(fenced)] : parts(children.flatMap(flatten));
    }
  }
}

function radical(base: readonly MathElement[], index: MathElement | undefined): XmlComponent {
  return element("m:rad", {}, [
    element("m:radPr", {}, index ? [] : [value("m:degHide", 1)]),
    index ? argument("m:deg", [index]) : element("m:deg"),
    argument("m:e", base),
  ]);
}

/** Brackets that are as high as what they enclose (22.1.2.24). */
function delimited({
  open,
  close,
  separator,
  parts: inner,
}: ReturnType<typeof fencedParts> & object) {
  return element("m:d", {}, [
    element("m:dPr", {}, [
      value("m:begChr", open),
      ...(inner.length > 1 ? [value("m:sepChr", separator)] : []),
      value("m:endChr", close),
    ]),
    ...inner.map((nodes) => argument("m:e", nodes)),
  ]);
}

/** The base, the lower and the upper of what has scripts or limits. */
function scriptsOf({
  name,
  children,
}: MathElement): readonly [
  base: MathElement,
  sub: MathElement | undefined,
  sup: MathElement | undefined,
] {
  const [base, second, third] = children;
  const isUpper = name === "msup" || name === "mover";
  return [base!, isUpper ? undefined : second, isUpper ? second : third];
}

function scripts(node: MathElement): XmlComponent {
  const [base, sub, sup] = scriptsOf(node);
  const e = argument("m:e", [base]);
  if (sub && sup) {
    return element("m:sSubSup", {}, [e, argument("m:sub", [sub]), argument("m:sup", [sup])]);
  }
  return sub
    ? element("m:sSub", {}, [e, argument("m:sub", [sub])])
    : element("m:sSup", {}, [e, argument("m:sup", [sup!])]);
}

/** Whether scripts have no base: they stand before what follows them, `{}^{14}C`. */
function isPrescript(node: MathElement): boolean {
  if (!/^msu[bp]/.test(node.name)) return false;
  return scriptsOf(node)[0].name === "mrow" && !hasText(scriptsOf(node)[0]);
}

function prescript(
  sub: MathElement | undefined,
  sup: MathElement | undefined,
  base: readonly MathElement[],
): XmlComponent {
  return element("m:sPre", {}, [
    argument("m:sub", sub ? [sub] : []),
    argument("m:sup", sup ? [sup] : []),
    argument("m:e", base),
  ]);
}

function multiscripts({ children }: MathElement): XmlComponent {
  const split = children.findIndex(({ name }) => name === "mprescripts");
  const [base, ...after] = split < 0 ? children : children.slice(0, split);
  const before = split < 0 ? [] : children.slice(split + 1);
  const pair = ([sub, sup]: readonly MathElement[]) =>
    [sub?.name === "none" ? undefined : sub, sup?.name === "none" ? undefined : sup] as const;
  const [sub, sup] = pair(after);
  const name = sub && sup ? "msubsup" : sub ? "msub" : "msup";
  const scripted: MathElement =
    sub || sup
      ? { name, attributes: {}, children: [base!, ...(sub ? [sub] : []), ...(sup ? [sup] : [])] }
      : base!;
  return prescript(...pair(before), [scripted]);
}

const naryOperators = /^[∑∏∐∫∬∭⨌∮∯∰⋀⋁⋂⋃⨀⨁⨂⨃⨄⨅⨆]$/u;

/** Returns the sign of a sum, product, integral… with or without limits. */
function naryOf(node: MathElement): string | undefined {
  const base = /^(?:munder|mover|munderover|msub|msup|msubsup)$/.test(node.name)
    ? core(node.children[0]!)
    : node;
  return base.name === "mo" && naryOperators.test(base.text ?? "") ? base.text : undefined;
}

/** What a group holds if that is one thing. */
function core(node: MathElement): MathElement {
  const isGroup = node.name === "mrow" || node.name === "mstyle";
  return isGroup && node.children.length === 1 ? core(node.children[0]!) : node;
}

function nary(node: MathElement, operand: readonly MathElement[]): XmlComponent {
  const [, sub, sup] = node.name === "mo" ? [node] : scriptsOf(node);
  return element("m:nary", {}, [
    element("m:naryPr", {}, [
      value("m:chr", naryOf(node)!),
      value("m:limLoc", /^m(?:under|over)/.test(node.name) ? "undOvr" : "subSup"),
      ...(sub ? [] : [value("m:subHide", 1)]),
      ...(sup ? [] : [value("m:supHide", 1)]),
    ]),
    sub ? argument("m:sub", [sub]) : element("m:sub"),
    sup ? argument("m:sup", [sup]) : element("m:sup"),
    argument("m:e", operand),
  ]);
}

/** The operand of a sum goes as far as the product that it begins with: to a sign of another operation. */
function operandEnd(nodes: readonly MathElement[], start: number): number {
  let depth = 0;
  for (let index = start; index < nodes.length; index++) {
    const node = nodes[index]!;
    const { atom, name, attributes } = node;
    if (atom === "CLOSE" && depth === 0) return index;
    if (atom === "OPEN") depth++;
    else if (atom === "CLOSE") depth--;
    if (depth > 0) continue;
    const isSpace = name === "mspace" && Number.parseFloat(attributes.width ?? "0") >= 1;
    const ends = atom === "REL" || atom === "BIN" || atom === "PUNCT" || isSpace;
    if (ends || (name === "mtext" && index > start)) return index;
  }
  return nodes.length;
}

/** The argument of a function is what stands next to it, all of it where that is in brackets. */
function functionOperandEnd(nodes: readonly MathElement[], start: number): number {
  const first = nodes[start];
  if (!first || /^(?:REL|BIN|PUNCT|CLOSE)$/.test(first.atom ?? "")) return start;
  if (first.name === "mspace" || first.name === "mtext") return start;
  if (naryOf(first)) return operandEnd(nodes, start + 1);
  if (nodes[start + 1]?.text === APPLY || isFunction(first)) {
    const next = start + (nodes[start + 1]?.text === APPLY ? 2 : 1);
    return Math.max(next, functionOperandEnd(nodes, next));
  }
  if (first.atom !== "OPEN") return start + 1;
  let depth = 0;
  for (let index = start; index < nodes.length; index++) {
    const atom = closingAtom(nodes[index]!);
    if (atom === "OPEN") depth++;
    else if (atom === "CLOSE" && --depth === 0) return index + 1;
  }
  return start;
}

/** The class of a bracket also where it has an exponent: `(x)^2`. */
function closingAtom(node: MathElement): MathElement["atom"] {
  return /^msu[bp]/.test(node.name) ? core(node.children[0]!).atom : node.atom;
}

/** Whether a group is the name of a function: `\operatorname{plim}`. */
function isName(node: MathElement): boolean {
  if (/^(?:mi|mspace|mtext)$/.test(node.name)) return true;
  return /^(?:mrow|mstyle)$/.test(node.name) && node.children.every(isName);
}

/** Whether what follows a node is the argument of it: `\lim_{x\to0}`, `\operatorname{plim}`. */
function isFunction(node: MathElement): boolean {
  if (node.name === "mrow") return node.atom === "OP" && isName(node) && hasText(node);
  if (!/^(?:munder|msub)$/.test(node.name)) return isWord(node);
  const base = core(node.children[0]!);
  return isWord(base) || (base.name === "mrow" && base.atom === "OP" && isName(base));
}

function isWord({ name, text = "", atom }: MathElement): boolean {
  return (name === "mo" || name === "mi") && atom === "OP" && /^\p{L}{2}/u.test(text);
}

function hasText({ text, children }: MathElement): boolean {
  return Boolean(text) || children.some(hasText);
}

/** What stands above and below something: an accent, a bar, a brace, limits. */
function limits(node: MathElement): XmlComponent {
  const [base, under, over] = scriptsOf(node);
  const arrow = longArrow(core(base));
  if (arrow) return limits({ ...node, children: [arrow, ...node.children.slice(1)] });
  if (!under || !over) {
    const position = over ? "top" : "bot";
    const sign = core((over ?? under)!);
    const accent = accentOf(sign, position);
    if (accent?.type === "bar") {
      return element("m:bar", {}, [
        element("m:barPr", {}, [value("m:pos", position)]),
        argument("m:e", [base]),
      ]);
    }
    if (accent) {
      return element("m:acc", {}, [
        element("m:accPr", {}, [value("m:chr", accent.character)]),
        argument("m:e", [base]),
      ]);
    }
    const grouping = groupingOf(sign);
    if (grouping !== undefined) {
      return group(grouping, position, [base]);
    }
  }
  const upper = over
    ? element("m:limUpp", {}, [argument("m:e", [base]), argument("m:lim", [over])])
    : undefined;
  if (!under) return upper!;
  return element("m:limLow", {}, [
    upper ? element("m:e", {}, [upper]) : argument("m:e", [base]),
    argument("m:lim", [under]),
  ]);
}

/** A sign that stretches over or under its argument (22.1.2.41). */
function group(
  character: string,
  position: "top" | "bot",
  nodes: readonly MathElement[],
): XmlComponent {
  // Below is where such a sign stands if nothing is said.
  const place = position === "top" ? [value("m:pos", "top"), value("m:vertJc", "bot")] : [];
  return element("m:groupChr", {}, [
    element("m:groupChrPr", {}, [value("m:chr", character), ...place]),
    argument("m:e", nodes),
  ]);
}

/** Frames and strokes (22.1.2.11). */
function enclosure({ attributes, children }: MathElement): XmlComponent {
  const notation = (attributes.notation ?? "").split(/\s+/);
  const strokes: readonly (readonly [notation: string, name: string])[] = [
    ["horizontalstrike", "m:strikeH"],
    ["verticalstrike", "m:strikeV"],
    ["updiagonalstrike", "m:strikeBLTR"],
    ["downdiagonalstrike", "m:strikeTLBR"],
  ];
  const isFrame = notation.includes("box") || notation.includes("roundedbox");
  const sides = [
    ["top", "m:hideTop"],
    ["bottom", "m:hideBot"],
    ["left", "m:hideLeft"],
    ["right", "m:hideRight"],
  ] as const;
  return element("m:borderBox", {}, [
    element("m:borderBoxPr", {}, [
      ...sides.flatMap(([side, name]) =>
        isFrame || notation.includes(side) ? [] : [value(name, 1)],
      ),
      ...strokes.flatMap(([stroke, name]) => (notation.includes(stroke) ? [value(name, 1)] : [])),
    ]),
    argument("m:e", children),
  ]);
}

/** What is not seen, but has room (22.1.2.81), or only some of it. */
function phantom(
  children: readonly MathElement[],
  properties: readonly XmlComponent[] = [],
): XmlComponent {
  return element("m:phant", {}, [
    element("m:phantPr", {}, [value("m:show", 0), ...properties]),
    argument("m:e", children),
  ]);
}

function padded({ attributes, children }: MathElement): MathPart[] {
  // Struts, which only TeX needs.
  if (!children.some(hasText)) return [];
  const [only] = children;
  // What is seen keeps its room: LibreOffice hides it otherwise.
  if (children.length > 1 || only?.name !== "mphantom") return parts(children.flatMap(flatten));
  const zero = (name: string) => /^0(?:\D|$)/.test(attributes[name] ?? "");
  return [
    phantom(only.children, [
      ...(zero("width") ? [value("m:zeroWid", 1)] : []),
      ...(zero("height") ? [value("m:zeroAsc", 1)] : []),
      ...(zero("depth") ? [value("m:zeroDesc", 1)] : []),
    ]),
  ];
}
