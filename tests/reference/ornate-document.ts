// A university's document whose heads have all that heads have: a table with the
// crest, stops, rules, a seal at a place of its own, fields, names, a text box and a
// Windows metafile.

import { strToU8 } from "fflate";
import { americanDocument, crest, edit, rezip } from "./university-documents.js";

const main =
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml"';

const text = (words: string, properties = "") =>
  `<w:r>${properties && `<w:rPr>${properties}</w:rPr>`}<w:t xml:space="preserve">${words}</w:t></w:r>`;
const tab = "<w:r><w:tab/></w:r>";
const field = (code: string, shown: string) =>
  `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> ${code} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>${text(shown)}<w:r><w:fldChar w:fldCharType="end"/></w:r>`;
const paragraph = (inner: string, properties = "") =>
  `<w:p><w:pPr><w:pStyle w:val="Header"/>${properties}</w:pPr>${inner}</w:p>`;

const graphic = (id: string, size: string) =>
  `<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="0" name="p"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="${id}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext ${size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>`;
const inline = (id: string) =>
  `<w:r><w:drawing><wp:inline><wp:extent cx="304800" cy="381000"/><wp:docPr id="1" name="Crest"/>${graphic(id, 'cx="304800" cy="381000"')}</wp:inline></w:drawing></w:r>`;
const anchored = (id: string) =>
  `<w:r><w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="1" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="page"><wp:align>right</wp:align></wp:positionH><wp:positionV relativeFrom="page"><wp:posOffset>127000</wp:posOffset></wp:positionV><wp:extent cx="609600" cy="762000"/><wp:wrapNone/><wp:docPr id="2" name="Seal"/>${graphic(id, 'cx="609600" cy="762000"')}</wp:anchor></w:drawing></w:r>`;
const textBox =
  '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><wp:extent cx="304800" cy="381000"/><wp:docPr id="3" name="Box"/><a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr/><wps:spPr/><wps:txbx><w:txbxContent><w:p><w:r><w:t>In a box</w:t></w:r></w:p></w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice></mc:AlternateContent></w:r>';

const cell = (width: number, inner: string) =>
  `<w:tc><w:tcPr><w:tcW w:w="${width}" w:type="dxa"/></w:tcPr>${inner}</w:tc>`;

const stops =
  '<w:tabs><w:tab w:val="center" w:pos="4320"/><w:tab w:val="right" w:pos="8640"/></w:tabs>';

const odd = `<w:hdr ${main}><w:tbl><w:tblPr><w:tblW w:w="8640" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid><w:gridCol w:w="1440"/><w:gridCol w:w="7200"/></w:tblGrid><w:tr>${cell(1440, paragraph(inline("rId1")))}${cell(7200, `${paragraph(text("State University", "<w:b/>"), '<w:jc w:val="right"/>')}${paragraph(text("Thesis of {{au") + text("thor}}", "<w:i/>"), '<w:jc w:val="right"/>')}`)}</w:tr></w:tbl>${paragraph(anchored("rId1") + textBox + text("Left") + tab + field('STYLEREF "Heading 1"', "Chapter") + tab + field("PAGE", "1") + text(" of ") + field("NUMPAGES", "9"), `<w:pBdr><w:bottom w:val="single" w:sz="8" w:space="1" w:color="auto"/></w:pBdr>${stops}`)}</w:hdr>`;
const even = `<w:hdr ${main}>${paragraph(field("PAGE", "2") + tab + field("TITLE", "Their title") + tab + field("DATE", "1 May 1999"), stops)}</w:hdr>`;
const foot = `<w:ftr ${main}>${paragraph(`${inline("rId2") + text("Printed in Newtown, ")}<w:r><w:ptab w:relativeTo="margin" w:alignment="right" w:leader="none"/></w:r>${text("at the end")}`)}</w:ftr>`;
const cover = `<w:hdr ${main}>${paragraph(inline("rId1"), '<w:jc w:val="center"/>')}</w:hdr>`;

const relationships = (...targets: readonly string[]) =>
  `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${targets.map((target, index) => `<Relationship Id="rId${index + 1}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="media/${target}"/>`).join("")}</Relationships>`;

/** A document of odd, even and first pages whose heads are full. */
export async function ornateDocument(): Promise<Uint8Array> {
  return rezip(await americanDocument(), (parts) => {
    const heads = { default: odd, even, first: cover };
    edit(parts, "word/document.xml", (xml) => {
      const links = new TextDecoder().decode(parts.get("word/_rels/document.xml.rels"));
      for (const [type, head] of Object.entries(heads)) {
        const [, id] = new RegExp(`<w:headerReference w:type="${type}" r:id="([^"]+)"`).exec(xml)!;
        const [, target] = new RegExp(`Id="${id}"[^>]*Target="([^"]+)"`).exec(links)!;
        parts.set(`word/${target}`, strToU8(head));
        parts.set(`word/_rels/${target}.rels`, strToU8(relationships("crest.png", "old.emf")));
      }
      return xml.replace(
        '<w:headerReference w:type="default"',
        '<w:footerReference w:type="default" r:id="rIdFoot"/><w:headerReference w:type="default"',
      );
    });
    parts.set("word/media/crest.png", crest);
    parts.set("word/media/old.emf", new Uint8Array(200).fill(1));
    parts.set("word/footer9.xml", strToU8(foot));
    parts.set("word/_rels/footer9.xml.rels", strToU8(relationships("crest.png", "old.emf")));
    edit(parts, "word/_rels/document.xml.rels", (xml) =>
      xml.replace(
        "</Relationships>",
        '<Relationship Id="rIdFoot" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer" Target="footer9.xml"/></Relationships>',
      ),
    );
    edit(parts, "[Content_Types].xml", (xml) =>
      xml.replace(
        "</Types>",
        '<Default Extension="emf" ContentType="image/x-emf"/><Override PartName="/word/footer9.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/></Types>',
      ),
    );
  });
}
