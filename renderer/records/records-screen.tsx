import { Button, Drawer, SegmentedControl } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { v7 as uuid } from 'uuid';
import { Link, useLocation, useParams } from 'wouter';
import type { Activity } from '#shared/domain/activity.ts';
import type { Campaign } from '#shared/domain/campaign.ts';
import { localTimeAt, type LocalDate } from '#shared/domain/time-zone.ts';
import { shortDate } from '#shared/report/sheet-text.ts';
import { useReference, useSession } from '#renderer/app/console-context.tsx';
import { useNow } from '#renderer/app/use-now.ts';
import { ActivityForm, CampaignForm } from './forms.tsx';
import classes from './records.module.css';
import { useRecords } from './use-records.ts';

const KINDS = ['campaign', 'activity'] as const;
type Kind = (typeof KINDS)[number];
type Listed = Campaign | Activity;

const dayOf = (one: Listed): LocalDate => ('date' in one ? one.date : one.from);

const blankCampaign = (id: string, today: LocalDate): Campaign => ({
  id,
  title: '',
  topics: [],
  reason: '',
  from: today,
  to: today,
  materials: [],
  posts: [],
  reach: null,
  note: '',
});

const blankActivity = (id: string, today: LocalDate): Activity => ({
  id,
  kind: 'seminar',
  title: '',
  date: today,
  place: '',
  agencies: [],
  audience: null,
  topics: [],
  summary: '',
  materials: [],
});

/** The registers of the centre's own work. Address: `/records/campaign`, `/records/activity/<id>`, `/records/campaign/new`. */
export function RecordsScreen() {
  const { t } = useTranslation();
  const [, goTo] = useLocation();
  const { account } = useSession();
  const { kind: named, id } = useParams<{ kind?: string; id?: string }>();
  const kind: Kind = KINDS.find((one) => one === named) ?? 'campaign';
  const campaigns = useRecords('campaign');
  const activities = useRecords('activity');
  const rows: readonly Listed[] | null = kind === 'campaign' ? campaigns : activities;
  useEffect(() => {
    document.title = t('records.documentTitle');
  }, [t]);
  const mayWrite = account.role !== 'observer' && account.role !== 'executor';
  const close = (): void => goTo(`/records/${kind}`);
  return (
    <div className={classes['screen']}>
      <div className={classes['column']}>
        <header className={classes['head']}>
          <h1>{t('records.title')}</h1>
          <SegmentedControl
            aria-label={t('records.title')}
            value={kind}
            onChange={(next) => goTo(`/records/${next}`)}
            data={KINDS.map((one) => ({ value: one, label: t(`records.kind.${one}`) }))}
          />
          {mayWrite && (
            <Button
              leftSection={<IconPlus size={16} aria-hidden />}
              onClick={() => goTo(`/records/${kind}/new`)}
            >
              {t(`records.new.${kind}`)}
            </Button>
          )}
        </header>
        {rows !== null && <RecordList kind={kind} rows={rows} />}
      </div>
      {rows !== null && id !== undefined && <RecordDrawer kind={kind} id={id} rows={rows} onClose={close} />}
    </div>
  );
}

function RecordList({ kind, rows }: { readonly kind: Kind; readonly rows: readonly Listed[] }) {
  const { t } = useTranslation();
  if (rows.length === 0) return <p className={classes['empty']}>{t(`records.empty.${kind}`)}</p>;
  const newest = rows.toSorted((a, b) =>
    dayOf(a) < dayOf(b) ? 1 : dayOf(a) > dayOf(b) ? -1 : a.id < b.id ? 1 : -1,
  );
  return (
    <ul className={classes['list']}>
      {newest.map((one) => (
        <li key={one.id}>
          <Link href={`/records/${kind}/${one.id}`}>
            <time>
              {'date' in one ? shortDate(one.date) : `${shortDate(one.from)} – ${shortDate(one.to)}`}
            </time>
            <b>{one.title}</b>
            <Told one={one} />
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** The second line of a record: what it is about. */
function Told({ one }: { readonly one: Listed }) {
  const { t } = useTranslation();
  if (!('date' in one)) {
    const groups = [...new Set(one.topics.map(({ group }) => group))].join(', ');
    return (
      <span>{[groups, t('records.posts', { count: one.posts.length })].filter(Boolean).join(' · ')}</span>
    );
  }
  const attended = one.agencies.reduce((sum, { attended: came }) => sum + came, 0);
  const came = one.agencies.length === 0 ? '' : t('records.came', { count: attended });
  return <span>{[t(`records.activityKind.${one.kind}`), one.place, came].filter(Boolean).join(' · ')}</span>;
}

interface Opened {
  readonly kind: Kind;
  readonly id: string;
  readonly rows: readonly Listed[];
  readonly onClose: () => void;
}

function RecordDrawer({ kind, id, rows, onClose }: Opened) {
  const { t } = useTranslation();
  const { zone } = useReference();
  const today = localTimeAt(zone, useNow()).date;
  const isNew = id === 'new';
  // The record as it stood when the form was opened: what others change meanwhile is merged field by field.
  // oxlint-disable-next-line react-hooks/exhaustive-deps
  const fresh = useMemo(() => uuid(), [kind, id]);
  const found = rows.find((one) => one.id === id);
  return (
    <Drawer
      opened={isNew || found !== undefined}
      onClose={onClose}
      position="right"
      size="lg"
      title={t(isNew ? `records.new.${kind}` : `records.kindOne.${kind}`)}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {kind === 'campaign' ? (
        <CampaignForm
          key={id}
          row={(found as Campaign | undefined) ?? blankCampaign(fresh, today)}
          isNew={isNew}
          onClose={onClose}
        />
      ) : (
        <ActivityForm
          key={id}
          row={(found as Activity | undefined) ?? blankActivity(fresh, today)}
          isNew={isNew}
          onClose={onClose}
        />
      )}
    </Drawer>
  );
}
