// What the person at the command line got wrong, as against the manuscript.

/** A wrong word on the command line; printed as it is, exit code 2. */
export class UsageError extends Error {
  readonly hints: readonly string[];

  constructor(message: string, hints: readonly string[] = []) {
    super(message);
    this.name = "UsageError";
    this.hints = hints;
  }
}
