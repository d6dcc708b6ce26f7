import { existsAt, type Agency } from '#shared/domain/directory.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { openFirstFinder } from './name-finder.ts';
import { WrongCell } from './row-cells.ts';

const namesOf = ({ id, name, shortName }: Agency) => [name, shortName, id];

/**
 * Reads the agency that a cell «Ведомство» names, by its name, its short name or its id; `kept` is the one
 * that was there. Throws WrongCell.
 */
export function agencyReader(agencies: readonly Agency[], at: Instant) {
  const find = openFirstFinder(agencies, (agency) => existsAt(agency, at), namesOf);
  return (cell: string, keptId: string | null | undefined): string => {
    const kept = agencies.find(({ id }) => id === keptId);
    // Two of one name, of which one has closed: what was not touched is left as it is.
    if (kept !== undefined && namesOf(kept).includes(cell)) return kept.id;
    if (cell === keptId) return cell;
    const found = find(cell);
    if (!found.ok) throw new WrongCell('agency', found.why);
    return found.value.id;
  };
}
