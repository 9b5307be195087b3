// The one place that reaches into pdfmake. Its package has no `exports` map, so
// the modules below resolve; they are pinned by the exact version in
// package.json and checked by tests/pdf/internals.test.ts.

import svgToPdfkit from "pdfmake/js/3rd-party/svg-to-pdfkit.js";
import documentContext from "pdfmake/js/DocumentContext.js";
import layoutBuilder from "pdfmake/js/LayoutBuilder.js";
import line from "pdfmake/js/Line.js";
import pageElementWriter from "pdfmake/js/PageElementWriter.js";
import pdfDocument from "pdfmake/js/PDFDocument.js";
import renderer from "pdfmake/js/Renderer.js";
import type * as pdfmake from "./pdfmake.js";

/** The class that a CommonJS module exports as its default; some loaders have unwrapped it already. */
function classOf<Class>(module: { default: Class } | Class): Class {
  return typeof module === "function" ? module : (module as { default: Class }).default;
}

export const DocumentContext = classOf<typeof pdfmake.DocumentContext>(documentContext);
export const LayoutBuilder = classOf<typeof pdfmake.LayoutBuilder>(layoutBuilder);
export const Line = classOf<typeof pdfmake.Line>(line);
export const PageElementWriter = classOf<typeof pdfmake.PageElementWriter>(pageElementWriter);
export const PDFDocument = classOf<typeof pdfmake.PDFDocument>(pdfDocument);
export const Renderer = classOf<typeof pdfmake.Renderer>(renderer);

export const drawSvg: pdfmake.DrawSvg =
  typeof svgToPdfkit === "function" ? svgToPdfkit : svgToPdfkit.default;
