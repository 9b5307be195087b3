// Complex fields (ECMA-376-1, 17.16.18): what Word calculates, with the result
// that it shows until then. Codes are built from constants and generated
// bookmark names alone, for a code can also open files; those of live citations
// and of the index hold an author's words as well, within quotation marks or as JSON.

import { TextRun, type XmlComponent } from "docx";
import { element } from "./xml.js";

/**
 * The runs that stand before a field's result; its code is given without the
 * spaces around it. Word leaves a locked field as it is when it updates others.
 */
export function beginField(code: string, { locked = false } = {}): XmlComponent[] {
  return [
    fieldCharacter("begin", locked),
    element("w:r", {}, [element("w:instrText", { "xml:space": "preserve" }, [` ${code} `])]),
    fieldCharacter("separate"),
  ];
}

/** The run that stands after a field's result. */
export function endField(): XmlComponent {
  return fieldCharacter("end");
}

/** A whole field with plain text as its result, never marked dirty, so that Word does not ask. */
export function field(code: string, result: string): XmlComponent[] {
  return [...beginField(code), new TextRun(result), endField()];
}

/** A field that shows nothing, such as a mark of the index. */
export function hiddenField(code: string): XmlComponent[] {
  const hidden = element("w:rPr", {}, [element("w:vanish")]);
  return [
    element("w:r", {}, [hidden, element("w:fldChar", { "w:fldCharType": "begin" })]),
    element("w:r", {}, [
      hidden,
      element("w:instrText", { "xml:space": "preserve" }, [` ${code} `]),
    ]),
    element("w:r", {}, [hidden, element("w:fldChar", { "w:fldCharType": "end" })]),
  ];
}

function fieldCharacter(type: "begin" | "separate" | "end", locked = false): XmlComponent {
  return element("w:r", {}, [
    element("w:fldChar", { "w:fldCharType": type, ...(locked && { "w:fldLock": "1" }) }),
  ]);
}
