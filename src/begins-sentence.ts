// Whether a word that we print begins a sentence, and so begins with a capital:
// it does behind a full stop that is not an abbreviation's.

/** So many characters of the text before a word show whether a sentence begins. */
export const LONGEST_BEFORE = 80;

/** Abbreviations behind which a sentence goes on. */
const abbreviation =
  /(?:^|[\s([“‘«„"'])(?:\p{L}|al|app|art|bzw|ca|cf|ch|chap|col|comp|ed|eds|eg|esp|etc|fig|figs|ibid|ie|incl|lit|n|nn|no|nos|nr|op|par|pp|ps|resp|rys|sec|seq|sq|str|tab|trans|usw|vgl|viz|vol|vols|voir|vs|z\.B|d\.h|u\.a|e\.g|i\.e|a\.o|см|ср|рис|табл|гл|стр)\.\s+$/iu;

/** Whether what comes behind a text, of which the end will do, is a sentence's first word. */
export function beginsSentence(before: string): boolean {
  const text = before.replace(/["'“‘„‚«‹([¿¡]+$/u, "");
  // The separator behind a caption's label is not the end of a sentence in every language.
  if (/^[\s.:–]*$/.test(text)) return true;
  return /[.!?…]["'”’“»›)\]]*\s$/u.test(text) && !abbreviation.test(text);
}
