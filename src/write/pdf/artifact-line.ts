// Lines that are no part of the text: heads and feet, numbers of lines, marks.

import type { Leading } from "../../template.js";
import type { CharacterStyle } from "./definition.js";
import { breakParagraph, type TextLine } from "./paragraph.js";
import type { Artifact } from "./tagger.js";
import type { Typesetter } from "./text.js";

/** Returns a line at the left edge; however long its text is, it is one line. */
export function artifactLine(
  text: string,
  base: CharacterStyle,
  kind: Artifact["kind"],
  typesetter: Typesetter,
  leading: Leading = { lines: 1 },
): TextLine {
  const [line] = breakParagraph(
    {
      text: "",
      runs: [{ text, style: base }],
      base,
      align: "left",
      isHyphenated: false,
      leading,
      left: 0,
      right: 0,
      indent: 0,
      before: 0,
      after: 0,
      keepWithNext: false,
      beginsPage: false,
      anchors: [],
      structure: { type: "Artifact", kind },
    },
    Number.MAX_SAFE_INTEGER,
    typesetter,
  );
  return line!;
}
