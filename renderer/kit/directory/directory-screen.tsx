import { Button, Group, SegmentedControl, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { Link, useLocation, useParams } from 'wouter';
import { useTranslation } from 'react-i18next';
import { Administration, Head, Lesson } from '#renderer/kit/layout/administration.tsx';
import classes from '#renderer/kit/layout/directory.module.css';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { findEntries, shelfOf, SHELVES, type Entry, type Shelf } from './entry.ts';

/** The words of one directory. */
interface DirectoryWords {
  readonly title: string;
  readonly documentTitle: string;
  readonly mayNot: string;
  readonly add: string;
  readonly search: string;
  readonly shelves: string;
  readonly shelf: (shelf: Shelf, count: number) => string;
  readonly shelfHint: (shelf: Shelf) => string;
  readonly empty: { readonly title: string; readonly lead: string; readonly steps: readonly string[] };
}

interface DirectoryProps<R extends Entry> {
  /** Address: `/agencies`, `/agencies/<id>`, `/agencies/new`. */
  readonly path: string;
  readonly rows: readonly R[];
  readonly words: DirectoryWords;
  /** Names besides its own by which a row is found. */
  readonly namesOf: (row: R) => readonly string[];
  /** Says what a row is, in few words. */
  readonly details: (row: R) => readonly string[];
  readonly drawer: (id: string, onClose: () => void) => ReactNode;
  /** Stands beside the way to a new row: the rows as a table. */
  readonly table: ReactNode;
}

/** A directory of the region that an administrator keeps: its rows by shelf and by name, each opens. */
export function DirectoryScreen<R extends Entry>(props: DirectoryProps<R>) {
  const { title, documentTitle, mayNot } = props.words;
  return (
    <Administration title={title} documentTitle={documentTitle} mayNot={mayNot}>
      <Directory {...props} />
    </Administration>
  );
}

function Directory<R extends Entry>(props: DirectoryProps<R>) {
  const { path, rows, words, drawer, table } = props;
  const [, goTo] = useLocation();
  const { id } = useParams<{ id?: string }>();
  return (
    <>
      <Head title={words.title}>
        <Group gap={8}>
          {table}
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => goTo(`${path}/new`)}>
            {words.add}
          </Button>
        </Group>
      </Head>
      {rows.length === 0 ? <Lesson {...words.empty} /> : <Shelves {...props} />}
      {id !== undefined && drawer(id, () => goTo(path))}
    </>
  );
}

function Shelves<R extends Entry>(props: DirectoryProps<R>) {
  const { rows, words } = props;
  const now = useNow();
  const [shelf, setShelf] = useState<Shelf>('open');
  const [query, setQuery] = useState('');
  const shelves = Map.groupBy(rows, (row) => shelfOf(row, now));
  return (
    <>
      <div className={classes['tools']}>
        <TextInput
          type="search"
          aria-label={words.search}
          placeholder={words.search}
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
        />
        <SegmentedControl
          aria-label={words.shelves}
          value={shelf}
          onChange={setShelf}
          data={SHELVES.map((value) => ({
            value,
            label: words.shelf(value, shelves.get(value)?.length ?? 0),
          }))}
        />
      </div>
      <p className={classes['hint']}>{words.shelfHint(shelf)}</p>
      <Rows {...props} rows={shelves.get(shelf) ?? []} query={query} />
    </>
  );
}

/** Rows by name, each a way to its form. */
function Rows<R extends Entry>(props: DirectoryProps<R> & { readonly query: string }) {
  const { t } = useTranslation();
  const { path, rows, words, query, namesOf, details } = props;
  const shown = findEntries(rows, query, namesOf);
  if (shown.length === 0)
    return (
      <p className={classes['nothing']}>{t(query.trim() === '' ? 'directory.none' : 'directory.notFound')}</p>
    );
  return (
    <ul className={classes['list']} aria-label={words.title}>
      {shown.map((row) => (
        <li key={row.id}>
          <Link href={`${path}/${row.id}`}>
            <span className={classes['short']}>{row.shortName}</span>
            <b>{row.name}</b>
            <span className={classes['details']}>{details(row).filter(Boolean).join(' · ')}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
