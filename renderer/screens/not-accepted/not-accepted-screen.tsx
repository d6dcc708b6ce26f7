import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Instant } from '#shared/domain/instant.ts';
import { Column } from '#renderer/kit/layout/column.tsx';
import { useIncident, useStatus, useStore, useStoreChange } from '#renderer/kit/context/console-context.tsx';
import { useLeftBehind } from '#renderer/kit/context/use-left-behind.ts';
import { isAboutRecord } from '#renderer/data/sync/pending-records.ts';
import type { ShelvedCommand } from '#renderer/data/sync/shelved-command.ts';
import type { NotAccepted } from '#renderer/data/sync/sync-store.ts';
import classes from './not-accepted.module.css';
import { LeftBehindList } from './left-behind-list.tsx';
import { Meanwhile } from './meanwhile.tsx';
import { NotAcceptedAct } from './not-accepted-act.tsx';
import { refusedFiles, RefusedFiles } from './refused-files.tsx';
import { ShelvedList } from './shelved-list.tsx';

type Items = readonly [NotAccepted, ...NotAccepted[]];

/** Acts by what they are about, in the order of the first of each. */
function byIncident(items: readonly NotAccepted[]): readonly Items[] {
  const groups = new Map<string, [NotAccepted, ...NotAccepted[]]>();
  for (const item of items) {
    const group = groups.get(item.incident);
    if (group === undefined) groups.set(item.incident, [item]);
    else group.push(item);
  }
  return [...groups.values()];
}

/** Since when others' acts are told of: the act itself, or what stood in its way and came before. */
const sinceOf = ({ at, why }: NotAccepted): Instant =>
  why.kind === 'refused' && 'at' in why.refusal ? Math.min(at, why.refusal.at) : at;

/** All of one incident: what others did meanwhile, and each act of one's own with what can be done now. */
const IncidentCard = ({ items }: { readonly items: Items }) => {
  const { t } = useTranslation();
  const [{ incident: id, actor }] = items;
  const incident = useIncident(id);
  const number = incident?.number ?? null;
  const since = Math.min(...items.map(sinceOf));
  // Drawn whole: what others did would push one's own acts down when it comes.
  if (incident === undefined) return null;
  return (
    <section className={classes['group']} aria-labelledby={`not-accepted-${id}`}>
      <h2 id={`not-accepted-${id}`}>
        <Link href={`/incident/${id}`}>
          {number === null ? t('card.noNumber') : t('card.number', { number })}
        </Link>
      </h2>
      {incident && <Meanwhile incident={incident} since={since} actor={actor} />}
      <h3 className={classes['side']}>{t('notAccepted.own')}</h3>
      {items.map((item) => (
        <NotAcceptedAct key={item.id} item={item} incident={incident} isInCard />
      ))}
    </section>
  );
};

/** Commands that were not accepted, with all that was typed, until a person deals with each. */
export function NotAcceptedScreen() {
  const { t } = useTranslation();
  const store = useStore();
  const refused = refusedFiles(useStatus()).length;
  const left = useLeftBehind();
  const [items, setItems] = useState<readonly NotAccepted[] | null>(null);
  const [shelved, setShelved] = useState<readonly ShelvedCommand[]>([]);
  const read = useCallback(() => {
    void store.notAccepted().then(setItems);
    void store.shelved().then(setShelved);
  }, [store]);
  useEffect(read, [read]);
  useStoreChange(read);
  useEffect(() => {
    document.title = t('notAccepted.documentTitle');
  }, [t]);
  if (items === null) return null;
  const readable = left.filter(({ commands }) => commands !== null);
  if (items.length + shelved.length + refused + readable.length === 0) {
    return (
      <div className={classes['empty']}>
        <h1>{t('notAccepted.emptyTitle')}</h1>
        <p>{t('notAccepted.emptyText')}</p>
      </div>
    );
  }
  return (
    <Column width={820}>
      <h1>{t('notAccepted.title')}</h1>
      {items.length + refused > 0 && <p className={classes['lead']}>{t('notAccepted.lead')}</p>}
      {byIncident(items).map((group) =>
        isAboutRecord(group[0]) ? (
          group.map((item) => <NotAcceptedAct key={item.id} item={item} incident={null} isInCard={false} />)
        ) : (
          <IncidentCard key={group[0].incident} items={group} />
        ),
      )}
      <RefusedFiles />
      <ShelvedList shelved={shelved} />
      <LeftBehindList left={readable} />
    </Column>
  );
}
