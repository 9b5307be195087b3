// A finished PDF as qpdf takes it apart: objects by their numbers, and the
// operators of its pages. Nothing here knows how the file was made.

import { execFileSync } from "node:child_process";

/** An object of a PDF in qpdf's JSON: a reference is `5 0 R`, a name `/P`, a text `u:…` or `b:…`. */
export type Value = null | boolean | number | string | readonly Value[] | Dictionary;
export interface Dictionary {
  readonly [key: string]: Value;
}

/** The objects of a file. */
export class Objects {
  readonly #objects: Readonly<
    Record<string, { value?: Value; stream?: { dict: Dictionary; data: string } }>
  >;

  constructor(path: string) {
    const json = execFileSync(
      "qpdf",
      ["--json=2", "--json-stream-data=inline", "--decode-level=generalized", path],
      { encoding: "utf8", maxBuffer: 2 ** 30 },
    );
    this.#objects = JSON.parse(json).qpdf[1];
  }

  /** Returns all objects, with their references. */
  all(): (readonly [reference: string, value: Value])[] {
    return Object.entries(this.#objects).map(([key, { value, stream }]) => [
      key.replace(/^obj:/, ""),
      value ?? stream?.dict ?? null,
    ]);
  }

  /** Returns what a value stands for, references followed. */
  resolve(value: Value | undefined): Value {
    if (typeof value !== "string" || !/^\d+ \d+ R$/.test(value)) return value ?? null;
    const object = this.#objects[`obj:${value}`];
    return object?.value ?? object?.stream?.dict ?? null;
  }

  dictionary(value: Value | undefined): Dictionary {
    const found = this.resolve(value);
    if (typeof found !== "object" || found === null || Array.isArray(found)) {
      throw new Error(`${JSON.stringify(value)} is no dictionary`);
    }
    return found as Dictionary;
  }

  /** Returns an array, or what stands alone where one could be. */
  array(value: Value | undefined): readonly Value[] {
    const found = this.resolve(value);
    return found === null ? [] : Array.isArray(found) ? found : [value!];
  }

  /** Whether a reference is that of a stream. */
  isStream(reference: Value | undefined): boolean {
    return this.#objects[`obj:${reference}`]?.stream !== undefined;
  }

  /** Returns the contents of a stream, unpacked. */
  stream(reference: Value | undefined): Buffer {
    const { stream } = this.#objects[`obj:${reference}`] ?? {};
    if (!stream) throw new Error(`${reference} is no stream`);
    return Buffer.from(stream.data, "base64");
  }

  get catalog(): Dictionary {
    return this.dictionary(this.dictionary(this.#objects.trailer!.value)["/Root"]);
  }

  get trailer(): Dictionary {
    return this.dictionary(this.#objects.trailer!.value);
  }

  /** The pages in order, by their references. */
  get pages(): string[] {
    const visit = (reference: Value): string[] => {
      const node = this.dictionary(reference);
      return node["/Type"] === "/Page"
        ? [String(reference)]
        : this.array(node["/Kids"]).flatMap(visit);
    };
    return visit(this.catalog["/Pages"]!);
  }

  /** Returns the entries of a number tree or a name tree; throws if its limits are wrong (7.9.6). */
  tree(root: Value | undefined, kind: "/Nums" | "/Names"): Map<Value, Value> {
    const entries = new Map<Value, Value>();
    const visit = (value: Value | undefined, isRoot: boolean) => {
      const node = this.dictionary(value);
      const from = entries.size;
      for (const kid of this.array(node["/Kids"])) visit(kid, false);
      const list = this.array(node[kind]);
      for (let index = 0; index < list.length; index += 2) {
        if (entries.has(list[index]!)) throw new Error(`${list[index]} is twice in a tree`);
        entries.set(list[index]!, list[index + 1]!);
      }
      const keys = [...entries.keys()].slice(from);
      const limits = JSON.stringify([keys[0], keys.at(-1)]);
      if (isRoot ? "/Limits" in node : JSON.stringify(this.array(node["/Limits"])) !== limits) {
        throw new Error(`the limits of a tree are not ${limits}`);
      }
    };
    visit(root, true);
    const keys = [...entries.keys()];
    const isSorted = keys.every((key, index) => index === 0 || keys[index - 1]! < key!);
    if (!isSorted) throw new Error("a tree is not sorted");
    return entries;
  }
}

/** What is drawn by operators: a page, a form, or a tile of a pattern. */
export interface Content {
  /** Its reference, and that of the page for pages. */
  readonly name: string;
  readonly kind: "page" | "form" | "pattern";
  readonly resources: Dictionary;
  readonly operators: readonly Operator[];
}

/** Returns all that is drawn. */
export function contentsOf(objects: Objects): Content[] {
  const contents: Content[] = objects.pages.map((name) => {
    const { "/Contents": stream, "/Resources": resources } = objects.dictionary(name);
    return {
      name,
      kind: "page",
      resources: objects.dictionary(resources),
      operators: [...operatorsOf(objects.stream(stream).toString("latin1"))],
    };
  });
  for (const [name, value] of objects.all()) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) continue;
    const { "/Subtype": subtype, "/PatternType": pattern, "/Resources": own } = value as Dictionary;
    if (subtype !== "/Form" && pattern !== 1) continue;
    contents.push({
      name,
      kind: subtype === "/Form" ? "form" : "pattern",
      resources: own === undefined ? {} : objects.dictionary(own),
      operators: [...operatorsOf(objects.stream(name).toString("latin1"))],
    });
  }
  return contents;
}

/** Returns the glyphs that an operator shows, by the numbers of fonts with two bytes a glyph. */
export function glyphsOf({ name, operands }: Operator): number[] {
  if (name !== "TJ" && name !== "Tj") return [];
  return [...operands.join(" ").matchAll(/<([^<>]*)>/g)].flatMap(([, digits]) =>
    (digits!.match(/..../g) ?? []).map((code) => Number.parseInt(code, 16)),
  );
}

/** One operator of a page with its operands as they are written. */
export interface Operator {
  readonly name: string;
  readonly operands: readonly string[];
}

const token =
  /\((?:\\[\s\S]|[^()\\])*\)|<<|>>|<[0-9a-fA-F\s]*>|[[\]]|\/[^\s<>[\]()/%]*|[^\s<>[\]()/%]+/g;

/** Returns the operators of a content stream in order. */
export function* operatorsOf(content: string): Generator<Operator> {
  let operands: string[] = [];
  for (const [text] of content.matchAll(token)) {
    if (/^[A-Za-z'"*][\w*'"]*$/.test(text) && !/^(?:true|false|null)$/.test(text)) {
      yield { name: text, operands };
      operands = [];
    } else operands.push(text);
  }
}

/** Returns the text that a string of qpdf's JSON has. */
export function textOf(value: Value | undefined): string {
  return String(value ?? "").replace(/^[ub]:/, "");
}
