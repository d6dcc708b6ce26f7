import { INCIDENT_COMMAND_ARGS, type IncidentCommand } from '#shared/domain/command.ts';
import { decide } from '#shared/domain/decide.ts';
import type { DecideContext } from '#shared/domain/decide-context.ts';
import { openReply, type Incident, type Place } from '#shared/domain/incident.ts';
import type { Refusal } from '#shared/domain/refusal.ts';
import { sameJson } from '#shared/domain/same-json.ts';
import { seenOn, type SeenCommand } from '#shared/domain/subject.ts';
import { againstCurrent } from './against-current.ts';

/**
 * Says what would come of an act that was not accepted, done now by whoever looks at it: it goes, it is so
 * already, or it would be refused again, and why.
 */
export type Way =
  | { readonly kind: 'goes'; readonly command: SeenCommand }
  | { readonly kind: 'so_already' }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** Judges an act anew on the incident as it is now; what would be refused again is not offered. */
export function wayFrom(command: IncidentCommand, incident: Incident | null, context: DecideContext): Way {
  const now = againstCurrent(command, incident);
  const decided = decide(incident?.id ?? '', incident, now, context);
  if (!decided.ok) return { kind: 'refused', refusal: decided.refusal };
  return decided.events.length === 0 ? { kind: 'so_already' } : { kind: 'goes', command: now };
}

/** Joins two addresses: what the other has said, and one's own where the other has said nothing. */
function bothPlaces(mine: Place, theirs: Place): Place {
  return {
    municipality: theirs.municipality || mine.municipality,
    settlement: theirs.settlement || mine.settlement,
    street: theirs.street || mine.street,
    house: theirs.house || mine.house,
    object: theirs.object || mine.object,
  };
}

/**
 * Joins one's own value and the other's where both can stand: an address in parts, an answer as one text
 * with the other's first. Null where there is no such thing, or where it would be one of the two.
 */
export function bothOf(command: IncidentCommand, incident: Incident): SeenCommand | null {
  switch (command.name) {
    case 'place': {
      const place = bothPlaces(command.args.place, incident.place);
      const isOne = [command.args.place, incident.place].some((side) => sameJson(side, place));
      return isOne ? null : seenOn({ name: 'place', args: { place, from: incident.place } }, incident);
    }
    case 'draftReply': {
      const theirs = openReply(incident)?.text.trim() ?? '';
      const mine = command.args.text.trim();
      if (theirs === '' || theirs.includes(mine) || mine.includes(theirs)) return null;
      const text = `${theirs}\n\n${mine}`;
      if (!INCIDENT_COMMAND_ARGS.draftReply.shape.text.safeParse(text).success) return null;
      return seenOn({ name: 'draftReply', args: { ...command.args, text } }, incident);
    }
    default:
      return null;
  }
}
