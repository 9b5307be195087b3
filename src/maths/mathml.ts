// MathJax's tree of a formula as plain MathML, without the rows and atoms that
// only MathJax needs.

import type { MathElement } from "../formula.js";
import type { MmlNode, TextNode } from "./mathjax.js";

/** What a token is by its place and characters, and not by an attribute of its own. */
const derived = ["mathvariant", "stretchy", "fence", "largeop", "movablelimits", "accent"];

const atomNames: ReadonlySet<string> = new Set([
  "ORD",
  "OP",
  "BIN",
  "REL",
  "OPEN",
  "CLOSE",
  "PUNCT",
  "INNER",
]);

/** Returns a tree of MathJax's whose atoms have been classed; `atoms` are its names of classes. */
export function toMathElement(node: MmlNode, atoms: readonly string[]): MathElement {
  const atom = atoms[node.texClass];
  const name = node.isKind("TeXAtom") || node.isInferred ? "mrow" : node.kind;
  const isToken = node.isToken;
  const attributes: Record<string, string> = {};
  for (const [key, value] of Object.entries(node.attributes.getAllAttributes())) {
    attributes[key] = String(value);
  }
  if (isToken) {
    for (const key of derived) {
      const value = node.attributes.get(key);
      if (value !== undefined && !(key in attributes)) attributes[key] = String(value);
    }
  }
  const children = isToken
    ? []
    : (node.childNodes as MmlNode[])
        .flatMap((child) => (child?.isInferred ? (child.childNodes as MmlNode[]) : child))
        .map((child) =>
          // An argument that is not there, such as the lower one of an upper limit alone.
          child ? toMathElement(child, atoms) : { name: "none", children: [], attributes: {} },
        );
  return {
    name,
    ...(isToken && { text: textOf(node) }),
    ...(atom !== undefined && isAtom(atom) && { atom }),
    attributes,
    children,
  };
}

function isAtom(name: string): name is NonNullable<MathElement["atom"]> {
  return atomNames.has(name);
}

function textOf({ childNodes }: MmlNode): string {
  let text = "";
  for (const child of childNodes) if (child.kind === "text") text += (child as TextNode).getText();
  return text;
}

/** Whether a tree is deeper than a number of levels. */
export function isDeeper(root: MmlNode, levels: number): boolean {
  let level: readonly MmlNode[] = [root];
  for (let depth = 0; level.length; depth++) {
    if (depth > levels) return true;
    level = level.flatMap((node) => (node.childNodes ?? []).filter(Boolean) as MmlNode[]);
  }
  return false;
}

/**
 * Makes operators with limits operators, `\operatorname*{arg\,max}_x`: MathJax
 * takes them for letters, which have no space before their argument.
 */
export function classOperators(root: MmlNode): void {
  for (const child of [...(root.childNodes ?? [])] as (MmlNode | null)[]) {
    if (child) classOperators(child);
  }
  const [base] = root.childNodes as MmlNode[];
  const hasLimits = root.isKind("munder") || root.isKind("mover") || root.isKind("munderover");
  if (!hasLimits || !base?.isKind("TeXAtom") || base.texClass !== OPERATOR) return;
  const { parent } = root;
  const isAlone = parent.childNodes.length === 1;
  if (isAlone && (parent.isKind("TeXAtom") || parent.parent?.isKind("TeXAtom"))) return;
  const operator = root.factory.create("TeXAtom") as MmlNode;
  operator.texClass = OPERATOR;
  operator.inheritAttributesFrom(root);
  parent.replaceChild(operator, root);
  operator.appendChild(root);
}

/** MathJax's number for operators. */
const OPERATOR = 1;
