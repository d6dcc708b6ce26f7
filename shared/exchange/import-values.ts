import type { IncidentType, Outcome, Place } from '#shared/domain/incident.ts';
import { MS_PER_DAY, type Instant } from '#shared/domain/instant.ts';
import { must } from '#shared/domain/must.ts';
import type { StepName } from '#shared/domain/step.ts';
import { parseLocalTimestamp, type ZoneName } from '#shared/domain/time-zone.ts';
import type { CellValue, ColumnKey, KnownCells } from './columns.ts';
import { takeMentions } from './mentions.ts';
import { isYes, readOutcome, readStep, readType } from './words.ts';

/** A row's cells as values. Null or '' where the cell is empty. */
export interface RowValues {
  readonly text: (key: ColumnKey) => string;
  readonly count: (key: ColumnKey) => number | null;
  readonly moment: (key: ColumnKey) => Instant | null;
  readonly spanMs: (key: ColumnKey) => number | null;
  readonly yes: (key: ColumnKey) => boolean;
  readonly createdAt: Instant;
  readonly number: number;
  /** Null where the file has no step: it then follows from the moments. */
  readonly step: StepName | null;
  readonly type: IncidentType | null;
  readonly outcome: Outcome | null;
  readonly place: Place;
  /** Texts of the last agency's replies, without the empty ones. */
  readonly replies: readonly string[];
}

const countOf = (value: CellValue | undefined): number | null => (typeof value === 'number' ? value : null);

/** Reads the cells of a row that was checked (`readRow`). Texts come without mentions. */
export function rowValuesOf(known: KnownCells, zone: ZoneName): RowValues {
  const raw = (key: ColumnKey): string => String(known[key] ?? '');
  const text = (key: ColumnKey): string => takeMentions(raw(key)).text;
  const moment = (key: ColumnKey): Instant | null => parseLocalTimestamp(zone, raw(key));
  const days = (key: ColumnKey): number | null => countOf(known[key]);
  return {
    text,
    count: (key) => countOf(known[key]),
    moment,
    spanMs: (key) => {
      const span = days(key);
      return span === null ? null : Math.round(span * MS_PER_DAY);
    },
    yes: (key) => isYes(raw(key)),
    createdAt: must(moment('createdAt'), 'a checked date of creation'),
    number: must(countOf(known.number), 'a checked number'),
    step: readStep(raw('step')),
    type: readType(raw('type')),
    outcome: readOutcome(raw('outcome')),
    place: {
      municipality: raw('municipality'),
      settlement: raw('settlement'),
      street: raw('street'),
      house: raw('house'),
      object: raw('object'),
    },
    replies: (['reply1', 'reply2', 'reply3'] as const).map(text).filter((reply) => reply !== ''),
  };
}
