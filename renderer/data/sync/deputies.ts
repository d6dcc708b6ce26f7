import type { Colleague, Deputyship } from '#shared/domain/deputyship.ts';
import type { AccountRow } from '#shared/protocol/session.ts';

/** Who stands in for whom, as the region's people tell it. */
export interface Deputies {
  readonly people: ReadonlyMap<string, Colleague>;
  readonly named: readonly Deputyship[];
}

/** Reads the deputies off the people of the region. */
export const deputiesOf = (accounts: readonly AccountRow[]): Deputies => ({
  people: new Map(
    accounts.map(({ id, role, agency, dismissed = false }) => [
      id,
      { id, role, agency, isDisabled: dismissed },
    ]),
  ),
  named: accounts.flatMap(({ id: person, deputies = [] }) =>
    deputies.map((named) => ({ ...named, id: `${person} ${named.from}`, person })),
  ),
});
