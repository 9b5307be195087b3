// Brackets that stretch: `\left( … \middle| … \right)`, binomials, matrices.

import type { MathElement } from "../../formula.js";

/** A group within brackets. A bracket that is not seen is empty. */
export interface Fenced {
  readonly open: string;
  readonly close: string;
  readonly separator: string;
  /** What stands between them, apart where separators do. */
  readonly parts: readonly (readonly MathElement[])[];
}

/** Returns the brackets of a group and what is in them; `undefined` where it has none that stretch. */
export function fencedParts({ name, children }: MathElement): Fenced | undefined {
  if (name !== "mrow" || children.length < 2) return undefined;
  const open = bracket(children[0]!, "OPEN");
  const close = bracket(children.at(-1)!, "CLOSE");
  if (open === undefined || close === undefined) return undefined;
  const inner = children.slice(1, -1);
  const separators = new Set(inner.filter(isSeparator).map(({ text = "" }) => text));
  if (separators.size !== 1) return { open, close, separator: "|", parts: [inner] };
  const parts: MathElement[][] = [[]];
  for (const node of inner) {
    if (isSeparator(node)) parts.push([]);
    else parts.at(-1)!.push(node);
  }
  return { open, close, separator: [...separators][0]!, parts };
}

function bracket(node: MathElement, atom: "OPEN" | "CLOSE"): string | undefined {
  const isGroup = node.name === "mrow" && node.children.length === 1;
  const sign = isGroup ? node.children[0]! : node;
  if (sign.name !== "mo" || node.atom !== atom) return undefined;
  const isStretched = sign.attributes.stretchy === "true" || sign.text === "";
  // Those of a binomial have the size that they need.
  return isStretched || isBinomial(sign) ? (sign.text ?? "") : undefined;
}

function isBinomial({ attributes }: MathElement): boolean {
  return Number.parseFloat(attributes.minsize ?? "0") > 2;
}

/** Brackets of the size of their content within a group are those of `\middle`. */
function isSeparator({ name, atom, attributes, text }: MathElement): boolean {
  return name === "mo" && atom === "ORD" && attributes.stretchy === "true" && Boolean(text);
}
