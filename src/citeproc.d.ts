// The part of citeproc-js 2.4.63 that we call; the package ships no types.
// Some of it is internal to the package, so the version is pinned exactly.

declare module "citeproc" {
  /** CSL-JSON as it is handed over: the engine clones it. */
  export interface CslItem {
    readonly id: string;
    readonly type: string;
    readonly [variable: string]: unknown;
  }

  /** The engine's own record of one work in one citation; it writes position and sort keys here. */
  export interface CslCitationItem {
    id: string;
    locator?: string;
    label?: string;
    prefix?: string;
    suffix?: string;
    "suppress-author"?: boolean;
    "author-only"?: boolean;
    position?: number;
    sortkeys?: unknown[];
    item?: CslItem;
    [key: string]: unknown;
  }

  export interface CslCitation {
    citationID: string;
    citationItems: CslCitationItem[];
    properties: {
      noteIndex: number;
      index?: number;
      unsorted?: boolean;
      mode?: "author-only" | "suppress-author" | "composite";
      "suppress-trailing-punctuation"?: boolean;
    };
    sortedItems?: SortedItem[];
  }

  export type SortedItem = [CslItem, CslCitationItem];

  export interface CslSystem {
    retrieveLocale(lang: string): unknown;
    retrieveItem(id: string): unknown;
  }

  /** What a decoration does to a string; `false` leaves it alone. */
  export type CslDecoration =
    | string
    | false
    | ((state: CslEngine, text?: string, extra?: unknown) => string);

  /** An element of a style, compiled. */
  export interface CslToken {
    readonly next?: number;
    readonly succeed?: number;
    readonly fail?: number;
    readonly test?: (item: CslItem, citationItem?: CslCitationItem) => unknown;
    readonly execs: readonly ((
      this: CslToken,
      engine: CslEngine,
      item: CslItem,
      citationItem?: CslCitationItem,
    ) => number | undefined)[];
  }

  export interface CslEngine {
    readonly opt: {
      readonly xclass: string;
      readonly lang: string;
      readonly update_mode: number;
      readonly grouped_sort?: boolean;
      readonly citation_number_sort?: boolean;
      readonly development_extensions: Record<string, unknown>;
    };
    readonly tmp: {
      taintedItemIDs: Record<string, boolean>;
      authorstring_request?: boolean;
      citation_pos?: number;
      citation_note_index?: number;
      citation_id?: string;
      have_collapsed?: unknown;
      splice_delimiter?: string;
      lang_array?: readonly string[];
      readonly jump: { replace(result: "succeed" | "fail"): void };
    };
    readonly disambiguate: { run(ambiguous: string, citation?: CslCitation): void };
    readonly citation: {
      readonly opt: Record<string, unknown> & {
        readonly layout_prefix: string;
        readonly layout_suffix: string;
        readonly layout_delimiter?: string;
        readonly layout_decorations: readonly (readonly [string, string])[];
        readonly collapse?: string;
      };
      readonly srt: { compareCompositeKeys(a: SortedItem, b: SortedItem): number };
    };
    readonly bibliography: { readonly opt: Record<string, unknown> };
    readonly citation_sort: { readonly tokens: readonly unknown[] };
    readonly locale: Record<string, { readonly opts: Record<string, unknown> }>;
    readonly registry: {
      getSortedIds(): string[];
      readonly registry: Record<string, { readonly disambig: unknown; readonly seq?: number }>;
      readonly ambigcites: Record<string, readonly string[]>;
      readonly authorstrings: Record<string, unknown>;
      readonly citationreg: { readonly citationById: Record<string, CslCitation> };
    };
    setOutputFormat(name: string): void;
    setCitationId(citation: CslCitation): void;
    retrieveItem(id: string): CslItem;
    updateItems(ids: readonly string[]): void;
    updateUncitedItems(ids: readonly string[]): void;
    processCitationCluster(
      citation: CslCitation,
      before: readonly (readonly [string, number])[],
      after: readonly (readonly [string, number])[],
      flag?: number | string,
    ): [unknown, [number, string, string][]];
    process_CitationCluster(sorted: SortedItem[], citation: CslCitation): string;
    rebuildProcessorState(
      citations: CslCitation[],
      format: string,
      uncited: readonly string[],
    ): [string, number, string][];
    makeBibliography(section?: unknown): false | [CslListMetadata, string[]];
    getTerm(term: string, form?: string, plural?: number): string;
  }

  export interface CslListMetadata {
    readonly hangingindent?: boolean | number;
    readonly entryspacing?: number;
    readonly linespacing?: number;
    readonly "second-field-align"?: false | string;
    readonly entry_ids: readonly (readonly string[])[];
    readonly bibliography_errors: readonly unknown[];
  }

  export interface CslProcessor {
    Engine: new (system: CslSystem, style: unknown, lang: string, forceLang: boolean) => CslEngine;
    Output: {
      Formats: Record<string, Record<string, CslDecoration>>;
      /** What `text-case` does, by its values; the text has CSL's rich text in it. */
      Formatters: Record<string, (state: CslEngine, text: string) => string>;
    };
    readonly SUPERSCRIPTS: Readonly<Record<string, string>>;
    readonly SUPERSCRIPTS_REGEXP: RegExp;
    readonly SKIP_WORDS: readonly string[];
    readonly ASSUME_ALL_ITEMS_REGISTERED: number;
    readonly POSITION_FIRST: number;
    readonly POSITION_SUBSEQUENT: number;
    readonly POSITION_IBID: number;
    readonly POSITION_IBID_WITH_LOCATOR: number;
    parseXml(xml: string): unknown;
    debug(message: string): void;
    parseLocator(this: CslEngine, item: CslCitationItem): CslCitationItem;
    getSortKeys(this: CslEngine, item: CslItem, area: string): unknown[];
    getAmbiguousCite(this: CslEngine, item: CslItem, disambig: unknown): string;
    getSpliceDelimiter(
      this: CslEngine,
      lastLocator: boolean,
      lastCollapsed: boolean,
      position: number,
    ): string;
    tokenExec(
      this: CslEngine,
      token: CslToken,
      item: CslItem,
      citationItem?: CslCitationItem,
    ): number | undefined;
    toLocaleLowerCase(this: CslEngine, text: string): string;
    toLocaleUpperCase(this: CslEngine, text: string): string;
  }

  const csl: CslProcessor;
  export default csl;
}
