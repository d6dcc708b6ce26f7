import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LdapView } from '#shared/protocol/ldap.ts';
import type { ProviderView } from '#shared/protocol/sign-in.ts';
import { useCentreQuery, type CentreData } from '#renderer/kit/api/use-centre-query.ts';
import { Administration, Freshness, Head, Lesson } from '#renderer/kit/layout/administration.tsx';
import { fetchDirectory } from './directory-api.ts';
import { DirectoryCheck } from './directory-check.tsx';
import { DirectoryForm } from './directory-form.tsx';
import { ProviderCheck } from './provider-check.tsx';
import { ProviderForm } from './provider-form.tsx';
import { fetchProvider } from './sign-in-settings-api.ts';
import own from './sign-in.module.css';

/** How people come in by a system of others. */
export function SignInScreen() {
  const { t } = useTranslation();
  return (
    <Administration
      title={t('signIn.title')}
      documentTitle={t('signIn.documentTitle')}
      mayNot={t('signIn.mayNot')}
    >
      <SignIn />
    </Administration>
  );
}

const WAYS = ['provider', 'directory'] as const;
type Way = (typeof WAYS)[number];
const STEPS = ['register', 'groups', 'keep'] as const;

function SignIn() {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<Way | null>(null);
  const provider = useCentreQuery(['sign-in'], fetchProvider);
  const directory = useCentreQuery(['sign-in-directory'], fetchDirectory);
  const isDirectoryAlone = provider.value?.settings === null && (directory.value?.settings ?? null) !== null;
  const way = chosen ?? (isDirectoryAlone ? 'directory' : 'provider');
  return (
    <>
      <Head title={t('signIn.title')}>{null}</Head>
      <SegmentedControl
        className={own['ways'] ?? ''}
        aria-label={t('signIn.ways')}
        value={way}
        onChange={setChosen}
        data={WAYS.map((value) => ({ value, label: t(`signIn.way.${value}`) }))}
      />
      {way === 'provider' ? <ByProvider provider={provider} /> : <ByDirectory directory={directory} />}
    </>
  );
}

function Shown({ data }: { readonly data: CentreData<unknown> }) {
  const { t } = useTranslation();
  return (
    <Freshness
      data={data}
      nothing={t('signIn.offlineNothing')}
      kept={(at) => t('signIn.offlineKept', { at })}
      unread={t('signIn.unread')}
    />
  );
}

function ByProvider({ provider }: { readonly provider: CentreData<ProviderView> }) {
  const { t } = useTranslation();
  const { value, isLive, refresh } = provider;
  return (
    <>
      <Shown data={provider} />
      {value !== null && value.settings === null && (
        <Lesson
          title={t('signIn.empty.title')}
          lead={t('signIn.empty.lead')}
          steps={STEPS.map((step) => t(`signIn.empty.${step}`))}
        />
      )}
      {value !== null && (
        // What another administrator has set meanwhile is shown, not written over.
        <ProviderForm key={JSON.stringify(value)} provider={value} isLive={isLive} onSaved={refresh} />
      )}
      {value !== null && value.settings !== null && <ProviderCheck isLive={isLive} />}
    </>
  );
}

function ByDirectory({ directory }: { readonly directory: CentreData<LdapView> }) {
  const { t } = useTranslation();
  const { value, isLive, refresh } = directory;
  return (
    <>
      <Shown data={directory} />
      {value !== null && value.settings === null && (
        <Lesson
          title={t('signIn.directory.empty.title')}
          lead={t('signIn.directory.empty.lead')}
          steps={STEPS.map((step) => t(`signIn.directory.empty.${step}`))}
        />
      )}
      {value !== null && (
        <DirectoryForm key={JSON.stringify(value)} directory={value} isLive={isLive} onSaved={refresh} />
      )}
      {value !== null && value.settings !== null && <DirectoryCheck isLive={isLive} />}
    </>
  );
}
