// Bibliographies that are made to harm, or that were never one: each is read in
// seconds, and says what is wrong with it.

import { execFileSync } from "node:child_process";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readTexts } from "./read-files.js";

const codesOf = (texts: Readonly<Record<string, string | Uint8Array>>): string[] =>
  readTexts(texts).diagnostics.map(({ code }) => code);

const good = "\n@book{good, author = {Doe, Jane}, title = {Good}, publisher = {P}, year = 2001}\n";

/** Reads a broken BibTeX file with a good entry behind, which must be kept. */
function read(text: string) {
  const { references, diagnostics, sources } = readTexts({ "a.bib": text + good });
  expect(references.map(({ id }) => id)).toContain("good");
  return { references, diagnostics, text: sources.get("a.bib") ?? "" };
}

describe("BibTeX", () => {
  test("20,000 braces in each other", () => {
    const deep = `${"{".repeat(20_000)}x${"}".repeat(20_000)}`;
    const { diagnostics } = read(`@book{deep, title = {${deep}}}`);
    expect(diagnostics).toMatchObject([
      { code: "entry-broken", message: expect.stringContaining("more than 100 deep") },
    ]);
  });

  test("20,000 braces that are never closed", () => {
    expect(read(`@book{open, title = ${"{".repeat(20_000)}`).diagnostics).toMatchObject([
      { code: "entry-broken" },
    ]);
  });

  test("an @string that doubles with each line", () => {
    const lines = ["@string{s0 = {0123456789}}"];
    for (let at = 1; at < 60; at++) lines.push(`@string{s${at} = s${at - 1} # s${at - 1}}`);
    const { diagnostics, references } = read(`${lines.join("\n")}\n@book{bomb, title = s59}`);
    expect(diagnostics[0]).toMatchObject({
      code: "entry-broken",
      message: expect.stringContaining("longer than 65536 characters"),
    });
    expect(references.find(({ id }) => id === "bomb")?.title).toBeUndefined();
  });

  test("cross-references in a circle of 1,000 and in a row of 1,000", () => {
    const entry = (from: number, to: number): string =>
      `@incollection{k${from}, title = {T${from}}, author = {Doe, J${from}}, crossref = {k${to}}}`;
    const circle = Array.from({ length: 1_000 }, (_, at) => entry(at, (at + 1) % 1_000));
    const { diagnostics } = read(circle.join("\n"));
    expect(diagnostics.every(({ code }) => code === "crossref-broken")).toBe(true);
    expect(diagnostics.length).toBeGreaterThan(0);
  });

  test("xdata that fan out into each other", () => {
    const lines = Array.from({ length: 40 }, (_, at) => {
      const next = at < 39 ? `, xdata = {x${at + 1}, x${at + 1}, y${at + 1}}` : "";
      return `@xdata{x${at}, publisher = {P}${next}}\n@xdata{y${at}, location = {L}${next}}`;
    });
    const user = "@book{user, author = {Doe, Jane}, title = {T}, xdata = {x0}, year = 2002}";
    const { references, diagnostics } = read(`${lines.join("\n")}\n${user}`);
    expect(diagnostics).toEqual([]);
    expect(references.find(({ id }) => id === "user")).toMatchObject({
      publisher: "P",
      "publisher-place": "L",
    });
  });

  test.each([
    ["opening signs", "@a{b,c={\n".repeat(600_000)],
    ["quotation marks", '@a{b,c="'.repeat(600_000)],
    ["at signs", "@".repeat(5_000_000)],
    ["comments", "@comment{ x\n".repeat(400_000)],
    ["percent signs", "@a{b, %\n".repeat(600_000)],
    ["one long word", `@a{${"b".repeat(5_000_000)}`],
    ["blanks", `@a{b,${" ".repeat(5_000_000)}`],
    ["letters of no format", 'lorem ipsum {dolor} "sit" = amet, # @ '.repeat(130_000)],
  ])("5 MB of %s", (_, junk) => {
    const { diagnostics } = readTexts({ "a.bib": junk });
    expect(diagnostics.length).toBeLessThan(110);
  });

  test("10 MB of broken entries end in one diagnostic, and not in a million", () => {
    const { diagnostics } = readTexts({ "a.bib": "@book{key title = {x}}\n".repeat(450_000) });
    expect(diagnostics).toHaveLength(101);
    expect(diagnostics.at(-1)!.message).toContain("the rest of the file is left out");
  });

  test("a title of 20,000 quotation marks", () => {
    const { diagnostics, references } = read(
      `@book{quotes, author = {Doe, Jane}, title = {${"'".repeat(20_000)}}, year = 2002}`,
    );
    expect(diagnostics).toMatchObject([{ code: "entry-unclear" }]);
    expect(references.find(({ id }) => id === "quotes")?.title).toBeUndefined();
  });

  test("10,000 authors, 10,000 commands, 10,000 formulas", () => {
    const { references } = read(
      `@book{many, author = {${"Doe, Jane and ".repeat(9_999)}Doe, Jane}, title = {M}, year = 2003}
       @book{commands, abstract = {${"\\foo{x} ".repeat(2_000)}}, title = {N}, year = 2003}
       @book{formulas, abstract = {${"$x_2$ ".repeat(2_000)}}, title = {O}, year = 2003}`,
    );
    expect(references.find(({ id }) => id === "many")?.author).toHaveLength(10_000);
  });

  test("names of JavaScript's own are keys, fields and strings like any others", () => {
    const { references } = read(
      ["__proto__", "constructor", "toString", "hasOwnProperty"]
        .map(
          (name, at) =>
            `@string{${name} = {S}} @book{${name}, ${name} = {x}, title = {T${at}}, publisher = ${name}, year = ${2010 + at}}`,
        )
        .join("\n"),
    );
    expect(references.map(({ id }) => id)).toEqual([
      "__proto__",
      "constructor",
      "toString",
      "hasOwnProperty",
      "good",
    ]);
    expect(references[0]).toMatchObject({ publisher: "S" });
    expect(({} as Record<string, unknown>).publisher).toBeUndefined();
  });

  test("scripts stay text, and an address that is one is left out", () => {
    const { references, diagnostics } = read(
      "@misc{evil, author = {Evil, Eve}, title = {<script>alert(1)</script>}, url = { JavaScript:alert(1)}, year = 2004}",
    );
    expect(diagnostics).toMatchObject([{ code: "link-unsafe" }]);
    expect(references[0]).toMatchObject({ title: "<script>alert(1)</script>" });
    expect(references[0]?.URL).toBeUndefined();
  });
});

describe("files", () => {
  test("a Latin-1 file is told by its first letter that is no UTF-8", () => {
    const { diagnostics, references } = readTexts({
      "a.bib": Buffer.from("@book{a, title = {x},\n author = {M\u00fcller, J.}}", "latin1"),
    });
    expect(references).toEqual([]);
    expect(diagnostics).toMatchObject([
      {
        code: "file-invalid",
        span: { file: "a.bib", start: 34 },
        hints: [expect.stringContaining("Latin-1")],
      },
    ]);
  });

  test("a NUL character is told", () => {
    expect(codesOf({ "a.bib": `@book{a, title = {x\0y}}${good}` })).toEqual(["file-invalid"]);
    expect(codesOf({ "a.ris": "TY  - BOOK\nTI  - x\0y\nER  - \n" })).toEqual(["file-invalid"]);
  });

  test("a file of more than 20 MB is told", () => {
    expect(codesOf({ "a.bib": Buffer.alloc(20_000_001, 32) })).toEqual(["file-too-large"]);
  });

  test("an empty file is told", () => {
    expect(codesOf({ "a.bib": "", "b.ris": "\n", "c.enw": "  " })).toEqual([
      "bibliography-invalid",
      "bibliography-invalid",
      "bibliography-invalid",
    ]);
  });

  test.each(["a.bib", "a.ris", "a.enw"])("Windows' line ends and byte order mark: %s", (name) => {
    const text = {
      "a.bib": "@book{a,\n title = {The Title},\n year = 2001}\n",
      "a.ris": "TY  - BOOK\nID  - a\nTI  - The Title\nPY  - 2001\nER  - \n",
      "a.enw": "%0 Book\n%F a\n%T The Title\n%D 2001\n",
    }[name]!;
    const { references, diagnostics } = readTexts({
      [name]: `\ufeff${text.replaceAll("\n", "\r\n")}`,
    });
    expect(diagnostics).toEqual([]);
    expect(references).toMatchObject([{ id: "a", title: "The title" }]);
  });
});

describe("RIS and EndNote", () => {
  test.each([
    ["a.ris", "TY  - BOOK\n".repeat(20_000)],
    ["a.ris", `TY  - BOOK\nAB  - ${"x\n".repeat(300_000)}`],
    ["a.ris", `TY  - BOOK\nAU  - ${";".repeat(1_000_000)}`],
    ["a.ris", `TY  - BOOK\nTI  - ${"A".repeat(1_000_000)}\nER  - `],
    ["a.ris", `TY  - BOOK\nPY  - ${"1".repeat(1_000_000)}\nER  - `],
    ["a.ris", "AU  - stray\nER  -\n".repeat(200_000)],
    ["a.enw", "%0 Book\n".repeat(20_000)],
    ["a.enw", `%0 Book\n${"%A Doe, Jane\n".repeat(20_000)}`],
    ["a.enw", "%".repeat(5_000_000)],
  ])("%s that is made to last", (name, text) => {
    expect(readTexts({ [name]: text }).diagnostics.length).toBeGreaterThan(0);
  });
});

test("every entry of a library comes out, or is reported", () => {
  const field = fc.constantFrom(
    "title = {A {T}itle}",
    'title = "A Title"',
    "author = {Doe, Jane and {World Bank}}",
    "year = 2001",
    "year = {c. 2001}",
    "date = {2001-13-45}",
    "month = jun",
    "publisher = undefinedstring",
    "title {X}",
    "title = {X",
    "crossref = {k0}",
    "note = {\\foo $}",
    "langid = {x}",
  );
  const entry = fc.tuple(
    fc.constantFrom("book", "article", "incollection", "nonsense"),
    fc.array(field, { maxLength: 5 }),
    fc.constantFrom("\n}\n", "}\n", "\n", ""),
  );
  fc.assert(
    fc.property(fc.array(entry, { minLength: 1, maxLength: 8 }), (entries) => {
      const text = entries
        .map(([type, fields, end], at) => `@${type}{k${at},\n${fields.join(",\n")}${end}`)
        .join("\n");
      const { references, diagnostics } = readTexts({ "a.bib": text });
      const kept = new Set(references.map(({ id }) => id));
      const lost = entries.filter((_, at) => !kept.has(`k${at}`)).length;
      if (lost > 0) expect(diagnostics.map(({ code }) => code)).toContain("entry-broken");
    }),
    { numRuns: 200 },
  );
});

test("no text makes a reader throw", () => {
  const words = fc.constantFrom(
    ...'@book{ @string( } { " = , # \\ \\foo \\"{o} $ ~ % k1 title author year date and others 2001 TY  -  ER  - %0 %A \n'.split(
      " ",
    ),
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(words, fc.string()), { maxLength: 60 }), (parts) => {
      const text = parts.join(" ").replace(/[\0\ud800-\udfff]/g, "");
      readTexts({
        "a.bib": `@book{k, title = ${text}`,
        "b.ris": `TY  - ${text}`,
        "c.enw": `%0 ${text}`,
      });
    }),
    { numRuns: 300 },
  );
});

test("nothing is fetched, and nothing is loaded that could be run", () => {
  // In a process of its own, where every way out is closed before anything is loaded.
  const script = `
    const shut = () => { throw new Error("a way out was taken"); };
    globalThis.fetch = shut;
    for (const name of ["http", "https", "net", "tls", "dns", "child_process", "worker_threads", "dgram"]) {
      const module = require("node:" + name);
      for (const key of Object.keys(module)) {
        if (/^(request|get|connect|createConnection|lookup|resolve|spawn|spawnSync|exec|execSync|execFile|fork|Worker|createSocket)$/.test(key)) module[key] = shut;
      }
    }
    const values = require("@citation-js/plugin-bibtex/lib/input/value.js");
    const mapping = require("@citation-js/plugin-bibtex/lib/mapping/index.js");
    for (const field of ["title", "author", "url", "doi", "eprint", "crossref", "file"]) {
      for (const text of ["https://example.org/a.bib", "10.1000/x", "Q42", "file:///etc/passwd"]) {
        const value = values.parse(text, field, []);
        mapping.parse([{ type: "misc", label: "a", properties: { [field]: value } }]);
      }
    }
    console.log("shut");
  `;
  const output = execFileSync(process.execPath, ["--eval", script], {
    cwd: join(import.meta.dirname, "../.."),
    encoding: "utf8",
  });
  expect(output).toBe("shut\n");
});
