import type { Incident } from '#shared/domain/incident.ts';
import type { ReferenceRow } from '#shared/protocol/sync.ts';
import { mapInTurns } from '#server/process/map-in-turns.ts';
import { eventView, incidentView, REFERENCE_VIEWS } from './observer-fields.ts';
import { hidden, only, plain, type View } from './view.ts';

/** An incident as an observer has it. */
export const observersIncident = (incident: Incident): Incident => incidentView(incident) as Incident;

/** The data of a stored event as an observer has them. */
export const observersEvent = (data: object): object => eventView(data) as object;

const viewOf = (kind: unknown): View =>
  typeof kind === 'string' && Object.hasOwn(REFERENCE_VIEWS, kind)
    ? REFERENCE_VIEWS[kind as keyof typeof REFERENCE_VIEWS]
    : hidden;

/** Reference rows as an observer has them; those that do not read as what they are called are left out. */
export const observersReference = (rows: readonly ReferenceRow[]): ReferenceRow[] =>
  rows.flatMap(({ kind, id, row }) => {
    const shown = viewOf(kind)(row);
    return shown === undefined ? [] : [{ kind, id, row: shown }];
  });

/** A line with its row by this view; null when there is nothing to show of a row. */
function shownLine(line: unknown, row: View): string | null {
  const shown = only<Record<'t' | 'op' | 'entity' | 'v' | 'kind' | 'id' | 'row', unknown>>({
    t: plain,
    op: plain,
    entity: plain,
    v: plain,
    kind: plain,
    id: plain,
    row,
  })(line) as object;
  return isObject(line) && 'row' in line && !('row' in shown) ? null : JSON.stringify(shown);
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

const fieldOf = (line: unknown, name: string): unknown =>
  isObject(line) ? Reflect.get(line, name) : undefined;

/** A line of a download, as JSON text; null where nothing of it goes to an observer. */
export function observersLine(text: string): string | null {
  const line: unknown = JSON.parse(text);
  const isIncident = fieldOf(line, 't') === 'incident';
  return shownLine(line, isIncident ? incidentView : viewOf(fieldOf(line, 'kind')));
}

function observersChange(change: unknown): string | null {
  const entity = fieldOf(change, 'entity');
  return shownLine(change, entity === 'incident' ? incidentView : viewOf(entity));
}

const isShown = (line: string | null): line is string => line !== null;

/** Lines of a download as {@link observersLine} gives them; others have their turn in between. */
export async function observersLines(lines: readonly string[]): Promise<string[]> {
  const shown = await mapInTurns(lines, ({ length }) => length, observersLine);
  return shown.filter(isShown);
}

/** Changes of the feed, lines with commas between them, as an observer has them. */
export async function observersChanges(changes: string): Promise<string> {
  const parsed: unknown = JSON.parse(`[${changes}]`);
  if (!Array.isArray(parsed)) return '';
  const each = changes.length / Math.max(1, parsed.length);
  const lines = await mapInTurns(parsed, () => each, observersChange);
  return lines.filter(isShown).join(',');
}
