// The one door to citation-js: two of its functions, neither of which can reach
// the network. It is loaded when a BibTeX file is first read, since its main
// module, which also brings code that fetches, takes a tenth of a second.

import { createRequire } from "node:module";

/** A name as BibTeX takes it apart. */
export interface BibtexName {
  readonly family?: string;
  readonly given?: string;
  readonly prefix?: string;
  readonly suffix?: string;
  /** Of `family=Berg, prefix=van, useprefix=true`. */
  readonly useprefix?: string;
}

/** What the value of a field is read to, by the kind of the field. */
export type BibtexValue = string | readonly string[] | readonly BibtexName[];

interface ValueModule {
  readonly parse: (text: string, field: string, languages: readonly string[]) => BibtexValue;
}

interface MappingModule {
  readonly parse: (
    entries: readonly {
      readonly type: string;
      readonly label: string;
      readonly properties: Readonly<Record<string, BibtexValue>>;
    }[],
  ) => readonly Readonly<Record<string, unknown>>[];
}

interface ConstantsModule {
  readonly commands: object;
  readonly mathCommands: object;
  readonly diacritics: object;
  readonly formattingCommands: object;
  readonly formattingEnvs: object;
  readonly mathScriptFormatting: object;
}

/** What reads BibTeX's values and names them as CSL does. */
export interface CitationJs {
  /**
   * Reads the TeX of a field: text with CSL's markup, lists, names. Throws for
   * TeX that it cannot read.
   */
  readonly readValue: (text: string, field: string) => BibtexValue;
  /** Returns the CSL variables of an entry, but for those that are dates or keys. */
  readonly toCsl: (
    type: string,
    fields: Readonly<Record<string, BibtexValue>>,
  ) => Readonly<Record<string, unknown>>;
  /** The TeX commands that it reads, without their backslash. */
  readonly commands: ReadonlySet<string>;
}

let loaded: CitationJs | undefined;

/** Returns citation-js, which is loaded once. */
export function citationJs(): CitationJs {
  if (loaded) return loaded;
  const require = createRequire(import.meta.url);
  // Not the package's main module, whose input chain looks at texts for URLs to fetch.
  const values = require("@citation-js/plugin-bibtex/lib/input/value.js") as ValueModule;
  const mapping = require("@citation-js/plugin-bibtex/lib/mapping/index.js") as MappingModule;
  const constants = require("@citation-js/plugin-bibtex/lib/input/constants.js") as ConstantsModule;
  const { commands, mathCommands, diacritics, formattingCommands } = constants;
  const { formattingEnvs, mathScriptFormatting } = constants;
  loaded = {
    readValue: (text, field) => values.parse(text, field, []),
    toCsl: (type, properties) => mapping.parse([{ type, label: "entry", properties }])[0]!,
    commands: new Set(
      [
        commands,
        mathCommands,
        diacritics,
        formattingCommands,
        formattingEnvs,
        mathScriptFormatting,
      ].flatMap((table) => Object.keys(table)),
    ),
  };
  return loaded;
}
