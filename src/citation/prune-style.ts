// Removes from a CSL style what the references at hand never reach. An engine
// is built in proportion to the style, so that this saves most of its time.

import type { CslNode } from "../style.js";

/**
 * Returns a style that prints items of the given types as the given style does,
 * without the branches of `cs:choose` that are for other types only.
 *
 * Conditions are read as citeproc-js reads them: several types in one `type`
 * are always alternatives, whatever `match` says of the other tests.
 */
export function pruneStyle(style: CslNode, types: ReadonlySet<string>): CslNode {
  return { ...style, children: pruneChildren(style.children, types) };
}

function pruneChildren(
  children: readonly (CslNode | string)[],
  types: ReadonlySet<string>,
): (CslNode | string)[] {
  return children.flatMap((child) => {
    if (typeof child === "string") return [child];
    if (child.name !== "choose") return [pruneStyle(child, types)];
    const branches: CslNode[] = [];
    for (const branch of child.children) {
      if (typeof branch === "string") continue;
      const holds = branch.name === "else" ? true : condition(branch.attrs, types);
      if (holds === false) continue;
      const pruned = pruneStyle(branch, types);
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
