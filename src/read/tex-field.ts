// The TeX of one field -> text with CSL's markup. What cannot be read is printed
// as it stands, and reported.

import type { Report } from "../diagnostic.js";
import type { BibtexField } from "./bibtex-entries.js";
import type { CitationJs } from "./citation-js.js";
import { prepareTex, restoreSigns } from "./tex.js";

/** What reads TeX, and where mistakes in it are reported. */
export interface TexReader {
  readonly library: CitationJs;
  readonly report: Report;
}

/** Reads the TeX of one field; what cannot be read is taken as it stands, and reported. */
export function readTexField(
  field: BibtexField,
  name: string,
  { library, report }: TexReader,
  { protect = false }: { readonly protect?: boolean } = {},
): string | readonly string[] | undefined {
  const plain = plainText(field.value);
  if (plain !== undefined) return plain;
  const { tex, unknown } = prepareTex(field.value, library.commands, { protect });
  for (const command of new Set(unknown)) {
    report({
      code: "syntax-unsupported",
      message: `the TeX command "\\${command.slice(0, 40)}" is not known; its argument is printed without it`,
      span: field.span,
    });
  }
  try {
    const value = library.readValue(tex.replace(/[ \t]*\n\s*/g, " ").trim(), name);
    if (typeof value === "string") return clean(value, protect);
    return value.map((item) => clean(textOf(item) ?? "", protect));
  } catch (error) {
    report({
      code: "syntax-unsupported",
      message: "the TeX of this field cannot be read; it is printed as it stands",
      span: field.span,
      hints: [explain(error)],
    });
    return clean(field.value.replace(/[{}]/g, ""), protect);
  }
}

/** Says in a line what a library has found. */
const explain = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split("\n")[0]!.slice(0, 100);

/** Returns a text that holds no TeX, which most do: it need not go through its reader. */
function plainText(value: string): string | undefined {
  if (/[\\{}$~&\ue000-\ue007]|--|``|''/.test(value)) return undefined;
  return value.replace(/\s+/g, " ").trim();
}

function clean(text: string, protect: boolean): string {
  const spaced = text.replace(/ {2,}/g, " ").trim();
  return protect ? spaced : restoreSigns(spaced);
}

export function textOf(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  return Array.isArray(value)
    ? value.filter((item) => typeof item === "string").join(" and ")
    : undefined;
}
