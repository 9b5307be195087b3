// Word's mathematics in a notation that people can compare: `f(num[a], den[b])`.

import type { Element } from "../docx/xml-tree.js";
import { childrenOf } from "../docx/xml-tree.js";

/** Returns an element: its name, what its properties say, and its arguments in order. */
export function notationOf(element: Element): string {
  const children = childrenOf(element).filter(({ name }) => name !== "w:rPr");
  const name = element.name.replace("m:", "");
  if (name === "r") return runOf(children);
  const said = children.filter((child) => child.name === `${element.name}Pr`).flatMap(propertiesOf);
  const inner = children.filter((child) => child.name !== `${element.name}Pr`).map(notationOf);
  const isArgument = /^(?:e|num|den|sub|sup|deg|lim|fName|mr|oMath)$/.test(name);
  return isArgument
    ? `${name}[${inner.join(" ")}]`
    : `${[name, ...said].join(" ")}(${inner.join(", ")})`;
}

function propertiesOf(properties: Element): string[] {
  return childrenOf(properties).flatMap((property) => {
    const name = property.name.replace("m:", "");
    const value = property.attributes["m:val"];
    return value === undefined ? propertiesOf(property) : [`${name}=${value}`];
  });
}

function runOf(children: readonly Element[]): string {
  const [properties] = children.filter(({ name }) => name === "m:rPr");
  const style = properties
    ? childrenOf(properties).map(({ name, attributes }) => attributes["m:val"] ?? name.slice(2))
    : [];
  const text = children
    .filter(({ name }) => name === "m:t")
    .map((child) => child.children.filter((inner) => typeof inner === "string").join(""))
    .join("");
  // Spaces that people cannot see or tell apart.
  const shown = text.replace(
    /[\u00a0\u2000-\u200b\u205f]/g,
    (space) => `<${space.charCodeAt(0).toString(16)}>`,
  );
  return [...style, `'${shown}'`].join(" ");
}
