// A manuscript and every file that it names, each read by its reader.

import { basename, dirname, extname, posix, relative, resolve } from "node:path";
import { applyEdition } from "./apply-edition.js";
import { CslStyleError, findCslStyle, nearStyles, parseCslStyle } from "./citation/csl-styles.js";
import { type Diagnostic, locate, type Report, type Sources, type Span } from "./diagnostic.js";
import type { Block } from "./document.js";
import { findDuplicates } from "./duplicates.js";
import { draftEdition, type Edition, editionNames, findEdition } from "./edition.js";
import { findManuscript } from "./find-manuscript.js";
import { findOwnStyle } from "./find-style.js";
import { reportIdentity } from "./identity.js";
import { didYouMean } from "./nearest.js";
import { packageNames, readPackageCsl, readPackageFile } from "./package-files.js";
import { readAnnotations } from "./read/annotations.js";
import { type Bibliography, readBibliography } from "./read/bibliography.js";
import { type ReadFontBytes, resolveFonts } from "./read/fonts.js";
import { type Manuscript, readManuscript } from "./read/manuscript.js";
import { withNumbering } from "./read/numbering.js";
import { openReferenceDocx } from "./read/reference-docx.js";
import { referTemplate } from "./read/reference-template.js";
import { readStyle } from "./read/style.js";
import { readTemplate } from "./read/template.js";
import type { ReferenceDocx } from "./reference-docx.js";
import { createReader, type FileReader } from "./source.js";
import type { CslStyle, Style } from "./style.js";
import type { Template } from "./template.js";
import { UsageError } from "./usage-error.js";

/** What the command line asks for. Paths are relative to `cwd`. */
export interface ProjectRequest {
  /** The manuscript or its folder; found when absent. */
  readonly manuscript?: string | undefined;
  /** Words after `--style`; the manuscript's own style when absent. */
  readonly style?: readonly string[] | undefined;
  readonly template?: string | undefined;
  /** The name of an edition; the work as it is written when absent. */
  readonly edition?: string | undefined;
  /** The path of a university's Word document; the manuscript's, or the template's, when absent. */
  readonly referenceDocx?: string | undefined;
  /** Whether it is a draft: looks like one, and some mistakes do not stop it. */
  readonly draft?: boolean | undefined;
  /** Whether quotations are set as the style asks; the manuscript's own choice when absent. */
  readonly quotations?: Manuscript["quotations"] | undefined;
  readonly cwd: string;
}

/** Everything that a build needs, read and checked. */
export interface Project {
  readonly manuscript: Manuscript;
  readonly bibliography: Bibliography;
  /** The annotations of the works by key, if the manuscript wants them printed. */
  readonly annotations?: ReadonlyMap<string, readonly Block[]>;
  readonly styles: readonly Style[];
  readonly template: Template;
  /** The university's Word document that the template was made from. */
  readonly reference?: ReferenceDocx;
  /** Where that is named. */
  readonly referenceSpan?: Span;
  /** The edition whose changes have been made. */
  readonly edition?: Edition;
}

/** A project, as far as it could be read, and what was found wrong with it. */
export interface LoadedProject {
  readonly project?: Project;
  readonly diagnostics: Diagnostic[];
  readonly sources: Sources;
}

/** What a manuscript that names no style or template is given. */
const DEFAULT_STYLE = "chicago";
const DEFAULT_TEMPLATE = "dissertation";

/**
 * Reads a manuscript, its chapters, bibliographies, styles and template.
 *
 * Mistakes in files become diagnostics, all of them in one run. Throws a
 * `UsageError` for a word of the command line that means nothing: a manuscript,
 * style or template that does not exist.
 */
export function loadProject(request: ProjectRequest): LoadedProject {
  const { cwd } = request;
  const diagnostics: Diagnostic[] = [];
  const report: Report = (diagnostic) => void diagnostics.push(diagnostic);

  const path = findManuscript(request.manuscript, cwd);
  if (!path) {
    throw request.manuscript === undefined
      ? new UsageError("no manuscript here: there is no dissertation.yaml or manuscript.yaml", [
          "name it: reissue build path/to/dissertation.yaml",
        ])
      : new UsageError(`there is no manuscript at ${request.manuscript}`);
  }
  const reader = createReader({ root: dirname(path), cwd, report });
  const manuscript = readManuscript(basename(path), reader, report);
  const resolver = { folder: dirname(path), reader, cwd, report, sources: reader.sources };

  const bibliography: Bibliography = {
    references: new Map(),
    spans: new Map(),
    fieldSpans: new Map(),
  };
  for (const { value, span } of manuscript?.bibliography ?? []) {
    readBibliography(value, reader, report, bibliography, span, manuscript?.metadata.lang);
  }
  findDuplicates(bibliography, reader.sources, report);
  const annotations = manuscript?.lists?.annotated
    ? readAnnotations(bibliography, manuscript.metadata.lang, report)
    : undefined;
  const words = request.style?.length
    ? request.style.map((word) => ({ word }))
    : [{ word: manuscript?.style?.value ?? DEFAULT_STYLE, span: manuscript?.style?.span }];
  const styles = words.flatMap(({ word, span }: Word) => {
    const style = resolveStyle({ word, span }, manuscript?.metadata.lang, resolver);
    return style ? [style] : [];
  });
  const named: Word =
    request.template !== undefined
      ? { word: request.template }
      : {
          word: manuscript?.template?.value ?? DEFAULT_TEMPLATE,
          span: manuscript?.template?.span,
        };
  const template = resolveTemplate(named, resolver);
  const loaded = { diagnostics, sources: reader.sources };
  const referenced =
    template && resolveReference(request, manuscript, { template, named }, resolver);
  if (!manuscript || !referenced || styles.length !== words.length) return loaded;
  const readFont: ReadFontBytes = (path, span) => reader.readBytes(path, span);
  const fonts = resolveFonts(manuscript.fonts, readFont, report, referenced.template.fonts);
  const { quotations } = request;
  const project: Project = {
    manuscript: quotations ? { ...manuscript, quotations } : manuscript,
    bibliography,
    styles,
    ...referenced,
    template: { ...withNumbering(referenced.template, manuscript.numbering), fonts },
    ...(annotations && { annotations }),
  };
  const ofEdition =
    request.edition === undefined ? project : inEdition(request.edition, project, resolver);
  return { ...loaded, project: request.draft ? asDraft(ofEdition, report) : ofEdition };
}

/**
 * Returns the template that a university's Word document makes of one, with that
 * document; the template as it is where none is named; undefined if one is named
 * and cannot be taken over. One of the command line may lie anywhere.
 */
function resolveReference(
  { referenceDocx }: ProjectRequest,
  manuscript: Manuscript | undefined,
  { template, named }: { readonly template: Template; readonly named: Word },
  resolver: Resolver,
): Pick<Project, "template" | "reference" | "referenceSpan"> | undefined {
  const { reader, cwd, report } = resolver;
  const located = manuscript?.referenceDocx ?? template.referenceDocx;
  const path = referenceDocx ?? located?.value;
  if (path === undefined) return { template };
  const span = referenceDocx === undefined ? located?.span : undefined;
  // A template's is named from where the template lies.
  const inFolder = manuscript?.referenceDocx ? reader.readBytes : fontReader(named, resolver);
  const bytes = span ? inFolder(path, span) : readOutside(path, cwd);
  const opened = bytes && openReferenceDocx(bytes, path, report, span);
  const referenced = opened && referTemplate(opened, template, report, span);
  return referenced && { ...referenced, ...(span && { referenceSpan: span }) };
}

/** Returns a project as a draft has it. */
function asDraft(project: Project, report: Report): Project {
  const { manuscript, template } = project;
  const draft = draftEdition(template.page);
  return { ...project, ...applyEdition(draft, { manuscript, template }, report) };
}

/** Returns a project as an edition has it. Throws a `UsageError` if there is none of the name. */
function inEdition(name: string, project: Project, { report, sources }: Resolver): Project {
  const { manuscript, template, bibliography } = project;
  const declared = [...(template.editions ?? []), ...(manuscript.editions ?? [])];
  const edition = findEdition(name, declared);
  if (!edition) {
    const names = editionNames(declared);
    const near = didYouMean(name, names);
    throw new UsageError(
      `there is no edition called "${name}"`,
      near.length ? near : [`the editions are ${names.join(", ")}`],
    );
  }
  const edited = applyEdition(edition, { manuscript, template }, report);
  if (edition.type && project.reference) {
    const { file } = project.reference;
    report({
      code: "reference-unfollowed",
      message: `the edition "${edition.id}" sets its text in its own way, so the styles of "${file}" are not taken over`,
      ...(project.referenceSpan && { span: project.referenceSpan }),
    });
  }
  if (edition.anonymous) {
    const { metadata } = manuscript;
    const { references } = bibliography;
    reportIdentity({ manuscript: edited.manuscript, metadata, references, sources }, report);
  }
  const { reference, ...others } = project;
  return { ...others, ...(reference && !edition.type && { reference }), ...edited, edition };
}

/** A word that names a style or template; from the manuscript if it has a place there. */
interface Word {
  readonly word: string;
  readonly span?: Span | undefined;
}

interface Resolver {
  /** The manuscript's own. */
  readonly folder: string;
  readonly reader: FileReader;
  readonly cwd: string;
  readonly report: Report;
  readonly sources: Map<string, string>;
}

function resolveTemplate({ word, span }: Word, resolver: Resolver): Template | undefined {
  const { report, sources } = resolver;
  const source = isPath(word)
    ? readNamed({ word, span }, resolver)
    : readPackageFile("templates", word);
  if (!source) {
    if (!isPath(word)) unknown("template", word, span, packageNames("templates"), resolver);
    return undefined;
  }
  sources.set(source.file, source.text);
  return readTemplate(source, nameOf(word), report, fontReader({ word, span }, resolver));
}

/**
 * Returns what reads the fonts of a template, whose paths are relative to it. One
 * of the command line may lie anywhere, and its fonts beside it.
 */
function fontReader({ word, span }: Word, { reader, cwd, report }: Resolver): ReadFontBytes {
  if (span) {
    const folder = dirname(word);
    return (path, at) => reader.readBytes(posix.join(folder, path), at);
  }
  const beside = createReader({ root: dirname(resolve(cwd, word)), cwd, report });
  return (path, at) => beside.readBytes(path, at);
}

/**
 * Returns the style that a word means: a `.csl` file or a profile by its path,
 * or by its name one in the folder `styles` beside the manuscript, a shipped
 * profile, or a CSL style of the bundle.
 */
function resolveStyle(
  named: Word,
  lang: string | undefined,
  resolver: Resolver,
): Style | undefined {
  const { cwd, folder: manuscriptFolder, report, sources } = resolver;
  const own = isPath(named.word) ? undefined : findOwnStyle(manuscriptFolder, named.word);
  const word = own === undefined ? named : { word: shownPath(own, cwd) };
  const path = isPath(word.word);
  if (path && extname(word.word) === ".csl") {
    const csl = readCslFile(word, resolver);
    return csl && plainStyle(csl, nameOf(word.word), lang);
  }
  const source = path ? readNamed(word, resolver) : readPackageFile("styles", word.word);
  if (!source) {
    const csl = path ? undefined : findCslStyle(word.word);
    if (csl) return plainStyle(csl, word.word, lang);
    if (!path) {
      const near = [...packageNames("styles"), ...nearStyles(word.word)];
      unknown("style", word.word, word.span, near, resolver);
    }
    return undefined;
  }
  sources.set(source.file, source.text);
  const profile = readStyle(source, nameOf(word.word), report);
  if (!profile) return undefined;
  const { id, title, ibid, firstCitation, listTitle, quotations } = profile;
  const folder = path ? dirname(source.file) : undefined;
  const csl = cslOfProfile({ word: profile.csl, span: profile.span }, folder, resolver);
  const { listCsl } = profile;
  const ofList = listCsl && cslOfProfile(wordOf(listCsl), folder, resolver);
  if (!csl || (listCsl && !ofList)) return undefined;
  return {
    id,
    title,
    csl,
    ibid,
    firstCitation,
    ...(quotations && { quotations }),
    ...(ofList && { listCsl: ofList }),
    // A heading in the profile's language would stand out in a work in another.
    ...(listTitle !== undefined && isOfLanguage(profile.locale, lang) && { listTitle }),
    locale: localeFor(lang, profile.locale ?? csl.defaultLocale),
  };
}

const wordOf = ({ value, span }: { readonly value: string; readonly span: Span }): Word => ({
  word: value,
  span,
});

/** Returns the CSL style that a profile names; one of a shipped profile has no `folder`. */
function cslOfProfile(
  named: Word,
  folder: string | undefined,
  resolver: Resolver,
): CslStyle | undefined {
  const { word, span } = named;
  if (isPath(word)) {
    return folder === undefined ? shippedCslStyle(word) : readCslFile(named, resolver, folder);
  }
  const csl = findCslStyle(word);
  if (!csl) unknown("style", word, span, nearStyles(word), resolver);
  return csl;
}

function shippedCslStyle(name: string): CslStyle | undefined {
  const source = readPackageCsl(name);
  return source && parseCslStyle(source.text, nameOf(name));
}

function plainStyle(csl: CslStyle, id: string, lang: string | undefined): Style {
  return { id, title: id, csl, ibid: "style", locale: localeFor(lang, csl.defaultLocale) };
}

/**
 * Returns the locale of the citations. The style's own one counts where it is
 * of the manuscript's language: Chicago is American even in a British thesis,
 * but German in a German one.
 */
function localeFor(lang: string | undefined, ofStyle: string | undefined): string {
  if (lang === undefined) return ofStyle ?? "en-US";
  return ofStyle !== undefined && isOfLanguage(ofStyle, lang) ? ofStyle : lang;
}

/** Whether two tags are of one language, whatever the country; an absent tag is of any. */
function isOfLanguage(tag: string | undefined, lang: string | undefined): boolean {
  const primary = (of: string) => of.split("-")[0]!.toLowerCase();
  return tag === undefined || lang === undefined || primary(tag) === primary(lang);
}

const isPath = (word: string): boolean => /[\\/]|\.(csl|ya?ml)$/.test(word);

const nameOf = (word: string): string => basename(word, extname(word));

/**
 * Reads a file that a word names. A word of the command line may lie anywhere,
 * for who runs the program is trusted; one of the manuscript stays in its folder.
 */
function readNamed(
  { word, span }: Word,
  { reader, cwd, report, sources }: Resolver,
): { readonly file: string; readonly text: string } | undefined {
  if (span) return reader.readText(word, span);
  const path = resolve(cwd, word);
  const failures: Diagnostic[] = [];
  const outside = createReader({
    root: dirname(path),
    cwd,
    report: (diagnostic) => void failures.push(diagnostic),
  });
  const source = outside.readText(basename(path));
  const [failure] = failures;
  if (!source) throw new UsageError(failure?.message ?? `${word} cannot be read`, failure?.hints);
  for (const [file, text] of outside.sources) sources.set(file, text);
  for (const found of failures) report(found);
  return source;
}

/** Reads a file that the command line names; throws a `UsageError` if it cannot be read. */
function readOutside(word: string, cwd: string): Uint8Array | undefined {
  const path = resolve(cwd, word);
  const failures: Diagnostic[] = [];
  const report: Report = (diagnostic) => void failures.push(diagnostic);
  const bytes = createReader({ root: dirname(path), cwd, report }).readBytes(basename(path));
  const [failure] = failures;
  if (!failure) return bytes;
  const isMissing = failure.code === "file-missing";
  throw new UsageError(isMissing ? `there is no file "${word}"` : failure.message, failure.hints);
}

function readCslFile(word: Word, resolver: Resolver, folder?: string): CslStyle | undefined {
  const at = folder === undefined ? word : { word: `${folder}/${word.word}` };
  const source = readNamed(at, resolver);
  if (!source) return undefined;
  resolver.sources.set(source.file, source.text);
  try {
    return parseCslStyle(source.text, nameOf(word.word), parentBeside(source.file, resolver));
  } catch (error) {
    if (!(error instanceof CslStyleError)) throw error;
    const { message, offset } = error;
    const place = locate(source.text, offset);
    resolver.report({
      code: "style-invalid",
      message,
      span: {
        file: source.file,
        start: offset,
        end: offset + Math.max(1, place.text.length - place.column + 1),
      },
    });
    return undefined;
  }
}

/** Looks the parent of a dependent style up in the same folder, then in the bundle. */
function parentBeside(file: string, { cwd }: Resolver) {
  const beside = createReader({ root: dirname(resolve(cwd, file)), cwd, report: () => {} });
  return (id: string): CslStyle | undefined => {
    const parent = beside.readText(`${id}.csl`);
    return parent ? parseCslStyle(parent.text, id) : findCslStyle(id);
  };
}

/** Reports a name that the manuscript has wrong, or throws one that the command line has. */
function unknown(
  kind: "style" | "template",
  word: string,
  span: Span | undefined,
  names: readonly string[],
  { report }: Resolver,
): void {
  const near = didYouMean(word, names);
  const hints = near.length
    ? near
    : kind === "style"
      ? ["reissue styles lists the styles"]
      : [`the templates are ${names.join(", ")}`];
  const message = `there is no ${kind} called "${word}"`;
  if (!span) throw new UsageError(message, hints);
  report({ code: `${kind}-unknown`, message, span, hints });
}

/** Returns a path as people would type it from a folder. */
export function shownPath(path: string, cwd: string): string {
  const shown = relative(cwd, path);
  return shown.startsWith("..") ? path : shown || ".";
}
