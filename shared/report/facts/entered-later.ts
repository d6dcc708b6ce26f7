import type { HistoryEntry, Incident } from '#shared/domain/incident.ts';
import type { Instant } from '#shared/domain/instant.ts';

const NONE: readonly Instant[] = [];

/**
 * Reads off the history when acts were entered that are not entered when they happened: afterwards, with a
 * reason (shared/domain/entered-later.ts), or by a clock nobody believed (`momentOfAct`). One command may
 * make two lines; an act that was taken back counts nowhere, nor does the taking back.
 */
export function enteredLater({ history }: Incident): readonly Instant[] {
  if (!history.some(isLate)) return NONE;
  return history.filter((line, at) => isLate(line) && !isSameAct(line, history[at - 1])).map(enteredAt);
}

const enteredAt = ({ at, entered }: HistoryEntry): Instant => entered?.at ?? at;

const isLate = ({ claimed, entered, event, undone }: HistoryEntry): boolean =>
  (claimed !== undefined || entered !== undefined) && undone !== true && event !== 'undone';

const isSameAct = (line: HistoryEntry, before: HistoryEntry | undefined): boolean =>
  before !== undefined &&
  isLate(before) &&
  enteredAt(before) === enteredAt(line) &&
  before.at === line.at &&
  before.by === line.by &&
  before.claimed === line.claimed;
