// Works as their manuscripts describe them, from little known to all known.

import type { Inline, Metadata } from "../../src/document.js";

const text = (value: string): Inline[] => [{ type: "text", value }];

const sentenceCaseTitle = "Russia and Kazakhstan 2005-2015: from cooperation to coercion";

/** The page that the project began with: no author and no address are known. */
export const page: Metadata = {
  title: text("Russia and Kazakhstan 2005-2015: From Cooperation to Coercion"),
  author: [],
  date: [2019, 12, 13],
  lang: "en-GB",
  keywords: ["International Relations", "Politics"],
  published: {
    id: "published",
    type: "webpage",
    title: sentenceCaseTitle,
    "container-title": "UKDiss.com",
  },
};

/** The same page, had its address and the day of reading been known. */
export const pageWithAddress: Metadata = {
  ...page,
  published: {
    ...page.published!,
    URL: "https://example.org/russia-and-kazakhstan.php",
    accessed: { "date-parts": [[2026, 11, 23]] },
  },
};

/** A thesis as it is handed in. */
export const thesis: Metadata = {
  title: text("Russia and Kazakhstan 2005-2015"),
  subtitle: text("From Cooperation to Coercion"),
  author: [{ family: "Doe", given: "Jane Ann" }],
  institution: "University of Example",
  department: "Department of Politics",
  degree: "MA",
  supervisor: [{ family: "Roe", given: "Richard" }],
  date: [2019, 12, 13],
  lang: "en-GB",
  keywords: ["International Relations", "Politics"],
  published: { id: "published", type: "thesis", title: sentenceCaseTitle },
};

/** A doctoral thesis in a repository, by two people with difficult names. */
export const doctoralThesis: Metadata = {
  ...thesis,
  author: [
    { family: "Beethoven", given: "Ludwig", "dropping-particle": "van", suffix: "Jr" },
    { literal: "The {Example} Collective & Sons" },
  ],
  degree: "PhD in Politics",
  published: {
    id: "published",
    type: "thesis",
    title: sentenceCaseTitle,
    "container-title": "Example Repository",
    URL: "https://repository.example.ac.uk/a_b?c=1&d=100%25#e",
    accessed: { "date-parts": [[2026, 11, 23]] },
  },
};

/** A title of markup, of which nothing may act. */
export const hostile: Metadata = {
  title: [
    ...text("<script>alert('x')</script> {{!}} [a](b) | 50% \\_& "),
    { type: "emphasis", children: text("The Times") },
    ...text(" $1 ''~~~~''"),
  ],
  author: [{ family: 'O\'Neil, and "Sons"', given: "<b>Ann</b>" }],
  date: [2019],
  lang: "de-DE",
  keywords: ["a, b"],
  published: { id: "published", type: "webpage", URL: 'https://example.org/"><img src=x>|' },
};

export const works = {
  page,
  "page-with-address": pageWithAddress,
  thesis,
  "doctoral-thesis": doctoralThesis,
  hostile,
};
