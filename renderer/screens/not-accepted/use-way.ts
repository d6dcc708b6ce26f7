import { makeDecideContext } from '#shared/domain/decide-context.ts';
import type { Incident } from '#shared/domain/incident.ts';
import { isRecordCommand, type RecordCommand } from '#shared/domain/record.ts';
import type { ParsedCommand } from '#shared/protocol/envelope.ts';
import { useIncident, useReference, useSession } from '#renderer/kit/context/console-context.tsx';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { wayFrom, type Way } from './ways.ts';

/** Way of an act done now; of a change of a record only the attempt tells. */
type ActWay = Way | { readonly kind: 'goes'; readonly command: RecordCommand };

/** Judges an act anew as this workstation knows the incident; null until that is read. */
export function useWay(parsed: ParsedCommand, incident: Incident | null | undefined): ActWay | null {
  const { account } = useSession();
  const { calendar, policies, agencies, regulation } = useReference();
  const at = useNow();
  const command = parsed.ok ? parsed.command : null;
  const target = useIncident(command?.name === 'merge' ? command.args.into : null);
  if (!parsed.ok) return { kind: 'refused', refusal: parsed.refusal };
  if (isRecordCommand(parsed.command)) return { kind: 'goes', command: parsed.command };
  if (incident === undefined || target === undefined) return null;
  const settings = {
    calendar,
    policies,
    agencies: new Map(agencies.map((agency) => [agency.id, agency])),
    regulation,
  };
  const actor = { id: account.id, role: account.role, agency: account.agency };
  return wayFrom(parsed.command, incident, makeDecideContext(settings, { actor, at, command: null, target }));
}
