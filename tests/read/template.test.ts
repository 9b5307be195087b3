// Templates and style profiles: the shipped ones, and mistakes in others.

import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type Diagnostic, formatDiagnostic } from "../../src/diagnostic.js";
import { readStyle } from "../../src/read/style.js";
import { readTemplate } from "../../src/read/template.js";

const top = `${import.meta.dirname}/../..`;

function read<T>(
  how: (
    source: { file: string; text: string },
    id: string,
    report: (diagnostic: Diagnostic) => void,
  ) => T,
  text: string,
) {
  const diagnostics: Diagnostic[] = [];
  const value = how(
    { file: "a.yaml", text },
    "a",
    (diagnostic) => void diagnostics.push(diagnostic),
  );
  const printed = diagnostics.map((diagnostic) => {
    const [head, , , ...hints] = formatDiagnostic(diagnostic, new Map([["a.yaml", text]])).split(
      "\n",
    );
    return [head!.replace("a.yaml:", ""), ...hints.map((hint) => hint.trim())].join(" ");
  });
  return { value, printed };
}

/** The least that a template must say. */
const least = `
title: Mine
page:
  paper: A4
  margins: { top: 1in, bottom: 25.4mm, left: 2.54cm, right: 72pt }
`;

describe("templates", () => {
  test.each(readdirSync(`${top}/templates`))("%s is read without complaint", (file) => {
    const text = readFileSync(`${top}/templates/${file}`, "utf8");
    const { value, printed } = read(readTemplate, text);
    expect(printed).toEqual([]);
    expect(value).toMatchObject({ id: "a" });
    expect(Object.keys(value!.styles)).toContain("heading-1");
  });

  test("lengths become points, and what is not said has a sensible value", () => {
    const { value, printed } = read(readTemplate, least);
    expect(printed).toEqual([]);
    expect(value).toMatchObject({
      title: "Mine",
      page: {
        width: 595.28,
        height: 841.89,
        margins: { top: 72, bottom: 72, left: 72, right: 72 },
        gutter: 0,
        header: 36,
        footer: 36,
      },
      fonts: { text: "times", code: "courier" },
      contentsDepth: 3,
      pageNumbers: { place: "footer", align: "center", frontMatter: "roman", body: "arabic" },
    });
    expect(value!.styles.body).toEqual(value!.styles.note);
  });

  test("a paragraph style has what the base says, and above that what it says itself", () => {
    const { value } = read(
      readTemplate,
      `${least}base: { size: 11pt, leading: 1.5, align: justify }\nstyles: { note: { size: 9pt, leading: 11pt }, entry: { indent: -1in } }\n`,
    );
    expect(value!.styles.body).toMatchObject({
      size: 11,
      leading: { lines: 1.5 },
      align: "justify",
    });
    expect(value!.styles.note).toMatchObject({
      size: 9,
      leading: { points: 11 },
      align: "justify",
    });
    expect(value!.styles.entry).toMatchObject({ size: 11, indent: -72 });
  });

  test("left and right of running heads change places on even pages that face odd ones", () => {
    const heads = 'running-heads: { left: "{{ chapter }}", right: "{{page}}" }\n';
    const facing = least.replace("paper: A4", "paper: A4\n  facing: true");
    const odd = { left: "{{chapter}}", right: "{{page}}" };
    expect(read(readTemplate, least + heads).value!.runningHeads).toEqual({ odd, even: odd });
    expect(read(readTemplate, facing + heads).value!.runningHeads).toEqual({
      odd,
      even: { left: "{{page}}", right: "{{chapter}}" },
    });
    const even = 'running-heads: { center: "{{title}}", even: { left: "{{author}}" } }\n';
    expect(read(readTemplate, facing + even).value!.runningHeads).toEqual({
      odd: { center: "{{title}}" },
      even: { left: "{{author}}" },
    });
    const alone = 'running-heads: { even: { left: "{{author}}" } }\n';
    expect(read(readTemplate, facing + alone).value!.runningHeads).toEqual({
      odd: { right: "{{author}}" },
      even: { left: "{{author}}" },
    });
  });

  test("a page number in the header stands among the running heads", () => {
    const numbers = "page-numbers: { place: header, align: outside }\n";
    const heads = 'running-heads: { center: "{{title}}" }\n';
    expect(read(readTemplate, least + numbers + heads).value!.runningHeads).toEqual({
      odd: { center: "{{title}}", right: "{{page}}" },
      even: { center: "{{title}}", left: "{{page}}" },
    });
  });

  test.each([
    ["line-numbers: true", { lineNumbers: 1 }],
    ["line-numbers: 5", { lineNumbers: 5 }],
    ["chapters-on: right", { chaptersOn: "right", chaptersOnNewPage: true }],
    ["line-grid: true\nbase: { leading: 14pt }", { lineGrid: true }],
  ])("%j", (text, expected) => {
    const { value, printed } = read(readTemplate, `${least}${text}\n`);
    expect(printed).toEqual([]);
    expect(value).toMatchObject(expected);
  });

  test("a paper of one's own has width and height", () => {
    const { value } = read(readTemplate, least.replace("A4", "{ width: 6in, height: 9in }"));
    expect(value!.page).toMatchObject({ width: 432, height: 648 });
  });

  test.each([
    ["", "1:1: error: the template is empty (field-missing)"],
    ["- a", "1:3: error: the template must be a map of fields, but is a list (field-type)"],
    ["title: a", '1:1: error: the template has no field "page" (field-missing)'],
    [
      least.replace("A4", "A44"),
      '4:10: error: "paper" cannot be "A44" (value-invalid) hint: did you mean "A4"?',
    ],
    [
      least.replace("1in", "1"),
      '5:19: error: the length "1" has no unit (value-invalid) hint: the units are cm, mm, in and pt',
    ],
    [
      least.replace("1in", "1em"),
      '5:19: error: "em" is no unit of length (value-invalid) hint: the units are cm, mm, in and pt',
    ],
    [
      least.replace("1in", "wide"),
      '5:19: error: "top" must be a length such as 2.54cm, 25mm, 1in or 12pt, but is text (field-type)',
    ],
    [
      least.replace("1in", "-1in"),
      '5:19: error: "top" must lie between 0 and 800 points (value-invalid)',
    ],
    [
      least.replace("1in", "99in"),
      '5:19: error: the length "99in" is longer than any page (value-invalid)',
    ],
    [
      least.replace("2.54cm", "18cm"),
      "4:3: error: the margins leave less than an inch of the page's width for text (value-invalid)",
    ],
    [
      least.replace("1in", "10in"),
      "4:3: error: the margins leave less than an inch of the page's height for text (value-invalid)",
    ],
    [
      `${least}running-heads: { left: "{{chaptr}}" }`,
      '6:24: error: a running head has no field "chaptr" (value-invalid) hint: did you mean "chapter"?',
    ],
    [
      `${least}running-heads: { right: "{{chapter}}" }\npage-numbers: { place: header, align: right }`,
      '6:16: error: the running heads leave the page number no room at the right (value-invalid) hint: put "{{page}}" into them, or the page numbers into the footer',
    ],
    [
      `${least}line-numbers: 0`,
      '6:15: error: "line-numbers" must lie between 1 and 100 (value-invalid)',
    ],
    [
      `${least}line-grid: true`,
      '6:12: error: a grid needs lines of a fixed height, and the leading of "body" is a multiple (value-invalid) hint: give "body" a leading such as 14pt',
    ],
    [
      `${least}styles: { headng-1: {} }`,
      '6:11: error: there is no field "headng-1" (field-unknown) hint: did you mean "heading-1" or "heading-2" or "heading-3"?',
    ],
    [
      `${least}base: { size: 200pt }`,
      '6:15: error: "size" must lie between 4 and 144 points (value-invalid)',
    ],
    [
      `${least}base: { leading: 9 }`,
      '6:18: error: "leading" must lie between 0.5 and 5 lines (value-invalid)',
    ],
    [
      `${least}base: { leading: double }`,
      '6:18: error: "leading" must be a number of lines such as 1.5, or a length such as 15pt, but is text (field-type)',
    ],
    [
      `${least}base: { bold: yes }`,
      '6:15: error: "bold" must be true or false, but is text (field-type)',
    ],
    [
      `${least}contents-depth: 7`,
      '6:17: error: "contents-depth" must lie between 1 and 3 (value-invalid)',
    ],
    [
      `${least}contents-depth: many`,
      '6:17: error: "contents-depth" must be a whole number, but is text (field-type)',
    ],
    [
      `${least}title-page: [{ text: "{{titel}}" }]`,
      '6:22: error: a title page has no field "titel" (value-invalid) hint: did you mean "title"?',
    ],
    [
      `${least}front-matter: [abstract, content]`,
      '6:26: error: "front-matter" cannot be "content" (value-invalid) hint: did you mean "contents"?',
    ],
    [
      `${least}front-matter: contents`,
      '6:15: error: "front-matter" must be a list, but is text (field-type)',
    ],
  ])("%j", (text, expected) => {
    const { value, printed } = read(readTemplate, text);
    expect(printed).toEqual([expected]);
    expect(value).toBeUndefined();
  });
});

describe("style profiles", () => {
  test.each(readdirSync(`${top}/styles`).filter((file) => file.endsWith(".yaml")))(
    "%s is read without complaint",
    (file) => {
      const text = readFileSync(`${top}/styles/${file}`, "utf8");
      expect(read(readStyle, text)).toMatchObject({ printed: [], value: { id: "a" } });
    },
  );

  test("a profile is read, with the place of its CSL style", () => {
    const text = "title: Mine\ncsl: apa\nlocale: en_gb\nlist-title: Works\nibid: never\n";
    expect(read(readStyle, text).value).toMatchObject({
      title: "Mine",
      csl: "apa",
      locale: "en-GB",
      listTitle: "Works",
      ibid: "never",
      span: { file: "a.yaml", start: 17, end: 20 },
    });
  });

  test.each([
    ["", "1:1: error: the style is empty (field-missing)"],
    ["title: a", '1:1: error: the style has no field "csl" (field-missing)'],
    [
      "title: a\ncsl: apa\nibid: sometimes",
      '3:7: error: "ibid" cannot be "sometimes" (value-invalid)',
    ],
    [
      "title: a\ncsl: apa\nlocale: b",
      '3:9: error: "b" is no language tag (value-invalid) hint: write it as en-GB, en-US, de or pt-BR',
    ],
    [
      "title: a\ncls: apa\ncsl: apa",
      '2:1: error: there is no field "cls" (field-unknown) hint: did you mean "csl"?',
    ],
  ])("%j", (text, expected) => {
    const { value, printed } = read(readStyle, text);
    expect(printed).toHaveLength(1);
    expect(printed[0]).toContain(expected);
    expect(value).toBeUndefined();
  });
});
