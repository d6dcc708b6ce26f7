import type { HistoryEntry, Incident } from '#shared/domain/incident.ts';
import type { Instant } from '#shared/domain/instant.ts';

const NONE: readonly Instant[] = [];

/**
 * Reads off the history when acts were entered that are not entered when they happened: by a clock that
 * nobody believed (shared/domain/moment-of-act.ts). One command may make two lines; an act that was taken
 * back counts nowhere, nor does the taking back.
 */
export function enteredLater({ history }: Incident): readonly Instant[] {
  if (!history.some(isLate)) return NONE;
  return history
    .filter((line, at) => isLate(line) && !isSameAct(line, history[at - 1]))
    .map((line) => line.at);
}

const isLate = ({ claimed, event, undone }: HistoryEntry): boolean =>
  claimed !== undefined && undone !== true && event !== 'undone';

const isSameAct = (line: HistoryEntry, before: HistoryEntry | undefined): boolean =>
  before !== undefined &&
  isLate(before) &&
  before.at === line.at &&
  before.by === line.by &&
  before.claimed === line.claimed;
