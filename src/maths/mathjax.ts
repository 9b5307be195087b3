// The one place that loads MathJax, when the first formula is read: its modules
// take longer than all else of a work without formulas.

import { createRequire } from "node:module";
import type { LiteDocument } from "mathjax-full/js/adaptors/lite/Document.js";
import type { LiteElement } from "mathjax-full/js/adaptors/lite/Element.js";
import type { LiteText } from "mathjax-full/js/adaptors/lite/Text.js";
import type { LiteAdaptor } from "mathjax-full/js/adaptors/liteAdaptor.js";
import type { MathDocument } from "mathjax-full/js/core/MathDocument.js";
import type { MathItem } from "mathjax-full/js/core/MathItem.js";
import type { MmlNode, TextNode } from "mathjax-full/js/core/MmlTree/MmlNode.js";
import type { TeX } from "mathjax-full/js/input/tex.js";
import type { SVG } from "mathjax-full/js/output/svg.js";

export type { LiteElement, LiteText, MmlNode, TextNode };
export type Adaptor = LiteAdaptor;
export type Item = MathItem<LiteElement, LiteText, LiteDocument>;
export type Input = TeX<LiteElement, LiteText, LiteDocument>;
export type Output = SVG<LiteElement, LiteText, LiteDocument>;

/** A mistake in LaTeX: the name of its kind, and what is said of it. */
export interface TexError {
  readonly id: string;
  readonly message: string;
}

/** MathJax with everything that reading and drawing a formula needs. */
export interface MathJax {
  readonly adaptor: Adaptor;
  readonly input: Input;
  readonly output: Output;
  readonly document: MathDocument<LiteElement, LiteText, LiteDocument>;
  /** The classes of atoms by their numbers. */
  readonly atoms: readonly string[];
  readonly TexError: new (id: string, message: string) => TexError;
  /** Returns the names of all commands and environments, those of the author too. */
  names(kind: "macro" | "environment"): string[];
}

/**
 * What LaTeX may be written with: the packages that dissertations load. None of
 * them makes links, loads anything or changes how MathJax works, as `html`,
 * `require`, `setoptions` and `unicode` do; so their commands are unknown.
 */
const packages: readonly (readonly [name: string, file: string])[] = [
  ["base", "Base"],
  ["ams", "Ams"],
  ["newcommand", "Newcommand"],
  ["boldsymbol", "Boldsymbol"],
  ["braket", "Braket"],
  ["cancel", "Cancel"],
  ["gensymb", "Gensymb"],
  ["mathtools", "Mathtools"],
  ["textmacros", "TextMacros"],
  ["upgreek", "Upgreek"],
];

/** How often the macros of one formula may be replaced by what they stand for. */
const MOST_MACROS = 1_000;

/** How long a formula may become by that, in characters. */
const LONGEST_EXPANSION = 20_000;

const require = createRequire(import.meta.url);
const load = (module: string) => require(`mathjax-full/js/${module}.js`);

let shared: { readonly adaptor: Adaptor; readonly output: () => Output } | undefined;

/** Returns an engine of its own, to which no formula has yet added a macro. */
export function createMathJax(): MathJax {
  const { mathjax } = load("mathjax");
  const { TEXCLASSNAMES } = load("core/MmlTree/MmlNode");
  for (const [name, file] of packages) load(`input/tex/${name}/${file}Configuration`);
  if (!shared) {
    const adaptor: Adaptor = load("adaptors/liteAdaptor").liteAdaptor();
    load("handlers/html").RegisterHTMLHandler(adaptor);
    const { SVG } = load("output/svg");
    shared = { adaptor, output: () => new SVG({ fontCache: "none", mtextInheritFont: true }) };
  }
  const { TeX } = load("input/tex");
  const input: Input = new TeX({
    packages: packages.map(([name]) => name),
    maxMacros: MOST_MACROS,
    maxBuffer: LONGEST_EXPANSION,
    formatError: (_: Input, error: TexError) => {
      throw error;
    },
  });
  const output = shared.output();
  const document = mathjax.document("", { InputJax: input, OutputJax: output });
  return {
    adaptor: shared.adaptor,
    input,
    output,
    document,
    atoms: TEXCLASSNAMES,
    TexError: load("input/tex/TexError").default,
    names(kind) {
      const { handlers } = input.parseOptions as unknown as ParseOptions;
      return [...handlers.get(kind)._configuration].flatMap(({ item: { map } }) =>
        map instanceof Map ? [...(map.keys() as Iterable<string>)] : [],
      );
    },
  };
}

/** Where MathJax keeps the tables of names that the packages have filled; private in its types. */
interface ParseOptions {
  readonly handlers: {
    get(kind: string): { readonly _configuration: Iterable<{ item: { map?: unknown } }> };
  };
}
