// Word documents as universities hand them out, made for the tests: a German one
// with localised style ids, numbered headings and a crest; an American one on
// letter paper with facing pages; and one whose text has names for ours.

import {
  AlignmentType,
  Document,
  Footer,
  Header,
  ImageRun,
  type ISectionOptions,
  LevelFormat,
  Packer,
  PageNumber,
  Paragraph,
  type ParagraphChild,
  SectionType,
  Tab,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from "docx";
import { strFromU8, strToU8, unzipSync, type Zippable, zipSync } from "fflate";

/** Changes the parts of a Word document. */
export function rezip(
  bytes: Uint8Array,
  change: (parts: Map<string, Uint8Array>) => void,
): Uint8Array {
  const parts = new Map(Object.entries(unzipSync(bytes)));
  change(parts);
  return zipSync(Object.fromEntries(parts) as Zippable, { mtime: new Date(1980, 0, 1) });
}

/** Changes a part that is text. */
export function edit(
  parts: Map<string, Uint8Array>,
  path: string,
  change: (xml: string) => string,
): void {
  parts.set(path, strToU8(change(strFromU8(parts.get(path)!))));
}

// A shield in four fields, of 16 by 20 points.
export const crest = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAABAAAAAUCAIAAAALACogAAAAUElEQVR42mPoERXFim4tVcCKGEY1DA4NuCRwGUQHDf///ydeA1AxSANWPVhVIzRg6sGqGkUDmh6sqtE1IOvBqhqLBrgerKqppAGiB6tqIAAAcZ/xGtrSf5cAAAAASUVORK5CYII=",
  "base64",
);

const run = (text: string, bold = false) => new TextRun({ text, bold });
const paragraph = (style: string, ...children: ParagraphChild[]) =>
  new Paragraph({ style, children });

function crestRun(): ImageRun {
  return new ImageRun({
    type: "png",
    data: crest,
    transformation: { width: 24, height: 30 },
    altText: { name: "Wappen", title: "Wappen", description: "Wappen der Universität" },
  });
}

const main = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';

interface StyleText {
  readonly id: string;
  readonly name: string;
  readonly type?: "paragraph" | "character" | "table" | "numbering";
  readonly isDefault?: boolean;
  readonly basedOn?: string;
  readonly paragraph?: string;
  readonly run?: string;
}

function stylesXml(defaults: string, styles: readonly StyleText[]): string {
  const list = styles.map(
    ({ id, name, type = "paragraph", isDefault, basedOn, paragraph: format, run: letters }) =>
      `<w:style w:type="${type}"${isDefault ? ' w:default="1"' : ""} w:styleId="${id}"><w:name w:val="${name}"/>${basedOn ? `<w:basedOn w:val="${basedOn}"/>` : ""}${format ? `<w:pPr>${format}</w:pPr>` : ""}${letters ? `<w:rPr>${letters}</w:rPr>` : ""}</w:style>`,
  );
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:styles ${main}><w:docDefaults>${defaults}</w:docDefaults>${list.join("")}</w:styles>`;
}

const size = (points: number) => `<w:sz w:val="${points * 2}"/><w:szCs w:val="${points * 2}"/>`;
const font = (name: string) =>
  `<w:rFonts w:ascii="${name}" w:hAnsi="${name}" w:eastAsia="${name}" w:cs="${name}"/>`;

const tableNormal: StyleText = {
  id: "NormaleTabelle",
  name: "Normal Table",
  type: "table",
  isDefault: true,
};

async function made(
  sections: readonly ISectionOptions[],
  styles: string,
  change: (parts: Map<string, Uint8Array>) => void = () => {},
): Promise<Uint8Array> {
  const numbering = {
    config: [
      {
        reference: "headings",
        levels: [0, 1, 2].map((level) => ({
          level,
          format: LevelFormat.DECIMAL,
          text: ["%1", "%1.%2", "%1.%2.%3"][level]!,
          alignment: AlignmentType.LEFT,
          style: { paragraph: { indent: { left: 680, hanging: 680 } } },
        })),
      },
    ],
  };
  const bytes = await Packer.toBuffer(new Document({ sections, numbering }));
  return rezip(bytes, (parts) => {
    parts.set("word/styles.xml", strToU8(styles));
    change(parts);
  });
}

/** Ids as German Word writes them, names in English; a list on the headings; crest and live chapter title above. */
export function germanDocument(): Promise<Uint8Array> {
  const styles = stylesXml(
    `<w:rPrDefault><w:rPr>${font("Arial")}${size(11)}<w:lang w:val="de-DE"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="360" w:lineRule="auto"/></w:pPr></w:pPrDefault>`,
    [
      { id: "Standard", name: "Normal", isDefault: true, paragraph: '<w:jc w:val="both"/>' },
      {
        id: "Absatz-Standardschriftart",
        name: "Default Paragraph Font",
        type: "character",
        isDefault: true,
      },
      tableNormal,
      { id: "KeineListe", name: "No List", type: "numbering", isDefault: true },
      ...[1, 2, 3].map((level) => ({
        id: `berschrift${level}`,
        name: `heading ${level}`,
        basedOn: "Standard",
        paragraph: `<w:keepNext/><w:numPr>${level > 1 ? `<w:ilvl w:val="${level - 1}"/>` : ""}<w:numId w:val="7"/></w:numPr><w:spacing w:before="${480 / level}" w:after="240"/><w:jc w:val="left"/><w:outlineLvl w:val="${level - 1}"/>`,
        run: `<w:b/><w:color w:val="8C1515"/>${size([18, 14, 12][level - 1]!)}`,
      })),
      {
        id: "Titel",
        name: "Title",
        basedOn: "Standard",
        paragraph: '<w:jc w:val="center"/>',
        run: `<w:b/>${size(24)}`,
      },
      {
        id: "Zitat",
        name: "Quote",
        basedOn: "Standard",
        paragraph: '<w:ind w:left="567" w:right="567"/>',
        run: size(10),
      },
      {
        id: "Funotentext",
        name: "footnote text",
        basedOn: "Standard",
        paragraph: '<w:spacing w:after="0" w:line="240" w:lineRule="auto"/>',
        run: size(9),
      },
      {
        id: "Funotenzeichen",
        name: "footnote reference",
        type: "character",
        run: '<w:vertAlign w:val="superscript"/>',
      },
      { id: "Kopfzeile", name: "header", basedOn: "Standard", run: size(9) },
      { id: "Fuzeile", name: "footer", basedOn: "Standard", run: size(9) },
      {
        id: "Verzeichnis1",
        name: "toc 1",
        basedOn: "Standard",
        paragraph: '<w:spacing w:before="120" w:after="60"/>',
        run: "<w:b/>",
      },
      // An id of ours for something else.
      { id: "Quote", name: "Pull Quote", basedOn: "Standard", run: "<w:i/>" },
    ],
  );
  const header = new Header({
    children: [
      paragraph(
        "Kopfzeile",
        crestRun(),
        new TextRun({ children: [new Tab()] }),
        run("Universität Musterstadt – STYLE"),
      ),
    ],
  });
  const footer = new Footer({
    children: [
      new Paragraph({
        style: "Fuzeile",
        alignment: AlignmentType.RIGHT,
        children: [run("Seite "), new TextRun({ children: [PageNumber.CURRENT] })],
      }),
    ],
  });
  const section: ISectionOptions = {
    properties: {
      page: {
        size: { width: 11906, height: 16838 },
        margin: { top: 1701, bottom: 1134, left: 2268, right: 1134, header: 567, footer: 567 },
      },
    },
    headers: { default: header },
    footers: { default: footer },
    children: [
      paragraph("berschrift1", run("Muster")),
      new Paragraph({
        numbering: { reference: "headings", level: 0 },
        children: [run("Beispiel")],
      }),
    ],
  };
  return made([section], styles, (parts) => {
    edit(parts, "word/numbering.xml", (xml) => {
      const ids = [...xml.matchAll(/<w:num w:numId="(\d+)"/g)].map(([, id]) => id);
      return xml
        .replace(`<w:num w:numId="${ids.at(-1)}"`, '<w:num w:numId="7"')
        .replace(
          /(<w:lvl w:ilvl="([012])"[^>]*>(?:<w:start [^>]*>)?<w:numFmt w:val="decimal"\/>)/g,
          (_, begin: string, level: string) =>
            `${begin}<w:pStyle w:val="berschrift${Number(level) + 1}"/>`,
        );
    });
    edit(parts, "word/document.xml", (xml) =>
      xml.replace(/<w:numId w:val="\d+"\/>/, '<w:numId w:val="7"/>'),
    );
    const head = [...parts.keys()].find((path) => /header\d\.xml$/.test(path))!;
    edit(parts, head, (xml) =>
      xml.replace(
        / – STYLE<\/w:t><\/w:r>/,
        ' – </w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> STYLEREF "Überschrift 1" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>Muster</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>',
      ),
    );
  });
}

/** Letter paper, mirrored margins with a gutter, heads of odd and even pages and a first page of its own. */
export function americanDocument(): Promise<Uint8Array> {
  const styles = stylesXml(
    `<w:rPrDefault><w:rPr>${font("Times New Roman")}${size(12)}</w:rPr></w:rPrDefault><w:pPrDefault/>`,
    [
      { id: "Normal", name: "Normal", isDefault: true },
      {
        id: "DefaultParagraphFont",
        name: "Default Paragraph Font",
        type: "character",
        isDefault: true,
      },
      { ...tableNormal, id: "TableNormal" },
      { id: "NoList", name: "No List", type: "numbering", isDefault: true },
      {
        id: "BodyText",
        name: "Body Text",
        basedOn: "Normal",
        paragraph: '<w:spacing w:line="480" w:lineRule="auto"/><w:ind w:firstLine="720"/>',
      },
      {
        id: "Heading1",
        name: "heading 1",
        basedOn: "Normal",
        paragraph:
          '<w:keepNext/><w:spacing w:before="720" w:after="480"/><w:jc w:val="center"/><w:outlineLvl w:val="0"/>',
        run: `<w:b/><w:caps/>${size(14)}`,
      },
      {
        id: "Heading2",
        name: "heading 2",
        basedOn: "Normal",
        paragraph:
          '<w:keepNext/><w:spacing w:before="240" w:after="240"/><w:outlineLvl w:val="1"/>',
        run: "<w:b/>",
      },
      {
        id: "Bibliography",
        name: "Bibliography",
        basedOn: "Normal",
        paragraph: '<w:spacing w:after="240"/><w:ind w:left="720" w:hanging="720"/>',
      },
      { id: "FootnoteText", name: "footnote text", basedOn: "Normal", run: size(10) },
      { id: "Header", name: "header", basedOn: "Normal" },
      { id: "Footer", name: "footer", basedOn: "Normal" },
    ],
  );
  const head = (align: "left" | "right", text: string) =>
    new Header({
      children: [
        new Paragraph({
          style: "Header",
          alignment: AlignmentType[align === "left" ? "LEFT" : "RIGHT"],
          children: [run(`${text} `), new TextRun({ children: [PageNumber.CURRENT] })],
        }),
      ],
    });
  const section: ISectionOptions = {
    properties: {
      titlePage: true,
      page: {
        size: { width: 12240, height: 15840 },
        margin: {
          top: 1440,
          bottom: 1440,
          left: 1440,
          right: 1440,
          gutter: 720,
          header: 720,
          footer: 720,
        },
      },
    },
    headers: {
      default: head("right", "State University"),
      even: head("left", "Graduate School"),
      first: new Header({ children: [paragraph("Header", run("Submitted to State University"))] }),
    },
    children: [paragraph("BodyText", run("Sample."))],
  };
  return made([section], styles, (parts) =>
    edit(parts, "word/settings.xml", (xml) =>
      xml
        .replace("<w:displayBackgroundShape/>", "")
        .replace(/(<w:settings [^>]*>)/, "$1<w:mirrorMargins/>")
        .replace(
          /(<w:defaultTabStop [^>]*>|<w:characterSpacingControl|<w:footnotePr>|<w:compat>)/,
          "<w:evenAndOddHeaders/>$1",
        ),
    ),
  );
}

/** A title page with a table of signatures, an abstract under the university's own heading, and a last page. */
export async function placeholderDocument(): Promise<Uint8Array> {
  const styles = stylesXml(
    `<w:rPrDefault><w:rPr>${font("Calibri")}${size(11)}</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="160" w:line="276" w:lineRule="auto"/></w:pPr></w:pPrDefault>`,
    [
      { id: "Normal", name: "Normal", isDefault: true },
      {
        id: "DefaultParagraphFont",
        name: "Default Paragraph Font",
        type: "character",
        isDefault: true,
      },
      { ...tableNormal, id: "TableNormal" },
      { id: "NoList", name: "No List", type: "numbering", isDefault: true },
      {
        id: "Title",
        name: "Title",
        basedOn: "Normal",
        paragraph: '<w:spacing w:before="2400"/><w:jc w:val="center"/>',
        run: `<w:b/>${size(26)}`,
      },
      {
        id: "Heading1",
        name: "heading 1",
        basedOn: "Normal",
        paragraph:
          '<w:keepNext/><w:spacing w:before="480" w:after="240"/><w:outlineLvl w:val="0"/>',
        run: `<w:b/><w:color w:val="1F3864"/>${size(16)}`,
      },
      {
        id: "Heading2",
        name: "heading 2",
        basedOn: "Normal",
        paragraph: '<w:keepNext/><w:outlineLvl w:val="1"/>',
        run: `<w:b/>${size(13)}`,
      },
      { id: "TOCHeading", name: "TOC Heading", basedOn: "Normal", run: `<w:b/>${size(16)}` },
      { id: "Header", name: "header", basedOn: "Normal", run: size(9) },
      { id: "Footer", name: "footer", basedOn: "Normal", run: size(9) },
    ],
  );
  const page = {
    size: { width: 11906, height: 16838 },
    margin: { top: 1417, bottom: 1134, left: 1417, right: 1417, header: 709, footer: 709 },
  };
  const cell = (...children: Paragraph[]) =>
    new TableCell({ width: { size: 4500, type: WidthType.DXA }, children });
  const center = (...children: ParagraphChild[]) =>
    new Paragraph({ alignment: AlignmentType.CENTER, children });
  const cover: ISectionOptions = {
    properties: { page },
    headers: { default: new Header({ children: [paragraph("Header", crestRun())] }) },
    children: [
      // Word divides what is typed into runs as it likes.
      paragraph("Title", run("{{ti"), run("tle"), run("}}")),
      center(run("A thesis for the degree of "), run("{{degree}}", true), run(", by")),
      center(run("{{author}}", true)),
      center(run("{{date}}")),
      new Table({
        width: { size: 9000, type: WidthType.DXA },
        columnWidths: [4500, 4500],
        rows: [
          new TableRow({
            children: [
              cell(paragraph("Normal", run("Declared to be my own work of {{words}} words"))),
              cell(paragraph("Normal", run("Signed: ______________ {{author}}"))),
            ],
          }),
        ],
      }),
    ],
  };
  const front: ISectionOptions = {
    properties: {
      type: SectionType.NEXT_PAGE,
      page: { ...page, pageNumbers: { start: 1, formatType: "lowerRoman" } },
    },
    headers: { default: new Header({ children: [paragraph("Header", run("{{title}}"))] }) },
    footers: {
      default: new Footer({
        children: [center(new TextRun({ children: [PageNumber.CURRENT] }))],
      }),
    },
    children: [
      paragraph("Heading1", run("Summary of the thesis")),
      paragraph("Normal", run("{{abstract}}")),
      new Paragraph({
        style: "TOCHeading",
        pageBreakBefore: true,
        children: [run("What is in this thesis")],
      }),
      paragraph("Normal", run("{{contents}}")),
    ],
  };
  const body: ISectionOptions = {
    properties: { type: SectionType.NEXT_PAGE, page },
    headers: {
      default: new Header({ children: [paragraph("Header", run("Thesis of {{author}}"))] }),
    },
    footers: {
      default: new Footer({
        children: [center(run("– "), new TextRun({ children: [PageNumber.CURRENT] }), run(" –"))],
      }),
    },
    children: [
      paragraph("Normal", run("{{body}}")),
      paragraph("Normal", run("{{bibliography}}")),
      new Paragraph({
        pageBreakBefore: true,
        children: [run("Printed by the university press of Newtown.")],
      }),
    ],
  };
  return made([cover, front, body], styles);
}
