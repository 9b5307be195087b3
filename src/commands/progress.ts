// A line a stage, for people who watch a terminal.

/** Told which stage begins; the stage before it has then ended. */
export type Progress = (stage: string) => void;

/** Says nothing. */
export const silent: Progress = () => {};

/**
 * Prints a line when a stage ends, with the time that it took.
 *
 * `write` takes a piece of terminal output, `now` gives milliseconds. The stage
 * named last stands unfinished; the summary of the command ends it.
 */
export function progressOn(write: (text: string) => void, now: () => number): Progress {
  let stage: { readonly name: string; readonly began: number } | undefined;
  return (name) => {
    if (stage) {
      write(
        `\r  ${stage.name.padEnd(48)} ${String(Math.round(now() - stage.began)).padStart(6)} ms\n`,
      );
    }
    stage = name ? { name, began: now() } : undefined;
    if (name) write(`  ${name}…`);
  };
}
