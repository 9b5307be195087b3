// The part of csl-validator-wasm 1.0.0 that the tests call; the package ships no types.

declare module "csl-validator-wasm" {
  /** Resolves to an empty text if the style is valid CSL 1.0.2, else to the messages. */
  export function validateStyle(xml: string): Promise<string>;
}
