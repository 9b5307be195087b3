// What is printed where an image cannot be read: a frame with the name of its file.

import type { Image } from "../image.js";

/** The frame's size in points. */
const WIDTH = 300;
const HEIGHT = 150;

/** Names of more characters than this are cut. */
const LONGEST_NAME = 60;

/** Returns an image that stands for the one of a name, drawn as SVG. */
export function placeholderImage(name: string): Image {
  const letters = [...name];
  const shown =
    letters.length > LONGEST_NAME ? `…${letters.slice(1 - LONGEST_NAME).join("")}` : name;
  const size = Math.min(16, (WIDTH - 24) / (0.62 * Math.max(1, shown.length)));
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}pt" height="${HEIGHT}pt" viewBox="0 0 ${WIDTH} ${HEIGHT}">`,
    `<rect x="1" y="1" width="${WIDTH - 2}" height="${HEIGHT - 2}" fill="#f2f2f2" stroke="#000" stroke-width="1"/>`,
    `<text x="${WIDTH / 2}" y="${HEIGHT / 2 + size / 3}" font-family="Arial" font-weight="bold" font-size="${size.toFixed(2)}" text-anchor="middle">${escapeXml(shown)}</text>`,
    "</svg>",
  ].join("");
  return {
    name,
    format: "svg",
    bytes: new TextEncoder().encode(svg),
    width: WIDTH,
    height: HEIGHT,
  };
}

/** Control characters, which a name may hold before it is refused, are none of XML's. */
function escapeXml(text: string): string {
  return text
    .replace(/[\0-\x1f\x7f\ufffe\uffff]|\p{Surrogate}/gu, "�")
    .replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
