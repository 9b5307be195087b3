// The linter must notice faults, or its silence would mean nothing.

import { strToU8, zipSync } from "fflate";
import { expect, test } from "vitest";
import { writeDocx } from "../../src/write/docx/docx.js";
import { sampleTemplate } from "../sample-template.js";
import { cases } from "./cases.js";
import { lintDocx } from "./lint-docx.js";
import { readParts } from "./xml-tree.js";

const sound = readParts(
  (await writeDocx(cases["notes-and-citations"]!, sampleTemplate, new Map())).bytes,
);
const contents = readParts((await writeDocx(cases.contents!, sampleTemplate, new Map())).bytes);

function zipped(parts: ReadonlyMap<string, string | Uint8Array>): Uint8Array {
  return zipSync(
    Object.fromEntries(
      [...parts].map(([path, data]) => [path, typeof data === "string" ? strToU8(data) : data]),
    ),
  );
}

interface Fault {
  readonly expected: RegExp;
  readonly path: string;
  readonly from: string | RegExp;
  readonly to: string;
  readonly base?: ReadonlyMap<string, string | Uint8Array>;
}

type Row = readonly [RegExp, string, string | RegExp, string, Fault["base"]?];
const rows: readonly Row[] = [
  [/not well-formed/, "word/document.xml", "</w:body>", ""],
  [/is not well-formed/, "word/document.xml", "<w:body>", "<w:body>\ufffe"],
  [/gives no type/, "[Content_Types].xml", /<Override [^>]*styles.xml"\/>/, ""],
  [
    /leads to .*gone.xml, which is missing/,
    "word/_rels/document.xml.rels",
    "styles.xml",
    "gone.xml",
  ],
  [/uses rId6, which is missing/, "word/_rels/document.xml.rels", 'Id="rId6"', 'Id="rId60"'],
  [/w:pStyle Gone is no paragraph style/, "word/document.xml", '"Heading1"', '"Gone"'],
  [/names Gone .w:basedOn./, "word/styles.xml", 'basedOn w:val="BodyText"', 'basedOn w:val="Gone"'],
  [
    /is based on itself/,
    "word/styles.xml",
    '"Body Text"/><w:basedOn w:val="Normal"',
    '"Body Text"/><w:basedOn w:val="FirstParagraph"',
  ],
  [/list 2 has no level/, "word/numbering.xml", 'w:numId="2"', 'w:numId="20"'],
  [/_Cite000002 twice/, "word/document.xml", "_Ref000001", "_Cite000002"],
  [/is no name of a bookmark/, "word/document.xml", 'w:name="_Ref000001"', 'w:name="a b"'],
  [/never ends bookmark/, "word/document.xml", /<w:bookmarkEnd [^>]*>/, ""],
  [/links to _Ref000009/, "word/document.xml", 'w:anchor="_Ref000002"', 'w:anchor="_Ref000009"'],
  [/a field never ends/, "word/document.xml", /<w:fldChar w:fldCharType="end"\/>/, "", contents],
  [/names _Toc999999/, "word/document.xml", "PAGEREF _Toc000001", "PAGEREF _Toc999999", contents],
  [/asks for an update/, "word/document.xml", "<w:fldChar", '<w:fldChar w:dirty="1"', contents],
  [/asks for an update/, "word/settings.xml", "<w:compat>", "<w:updateFields/><w:compat>"],
  [/loose text in w:p/, "word/document.xml", "<w:p>", "<w:p>loose"],
  [/spaces are lost/, "word/document.xml", '<w:t xml:space="preserve"> that', "<w:t> that"],
  [
    /has the notes 1,2, the text 1,1/,
    "word/document.xml",
    'w:footnoteReference w:id="2"',
    'w:footnoteReference w:id="1"',
  ],
  [/does not begin with its mark/, "word/footnotes.xml", "<w:footnoteRef/>", ""],
  [/is no date/, "docProps/core.xml", "2019-12-13T00:00:00Z", "yesterday"],
];

const faults = rows.map(
  ([expected, path, from, to, base]): Fault => ({ expected, path, from, to, base }),
);

test.each(faults)("notices $expected in $path", ({ expected, path, from, to, base = sound }) => {
  const text = base.get(path) as string;
  const changed = text.replace(from, to);
  expect(changed).not.toBe(text);
  expect(lintDocx(zipped(base))).toEqual([]);
  expect(lintDocx(zipped(new Map([...base, [path, changed]]))).join("\n")).toMatch(expected);
});
