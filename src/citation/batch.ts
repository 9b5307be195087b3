// Prints all citations of a document in one pass of citeproc-js.
//
// Its own ways (`rebuildProcessorState`, one call after the other) look at every
// earlier citation again for each new one, which is quadratic. Here the citations
// are registered first and looked at once. The strings are the same; a test
// compares them over many styles.

import type { CslCitation, CslEngine, CslProcessor, SortedItem } from "citeproc";

/**
 * Returns the printed form of each citation, in the engine's output format.
 *
 * The engine must be fresh. `uncited` are ids of works that stand in the list
 * without being cited; they are registered before anything is printed, because
 * they too make years ambiguous (2010a, 2010b).
 */
export function printBatch(
  csl: CslProcessor,
  engine: CslEngine,
  citations: readonly CslCitation[],
  uncited: readonly string[] = [],
): string[] {
  const { run } = engine.disambiguate;
  engine.disambiguate.run = function (ambiguous, citation) {
    // There must be a choice between works; a quarter of the time went into asking.
    if ((engine.registry.ambigcites[ambiguous]?.length ?? 0) > 1) {
      run.call(this, ambiguous, citation);
    }
  };
  const ids = new Set(citations.flatMap(({ citationItems }) => citationItems.map(({ id }) => id)));
  if (ids.size) engine.updateItems([...ids]);
  if (uncited.length) engine.updateUncitedItems(uncited);
  const last = citations.at(-1);
  if (!last) return [];

  const earlier = citations.slice(0, -1);
  for (const citation of earlier) {
    register(csl, engine, citation);
    // Sorted now. citeproc-js would sort it again, and then without keeping the
    // works of an author together.
    citation.properties.unsorted = true;
  }
  engine.tmp.taintedItemIDs = {};
  const [, changed] = engine.processCitationCluster(
    last,
    earlier.map(({ citationID, properties }) => [citationID, properties.noteIndex]),
    [],
    csl.ASSUME_ALL_ITEMS_REGISTERED,
  );
  const printed = new Array<string | undefined>(citations.length);
  for (const [index, output] of changed) printed[index] = output;
  return earlier
    .map((citation, index) => printed[index] ?? printOne(engine, citation, index))
    .concat(printed[citations.length - 1]!);
}

/** Does for a citation what `processCitationCluster` does before it evaluates positions. */
function register(csl: CslProcessor, engine: CslEngine, citation: CslCitation): void {
  engine.setCitationId(citation);
  engine.registry.citationreg.citationById[citation.citationID] = citation;
  const sorted = citation.citationItems.map((own): SortedItem => {
    const item = engine.retrieveItem(own.id);
    const parsed = csl.parseLocator.call(engine, { ...own });
    own.item = item;
    parsed.item = item;
    return [item, parsed];
  });
  citation.sortedItems = sorted;
  if (sorted.length < 2 || !engine.citation_sort.tokens.length) return;
  if (engine.opt.citation_number_sort && citation.properties.unsorted) return;
  for (const [item, own] of sorted) {
    own.sortkeys = csl.getSortKeys.call(engine, item, "citation_sort");
  }
  const { compareCompositeKeys } = engine.citation.srt;
  if (
    !engine.opt.citation_number_sort &&
    engine.opt.grouped_sort &&
    !citation.properties.unsorted
  ) {
    groupAuthors(csl, engine, sorted);
  }
  if (!citation.properties.unsorted) sorted.sort(compareCompositeKeys);
}

/** Keeps the works of one author together when a citation is sorted by year. */
function groupAuthors(csl: CslProcessor, engine: CslEngine, sorted: SortedItem[]): void {
  const { registry, authorstrings } = engine.registry;
  for (const [item, own] of sorted) {
    engine.tmp.authorstring_request = true;
    csl.getAmbiguousCite.call(engine, item, registry[item.id]!.disambig);
    engine.tmp.authorstring_request = false;
    own.sortkeys = [authorstrings[item.id], ...own.sortkeys!];
  }
  sorted.sort(engine.citation.srt.compareCompositeKeys);
  let last: unknown = false;
  let author: unknown = false;
  let key: unknown = false;
  for (const [index, [, own]] of sorted.entries()) {
    const keys = own.sortkeys!;
    if (keys[0] !== last) [author, key] = keys;
    keys[0] = `${key}${index}`;
    last = author;
  }
}

function printOne(engine: CslEngine, citation: CslCitation, index: number): string {
  engine.tmp.citation_pos = index;
  engine.tmp.citation_note_index = citation.properties.noteIndex;
  engine.tmp.citation_id = citation.citationID;
  return engine.process_CitationCluster(citation.sortedItems!, citation);
}
