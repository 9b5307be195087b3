// Removes from a CSL style what the references at hand never reach. An engine
// is built in proportion to the style, so that this saves most of its time.

import type { CslNode } from "../style.js";

/** The two things that a style prints. */
export type StyleArea = "citation" | "bibliography";

/**
 * Returns a style that prints items of the given types as the given style does,
 * without the branches of `cs:choose` that are for other types only and without
 * the macros that nothing calls. Of an area that is not asked for nothing is left
 * but what a style must have; the list of several works needs their citations
 * too, which decide on years such as 2019a.
 *
 * Conditions are read as citeproc-js reads them: several types in one `type`
 * are always alternatives, whatever `match` says of the other tests.
 */
export function pruneStyle(
  style: CslNode,
  types: ReadonlySet<string>,
  areas: readonly StyleArea[] = ["citation", "bibliography"],
): CslNode {
  const children = pruneChildren(style.children, types).flatMap((child) => {
    if (typeof child === "string") return [];
    if (child.name === "bibliography" && !areas.includes("bibliography")) return [];
    return child.name === "citation" && !areas.includes("citation") ? [bareCitation] : [child];
  });
  const called = calledMacros(children);
  return {
    ...style,
    children: children.filter(
      ({ name, attrs }) => name !== "macro" || called.has(attrs.name ?? ""),
    ),
  };
}

const bareCitation: CslNode = {
  name: "citation",
  attrs: {},
  children: [
    {
      name: "layout",
      attrs: {},
      children: [{ name: "text", attrs: { variable: "title" }, children: [] }],
    },
  ],
};

/** Returns the names of the macros that the areas call, directly or through others. */
function calledMacros(children: readonly CslNode[]): ReadonlySet<string> {
  const macros = new Map(
    children.flatMap((child) =>
      child.name === "macro" ? [[child.attrs.name ?? "", child] as const] : [],
    ),
  );
  const called = new Set<string>();
  const visit = ({ attrs, children }: CslNode): void => {
    const { macro } = attrs;
    if (macro !== undefined && !called.has(macro)) {
      called.add(macro);
      const definition = macros.get(macro);
      if (definition) visit(definition);
    }
    for (const child of children) if (typeof child !== "string") visit(child);
  };
  for (const child of children) if (child.name !== "macro") visit(child);
  return called;
}

function pruneNode(node: CslNode, types: ReadonlySet<string>): CslNode {
  return { ...node, children: pruneChildren(node.children, types) };
}

function pruneChildren(
  children: readonly (CslNode | string)[],
  types: ReadonlySet<string>,
): (CslNode | string)[] {
  return children.flatMap((child) => {
    if (typeof child === "string") return [child];
    if (child.name !== "choose") return [pruneNode(child, types)];
    const branches: CslNode[] = [];
    for (const branch of child.children) {
      if (typeof branch === "string") continue;
      const holds = branch.name === "else" ? true : condition(branch.attrs, types);
      if (holds === false) continue;
      const pruned = pruneNode(branch, types);
      if (holds === undefined) {
        branches.push(pruned);
        continue;
      }
      if (branches.length === 0) return pruned.children;
      branches.push({ ...pruned, name: "else", attrs: {} });
      break;
    }
    return branches.length ? [{ ...child, children: branches }] : [];
  });
}

/** Whether a condition holds for items of all the types, of none, or depends. */
function condition(
  attrs: Readonly<Record<string, string>>,
  types: ReadonlySet<string>,
): boolean | undefined {
  const tests = Object.entries(attrs)
    .filter(([name]) => name !== "match")
    .map(([name, value]) => (name === "type" ? typeTest(value, types) : undefined));
  switch (attrs.match ?? "all") {
    case "any":
      return some(tests);
    case "none":
      return not(some(tests));
    default:
      return not(some(tests.map(not)));
  }
}

function typeTest(value: string, types: ReadonlySet<string>): boolean | undefined {
  const named = new Set(value.trim().split(/\s+/));
  const found = [...types].filter((type) => named.has(type)).length;
  return found === 0 ? false : found === types.size ? true : undefined;
}

function some(tests: readonly (boolean | undefined)[]): boolean | undefined {
  if (tests.includes(true)) return true;
  return tests.includes(undefined) ? undefined : false;
}

function not(test: boolean | undefined): boolean | undefined {
  return test === undefined ? undefined : !test;
}
