import { useMemo } from 'react';
import { z } from 'zod';
import { CALENDAR_ID, typedCalendarSchema, type WorkingCalendar } from '#shared/domain/calendar.ts';
import { changedFields, decideRecord } from '#shared/domain/record.ts';
import { mapsOf } from '#shared/domain/records/record-rules.ts';
import { sameJson } from '#shared/domain/same-json.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { useDraft } from '#renderer/kit/forms/drafts.ts';

const keptSchema = z.object({ seen: typedCalendarSchema, draft: typedCalendarSchema });
type Kept = z.infer<typeof keptSchema>;

function readKept(text: string): Kept | null {
  if (text === '') return null;
  try {
    return keptSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** Lays what was changed over the calendar as it is now: others may have changed other days since. */
function laidOver(data: WorkingCalendar, { seen, draft }: Kept): WorkingCalendar {
  const from = changedFields(seen, draft, mapsOf('calendar'));
  const command = { name: 'saveRecord', args: { kind: 'calendar', row: draft, from } } as const;
  const decision = decideRecord(CALENDAR_ID, data, command, { role: 'administrator', surroundings: null });
  return decision.ok && decision.row !== null ? (decision.row as WorkingCalendar) : draft;
}

/** The calendar that is being changed. It outlives the screen, so that a moved incident may be looked at. */
export interface CalendarDraft {
  /** As it is in force. */
  readonly saved: WorkingCalendar;
  readonly draft: WorkingCalendar;
  readonly isChanged: boolean;
  readonly change: (next: WorkingCalendar) => void;
  readonly forget: () => void;
}

export function useCalendarDraft(): CalendarDraft {
  const saved = useReference().calendar.data;
  const [text, setText, forget] = useDraft('settings.calendar', '');
  const draft = useMemo(() => {
    const kept = readKept(text);
    return kept === null ? saved : laidOver(saved, kept);
  }, [text, saved]);
  return {
    saved,
    draft,
    isChanged: !sameJson(draft, saved),
    change: (next) =>
      sameJson(next, saved) ? forget() : setText(JSON.stringify({ seen: saved, draft: next })),
    forget,
  };
}
