// Items in the shape that a CSL style was written for. Most styles of the bundle
// are older than some types and variables of CSL 1.0.2 and print nothing, or
// something wrong, where they meet them.

import type { CslItem } from "citeproc";
import type { CslStyle } from "../style.js";
import { findCslStyle, printedVariables } from "./csl-styles.js";
import { shortTitle } from "./short-title.js";
import { capitalAfterColon, titleCaseOf } from "./title-case.js";

/** Returns a function that gives items the shape that a style knows. */
export function adaptTo(csl: CslStyle): (item: CslItem) => CslItem {
  const isBundled = findCslStyle(csl.id) !== undefined;
  let variables: ReadonlySet<string> | undefined;
  const knows = (variable: string): boolean => {
    variables ??= printedVariables(csl.source(), "bibliography");
    return variables.has(variable);
  };
  return (item) => {
    const adapted = { ...item };
    // "event" is the older name of "event-title".
    if (item["event-title"] !== undefined) adapted.event ??= item["event-title"];
    else if (item.event !== undefined) adapted["event-title"] = item.event;
    if (isBundled) {
      adaptSpeech(adapted);
      adaptReview(adapted, csl, knows);
      if (adapted.issued === undefined && adapted.status !== undefined && !knows("status")) {
        adapted.issued = { literal: String(adapted.status) };
      }
    }
    adaptTitles(adapted, csl);
    addShortTitle(adapted, csl);
    return adapted;
  };
}

type Adapted = { -readonly [Key in keyof CslItem]: CslItem[Key] };

/**
 * A paper that no proceedings hold is a speech: "In ." would be left of the
 * proceedings. A speech was given on the day that it has.
 */
function adaptSpeech(item: Adapted): void {
  if (item.type === "paper-conference" && item["container-title"] === undefined) {
    item.type = "speech";
  }
  if (item.type === "speech") item["event-date"] ??= item.issued;
}

/** Reviews in journals need the journal's volume; few styles have a branch for the type. */
function adaptReview(item: Adapted, csl: CslStyle, knows: (variable: string) => boolean): void {
  if (item.type !== "review" && item.type !== "review-book") return;
  const isNumbered = item.volume !== undefined || item.issue !== undefined;
  // APA says "Review of the book" where it knows the type.
  if (isNumbered && titleCaseOf(csl.id) !== "apa") item.type = "article-journal";
  if (item["reviewed-title"] === undefined || knows("reviewed-title")) return;
  // Such a style takes the title for that of the work under review.
  if (item.title === undefined) item.title = item["reviewed-title"];
  else delete item["reviewed-author"];
}

/**
 * Titles are stored in sentence case, small after a colon, which Harvard styles
 * print; APA wants a capital there. Chicago leaves out the initial "The" of a
 * newspaper (17th edition, 14.193; 18th edition, 14.88).
 */
function adaptTitles(item: Adapted, csl: CslStyle): void {
  if (!isEnglish(item)) return;
  const manual = titleCaseOf(csl.id);
  if (manual === "apa") {
    for (const variable of ["title", "container-title"] as const) {
      const title = item[variable];
      if (typeof title === "string") item[variable] = capitalAfterColon(title);
    }
  }
  const newspaper = item["container-title"];
  const isChicago = manual === "cmos-17" || manual === "cmos-18";
  if (isChicago && item.type === "article-newspaper" && typeof newspaper === "string") {
    item["container-title"] = newspaper.replace(/^The (?=\p{Lu})/u, "");
  }
}

function isEnglish({ language = "" }: Adapted): boolean {
  return /^(en\b|$)/i.test(String(language));
}

/** Adds a short title where the manual of the style shortens titles. */
function addShortTitle(item: Adapted, csl: CslStyle): void {
  const { title } = item;
  const manual = titleCaseOf(csl.id);
  if (manual === undefined || manual === "apa" || item["title-short"] !== undefined) return;
  if (typeof title !== "string" || !isEnglish(item)) return;
  item["title-short"] = shortTitle(title);
}
