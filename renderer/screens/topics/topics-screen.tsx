import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useParams } from 'wouter';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { Administration, Head, Lesson } from '#renderer/kit/layout/administration.tsx';
import directory from '#renderer/kit/layout/directory.module.css';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { TableMenu } from '#renderer/triage/settings-load/table-menu.tsx';
import { ComingVersions } from './coming-versions.tsx';
import { TopicLoadTrial } from './load-trial.tsx';
import { TopicDrawer } from './topic-drawer.tsx';
import { TOPIC_PARTS, topicGroups, topicPartOf, type TopicPart } from './topic-lines.ts';
import { TopicList } from './topic-list.tsx';
import classes from './topics.module.css';
import { VersionLoad } from './version-load.tsx';

/** Screen of the dictionary. Address: `/topics`, `/topics/<id>`, `/topics/new`. */
export function TopicsScreen() {
  const { t } = useTranslation();
  return (
    <Administration
      title={t('topics.title')}
      documentTitle={t('topics.documentTitle')}
      mayNot={t('topics.mayNot')}
    >
      <Dictionary />
    </Administration>
  );
}

function Dictionary() {
  const { t } = useTranslation();
  const [, goTo] = useLocation();
  const { '*': address = '' } = useParams<{ '*'?: string }>();
  const { topics } = useReference();
  return (
    <>
      <Head title={t('topics.title')}>
        <div className={classes['acts']}>
          <VersionLoad />
          <TableMenu kind="topic" about={(preview) => <TopicLoadTrial preview={preview} at={null} />} />
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => goTo('/topics/new')}>
            {t('topics.add')}
          </Button>
        </div>
      </Head>
      {topics.length === 0 ? (
        <Lesson
          title={t('topics.empty.title')}
          lead={t('topics.empty.lead')}
          steps={(['load', 'add', 'import'] as const).map((step) => t(`topics.empty.${step}`))}
        />
      ) : (
        <Shelves />
      )}
      {address !== '' && <TopicDrawer key={address} address={address} onClose={() => goTo('/topics')} />}
    </>
  );
}

function Shelves() {
  const { t } = useTranslation();
  const { topics } = useReference();
  const now = useNow();
  const [shelf, setShelf] = useState<TopicPart>('open');
  const [query, setQuery] = useState('');
  const asked = useDeferredValue(query);
  const shelves = useMemo(() => Map.groupBy(topics, (topic) => topicPartOf(topic, now)), [topics, now]);
  const groups = useMemo(() => topicGroups(shelves.get(shelf) ?? [], asked), [shelves, shelf, asked]);
  const open = shelves.get('open') ?? [];
  return (
    <>
      <p className={classes['sum']}>
        {t('topics.sum', {
          count: open.length,
          groups: t('topics.groups', { count: new Set(open.map(({ group }) => group)).size }),
        })}
      </p>
      <ComingVersions />
      <div className={directory['tools']}>
        <TextInput
          type="search"
          aria-label={t('topics.search')}
          placeholder={t('topics.search')}
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
        />
        <SegmentedControl
          aria-label={t('topics.shelves')}
          value={shelf}
          onChange={setShelf}
          data={TOPIC_PARTS.map((one) => ({
            value: one,
            label: t(`topics.shelf.${one}`, { count: shelves.get(one)?.length ?? 0 }),
          }))}
        />
      </div>
      <p className={directory['hint']}>{t(`topics.shelfHint.${shelf}`)}</p>
      {groups.length === 0 ? (
        <p className={directory['nothing']}>
          {t(asked.trim() === '' ? `topics.nothing.${shelf}` : 'directory.notFound')}
        </p>
      ) : (
        <TopicList groups={groups} now={now} />
      )}
    </>
  );
}
