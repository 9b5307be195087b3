// The licences of Creative Commons by their short names, as authors write them.

/** A licence that readers can look up. */
export interface Licence {
  readonly name: string;
  readonly url: string;
}

const elements: ReadonlyMap<string, string> = new Map([
  ["BY", "Attribution"],
  ["BY-SA", "Attribution-ShareAlike"],
  ["BY-NC", "Attribution-NonCommercial"],
  ["BY-NC-SA", "Attribution-NonCommercial-ShareAlike"],
  ["BY-ND", "Attribution-NoDerivatives"],
  ["BY-NC-ND", "Attribution-NonCommercial-NoDerivatives"],
]);

/** The short names that are known, for hints. */
export const licenceNames: readonly string[] = [
  ...[...elements.keys()].map((element) => `CC ${element} 4.0`),
  "CC0 1.0",
];

/** Whether a text is meant as the short name of a Creative Commons licence, right or wrong. */
export function isCreativeCommons(text: string): boolean {
  return /^\s*CC[\s0-]/i.test(text);
}

/**
 * Returns the Creative Commons licence of a short name, `CC BY-NC 4.0` or its
 * SPDX form `CC-BY-NC-4.0`, or undefined. Without a version it is the newest.
 */
export function creativeCommons(text: string): Licence | undefined {
  const [, letters = "", version] =
    /^\s*CC[\s-]?(0|[A-Z]+(?:[\s-][A-Z]+)*)(?:[\s-]+([1-4]\.0))?\s*$/i.exec(text) ?? [];
  if (letters === "0") {
    if (version && version !== "1.0") return undefined;
    return {
      name: "CC0 1.0 Universal",
      url: "https://creativecommons.org/publicdomain/zero/1.0/",
    };
  }
  const element = letters.toUpperCase().replace(/\s/g, "-");
  const words = elements.get(element);
  if (!words) return undefined;
  const number = version ?? "4.0";
  const scope = number === "4.0" ? "International" : number === "3.0" ? "Unported" : "Generic";
  return {
    name: `Creative Commons ${words} ${number} ${scope} (CC ${element} ${number})`,
    url: `https://creativecommons.org/licenses/${element.toLowerCase()}/${number}/`,
  };
}
