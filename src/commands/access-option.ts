// The day on which the published work was read: an option, never the clock.

import { UsageError } from "../usage-error.js";

/** The option `--accessed` in numbers; empty when it was not given. */
export interface AccessOption {
  readonly accessed?: readonly number[];
}

/** Reads `2026-11-23`. Throws a `UsageError` for anything that is no day of the calendar. */
export function accessOption(text: string | undefined): AccessOption {
  if (text === undefined) return {};
  const [, year, month, day] = (/^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? []).map(Number);
  const date = new Date(Date.UTC(year ?? 0, (month ?? 0) - 1, day));
  if (!year || date.getUTCMonth() !== month! - 1 || date.getUTCDate() !== day) {
    throw new UsageError(`--accessed takes a day of the calendar, not "${text}"`, [
      "write it as 2026-11-23",
    ]);
  }
  return { accessed: [year, month!, day!] };
}
