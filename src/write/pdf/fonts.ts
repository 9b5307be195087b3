// The font files of the shipped families: Tinos has the metrics of Times New
// Roman, Cousine those of Courier New (both OFL 1.1, from npm).

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { FontFamily } from "../../template.js";

const families: Readonly<Record<FontFamily, { readonly package: string; readonly name: string }>> =
  {
    times: { package: "@expo-google-fonts/tinos", name: "Tinos" },
    courier: { package: "@expo-google-fonts/cousine", name: "Cousine" },
  };

/** Returns the TrueType file of a face. Throws if the font's package is not installed. */
export function readFont(family: FontFamily, bold: boolean, italic: boolean): Uint8Array {
  const { package: folder, name } = families[family];
  const cut = `${bold ? "700Bold" : "400Regular"}${italic ? "_Italic" : ""}`;
  const file = createRequire(import.meta.url).resolve(`${folder}/${cut}/${name}_${cut}.ttf`);
  return readFileSync(file);
}
