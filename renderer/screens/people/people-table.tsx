import {
  createColumnHelper,
  createSortedRowModel,
  rowSortingFeature,
  tableFeatures,
  useTable,
  type SortFn,
} from '@tanstack/react-table';
import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { ListedAccount } from '#shared/protocol/accounts.ts';
import { agencyName } from '#renderer/kit/context/reference.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { useDeputies, type StandIn } from '#renderer/kit/words/use-deputies.ts';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { useWhen } from '#renderer/kit/words/use-words.ts';
import { personStateOf, type PersonState } from './people-filter.ts';
import classes from './people.module.css';

/** A person with the words that the table shows and sorts by. */
interface PersonRow {
  readonly person: ListedAccount;
  readonly role: string;
  readonly agency: string;
  readonly state: PersonState;
  readonly stateWords: string;
  /** Who stands in today; '' for nobody. */
  readonly deputy: string;
  readonly seen: string;
}

const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel() });
type Sort = SortFn<typeof features, PersonRow>;
const collator = new Intl.Collator('ru');
const byWords: Sort = (a, b, id) => collator.compare(a.getValue<string>(id), b.getValue<string>(id));
const byNumber: Sort = (a, b, id) => a.getValue<number>(id) - b.getValue<number>(id);
const helper = createColumnHelper<typeof features, PersonRow>();
const columns = helper.columns([
  helper.accessor(({ person }) => person.displayName, {
    id: 'name',
    sortFn: byWords,
    cell: ({ row }) => <Name person={row.original.person} />,
  }),
  helper.accessor('role', { id: 'role', sortFn: byWords }),
  helper.accessor('agency', { id: 'agency', sortFn: byWords }),
  helper.accessor('stateWords', {
    id: 'state',
    sortFn: byWords,
    cell: ({ row: { original } }) => (
      <span className={classes['state']} data-state={original.state}>
        {original.stateWords}
        {original.deputy !== '' && <small>{original.deputy}</small>}
      </span>
    ),
  }),
  helper.accessor(({ person }) => person.seenAt ?? 0, {
    id: 'seen',
    sortFn: byNumber,
    cell: ({ row }) => row.original.seen,
  }),
]);

const Name = ({ person: { id, displayName, login } }: { readonly person: ListedAccount }) => (
  <>
    <Link to={`/people/${id}`}>{displayName}</Link>
    <small>{login}</small>
  </>
);

function useRows(people: readonly ListedAccount[]): PersonRow[] {
  const { t } = useTranslation();
  const reference = useReference();
  const when = useWhen();
  const now = useNow();
  const { deputyOf } = useDeputies();
  return useMemo(
    () =>
      people.map((person) => ({
        person,
        role: t(`role.${person.role}`),
        agency: person.agency === null ? '' : agencyName(reference, person.agency),
        state: personStateOf(person),
        stateWords: t(`people.state.${personStateOf(person)}`),
        deputy: deputyWords(deputyOf(person.id), t),
        seen: person.seenAt === null ? '—' : when.short(person.seenAt, now),
      })),
    [people, reference, t, when, now, deputyOf],
  );
}

const deputyWords = (deputy: StandIn | null, t: TFunction): string =>
  deputy === null ? '' : t('deputies.byUntil', { name: deputy.name, until: deputy.until });

/** The people, in the order of whichever head was pressed; a name opens the person. */
export function PeopleTable({ people }: { readonly people: readonly ListedAccount[] }) {
  const { t } = useTranslation();
  const data = useRows(people);
  const table = useTable({
    features,
    columns,
    data,
    getRowId: ({ person }) => person.id,
    enableSortingRemoval: false,
    initialState: { sorting: [{ id: 'name', desc: false }] },
  });
  return (
    <table className={classes['people']} aria-label={t('people.title')}>
      <thead>
        <tr>
          {table.getFlatHeaders().map(({ column }) => {
            const sorted = column.getIsSorted();
            const order = sorted === false ? 'none' : sorted === 'asc' ? 'ascending' : 'descending';
            return (
              <th key={column.id} scope="col" aria-sort={order}>
                <button type="button" onClick={() => column.toggleSorting()}>
                  {t(`people.column.${column.id}`)}
                </button>
              </th>
            );
          })}
        </tr>
      </thead>
      <tbody>
        {table.getRowModel().rows.map((row) => (
          <tr key={row.id}>
            {row.getAllCells().map((cell) => (
              // oxlint-disable-next-line jsx-a11y/control-has-associated-label -- its text is its label
              <td key={cell.id}>
                <table.FlexRender cell={cell} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
