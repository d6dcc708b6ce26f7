import { Button, SegmentedControl } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CHANNEL_NETWORKS, type ChannelNetwork } from '#shared/protocol/channels.ts';
import { Administration, Freshness, Head, Lesson } from '#renderer/kit/layout/administration.tsx';
import type { ListedPage } from '#renderer/kit/api/channels-api.ts';
import { usePages } from '#renderer/kit/api/use-pages.ts';
import { PageCard } from './page-card.tsx';
import { PageForm } from './page-form.tsx';

/** Steps to connecting the first page, the same for every network. */
const LESSON = ['key', 'form', 'hear'] as const;

/** Official pages in networks: how each fares, what it brought that entered no queue, and a new one. */
export function ChannelsScreen() {
  const { t } = useTranslation();
  return (
    <Administration
      title={t('channels.title')}
      documentTitle={t('channels.documentTitle')}
      mayNot={t('channels.mayNot')}
    >
      <PageList />
    </Administration>
  );
}

function PageList() {
  const { t } = useTranslation();
  const pages = usePages();
  const { isLive, value } = pages;
  // The form that is open: of a page, or of a new one.
  const [open, setOpen] = useState<ListedPage | 'new' | null>(null);
  const [added, setAdded] = useState<string | null>(null);
  const [isArchiveShown, setArchiveShown] = useState(false);
  const saved = (id: string): void => {
    setOpen(null);
    setAdded(open === 'new' ? id : null);
    void pages.refresh();
  };
  const shown = value?.channels.filter(({ state }) => isArchiveShown || state !== 'archived') ?? [];
  const hidden = (value?.channels.length ?? 0) - shown.length;
  return (
    <>
      <Head title={t('channels.title')}>
        {open === null && (
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setOpen('new')}>
            {t('channels.add')}
          </Button>
        )}
      </Head>
      <Freshness
        data={pages}
        nothing={t('channels.offlineNothing')}
        kept={(at) => t('channels.offlineKept', { at })}
        unread={t('channels.unread')}
      />
      {open !== null && (
        <PageForm
          page={open === 'new' ? null : open}
          isLive={isLive}
          onSaved={saved}
          onCancel={() => setOpen(null)}
        />
      )}
      {open === null && value?.channels.length === 0 && <Empty />}
      {open === null &&
        shown.map((page) => (
          <PageCard
            key={page.id}
            page={page}
            isLive={isLive}
            isNew={page.id === added}
            onEdit={() => setOpen(page)}
            onChanged={() => void pages.refresh()}
          />
        ))}
      {open === null && hidden > 0 && (
        <Button mt="sm" variant="subtle" onClick={() => setArchiveShown(true)}>
          {t('channels.showArchive', { count: hidden })}
        </Button>
      )}
    </>
  );
}

/** Nothing added yet: what a page gives, and the way to it in the network that is chosen. */
function Empty() {
  const { t } = useTranslation();
  const [network, setNetwork] = useState<ChannelNetwork>('vk');
  return (
    <Lesson
      title={t('channels.empty.title')}
      lead={t('channels.empty.lead')}
      steps={[...LESSON.map((step) => t(`channels.empty.${network}.${step}`)), t('channels.empty.check')]}
    >
      <SegmentedControl
        mt="sm"
        aria-label={t('channels.form.network')}
        value={network}
        onChange={setNetwork}
        data={CHANNEL_NETWORKS.map((network) => ({ value: network, label: t(`network.${network}`) }))}
      />
    </Lesson>
  );
}
