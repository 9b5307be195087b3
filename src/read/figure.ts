// Images of Markdown -> figures: those that stand alone in a paragraph, with
// Pandoc's attributes. The text in an image's brackets is its caption.

import type { ImageReference, Image as MarkdownImage, Paragraph, PhrasingContent } from "mdast";
import type { CompileContext, Extension as FromMarkdown } from "mdast-util-from-markdown";
import type { Figure, FigureImage, Inline } from "../document.js";
import { type AttributeListNode, AttributeReader } from "./attributes.js";
import { readImage } from "./image.js";
import { placeholderImage } from "./placeholder-image.js";
import { imageReference, type Reading, spanOf } from "./reading.js";

type ImageNode = MarkdownImage | ImageReference;

/** The captions of images, of which mdast keeps no more than the letters. */
const captions = new WeakMap<object, readonly PhrasingContent[]>();

/** Returns the extension that keeps the captions of images as Markdown. */
export function imageFromMarkdown(): FromMarkdown {
  return {
    exit: {
      label(this: CompileContext) {
        const fragment = this.stack.at(-1);
        const text = this.resume();
        const node = this.stack.at(-1);
        this.data.inReference = true;
        const children = fragment && "children" in fragment ? fragment.children : [];
        if (node?.type === "link") node.children = children as typeof node.children;
        else if (node?.type === "image") {
          node.alt = text;
          captions.set(node, children as PhrasingContent[]);
        }
      },
    },
  };
}

/** Returns the caption of an image as Markdown. */
export function captionOf(node: ImageNode): readonly PhrasingContent[] {
  return captions.get(node) ?? (node.alt ? [{ type: "text", value: node.alt }] : []);
}

/** An image and the attributes behind it. */
export interface MarkedImage {
  readonly node: ImageNode;
  readonly attributes?: AttributeListNode | undefined;
}

/** Returns the images of a paragraph that holds nothing else, or undefined. */
export function imagesOf({ children }: Paragraph): readonly MarkedImage[] | undefined {
  const images: MarkedImage[] = [];
  let last: PhrasingContent | undefined;
  for (const node of children) {
    if (node.type === "image" || node.type === "imageReference") images.push({ node });
    else if (node.type === "attributeList") {
      if (last?.type !== "image" && last?.type !== "imageReference") return undefined;
      images[images.length - 1] = { node: last, attributes: node };
    } else if (node.type !== "break" && (node.type !== "text" || node.value.trim())) {
      return undefined;
    }
    last = node;
  }
  return images.length ? images : undefined;
}

/** What is known of one image before it is put into a figure. */
interface ReadImage {
  readonly image?: FigureImage;
  readonly id?: string | undefined;
  readonly caption: readonly Inline[];
  readonly source?: readonly Inline[] | undefined;
}

/**
 * Reads a figure of one or several images. A frame with the name of its file stands
 * for an image that cannot be read. Returns what is left of a figure, its captions,
 * where there can be none. Reports both.
 */
export function readFigure(
  images: readonly MarkedImage[],
  reading: Reading,
): { readonly figure?: Figure; readonly captions: readonly (readonly Inline[])[] } {
  const read = images.map((one) => readMarkedImage(one, reading));
  const found = read.filter(({ image }) => image);
  const first = spanOf(images[0]!.node, reading.source);
  const last = images.at(-1)!;
  const span = { ...first, end: spanOf(last.attributes ?? last.node, reading.source).end };
  const sources = read.flatMap(({ source }) => (source ? [source] : []));
  const source = joined(sources);
  if (!found.length) {
    return { captions: [...read.map(({ caption }) => caption), ...sources] };
  }
  if (read.length === 1) {
    const [{ image, id, caption }] = read as [ReadImage];
    return {
      figure: {
        type: "figure",
        ...(id && { id }),
        images: [image!],
        caption,
        ...(source && { source }),
        span,
      },
      captions: [],
    };
  }
  return {
    figure: {
      type: "figure",
      images: found.map(({ image, id, caption }) => ({
        ...image!,
        ...(caption.length && { caption }),
        ...(id && { id }),
      })),
      caption: [],
      ...(source && { source }),
      span,
    },
    captions: read.filter(({ image }) => !image).map(({ caption }) => caption),
  };
}

function joined(parts: readonly (readonly Inline[])[]): readonly Inline[] | undefined {
  if (!parts.length) return undefined;
  return parts.flatMap((part, index) =>
    index ? [{ type: "text", value: " " } as const, ...part] : part,
  );
}

function readMarkedImage({ node, attributes: list }: MarkedImage, reading: Reading): ReadImage {
  const { source, report } = reading;
  const span = spanOf(node, source);
  const at = list?.position?.start.offset ?? node.position!.end.offset!;
  const attributes = new AttributeReader(list?.attributes, at, reading);
  const caption = reading.paragraph(captionOf(node), reading);
  const id = attributes.id();
  const width = readWidth(attributes);
  const from = attributes.inlines("source");
  const target = node.type === "image" ? node : imageReference(node, reading);
  const alt = attributes.pair("alt")?.value ?? (target?.title || undefined);
  attributes.reportOthers("an image");
  const url = target ? decoded(target.url) : undefined;
  if (!source.files || url === undefined) {
    report({
      code: "syntax-unsupported",
      message: target
        ? "an image cannot stand here; its text is kept"
        : "the address of this image is defined nowhere; its text is kept",
      span,
    });
    return { caption, id, source: from };
  }
  if (alt === undefined) {
    report({
      code: "alt-missing",
      message: "the image has no description for those who do not see it",
      span,
      hints: ['write {alt="what it shows"} behind it, or {alt=""} if it is decoration'],
    });
  }
  const image = readImage(url, span, source.files, report) ?? placeholderImage(url);
  return {
    image: {
      image,
      ...(alt !== undefined && { alt }),
      ...(width && { width }),
      span,
    },
    id,
    caption,
    source: from,
  };
}

/** The name of a file, in which Markdown's writers encode spaces. */
function decoded(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    return url;
  }
}

/** How many points a unit has; a pixel is one of 96 to the inch. */
const points: Readonly<Record<string, number>> = {
  cm: 72 / 2.54,
  mm: 72 / 25.4,
  in: 72,
  inch: 72,
  pt: 1,
  px: 0.75,
};

function readWidth(attributes: AttributeReader): FigureImage["width"] {
  const found = attributes.pair("width");
  if (!found) return undefined;
  const [, number = "", unit = ""] =
    /^(\d{1,6}(?:\.\d{1,6})?|\.\d{1,6})\s*([a-z%]*)$/i.exec(found.value.trim()) ?? [];
  const value = Number(number);
  const factor = unit ? points[unit.toLowerCase()] : points.px;
  if (value > 0 && unit === "%" && value <= 100) return { share: value / 100 };
  if (value > 0 && unit !== "%" && factor) return { points: value * factor };
  attributes.invalid(
    found,
    `"${found.value.slice(0, 40)}" is no width of an image`,
    "write a share of the text's width, such as 50%, or a length in cm, mm, in, pt or px",
  );
  return undefined;
}
