import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isForeign, toSentenceCase } from "../../src/read/sentence-case.js";

// { and } stand for the marks that protect letters.
const protect = (text: string): string => text.replaceAll("{", "\ue000").replaceAll("}", "\ue001");

describe("title case becomes sentence case", () => {
  test.each([
    ["The Rise and Fall of Empires", "The rise and fall of empires"],
    ["Uneasy Alliance: The Politics of Oil", "Uneasy alliance: The politics of oil"],
    ["What Next? The Politics of Oil", "What next? The politics of oil"],
    ["A Propos of Nothing. A Reply", "A propos of nothing. A reply"],
    ["Russia vs. The World: Volume 2", "Russia vs. the world: Volume 2"],
    ["Taming American Power: The U.S. Response", "Taming American power: The U.S. response"],
    ["Power Politics — The Long View", "Power politics — The long view"],
    ["The Post-Soviet Multi-Vector State", "The post-Soviet multi-vector state"],
    ["NATO, McDonald’s and the iPhone", "NATO, McDonald’s and the iPhone"],
    ["Kazakhstan’s Long Road to the WTO", "Kazakhstan’s long road to the WTO"],
    [
      "Eurasianism and the Europeanisation of Americans",
      "Eurasianism and the Europeanisation of Americans",
    ],
    [
      "The United States of America and Central Asia",
      "The United States of America and Central Asia",
    ],
    ["Central Heating in Asia Minor", "Central heating in Asia minor"],
    ["Why I Am Not a Painter", "Why I am not a painter"],
    ["Plan B and Vitamin C", "Plan B and vitamin C"],
    ["World War II and Henry VIII", "World War II and henry VIII"],
    ["The “Great Debate” of Our Time", "The “great debate” of our time"],
    ["<i>Hamlet</i> and the Problem of Delay", "<i>Hamlet</i> and the problem of delay"],
    ["THE RISE OF CHINA AND THE EU", "The rise of China and the EU"],
    ["", ""],
    ["1984", "1984"],
  ])("%s", (typed, expected) => {
    expect(toSentenceCase(protect(typed))).toBe(expected);
  });
});

describe("a title in sentence case keeps the capitals of its names", () => {
  test.each([
    "The politics of memory in Astana and Nursultan",
    "From cooperation to coercion: Dmitry Medvedev and the near abroad",
    "Internet of things",
    "On the Origin of species",
  ])("%s", (title) => {
    expect(toSentenceCase(title)).toBe(title);
  });
});

describe("what is protected keeps its case", () => {
  test.each([
    ["The {Origin} of {S}pecies", "The Origin of Species"],
    ["Studies in {de} Novo Synthesis", 'Studies in <span class="nocase">de</span> novo synthesis'],
    ["The {van Gogh} Letters", 'The <span class="nocase">van Gogh</span> letters'],
    ["{UKDiss.com} and Its Rivals", '<span class="nocase">UKDiss.com</span> and its rivals'],
    ["{The Whole Title as Typed}", '<span class="nocase">The Whole Title as Typed</span>'],
    ["The {NATO} Question", "The NATO question"],
    ["An {Unclosed Brace", "An Unclosed Brace"],
    ["A {nested {Brace} of} Things", 'A <span class="nocase">nested Brace of</span> things'],
  ])("%s", (typed, expected) => {
    expect(toSentenceCase(protect(typed))).toBe(expected);
  });
});

describe("titles of other languages are told from English ones", () => {
  test.each([
    "Der Aufstieg und Fall der Sowjetunion",
    "Histoire de la Russie et des Tatars",
    "La política exterior de los Estados Unidos",
    "Storia della Repubblica",
    "Новый интеграционный проект для Евразии",
    "Geschiedenis van het Rijk",
  ])("%s", (title) => {
    expect(isForeign(title)).toBe(true);
  });
  test.each([
    "The Rise and Fall of the Soviet Union",
    "Vincent van Gogh and the Los Angeles Riots",
    "Charles de Gaulle: A Life",
    "1984",
  ])("not %s", (title) => {
    expect(isForeign(title)).toBe(false);
  });
});

const titles = fc
  .array(
    fc.oneof(
      fc.string(),
      fc.constantFrom("The", "World", "of", ":", " ", "{", "}", "NATO", "<i>", "</i>"),
    ),
  )
  .map((parts) => protect(parts.join(" ")));
const bare = (title: string): string =>
  title.replace(/<\/?span[^<>]*>|[\ue000\ue001]/g, "").toLowerCase();

test("only the case of letters changes", () => {
  fc.assert(
    fc.property(titles, (title) => {
      expect(bare(toSentenceCase(title))).toBe(bare(title));
    }),
  );
});

test("a title in sentence case stays as it is", () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom("The", "World", "of", "Asia", "NATO", "Politics")),
      (words) => {
        const once = toSentenceCase(words.join(" "));
        expect(toSentenceCase(once)).toBe(once);
      },
    ),
  );
});
