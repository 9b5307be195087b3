// Writes the page of references to the work: one HTML file that needs nothing
// else, works from a disk, and lets no script run but its own.

import { createHash } from "node:crypto";
import type { WorkReference } from "../cite-this-work.js";
import type { Metadata } from "../document.js";
import { term } from "../terms.js";
import { escapeHtml, html, plainText } from "./references.js";

/** The work as data for a reference manager: `BibTeX` and the text of the record. */
export interface CitedRecord {
  readonly label: string;
  readonly text: string;
}

/**
 * Returns the page as HTML: a tab for each reference with a button that copies
 * it, as plain text and with its italics, and the records under them.
 *
 * Its own words are in the language given (a BCP 47 tag), or English where that
 * is not known. Without scripts, and in print, all references stand below each
 * other. The same arguments give the same bytes.
 */
export function writeCitePage(
  metadata: Metadata,
  references: readonly WorkReference[],
  lang: string = metadata.lang,
  records: readonly CitedRecord[] = [],
): string {
  const language = lang.split("-")[0]!.toLowerCase();
  const known = Object.hasOwn(words, language);
  const word = known ? words[language]! : words.en!;
  const heading = escapeHtml(term("cite-this-work", lang));
  const title = [metadata.title, ...(metadata.subtitle?.length ? [metadata.subtitle] : [])];
  const titleText = escapeHtml(title.map(plainText).join(": "));
  const copy = (label: string) =>
    `<button type="button" class="copy" aria-label="${escapeHtml(`${word.copy}: ${label}`)}">` +
    `${escapeHtml(word.copy)}</button>`;
  const panels = references.map(
    ({ style, label, inlines }) => `<section class="panel" id="${escapeHtml(style)}">
<h2>${escapeHtml(label)}</h2>
<p class="reference" lang="en">${html(inlines)}</p>
${copy(label)}
</section>`,
  );
  const details = records.map(
    ({ label, text }) => `<details class="record">
<summary>${escapeHtml(label)}</summary>
<pre class="reference" translate="no">${escapeHtml(text)}</pre>
${copy(label)}
</details>`,
  );
  const policy = [
    "default-src 'none'",
    `script-src ${hash(script)}`,
    `style-src ${hash(stylesheet)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");

  return `<!DOCTYPE html>
<html lang="${known ? escapeHtml(lang) : "en"}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${heading}: ${titleText}</title>
<style>${stylesheet}</style>
</head>
<body>
<main data-copied="${escapeHtml(word.copied)}" data-failed="${escapeHtml(word.failed)}">
<h1>${heading}</h1>
<p class="work" lang="${escapeHtml(metadata.lang)}">${title.map((part) => html(part)).join(": ")}</p>
<p class="choose" id="choose">${escapeHtml(word.choose)}</p>
<div class="tabs"></div>
${panels.join("\n")}
${details.length ? `<h2 class="records">${escapeHtml(word.records)}</h2>\n${details.join("\n")}\n` : ""}<p class="status" role="status"></p>
</main>
<script>${script}</script>
</body>
</html>
`;
}

/** The source that a Content Security Policy allows: the SHA-256 of an inline element's text. */
function hash(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}

interface PageWords {
  readonly choose: string;
  readonly copy: string;
  readonly copied: string;
  readonly failed: string;
  readonly records: string;
}

const words: Readonly<Record<string, PageWords>> = {
  en: {
    choose: "To export a reference to this article please select a referencing style below:",
    copy: "Copy",
    copied: "Reference copied to clipboard.",
    failed: "The reference is selected: copy it with Ctrl+C or ⌘C.",
    records: "For reference managers",
  },
  de: {
    choose: "Bitte wählen Sie einen Zitierstil, um einen Verweis auf diese Arbeit zu übernehmen:",
    copy: "Kopieren",
    copied: "Der Verweis wurde in die Zwischenablage kopiert.",
    failed: "Der Verweis ist markiert: Kopieren Sie ihn mit Strg+C oder ⌘C.",
    records: "Für Literaturverwaltungen",
  },
  fr: {
    choose: "Pour exporter une référence à ce travail, choisissez un style de citation :",
    copy: "Copier",
    copied: "La référence a été copiée dans le presse-papiers.",
    failed: "La référence est sélectionnée : copiez-la avec Ctrl+C ou ⌘C.",
    records: "Pour les logiciels bibliographiques",
  },
  es: {
    choose: "Para exportar una referencia a este trabajo, elija un estilo de citación:",
    copy: "Copiar",
    copied: "La referencia se ha copiado en el portapapeles.",
    failed: "La referencia está seleccionada: cópiela con Ctrl+C o ⌘C.",
    records: "Para gestores bibliográficos",
  },
  it: {
    choose: "Per esportare un riferimento a questo lavoro, scegliere uno stile di citazione:",
    copy: "Copia",
    copied: "Il riferimento è stato copiato negli appunti.",
    failed: "Il riferimento è selezionato: copiarlo con Ctrl+C o ⌘C.",
    records: "Per i programmi di gestione bibliografica",
  },
  pt: {
    choose: "Para exportar uma referência a este trabalho, escolha um estilo de citação:",
    copy: "Copiar",
    copied: "A referência foi copiada para a área de transferência.",
    failed: "A referência está selecionada: copie-a com Ctrl+C ou ⌘C.",
    records: "Para gestores de referências",
  },
  nl: {
    choose: "Kies een verwijzingsstijl om een verwijzing naar dit werk over te nemen:",
    copy: "Kopiëren",
    copied: "De verwijzing is naar het klembord gekopieerd.",
    failed: "De verwijzing is geselecteerd: kopieer haar met Ctrl+C of ⌘C.",
    records: "Voor literatuurbeheerprogramma’s",
  },
  pl: {
    choose: "Aby skopiować opis bibliograficzny tej pracy, wybierz styl cytowania:",
    copy: "Kopiuj",
    copied: "Opis skopiowano do schowka.",
    failed: "Opis jest zaznaczony: skopiuj go klawiszami Ctrl+C lub ⌘C.",
    records: "Dla menedżerów bibliografii",
  },
  ru: {
    choose: "Чтобы скопировать ссылку на эту работу, выберите стиль цитирования:",
    copy: "Копировать",
    copied: "Ссылка скопирована в буфер обмена.",
    failed: "Ссылка выделена: скопируйте её клавишами Ctrl+C или ⌘C.",
    records: "Для менеджеров библиографии",
  },
};

const stylesheet = `
:root { --ink: #1c2430; --muted: #55606e; --paper: #f4f5f7; --card: #fff; --line: #c9d0d9;
  --accent: #1d4f91; --on-accent: #fff; --done: #17663a; --on-done: #fff; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6e9ee; --muted: #a5afbc; --paper: #14181e; --card: #1d232b; --line: #3b4552;
    --accent: #8fb8f2; --on-accent: #10151c; --done: #7fd6a2; --on-done: #10151c; } }
* { box-sizing: border-box; }
body { margin: 0; padding: 1rem 1rem 5rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
main { max-width: 52rem; margin: 2rem auto; padding: clamp(1.25rem, 5vw, 2.5rem);
  background: var(--card); border: 1px solid var(--line); border-radius: 12px; }
h1 { margin: 0 0 .25rem; font-size: 1.6rem; line-height: 1.2; }
h2 { margin: 0 0 .5rem; font-size: 1rem; }
.work { margin: 0 0 1.5rem; color: var(--muted); overflow-wrap: anywhere; }
.choose { margin: 0 0 .75rem; }
.tabs { display: none; flex-wrap: wrap; gap: .5rem; margin-bottom: 1rem; }
button { min-height: 2.75rem; padding: .4rem 1rem; border: 1px solid var(--line); border-radius: 8px;
  background: transparent; color: inherit; font: inherit; font-weight: 600; cursor: pointer; }
button:hover { border-color: var(--accent); }
button[aria-selected="true"], .copy { background: var(--accent); border-color: var(--accent);
  color: var(--on-accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.panel { margin-bottom: 1.5rem; padding: 1.25rem; border: 1px solid var(--line); border-radius: 8px; }
.reference { margin: 0 0 1rem; overflow-wrap: anywhere; }
p.reference { font-family: Georgia, "Times New Roman", Times, serif; font-size: 1.0625rem; }
p.reference code, pre { font-family: ui-monospace, Menlo, Consolas, monospace; font-size: .875rem; }
pre { white-space: pre-wrap; }
a { color: var(--accent); }
.copy { display: none; }
.records { margin: 2rem 0 .5rem; }
details { border-top: 1px solid var(--line); }
summary { padding: .7rem 0; cursor: pointer; font-weight: 600; }
details .copy { margin-bottom: 1rem; }
.status { position: fixed; bottom: 1rem; left: 50%; margin: 0; width: max-content;
  max-width: calc(100vw - 2rem); transform: translateX(-50%); padding: .6rem 1rem;
  border-radius: 8px; background: var(--done); color: var(--on-done); font-weight: 600; }
.status:empty { padding: 0; }
.js .tabs { display: flex; }
.js .copy { display: inline-block; }
.js .panel > h2 { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.js .panel[hidden] { display: none; }
.js .panel { margin-bottom: 0; }
@media print {
  body { padding: 0; background: #fff; color: #000; font-size: 11pt; }
  main { margin: 0; padding: 0; border: 0; max-width: none; }
  .choose, .tabs, .js .tabs, .js .copy, .records, details, .status { display: none; }
  .panel, .js .panel, .js .panel[hidden] { display: block; margin: 0 0 1em; padding: 0; border: 0;
    break-inside: avoid; }
  .js .panel > h2 { position: static; width: auto; height: auto; clip-path: none; }
  a { color: inherit; text-decoration: none; }
}
`;

// The roles of tabs are given by the script, for without it there are none.
const script = `
"use strict";
(() => {
  const main = document.querySelector("main");
  const status = document.querySelector(".status");
  const panels = [...document.querySelectorAll(".panel")];
  const list = document.querySelector(".tabs");
  list.setAttribute("role", "tablist");
  list.setAttribute("aria-labelledby", "choose");

  const tabs = panels.map((panel) => {
    const tab = document.createElement("button");
    tab.type = "button";
    tab.id = "tab-" + panel.id;
    tab.textContent = panel.querySelector("h2").textContent;
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-controls", panel.id);
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", tab.id);
    panel.tabIndex = 0;
    tab.addEventListener("click", () => select(tab));
    list.append(tab);
    return tab;
  });

  function select(chosen) {
    status.textContent = "";
    tabs.forEach((tab, index) => {
      tab.setAttribute("aria-selected", String(tab === chosen));
      tab.tabIndex = tab === chosen ? 0 : -1;
      panels[index].hidden = tab !== chosen;
    });
  }

  list.addEventListener("keydown", (event) => {
    const from = tabs.indexOf(document.activeElement);
    const moves = { ArrowRight: from + 1, ArrowLeft: from - 1, Home: 0, End: tabs.length - 1 };
    if (!(event.key in moves)) return;
    event.preventDefault();
    const tab = tabs[(moves[event.key] + tabs.length) % tabs.length];
    select(tab);
    tab.focus();
  });

  function selectText(element) {
    const range = document.createRange();
    range.selectNodeContents(element);
    const selection = getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  }

  function copyByCommand(text, rich) {
    let set = false;
    const fill = (event) => {
      event.clipboardData.setData("text/plain", text);
      event.clipboardData.setData("text/html", rich);
      event.preventDefault();
      set = true;
    };
    document.addEventListener("copy", fill);
    const done = document.execCommand("copy");
    document.removeEventListener("copy", fill);
    return done && set;
  }

  async function copy(element) {
    const text = element.textContent;
    const rich = element.tagName === "PRE" ? element.outerHTML : element.innerHTML;
    const blob = (type, content) => new Blob([content], { type });
    try {
      await navigator.clipboard.write([
        new ClipboardItem({
          "text/plain": blob("text/plain", text),
          "text/html": blob("text/html", rich),
        }),
      ]);
      return true;
    } catch {
      selectText(element);
      const done = copyByCommand(text, rich);
      if (done) getSelection().removeAllRanges();
      return done;
    }
  }

  for (const button of document.querySelectorAll(".copy")) {
    button.addEventListener("click", async () => {
      // Emptied first, so that a second copy is announced again.
      status.textContent = "";
      const done = await copy(button.parentElement.querySelector(".reference"));
      status.textContent = done ? main.dataset.copied : main.dataset.failed;
    });
  }

  document.documentElement.classList.add("js");
  if (tabs.length) select(tabs[0]);
})();
`;
