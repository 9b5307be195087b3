// Typed quotation marks, dashes and dots -> those of the language, as Pandoc's
// extension `smart` does: "…" and '…' become the language's marks, an apostrophe
// ’, `--` –, `---` —, `...` …. Code and web addresses stay as they are.

import type { Inline, Text } from "../document.js";
import { type QuotationMarks, quotationMarks } from "../quotation-marks.js";
import { urlPattern } from "./bare-url.js";

/** Characters that stand for escaped ones, `\"`, until they are printed; no text holds them. */
const escapes = "\"'-.";
const FIRST_ESCAPE = 0xfdd0;

/** Returns what stands for a character behind a backslash, so that it is left as it is. */
export function escaped(character: string): string {
  const index = escapes.indexOf(character);
  return index < 0 ? character : String.fromCharCode(FIRST_ESCAPE + index);
}

const unescaped = (text: string): string =>
  text.replace(/[\ufdd0-\ufdd3]/g, (found) => escapes[found.charCodeAt(0) - FIRST_ESCAPE]!);

/** Words that begin with an apostrophe, though it looks like an opening mark. */
const apostropheWord =
  /^(?:\d0s|\d\d(?!\d)|tis|twas|twere|twill|til|em|cause|bout|n['’])(?!\p{L})/iu;

/**
 * Returns one paragraph's inlines with the language's punctuation. Marks are
 * paired across emphasis and links; a citation or note between them counts as
 * a word or as punctuation. Notes are left alone: their paragraphs are their own.
 */
export function smartPunctuation(inlines: readonly Inline[], lang: string): Inline[] {
  const flat = flatten(inlines);
  const edits = /["'.-]/.test(flat) ? editsOf(flat, quotationMarks(lang)) : [];
  let at = 0;
  let edit = 0;
  const rewrite = (nodes: readonly Inline[]): Inline[] =>
    nodes.map((node): Inline => {
      if (node.type === "text") {
        const end = at + node.value.length;
        let value = "";
        while (edit < edits.length && edits[edit]!.start < end) {
          const { start, length, text } = edits[edit++]!;
          value += flat.slice(at, start) + text;
          at = start + length;
        }
        value += flat.slice(at, end);
        at = Math.max(at, end);
        return { ...node, value: unescaped(value) } satisfies Text;
      }
      // Of a mark of the index nothing is seen.
      if (node.type === "indexMark") return node;
      if (isOpaque(node)) {
        at++;
        return node;
      }
      return { ...node, children: rewrite(node.children) };
    });
  return rewrite(inlines);
}

type Opaque =
  | Exclude<Inline, Text | { readonly children: readonly Inline[] }>
  | Extract<
      Inline,
      { readonly type: "citation" | "crossReference" | "label" | "abbreviation" | "foreign" }
    >;

function isOpaque(node: Exclude<Inline, Text>): node is Opaque {
  switch (node.type) {
    case "inlineCode":
    case "inlineEquation":
    case "break":
    case "note":
    case "citation":
    case "crossReference":
    case "label":
    case "abbreviation":
    case "foreign":
    case "indexMark":
      return true;
    case "emphasis":
    case "strong":
    case "smallCaps":
    case "superscript":
    case "subscript":
    case "link":
      return false;
  }
}

/** Returns the text of some inlines with one character for each thing that is no text. */
function flatten(nodes: readonly Inline[]): string {
  let flat = "";
  for (const node of nodes) {
    if (node.type === "text") flat += node.value;
    else if (node.type === "indexMark") continue;
    else if (!isOpaque(node)) flat += flatten(node.children);
    else if (node.type === "break") flat += "\n";
    else flat += isWordLike(node) ? "x" : "]";
  }
  return flat;
}

/** Whether a node reads as a word, and not as a sign behind one, such as a note's mark. */
function isWordLike(node: Opaque): boolean {
  switch (node.type) {
    case "inlineCode":
    case "inlineEquation":
    case "crossReference":
    case "abbreviation":
    case "foreign":
      return true;
    case "citation":
      return node.mode === "narrative";
    case "break":
    case "note":
    case "label":
    case "indexMark":
      return false;
  }
}

/** How many marks may wait for their partners; more would take quadratic time. */
const MOST_OPEN = 50;

interface Edit {
  readonly start: number;
  readonly length: number;
  readonly text: string;
}

function editsOf(flat: string, quotes: QuotationMarks): Edit[] {
  const edits: Edit[] = [];
  const open: { readonly mark: string; readonly edit: number }[] = [];
  const pattern = new RegExp(`${urlPattern.source}|---?|\\.\\.\\.|["']`, "gi");
  for (const { 0: found, index: start } of flat.matchAll(pattern)) {
    const put = (text: string) => edits.push({ start, length: found.length, text });
    if (found === "--") put("–");
    else if (found === "---") put("—");
    else if (found === "...") put("…");
    else if (found === '"' || found === "'") {
      const before = flat[start - 1] ?? " ";
      const after = flat[start + 1] ?? " ";
      const opens = /[\s\p{Ps}\p{Pi}\p{Pd}/"']/u.test(before) && !/[\s]/.test(after);
      const closes = !/[\s]/.test(before);
      const index = open.findLastIndex(({ mark }) => mark === found);
      const word = /^.{0,6}/su.exec(flat.slice(start + 1))![0];
      const inWord = /[\p{L}\p{N}]/u.test(before) && /\p{L}/u.test(after);
      if (found === "'" && (inWord || (opens && apostropheWord.test(word)))) put("’");
      else if (closes && index >= 0 && !(opens && /[\p{L}\p{N}]/u.test(after))) {
        const [opened] = open.splice(index);
        const pair = found === '"' ? quotes.double : quotes.single;
        edits[opened!.edit] = { ...edits[opened!.edit]!, text: pair[0] };
        put(pair[1]);
      } else if (opens) {
        // A single mark may yet prove an apostrophe, a double one goes on in the next paragraph.
        open.push({ mark: found, edit: edits.length });
        if (open.length > MOST_OPEN) open.shift();
        put(found === '"' ? quotes.double[0] : "’");
      } else put(found === '"' ? quotes.double[1] : "’");
    }
  }
  return edits;
}
