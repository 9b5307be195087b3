// The five styles in which titles and names are compared.

import { readFileSync } from "node:fs";
import { findCslStyle, parseCslStyle } from "../../src/citation/csl-styles.js";
import type { PrintedStyle } from "./printed.js";

const chicago18 = readFileSync(new URL("../../styles/chicago-18.csl", import.meta.url), "utf8");
const american = { locale: "en-US", ibid: "style" } as const;

/** The styles by the names of their profiles, in the order of expected files. */
export const mainStyles = {
  apa: { csl: findCslStyle("apa")!, ...american },
  harvard: { csl: findCslStyle("harvard-cite-them-right")!, locale: "en-GB", ibid: "style" },
  chicago: { csl: findCslStyle("chicago-fullnote-bibliography")!, ...american },
  "chicago-18": { csl: parseCslStyle(chicago18, "chicago-18"), ...american },
  mla: { csl: findCslStyle("modern-language-association")!, ...american },
} as const satisfies Record<string, PrintedStyle>;

export type MainStyle = keyof typeof mainStyles;
