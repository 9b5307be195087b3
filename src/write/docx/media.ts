// The images of a package: each file once, whatever refers to it, with names and
// ids in the order in which they are first printed.

import type { Image } from "../../image.js";
import { type Package, xmlPart } from "./finish.js";
import type { Story } from "./registry.js";
import { escapeXml } from "./xml.js";

/** The relationships of an image that stands in a story. */
export interface ImageParts {
  /** The pixels, which every program shows. */
  readonly pixels: string;
  /** The drawing, which newer ones show instead. */
  readonly drawing?: string;
}

const IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image";

const types = { png: "image/png", jpeg: "image/jpeg", svg: "image/svg+xml" } as const;

interface Part {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** What the names of the pictures begin with, by which they are found again. */
export const pictureName = "Figure image ";

/** The ids of drawings that come from a reference document are lower. */
const FIRST_DRAWING = 10_001;

/** The images of a document as it is written. */
export class Media {
  readonly #rasters: ReadonlyMap<Image, Uint8Array>;
  readonly #parts = new Map<Uint8Array, Part>();
  /** The ids of relationships by the paths of their parts. */
  readonly #relationships: Readonly<Record<Story, Map<string, string>>> = {
    document: new Map(),
    footnotes: new Map(),
  };
  #drawings = 0;

  /** `rasters` are, as PNGs, the SVGs of the document and the photographs that are turned. */
  constructor(rasters: ReadonlyMap<Image, Uint8Array> = new Map()) {
    this.#rasters = rasters;
  }

  /** Returns the id and the name of the next drawing; no two of a package may have the same id. */
  nextDrawing(): { readonly id: number; readonly name: string } {
    const number = this.#drawings++;
    return { id: FIRST_DRAWING + number, name: `${pictureName}${number + 1}` };
  }

  /** Returns the relationships by which a story has an image. Throws for one of those without pixels. */
  partsOf(image: Image, story: Story): ImageParts {
    const { format, bytes, orientation } = image;
    if (format !== "svg" && !orientation) return { pixels: this.#relate(bytes, format, story) };
    const raster = this.#rasters.get(image);
    if (!raster) throw new Error(`${image.name} was not drawn as pixels`);
    const pixels = this.#relate(raster, "png", story);
    return format === "svg" ? { pixels, drawing: this.#relate(bytes, format, story) } : { pixels };
  }

  #relate(bytes: Uint8Array, format: keyof typeof types, story: Story): string {
    let part = this.#parts.get(bytes);
    if (!part) {
      part = { path: `media/image${this.#parts.size + 1}.${format}`, bytes };
      this.#parts.set(bytes, part);
    }
    const ids = this.#relationships[story];
    const id = ids.get(part.path) ?? `rIdImage${ids.size + 1}`;
    ids.set(part.path, id);
    return id;
  }

  /** Adds the images to a package. */
  addTo(parts: Package): void {
    if (!this.#parts.size) return;
    for (const { path, bytes } of this.#parts.values()) parts.set(`word/${path}`, bytes);
    for (const story of ["document", "footnotes"] as const) {
      const path = `word/_rels/${story}.xml.rels`;
      const added = [...this.#relationships[story]].map(
        ([target, id]) => `<Relationship Id="${id}" Type="${IMAGE}" Target="${target}"/>`,
      );
      if (added.length) parts.set(path, within(xmlPart(parts, path), "Relationships", added));
    }
    const path = "[Content_Types].xml";
    const xml = xmlPart(parts, path);
    const used = new Set([...this.#parts.values()].map((part) => part.path.split(".").at(-1)!));
    const missing = [...used].filter((ending) => !xml.includes(`Extension="${ending}"`));
    const defaults = missing.map(
      (ending) =>
        `<Default Extension="${ending}" ContentType="${escapeXml(types[ending as keyof typeof types])}"/>`,
    );
    if (defaults.length) {
      parts.set(
        path,
        xml.replace(/(<Types [^>]*>)/, (open) => open + defaults.join("")),
      );
    }
  }
}

function within(xml: string, name: string, added: readonly string[]): string {
  const open = xml.replace(new RegExp(`(<${name} [^>]*)/>$`), `$1></${name}>`);
  if (!open.endsWith(`</${name}>`)) throw new Error(`a part of the package has no ${name}`);
  return `${open.slice(0, -`</${name}>`.length)}${added.join("")}</${name}>`;
}
