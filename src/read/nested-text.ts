// The tokens of inline syntax that holds text of its own, such as `^[a note]`:
// looked ahead for as a whole first, then entered with marks for each piece.

import type {
  Code,
  Construct,
  Effects,
  Extension,
  State,
  Token,
  TokenizeContext,
  TokenType,
} from "micromark-util-types";

declare module "micromark-util-types" {
  interface TokenTypeMap {
    /** The characters of the syntax itself: brackets, keys, locators. */
    syntaxMark: "syntaxMark";
  }
}

/** A part of what was looked ahead for; `text` holds inline Markdown. Offsets count from its start. */
export interface Piece {
  readonly type: TokenType;
  readonly start: number;
  readonly end: number;
  readonly text?: boolean;
  /** What the token keeps for whoever makes a node of it. */
  readonly data?: unknown;
  readonly children?: readonly Piece[];
}

/**
 * Sees one character after another (a line ending is `\n`) and says whether
 * it belongs to the syntax; at the first that does not, the looking ahead ends.
 */
export type Scan = (character: string, at: number) => boolean;

/** A scan, and what makes a piece of the characters that it accepted. */
export interface Lookahead {
  readonly scan: Scan;
  readonly parse: (seen: string) => Piece | undefined;
}

/** What is kept of a token; the library keeps the token itself. */
const kept = new WeakMap<Token, unknown>();

/** Returns the `data` of the piece that a token was made of. */
export function dataOf<T>(token: Token): T {
  return kept.get(token) as T;
}

/** Keeps what is known of a token for whoever makes a node of it. */
export function keepData(token: Token, data: unknown): void {
  kept.set(token, data);
}

/**
 * Returns a construct that looks ahead and then, if a piece is made of what was
 * seen, enters that. `look` is called for each attempt, with micromark's context.
 */
export function nestedText(options: {
  readonly name: string;
  readonly previous?: (character: string) => boolean;
  readonly before?: boolean;
  readonly look: (context: TokenizeContext) => Lookahead;
}): Construct {
  const { previous } = options;
  return {
    name: options.name,
    ...(options.before && { add: "before" as const }),
    ...(previous && { previous: (code: Code) => previous(characterOf(code)) }),
    tokenize(effects, ok, nok) {
      const { scan, parse } = options.look(this);
      let seen = "";
      let piece: Piece | undefined;
      const lookahead: Construct = {
        partial: true,
        tokenize(ahead, found, missing) {
          const start: State = (code) => {
            ahead.enter("syntaxMark");
            return inside(code);
          };
          const inside: State = (code) => {
            if (code === null || !scan(characterOf(code), seen.length)) {
              piece = parse(seen);
              return piece ? found(code) : missing(code);
            }
            seen += characterOf(code);
            ahead.consume(code);
            return inside;
          };
          return start;
        },
      };
      return effects.check(lookahead, (code) => enter(effects, piece!, ok)(code), nok);
    },
  };
}

/** Returns a micromark extension with constructs by the characters that they begin with. */
export function textSyntax(constructs: Readonly<Record<string, Construct>>): Extension {
  const byCode = Object.entries(constructs).map(([characters, construct]) =>
    [...characters].map((character) => [character.charCodeAt(0), construct] as const),
  );
  return { text: Object.fromEntries(byCode.flat()) };
}

/** Consumes a piece, with a token for it and each of its children. */
function enter(effects: Effects, whole: Piece, ok: State): State {
  const steps = stepsOf(whole);
  let step = 0;
  let at = 0;
  let chunk: Token | undefined;
  let inMark = false;
  let lineBefore: Token | undefined;

  const openChunk = (before?: Token) => {
    // The pieces of a text on several lines are linked, so that it is read as one.
    chunk = effects.enter("chunkText", {
      contentType: "text",
      ...(before && { previous: before }),
    });
    if (before) before.next = chunk;
  };
  const closeChunk = () => {
    effects.exit("chunkText");
    chunk = undefined;
  };
  const closeMark = () => {
    if (inMark) effects.exit("syntaxMark");
    inMark = false;
  };
  const inside: State = (code) => {
    for (let next = steps[step]; next && next.at === at; next = steps[++step]) {
      const { piece } = next;
      closeMark();
      if (next.opens) {
        const token = effects.enter(piece.type);
        if (piece.data !== undefined) kept.set(token, piece.data);
        if (piece.text) openChunk();
      } else {
        if (piece.text && chunk) closeChunk();
        effects.exit(piece.type);
      }
    }
    if (step === steps.length) return ok(code);
    if (lineBefore) openChunk(lineBefore);
    lineBefore = undefined;
    at++;
    const ending = code !== null && code < -2;
    // Each line ending must lie in a token of its own or at the end of a chunk:
    // that is where the library joins the lines of a quotation or list again.
    if (chunk) {
      effects.consume(code);
      if (ending) {
        // Opened again with the next character, which may lie behind a mark of quotation.
        lineBefore = chunk;
        closeChunk();
      }
    } else if (ending) {
      closeMark();
      effects.enter("lineEnding");
      effects.consume(code);
      effects.exit("lineEnding");
    } else {
      if (!inMark) effects.enter("syntaxMark");
      inMark = true;
      effects.consume(code);
    }
    return inside;
  };
  return inside;
}

interface Step {
  readonly at: number;
  readonly opens: boolean;
  readonly piece: Piece;
}

function stepsOf(piece: Piece): Step[] {
  return [
    { at: piece.start, opens: true, piece },
    ...(piece.children ?? []).flatMap(stepsOf),
    { at: piece.end, opens: false, piece },
  ];
}

/** Returns what a code of micromark stands for; its line endings are negative numbers. */
export function characterOf(code: Code): string {
  if (code === null) return "";
  if (code < -2) return "\n";
  return code < 0 ? " " : String.fromCharCode(code);
}

/** Whether there is a letter, digit or underscore. */
export const isWord = (character: string): boolean =>
  character < "\x80" ? /\w/.test(character) : /[\p{L}\p{N}\p{M}]/u.test(character);

/** How many brackets may lie in each other; more would let a hostile text cost quadratic time. */
const DEEPEST = 8;

/**
 * Returns a scan that stops behind the bracket that closes the first one, which
 * is then its `end`, or gives up, and then its `end` is 0. Brackets do not count behind a
 * backslash, in `code`, and in the braces of `@{a key}`.
 */
export function bracketScan(longest: number): { readonly scan: Scan; readonly end: () => number } {
  let depth = 0;
  let end = 0;
  let escaped = false;
  let braced = false;
  let ticks = 0;
  let run = 0;
  let before = "";
  const scan: Scan = (character, at) => {
    if (end || at > longest) return false;
    const last = before;
    before = character;
    if (character === "`" && !escaped) {
      run++;
      return true;
    }
    if (run > 0) {
      ticks = ticks === 0 ? run : ticks === run ? 0 : ticks;
      run = 0;
    }
    if (ticks > 0) return true;
    if (escaped) {
      escaped = false;
      return true;
    }
    if (braced) {
      if (character === "}" || character === "\n") braced = false;
      return true;
    }
    if (character === "\\") escaped = true;
    else if (character === "{" && last === "@") braced = true;
    else if (character === "[" && ++depth > DEEPEST) return false;
    else if (character === "]" && --depth === 0) end = at + 1;
    return true;
  };
  return { scan, end: () => end };
}
