// Images as authors have them: sound ones with their sizes, and all that is
// refused or reported (the bytes are made here, for most of it is broken).

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Diagnostic } from "../../src/diagnostic.js";
import type { Image } from "../../src/image.js";
import { readImage } from "../../src/read/image.js";
import { createReader } from "../../src/source.js";
import { chunk, exif, jpeg, png, svg } from "./made-images.js";

const expected = (file: string) => join(import.meta.dirname, "expected", file);

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "reissue-images-"));
  mkdirSync(join(folder, "work"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Read {
  readonly image: Image | undefined;
  readonly said: readonly Diagnostic[];
}

function readNamed(name: string): Read {
  const said: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic) => void said.push(diagnostic);
  const reader = createReader({ root: join(folder, "work"), cwd: folder, report });
  const span = { file: "work/text.md", start: 3, end: 9 };
  return { image: readImage(name, span, reader, report), said };
}

function read(bytes: Uint8Array, name = "image.png"): Read {
  writeFileSync(join(folder, "work", name), bytes);
  return readNamed(name);
}

/** What is said of a file that is refused: the code and the message, and the first hint. */
function refused(bytes: Uint8Array): string {
  const { image, said } = read(bytes);
  expect(image).toBeUndefined();
  expect(said).toHaveLength(1);
  const [{ code, message, hints = [] }] = said as [Diagnostic];
  return [`${code}: ${message}`, ...hints.slice(0, 1)].join("; ");
}

describe("sizes", () => {
  const sizeOf = (bytes: Uint8Array) => {
    const { image, said } = read(bytes);
    expect(said).toEqual([]);
    return [image!.width, image!.height].map((points) => Math.round(points * 100) / 100);
  };

  test("of a PNG are in pixels of 96 to the inch", () => expect(sizeOf(png())).toEqual([3, 2.25]));

  test("of a PNG with a resolution are by that", () => {
    const resolution = Buffer.alloc(9);
    resolution.writeUInt32BE(11_811, 0);
    resolution.writeUInt32BE(11_811, 4);
    resolution[8] = 1;
    expect(sizeOf(png({ width: 300, height: 150, chunks: [["pHYs", resolution]] }))).toEqual([
      72, 36,
    ]);
  });

  test("of a JPEG are by its resolution to the inch or the centimetre", () => {
    expect(sizeOf(jpeg())).toEqual([12, 6]);
    expect(sizeOf(jpeg({ density: [1, 144, 144] }))).toEqual([8, 4]);
    expect(sizeOf(jpeg({ density: [2, 100, 100] }))).toEqual([4.54, 2.27]);
  });

  test("of a photograph that is turned are those that are seen", () => {
    expect(sizeOf(jpeg({ exif: exif(6) }))).toEqual([6, 12]);
    expect(sizeOf(jpeg({ exif: exif(3) }))).toEqual([12, 6]);
    expect(read(jpeg({ exif: exif(6) })).image!.orientation).toEqual({
      mirrored: false,
      degrees: 90,
    });
    expect(read(jpeg({ exif: exif(1) })).image!.orientation).toBeUndefined();
  });

  test("of an SVG are by its width and height, or by its frame", () => {
    expect(sizeOf(svg("<path/>"))).toEqual([30, 22.5]);
    expect(sizeOf(svg("", 'width="72pt" height="1in"'))).toEqual([72, 72]);
    expect(sizeOf(svg("", 'width="10cm" viewBox="0 0 200 100"'))).toEqual([283.46, 141.73]);
    expect(sizeOf(svg("", 'width="100%" height="100%" viewBox="0 0 400 300"'))).toEqual([300, 225]);
  });
});

test("a file is known by what it holds, whatever its name says", () => {
  expect(read(jpeg(), "map.png").image!.format).toBe("jpeg");
  expect(read(png(), "map.jpg").image!.format).toBe("png");
  expect(
    read(Buffer.concat([Buffer.from("\ufeff \n"), svg("<g/>")]), "map.gif").image!.format,
  ).toBe("svg");
});

test("a file that is named twice is one image", () => {
  writeFileSync(join(folder, "work", "map.png"), png());
  const reader = createReader({ root: join(folder, "work"), cwd: folder, report: () => {} });
  const image = readImage("map.png", undefined, reader, () => {});
  expect(image).toBeDefined();
  expect(readImage("map.png", undefined, reader, () => {})).toBe(image);
});

test("what a file says of its author, place and time is not carried over", () => {
  const photograph = read(jpeg({ exif: exif(6) })).image!;
  expect(Buffer.from(photograph.bytes).includes("Secret")).toBe(false);
  const picture = read(png({ chunks: [["tEXt", Buffer.from("Author\0Jane Secret")]] })).image!;
  expect(Buffer.from(picture.bytes)).toEqual(png());
});

describe("what is no whole image is refused", () => {
  const files: readonly (readonly [name: string, bytes: Buffer])[] = [
    ["empty", Buffer.alloc(0)],
    ["PNG cut off", png().subarray(0, 60)],
    ["PNG without its end", png().subarray(0, -12)],
    ["PNG with a wrong checksum", flipped(png(), 45)],
    ["PNG with pixels that cannot be unpacked", withPixels(Buffer.from("no deflate stream"))],
    ["PNG with too few pixels", png({ pixels: Buffer.alloc(5) })],
    ["PNG without a palette", png({ color: 3 })],
    ["PNG of 0 × 0", png({ width: 0, height: 0, pixels: Buffer.alloc(0) })],
    ["PNG of a color that there is not", flipped(png(), 25)],
    ["JPEG cut off", jpeg().subarray(0, -4)],
    ["JPEG cut off in its header", jpeg().subarray(0, 40)],
    ["JPEG of 0 × 8", jpeg({ width: 0 })],
    ["JPEG that is lossless", jpeg({ frame: 0xc3 })],
    ["WebP", Buffer.from("RIFF\x24\0\0\0WEBPVP8 ", "latin1")],
    ["GIF", Buffer.from("GIF89a\x01\0\x01\0")],
    ["TIFF", Buffer.from("II*\0\x08\0\0\0", "latin1")],
    ["HEIC", Buffer.from("\0\0\0\x18ftypheic\0\0\0\0", "latin1")],
    ["PDF", Buffer.from("%PDF-1.7\n")],
    ["SVGZ", Buffer.from([0x1f, 0x8b, 8, 0])],
    ["placeholder", Buffer.from("version https://git-lfs.github.com/spec/v1\noid sha256:0")],
    ["web page", Buffer.from("<!DOCTYPE html><html><body>404</body></html>")],
    ["text", Buffer.from("This is not an image.")],
    ["other XML", Buffer.from("<kml><Placemark/></kml>")],
    ["SVG not well-formed", svg("<g>")],
    ["SVG without a size", svg("<path/>", "")],
    ["SVG of size 0", svg("<path/>", 'width="0" height="20"')],
    [
      "SVG that is not UTF-8",
      Buffer.concat([svg("").subarray(0, -6), Buffer.from([0xe9]), Buffer.from("</svg>")]),
    ],
  ];

  test("with what it is and what to do", async () => {
    const lines = files.map(([name, bytes]) => `${name}: ${refused(bytes)}\n`);
    await expect(lines.join("")).toMatchFileSnapshot(expected("refused.txt"));
  });

  test("too many pixels, by the header alone", () => {
    // Unpacked these would be 1.6 GB.
    const bytes = png({ width: 20_000, height: 20_000, color: 6, pixels: Buffer.alloc(20) });
    expect(refused(bytes)).toContain(
      'image-unreadable: the image "image.png" is too large: 20000 × 20000 pixels',
    );
    expect(refused(png({ width: 1, height: 1_000_000, pixels: Buffer.alloc(2) }))).toContain(
      "is too large",
    );
    expect(refused(jpeg({ width: 65_000, height: 65_000 }))).toContain("is too large");
  });
});

/** A byte of a file changed. */
function flipped(bytes: Buffer, at: number): Buffer {
  const changed = Buffer.from(bytes);
  changed[at] = changed[at]! ^ 0x55;
  return changed;
}

/** A PNG whose data are sound as chunks, but cannot be unpacked. */
function withPixels(data: Buffer): Buffer {
  const bytes = png();
  const start = bytes.indexOf("IDAT") - 4;
  return Buffer.concat([bytes.subarray(0, start), chunk("IDAT", data), bytes.subarray(-12)]);
}

describe("only files of the manuscript's folder are read", () => {
  test.each([
    "http://example.org/map.png",
    "https://example.org/map.png",
    "file:///etc/passwd",
    "data:image/png;base64,iVBORw0KGgo=",
    "/etc/passwd",
    "../secret.png",
    "%2e%2e/secret.png",
    "C:\\secret.png",
    "\\\\server\\share\\map.png",
    "linked.png",
    "pipe.png",
    ".",
  ])("%s", (name) => {
    writeFileSync(join(folder, "secret.png"), png());
    const work = join(folder, "work");
    rmSync(join(work, "linked.png"), { force: true });
    symlinkSync(join(folder, "secret.png"), join(work, "linked.png"));
    rmSync(join(work, "pipe.png"), { force: true });
    execFileSync("mkfifo", [join(work, "pipe.png")]);
    const { image, said } = readNamed(name);
    expect(image).toBeUndefined();
    expect(said.map((diagnostic) => diagnostic.code)).toEqual(["image-unreadable"]);
  });

  test("a link within the folder is followed", () => {
    const work = join(folder, "work");
    writeFileSync(join(work, "real.png"), png());
    rmSync(join(work, "inner.png"), { force: true });
    symlinkSync(join(work, "real.png"), join(work, "inner.png"));
    expect(readNamed("inner.png").image).toBeDefined();
  });

  test("a name in other capitals, or with a slip, is named", () => {
    writeFileSync(join(folder, "work", "Figure-one.PNG"), png());
    const { said } = readNamed("figure-one.png");
    expect(said[0]).toMatchObject({ code: "image-unreadable", span: { start: 3, end: 9 } });
    expect(said[0]!.hints).toEqual(['did you mean "Figure-one.PNG"?']);
  });
});

describe("an SVG", () => {
  /** Returns what is left of some content, and what is said of it. */
  const safe = (content: string) => {
    const { image, said } = read(svg(content));
    const text = Buffer.from(image?.bytes ?? []).toString();
    return { text: text.replace(/^<svg[^>]*>|<\/svg>$/g, ""), said };
  };

  const contents: readonly (readonly [name: string, content: string])[] = [
    ["scripts", "<script>fetch('//evil')</script><g onload=\"x()\"/>"],
    [
      "pieces of HTML",
      "<switch><foreignObject><body/></foreignObject><text>Fallback</text></switch>",
    ],
    [
      "a switch's other branches",
      '<switch><g requiredFeatures="x"/><text>Text is not SVG - cannot display</text></switch>',
    ],
    [
      "pictures outside of it",
      '<image href="/etc/passwd"/><image xlink:href="http://evil/x.png"/><image href="secret.png"/>',
    ],
    [
      "references to other files",
      '<use href="other.svg#a"/><rect fill="url(http://evil/#a)"/><rect style="fill: url( http://evil/ ); stroke: red"/>',
    ],
    [
      "references that are hidden by escapes",
      '<rect style="fill: \\75rl(http://evil/); stroke: red"/>',
    ],
    [
      "what style sheets fetch",
      "<style>@import 'x.css'; @font-face { src: url(x.woff) } /* url(y) */ .a { fill: url(#g); stroke: url(//evil) }</style>",
    ],
    ["links", '<a href="javascript:alert(1)"><text>Text</text></a>'],
    [
      "animations and filters",
      '<animate attributeName="x"/><filter id="f"/><rect filter="url(#f)"/>',
    ],
    ["unknown elements", "<blink/>"],
    [
      "what nobody sees",
      '<title>T</title><desc>D</desc><metadata><rdf xmlns="r"/></metadata><!-- c --><?pi x?>',
    ],
    [
      "what drawing programs note",
      '<sodipodi:namedview xmlns:sodipodi="s" a="b"/><g xmlns:inkscape="i" inkscape:label="L"/>',
    ],
  ];

  test("loses what runs, leads out of it or is not seen", async () => {
    const lines = contents.map(([name, content]) => {
      const { text, said } = safe(content);
      expect(text).not.toMatch(/evil|passwd|secret|javascript|onload/);
      return [`${name}: ${text}`, ...said.map(({ message }) => `  ${message}`), ""].join("\n");
    });
    await expect(lines.join("")).toMatchFileSnapshot(expected("safe-svg.txt"));
  });

  test("keeps drawings, texts, gradients, styles and pictures that it holds", () => {
    const data = `data:image/png;base64,${png().toString("base64")}`;
    const content =
      '<defs><linearGradient id="g"><stop offset="0" stop-color="red"/></linearGradient></defs>' +
      '<style>.a{fill:url(#g)}</style><path class="a" d="M0 0L9 9" style="stroke:blue"/>' +
      `<text x="1">A &amp; B <tspan>C</tspan></text><use xlink:href="#g"/><image xlink:href="${data}"/>`;
    const { text, said } = safe(content);
    expect(said).toEqual([]);
    expect(text).toBe(content);
  });

  test("is refused if a picture in it is broken, or of another kind", () => {
    const gif = Buffer.from("GIF89a").toString("base64");
    expect(refused(svg(`<image href="data:image/png;base64,${gif}"/>`))).toContain(
      "neither PNG nor JPEG",
    );
    const cut = png().subarray(0, 60).toString("base64");
    expect(refused(svg(`<image href="data:image/png;base64,${cut}"/>`))).toContain("is cut off");
  });

  test("is refused with entities, which may name files", () => {
    const xml = `<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>${svg("<text>&x;</text>")}`;
    expect(refused(Buffer.from(xml))).toContain("declares entities");
    expect(refused(svg("<text>&nbsp;</text>"))).toContain("not well-formed");
  });

  test("with a plain document type is read", () => {
    const type = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/svg11.dtd">';
    expect(read(Buffer.from(`${type}${svg("<g/>")}`)).image).toBeDefined();
  });

  test("is refused if it repeats itself without end, or nearly", () => {
    const levels = Array.from({ length: 12 }, (_, level) => {
      const uses = `<use href="#l${level + 1}"/>`.repeat(10);
      return `<g id="l${level}">${uses}</g>`;
    });
    expect(refused(svg(`${levels.join("")}<rect id="l12"/>`))).toContain("is too large");
    expect(refused(svg('<g id="a"><use href="#a"/></g>'))).toContain("refers to itself");
    const patterns =
      '<pattern id="p"><rect fill="url(#q)"/></pattern><pattern id="q"><rect style="fill:url(#p)"/></pattern>';
    expect(refused(svg(`${patterns}<rect fill="url(#p)"/>`))).toContain("refers to itself");
  });

  test("is refused if it is nested too deeply or too long", () => {
    expect(refused(svg("<g>".repeat(20_000) + "</g>".repeat(20_000)))).toContain(
      "nested too deeply",
    );
    expect(refused(svg("<a/>".repeat(200_001)))).toContain("is too large");
  });

  test("is read in a moment however it is written against that", () => {
    const hard = [
      `<style>${"@a".repeat(500_000)}</style>`,
      `<style>${"/*".repeat(500_000)}</style>`,
      `<path style="${" ".repeat(1_000_000)}x"/>`,
      `<path fill="${"url(#".repeat(200_000)}"/>`,
      `<path fill="url(${" ".repeat(1_000_000)}"/>`,
    ];
    for (const content of hard) expect(safe(content).said.length).toBeLessThan(2);
  });
});
