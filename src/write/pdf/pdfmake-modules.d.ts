// Modules that have no types of their own; internals.ts and text.ts give them ours.

declare module "pdfmake/js/*.js";
declare module "linebreak";
