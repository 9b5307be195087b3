// Laws of lists: however the works are divided, each stands in the work's list
// once, in the order of the whole list, and nothing else is lost or moved.

import fc from "fast-check";
import { expect, test } from "vitest";
import type { Document, Entry, Reference, Section } from "../../src/document.js";
import { walk } from "../../src/document.js";
import { arrangeLists } from "../../src/lists.js";
import type { ListSection } from "../../src/read/list-settings.js";

const types = ["book", "chapter", "webpage"] as const;
const languages = ["en", "de", "de-AT"] as const;
const keywords = ["primary", "law"] as const;
const span = { file: "manuscript.yaml", start: 0, end: 1 };

const reference = fc.record(
  {
    type: fc.constantFrom(...types),
    language: fc.constantFrom(...languages),
    keyword: fc.subarray([...keywords]).map((words) => words.join("; ")),
  },
  { requiredKeys: ["type"] },
);

const section = fc
  .record(
    {
      types: fc.subarray([...types], { minLength: 1 }),
      languages: fc.subarray([...languages], { minLength: 1 }),
      keywords: fc.subarray([...keywords], { minLength: 1 }),
    },
    { requiredKeys: [] },
  )
  .map(
    (filters): ListSection => ({
      ...filters,
      title: [],
      takesRest: Object.keys(filters).length === 0,
      span,
    }),
  );

test("each work stands in the list once, in order, and in exactly one section or a warning", () => {
  fc.assert(
    fc.property(
      fc.array(reference, { minLength: 1, maxLength: 12 }),
      fc.array(section, { maxLength: 4 }),
      fc.array(fc.nat(), { maxLength: 12 }),
      fc.boolean(),
      (works, sections, cited, perChapter) => {
        const entries = works.map(
          (_, index): Entry => ({
            type: "entry",
            id: `ref-${index}`,
            key: `k${index}`,
            children: [],
          }),
        );
        const references = new Map(
          works.map((work, index) => [`k${index}`, { ...work, id: `k${index}` } as Reference]),
        );
        const citations = cited.map((index) => ({
          type: "citation" as const,
          mode: "parenthetical" as const,
          items: [{ key: `k${index % works.length}` }],
          children: [],
        }));
        const document: Document = {
          metadata: { title: [], author: [], lang: "en", keywords: [] },
          parts: [
            {
              role: "body",
              children: [
                {
                  type: "section",
                  id: "sec-one",
                  title: [],
                  children: [{ type: "paragraph", children: citations }],
                },
                { type: "section", id: "list", role: "bibliography", title: [], children: entries },
              ],
            },
          ],
        };
        const settings = { sections, perChapter, uncited: [], annotated: false, citedIn: false };
        const unlisted: string[] = [];
        const arranged = arrangeLists(
          document,
          { settings, references, spans: new Map(), printList: (some) => [...some] },
          ({ code, message }) => {
            if (code === "reference-unlisted") unlisted.push(/"(.*)"/.exec(message)![1]!);
          },
        );
        const [chapter, list] = arranged.parts[0]!.children as Section[];
        const keysOf = (blocks: Section["children"]): string[] =>
          blocks.flatMap((block) => (block.type === "entry" ? [block.key] : []));
        const order = entries.map(({ key }) => key);

        const groups = [
          keysOf(list!.children),
          ...list!.children.flatMap((block) =>
            block.type === "section" ? [keysOf(block.children)] : [],
          ),
        ];
        expect(groups.flat().sort()).toEqual([...order].sort());
        for (const group of groups) {
          expect(group).toEqual(order.filter((key) => group.includes(key)));
        }
        expect(groups[0]).toEqual(sections.length ? unlisted : order);

        const own = [...walk([chapter!])].flatMap((node) =>
          node.type === "entry" ? [node.key] : [],
        );
        const wanted = new Set(citations.flatMap(({ items }) => items.map(({ key }) => key)));
        expect(own).toEqual(perChapter ? order.filter((key) => wanted.has(key)) : []);
      },
    ),
  );
});
