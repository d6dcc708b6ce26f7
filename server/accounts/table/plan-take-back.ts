import { ROLES } from '#shared/domain/actor.ts';
import type { TablePersonFields } from '#shared/domain/account-rules.ts';
import { sameJson } from '#shared/domain/same-json.ts';
import type { PeopleRow } from '#shared/protocol/people-load.ts';
import { tableFieldsOf } from './judge-people.ts';
import type { KnownPerson } from './read-people.ts';
import type { LoadLine } from './people-loads.ts';

/** A field as a load found it and left it. */
interface Touched {
  readonly before: unknown;
  readonly after: unknown;
}
type Touches = Map<string, Touched>;

/** Names of the audit log for the fields of a person. */
const FIELDS: ReadonlyMap<string, keyof TablePersonFields> = new Map([
  ['displayName', 'displayName'],
  ['role', 'role'],
  ['agency', 'agency'],
  ['mailAddress', 'mail'],
]);

const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? { ...value } : {};

function note(touches: Touches, { action, detail }: LoadLine): void {
  if (action === 'account_added') {
    touches.set('isDisabled', { before: true, after: false });
    for (const [name, after] of Object.entries(fieldsOf(detail['after']))) {
      const field = FIELDS.get(name);
      // Whoever was new is closed as they are: there is nothing to go back to.
      if (field !== undefined) touches.set(field, { before: after, after });
    }
  } else if (action === 'account_dismissed' || action === 'account_readmitted') {
    const isDisabled = action === 'account_dismissed';
    touches.set('isDisabled', { before: !isDisabled, after: isDisabled });
  } else {
    const [before, after] = [fieldsOf(detail['before']), fieldsOf(detail['after'])];
    for (const [name, value] of Object.entries(after)) {
      const field = FIELDS.get(name);
      if (field !== undefined) touches.set(field, { before: before[name] ?? null, after: value ?? null });
    }
  }
}

/** How a load is taken back: rows to be stored, and those who stay as they are. */
export interface TakeBackRows {
  readonly rows: readonly PeopleRow[];
  readonly stay: readonly string[];
}

/**
 * Says how a load of people is taken back: who was changed becomes as they were, who was new is closed.
 * Whoever somebody has changed since stays, and whoever has come in since is not closed.
 */
export function planPeopleBack(
  lines: readonly LoadLine[],
  people: ReadonlyMap<string, KnownPerson>,
  comers: ReadonlySet<string>,
): TakeBackRows {
  const byAccount = new Map<string, Touches>();
  for (const line of lines) {
    const touches = byAccount.get(line.account) ?? new Map<string, Touched>();
    byAccount.set(line.account, touches);
    note(touches, line);
  }
  const byId = new Map([...people.values()].map((person) => [person.id, person]));
  const [rows, stay]: [PeopleRow[], string[]] = [[], []];
  for (const [account, touches] of byAccount) {
    const known = byId.get(account);
    const row = known === undefined ? null : rowBack(known, touches, comers.has(account));
    if (row === null) stay.push(account);
    else if (!sameJson(tableFieldsOf(row), row.from)) rows.push(row);
  }
  return { rows, stay };
}

function rowBack(known: KnownPerson, touches: Touches, hasCome: boolean): PeopleRow | null {
  const from = tableFieldsOf(known);
  const isAsLeft = [...touches].every(([field, { after }]) =>
    sameJson(from[field as keyof TablePersonFields], after),
  );
  const before = new Map([...touches].map(([field, touch]) => [field, touch.before]));
  if (!isAsLeft || (hasCome && before.get('isDisabled') === true)) return null;
  const text = (field: 'displayName' | 'agency' | 'mail'): string | null => {
    const value = before.has(field) ? before.get(field) : from[field];
    return typeof value === 'string' ? value : null;
  };
  const disabled = before.get('isDisabled');
  return {
    login: known.login,
    displayName: text('displayName') ?? known.displayName,
    role: ROLES.find((role) => role === before.get('role')) ?? known.role,
    agency: text('agency'),
    mail: text('mail'),
    isDisabled: typeof disabled === 'boolean' ? disabled : known.isDisabled,
    from,
  };
}
