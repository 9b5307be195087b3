// styles: what the word after --style may be.

import { cslStyleIds, findCslStyle } from "../citation/csl-styles.js";
import { packageNames, readPackageFile } from "../package-files.js";
import { readStyle } from "../read/style.js";
import { count, type Outcome } from "./outcome.js";

/** Ids that are listed before the rest are only counted. */
const MOST_IDS = 60;

/**
 * Returns the shipped profiles with their titles and, where words are given,
 * the CSL styles of the bundle whose ids hold all of them.
 */
export async function styles(words: readonly string[]): Promise<Outcome> {
  const wanted = words.map((word) => word.toLowerCase());
  const holdsAll = (text: string) => wanted.every((word) => text.toLowerCase().includes(word));
  const profiles = packageNames("styles").flatMap((name) => {
    const source = readPackageFile("styles", name);
    const profile = source && readStyle(source, name, () => {});
    return profile ? [{ name, title: profile.title }] : [];
  });
  const shown = profiles.filter(({ name, title }) => holdsAll(`${name} ${title}`));
  const ids = wanted.length ? cslStyleIds().filter(holdsAll) : [];
  const width = Math.max(0, ...shown.map(({ name }) => name.length));
  const lines = shown.map(({ name, title }) => `${name.padEnd(width)}  ${title}`);
  if (ids.length) {
    if (lines.length) lines.push("");
    lines.push(
      ...ids.slice(0, MOST_IDS).map((id) => {
        const { class: kind, format } = findCslStyle(id)!;
        return `${id}  (${kind === "note" ? "notes" : format})`;
      }),
    );
    if (ids.length > MOST_IDS) lines.push(`… and ${ids.length - MOST_IDS} more`);
  }
  if (!wanted.length) {
    lines.push("", `${count(cslStyleIds().length, "CSL style")} more: reissue styles WORDS`);
  } else if (!lines.length) {
    lines.push(`No style has all of these words: ${words.join(" ")}`);
  }
  return { diagnostics: [], sources: new Map(), lines };
}
