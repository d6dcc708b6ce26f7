import { Alert, Button, Loader } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '#renderer/app/console-context.tsx';
import { useWhen } from '#renderer/app/use-words.ts';
import { useNow } from '#renderer/app/use-now.ts';
import type { Page } from './channels-api.ts';
import classes from './channels.module.css';
import { PageCard } from './page-card.tsx';
import { PageForm } from './page-form.tsx';
import { usePages, type Pages } from './use-pages.ts';

/** Official pages in networks: how each fares, what it brought that entered no queue, and a new one. */
export function ChannelsScreen() {
  const { t } = useTranslation();
  const { account } = useSession();
  useEffect(() => {
    document.title = t('channels.documentTitle');
  }, [t]);
  return (
    <div className={classes['screen']}>
      <div className={classes['column']}>
        {account.role === 'administrator' ? (
          <Administration />
        ) : (
          <>
            <h1>{t('channels.title')}</h1>
            <p className={classes['hint']}>{t('channels.mayNot')}</p>
          </>
        )}
      </div>
    </div>
  );
}

function Administration() {
  const { t } = useTranslation();
  const pages = usePages();
  // The form that is open: of a page, or of a new one.
  const [open, setOpen] = useState<Page | 'new' | null>(null);
  const [added, setAdded] = useState<string | null>(null);
  const [isArchiveShown, setArchiveShown] = useState(false);
  const saved = (id: string): void => {
    setOpen(null);
    setAdded(open === 'new' ? id : null);
    void pages.refresh();
  };
  const shown = pages.pages?.filter(({ state }) => isArchiveShown || state !== 'archived') ?? [];
  const hidden = (pages.pages?.length ?? 0) - shown.length;
  return (
    <>
      <div className={classes['head']}>
        <h1>{t('channels.title')}</h1>
        {open === null && (
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setOpen('new')}>
            {t('channels.add')}
          </Button>
        )}
      </div>
      <Connection {...pages} />
      {open !== null && (
        <PageForm
          page={open === 'new' ? null : open}
          isLive={pages.isLive}
          onSaved={saved}
          onCancel={() => setOpen(null)}
        />
      )}
      {open === null && pages.pages?.length === 0 && <Empty />}
      {open === null &&
        shown.map((page) => (
          <PageCard
            key={page.id}
            page={page}
            isLive={pages.isLive}
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

/** What the list can be trusted for: said in words whenever it is not fresh. */
function Connection({ isLive, pages, error, readAt }: Pages) {
  const { t } = useTranslation();
  const when = useWhen();
  const now = useNow();
  if (!isLive)
    return (
      <Alert color="orange" title={t('channels.offline')} mb="sm">
        {readAt === null
          ? t('channels.offlineNothing')
          : t('channels.offlineKept', { at: when.short(readAt, now) })}
      </Alert>
    );
  if (error !== null)
    return (
      <Alert color="red" title={t('channels.unread')} mb="sm">
        {t(`error.${error}`)}
      </Alert>
    );
  return pages === null ? <Loader size="sm" aria-label={t('channels.reading')} /> : null;
}

/** Nothing added yet: what a page gives, and the way to it. */
function Empty() {
  const { t } = useTranslation();
  return (
    <section className={classes['part']}>
      <h2>{t('channels.empty.title')}</h2>
      <p className={classes['hint']}>{t('channels.empty.lead')}</p>
      <ol className={classes['steps']}>
        {(['token', 'form', 'address', 'events', 'check'] as const).map((step) => (
          <li key={step}>{t(`channels.empty.${step}`)}</li>
        ))}
      </ol>
      <p className={classes['hint']}>{t('channels.empty.max')}</p>
    </section>
  );
}
