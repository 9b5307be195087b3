// Where Word's sections begin: pages that have heads, or a format, of their own.
// Writers of blocks put marks among the paragraphs; here they are cut there.

import { LineRuleType, Paragraph, XmlComponent } from "docx";
import type { Section } from "../../document.js";
import { paragraphOf } from "./xml.js";

/** What changes where a Word section begins; the rest stays as it was. */
export interface StretchChange {
  /** The section of the work that begins here, on a page of its own. */
  readonly chapter?: Section;
  /** Whether the pages from here on lie on their side. */
  readonly isLandscape?: boolean;
}

/** Stands among paragraphs where a Word section begins; it is never written. */
export class StretchMark extends XmlComponent {
  readonly change: StretchChange;

  constructor(change: StretchChange) {
    super("w:sectPr");
    this.change = change;
  }
}

/** The paragraphs of one Word section. */
export interface Stretch {
  readonly children: readonly XmlComponent[];
  /** Whether a part begins with it, or a chapter on a page of its own. */
  readonly opens: boolean;
  /** The chapter that it belongs to; absent where a part is one stretch. */
  readonly chapter?: Section;
  readonly isLandscape: boolean;
}

/** Cuts the paragraphs of a part at the marks, which it leaves out. Empty stretches are dropped. */
export function cutStretches(paragraphs: readonly XmlComponent[]): Stretch[] {
  const stretches: Stretch[] = [];
  let children: XmlComponent[] = [];
  let current: Omit<Stretch, "children"> = { opens: true, isLandscape: false };
  const end = () => {
    if (!children.length) return;
    stretches.push({ ...current, children: closed(children) });
    children = [];
    current = { ...current, opens: false };
  };
  for (const paragraph of paragraphs) {
    if (!(paragraph instanceof StretchMark)) {
      children.push(paragraph);
      continue;
    }
    end();
    const { change } = paragraph;
    current = { ...current, ...change, opens: current.opens || change.chapter !== undefined };
  }
  end();
  return stretches;
}

/**
 * The properties of a Word section stand in its last paragraph (ECMA-376-1,
 * 17.6.18). Behind anything else, such as contents or a table, that is an empty
 * one, too low to be seen: LibreOffice forgets the feet of a section that ends
 * within the contents' field.
 */
function closed(children: readonly XmlComponent[]): readonly XmlComponent[] {
  return children.at(-1) instanceof Paragraph ? children : [...children, lowParagraph()];
}

/** Returns an empty paragraph that is too low to be seen, for places where Word must have one. */
export function lowParagraph(): Paragraph {
  return paragraphOf([], {
    spacing: { line: 20, lineRule: LineRuleType.EXACT },
    run: { size: 2 },
  });
}
