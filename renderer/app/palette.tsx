import { createSpotlight, Spotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useUndoLast } from '#renderer/triage/acts/use-undo.ts';
import { LANES } from '#renderer/data/store/console-store.ts';
import { useSession, useStore } from '#renderer/kit/context/console-context.tsx';
import { KEY_MAP, type KeyAction } from '#renderer/kit/keys/keys.ts';
import { NAV } from './nav-entries.ts';
import { tellTrouble } from '#renderer/kit/toasts/toasts.tsx';

const [paletteStore, palette] = createSpotlight();
export const openPalette = (): void => palette.open();
export const closePalette = (): void => palette.close();

interface Entry {
  readonly id: string;
  readonly label: string;
  readonly key: KeyAction | null;
  readonly run: () => void;
}

const contains = (label: string, query: string): boolean =>
  query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => label.toLowerCase().includes(word));

const Row = ({ entry }: { readonly entry: Entry }) => (
  <Spotlight.Action
    label={entry.label}
    onClick={entry.run}
    rightSection={
      entry.key === null ? null : (
        <span>
          {KEY_MAP[entry.key].shown.map((cap) => (
            <kbd key={cap}>{cap}</kbd>
          ))}
        </span>
      )
    }
  />
);

function useEntries(onRegister: (() => void) | null, onKeys: () => void): readonly Entry[] {
  const { t } = useTranslation();
  const [, goTo] = useLocation();
  const { account } = useSession();
  const undoLast = useUndoLast();
  const screens = NAV.flat()
    .filter(({ roles }) => roles.includes(account.role))
    .map((entry): Entry => ({
      id: entry.id,
      label: t(`nav.${entry.id}`),
      key: entry.key,
      run: () => goTo(entry.to),
    }));
  const lanes = LANES.map((lane): Entry => ({
    id: `lane-${lane}`,
    label: `${t('nav.queue')} · ${t(`lane.${lane}`)}`,
    key: null,
    run: () => goTo(`/queue/${lane}`),
  }));
  return [
    ...screens,
    ...(onRegister === null
      ? []
      : [{ id: 'register', label: t('keys.register'), key: 'register', run: onRegister } as const]),
    ...lanes,
    { id: 'undo', label: t('keys.undo'), key: 'undo', run: undoLast },
    { id: 'keys', label: t('keys.title'), key: 'keys', run: onKeys },
  ];
}

/**
 * Ctrl+K: every screen, lane and action by name; a number opens its incident, other words search the queue.
 */
export function Palette({
  onRegister,
  onKeys,
}: {
  readonly onRegister: (() => void) | null;
  readonly onKeys: () => void;
}) {
  const { t } = useTranslation();
  const [query, setQuery] = useState('');
  const [, goTo] = useLocation();
  const store = useStore();
  const entries = useEntries(onRegister, onKeys);
  const text = query.trim();
  const number = /^(?:№\s*)?(\d{1,9})$/.exec(text)?.[1];
  const openNumber = async (): Promise<void> => {
    const id = await store.byNumber(Number(number));
    if (id === null) tellTrouble(t('palette.noNumber', { number }), t('common.close'));
    else goTo(`/incident/${id}`);
  };
  const found = text === '' ? entries : entries.filter(({ label }) => contains(label, text));
  const searches: readonly Entry[] =
    text === ''
      ? []
      : [
          ...(number === undefined
            ? []
            : [
                {
                  id: 'number',
                  label: t('palette.openNumber', { number }),
                  key: null,
                  run: () => void openNumber(),
                },
              ]),
          {
            id: 'search',
            label: t('palette.search', { text }),
            key: null,
            run: () => goTo(`/queue/all?text=${encodeURIComponent(text)}`),
          },
        ];
  return (
    <Spotlight.Root
      store={paletteStore}
      query={query}
      onQueryChange={setQuery}
      shortcut={null}
      scrollable
      maxHeight={420}
      clearQueryOnClose
      title={t('keys.palette')}
      overlayProps={{ backgroundOpacity: 0.4, blur: 0 }}
    >
      <Spotlight.Search
        placeholder={t('palette.placeholder')}
        aria-label={t('palette.placeholder')}
        leftSection={<IconSearch size={18} aria-hidden />}
      />
      <Spotlight.ActionsList>
        {number !== undefined && searches.map((entry) => <Row key={entry.id} entry={entry} />)}
        {found.map((entry) => (
          <Row key={entry.id} entry={entry} />
        ))}
        {number === undefined && searches.map((entry) => <Row key={entry.id} entry={entry} />)}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}
