import { Button, Switch } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Administration, Freshness, Head, Lesson } from '#renderer/kit/layout/administration.tsx';
import classes from '#renderer/kit/layout/administration.module.css';
import { CopyLine } from '#renderer/kit/layout/copy-line.tsx';
import { useCentreAction } from '#renderer/kit/api/use-centre-action.ts';
import { useCentreQuery } from '#renderer/kit/api/use-centre-query.ts';
import { useCentreAddress } from '#renderer/host/use-centre-address.ts';
import { PartnerCard } from './partner-card.tsx';
import { PartnerForm } from './partner-form.tsx';
import {
  addPartner,
  readPartners,
  setOpenReading,
  type PartnerKeys,
  type PartnerList,
} from './partners-api.ts';

/** Systems of others: who may hand in and follow requests, and who is told of them. */
export function PartnersScreen() {
  const { t } = useTranslation();
  return (
    <Administration
      title={t('partners.title')}
      documentTitle={t('partners.documentTitle')}
      mayNot={t('partners.mayNot')}
    >
      <Systems />
    </Administration>
  );
}

function Systems() {
  const { t } = useTranslation();
  const partners = useCentreQuery(['partners'], readPartners);
  const { value: list, isLive, refresh } = partners;
  const [isAdding, setAdding] = useState(false);
  const [keys, setKeys] = useState<PartnerKeys | null>(null);
  return (
    <>
      <Head title={t('partners.title')}>
        {!isAdding && (
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setAdding(true)}>
            {t('partners.add')}
          </Button>
        )}
      </Head>
      <Freshness
        data={partners}
        nothing={t('partners.offlineNothing')}
        kept={(at) => t('partners.offlineKept', { at })}
        unread={t('partners.unread')}
      />
      {isAdding && (
        <PartnerForm
          partner={null}
          isLive={isLive}
          save={addPartner}
          onSaved={(made) => {
            setKeys(made);
            setAdding(false);
            return refresh();
          }}
          onCancel={() => setAdding(false)}
        />
      )}
      {keys !== null && <Keys keys={keys} onClose={() => setKeys(null)} />}
      {!isAdding && list?.partners.length === 0 && <Empty />}
      {!isAdding &&
        list?.partners.map((partner) => (
          <PartnerCard key={partner.id} partner={partner} isLive={isLive} refresh={refresh} />
        ))}
      {!isAdding && list !== null && <Reading list={list} isLive={isLive} refresh={refresh} />}
    </>
  );
}

/** A line whose button names what it copies, for there are several on the screen. */
function Copied({ label, value }: { readonly label: string; readonly value: string }) {
  const { t } = useTranslation();
  const copy = t('partners.copy');
  return <CopyLine label={label} value={value} action={copy} buttonLabel={`${copy}: ${label}`} />;
}

/** The only time these are shown; they stay until the person puts them away. */
function Keys({ keys, onClose }: { readonly keys: PartnerKeys; readonly onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <section className={classes['part']} role="status" aria-label={t('partners.keys')}>
      <h2>{t('partners.keys')}</h2>
      <p className={classes['hint']}>{t('partners.keysHint')}</p>
      <Copied label={t('partners.key')} value={keys.key} />
      <Copied label={t('partners.secret')} value={keys.secret} />
      <Button mt="sm" onClick={onClose}>
        {t('partners.keysKept')}
      </Button>
    </section>
  );
}

interface ReadingProps {
  readonly list: PartnerList;
  readonly isLive: boolean;
  readonly refresh: () => Promise<void>;
}

/** The address that partners are given, and whether it may be read without a key. */
function Reading({ list, isLive, refresh }: ReadingProps) {
  const { t } = useTranslation();
  const change = useCentreAction(async (open: boolean) => {
    const answer = await setOpenReading(open);
    // Also after a failure: the switch shows how it stands at the centre.
    void refresh();
    return answer;
  });
  return (
    <section className={classes['part']} aria-label={t('partners.access')}>
      <h2>{t('partners.access')}</h2>
      <Copied label={t('partners.endpoint')} value={useCentreAddress(list.endpoint)} />
      <Switch
        mt="md"
        checked={list.openReading}
        disabled={!isLive}
        label={t('partners.openReading')}
        description={t('partners.openReadingHint')}
        onChange={(event) => change.run(event.currentTarget.checked)}
      />
    </section>
  );
}

/** Nobody let in yet: what a partner gives, and the way to it. */
function Empty() {
  const { t } = useTranslation();
  return (
    <Lesson
      title={t('partners.empty.title')}
      lead={t('partners.empty.lead')}
      steps={(['add', 'key', 'hand', 'told'] as const).map((step) => t(`partners.empty.${step}`))}
    />
  );
}
