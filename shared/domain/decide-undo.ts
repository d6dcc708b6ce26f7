import type { Actor } from './actor.ts';
import type { ArgsOf } from './command.ts';
import type { DecideContext } from './decide-context.ts';
import type { EventName } from './event.ts';
import { currentAgency, type HistoryEntry, type Incident, type Undoable } from './incident.ts';
import { must } from './must.ts';
import type { Ruling } from './rule.ts';
import { localDayAt } from './time-zone.ts';
import { lastAct, UNDOABLE, wasUndone } from './undo.ts';

/** Acts after which nobody owed anything more. */
const ENDINGS: ReadonlySet<string> = new Set<EventName>([UNDOABLE.reject, UNDOABLE.merge]);

/**
 * Takes an own act back while nobody acted on top of it (`undoableAfter` says what that is). An ending of an
 * earlier local day was counted in that day, so taking it back counts as a reopening; everything else is as
 * if it had never been.
 */
export function decideUndo(
  incident: Incident,
  { event }: ArgsOf<'undo'>,
  { actor, at, calendar }: DecideContext,
): Ruling {
  const undoable = incident.undoable ?? [];
  const index = undoable.findIndex(({ command }) => command === event);
  const wanted = undoable[index];
  const after = { ...incident, ...wanted?.back };
  if (actor.role === 'executor' && currentAgency(after) !== actor.agency) return { kind: 'not_your_agency' };
  if (wasUndone(incident, event)) return [];
  if (wanted === undefined) return refusalOf(lastAct(incident), actor);
  const act = lineOf(incident, wanted);
  if (act.by !== actor.id) return { kind: 'not_your_act', by: act.by };
  const above = undoable[index + 1];
  if (above !== undefined) return actedOnTop(lineOf(incident, above));
  const { line, back } = wanted;
  const { zone } = calendar.data;
  const reopens = ENDINGS.has(act.event) && localDayAt(zone, act.at) < localDayAt(zone, at);
  return [{ name: 'undone', event, act: act.event, line, back, ...(reopens ? { reopens } : {}) }];
}

const lineOf = (incident: Incident, { line }: Undoable): HistoryEntry =>
  must(incident.history[line], 'the line of an act that may be taken back');

const actedOnTop = ({ event, by, at }: HistoryEntry): Ruling => ({
  kind: 'acted_on_top',
  act: event,
  by,
  at,
});

/**
 * An act that may not be taken back has something on top; if that is the very kind of act one undoes, it was
 * made by an older version.
 */
function refusalOf(top: HistoryEntry | undefined, { id }: Actor): Ruling {
  const isOwn = top?.by === id && Object.values<string>(UNDOABLE).includes(top.event);
  return top === undefined || isOwn ? { kind: 'nothing_to_undo' } : actedOnTop(top);
}
