import { Fragment, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { usePageNews } from '#renderer/kit/api/use-pages.ts';
import { handledToday, watchShift } from '#renderer/kit/preferences/shift.ts';
import { useLaneCounts, useProfile, useSession, useStatus } from '#renderer/kit/context/console-context.tsx';
import { refusedFiles } from '#renderer/screens/not-accepted/refused-files.tsx';
import classes from './frame.module.css';
import { KEY_MAP } from '#renderer/kit/keys/keys.ts';
import { currentEntry, homeOf, NAV, SET_UP, type NavEntry } from './nav-entries.ts';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { useWhen } from '#renderer/kit/words/use-words.ts';

/** Entries whose count calls for a person's action, whereas lanes only fill. */
const CALLING: ReadonlySet<string> = new Set(['notAccepted', 'sending', 'unread']);

const Entry = ({ entry, isCurrent }: { readonly entry: NavEntry; readonly isCurrent: boolean }) => {
  const { t } = useTranslation();
  const counts = useLaneCounts();
  const status = useStatus();
  const notAccepted = status.notAccepted + (status.shelved ?? 0) + refusedFiles(status).length;
  const { account } = useSession();
  const pages = usePageNews();
  const unsent = pages.reduce((sum, page) => sum + page.health.needsYou, 0);
  const unread = pages.reduce((sum, page) => sum + page.health.unread, 0);
  const { count: what } = entry;
  const count = what === null ? 0 : { ...counts, notAccepted, sending: unsent, unread }[what];
  return (
    <Link
      href={entry.id === 'queue' ? homeOf(account.role) : entry.to}
      className={classes['entry'] ?? ''}
      {...(isCurrent ? { 'aria-current': 'page' as const } : {})}
    >
      <span>{t(`nav.${entry.id}`)}</span>
      {count > 0 && (
        <span className={classes['count']} data-tone={what !== null && CALLING.has(what) ? 'bad' : undefined}>
          {count}
        </span>
      )}
    </Link>
  );
};

const Foot = ({ onKeys }: { readonly onKeys: () => void }) => {
  const { t } = useTranslation();
  const when = useWhen();
  const [profile, now] = [useProfile(), useNow()];
  const handled = useSyncExternalStore(watchShift, () => handledToday(profile, now, when).handled);
  const { since } = handledToday(profile, now, when);
  return (
    <div className={classes['foot']}>
      {since !== null && <div>{t('frame.shift', { since: when.time(since), count: handled })}</div>}
      <button type="button" onClick={onKeys}>
        {t('frame.keys')} <kbd>{KEY_MAP.keys.shown[0]}</kbd>
      </button>
    </div>
  );
};

interface GroupProps {
  readonly group: readonly NavEntry[];
  readonly current: NavEntry['id'] | null;
}

const Entries = ({ group, current }: GroupProps) => (
  <>
    {group.map((entry) => (
      <Entry key={entry.id} entry={entry} isCurrent={entry.id === current} />
    ))}
  </>
);

/** The many screens of the set-up, under a heading that folds them: open on one of them, else shut. */
const Folded = ({ group, current }: GroupProps) => {
  const { t } = useTranslation();
  const [wanted, setWanted] = useState<boolean | null>(null);
  const isShown = wanted ?? group.some(({ id }) => id === current);
  return (
    <>
      <button
        type="button"
        className={classes['entry'] ?? ''}
        aria-expanded={isShown}
        onClick={() => setWanted(!isShown)}
      >
        <span>{t('nav.centre')}</span>
        <span aria-hidden className={classes['fold']} />
      </button>
      {isShown && <Entries group={group} current={current} />}
    </>
  );
};

/** The ways through the console, with counts of what waits. */
export const Nav = ({ onKeys }: { readonly onKeys: () => void }) => {
  const { t } = useTranslation();
  const [path] = useLocation();
  const { account } = useSession();
  const current = currentEntry(path);
  const groups = NAV.map((group) => ({
    Group: group === SET_UP ? Folded : Entries,
    group: group.filter(({ roles }) => roles.includes(account.role)),
  })).filter(({ group }) => group.length > 0);
  return (
    <nav className={classes['nav']} aria-label={t('nav.label')}>
      {groups.map(({ Group, group }, index) => (
        <Fragment key={group[0]?.id}>
          {index > 0 && <hr />}
          <Group group={group} current={current} />
        </Fragment>
      ))}
      <Foot onKeys={onKeys} />
    </nav>
  );
};
