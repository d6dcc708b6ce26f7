import { useTranslation } from 'react-i18next';
import { useCentreQuery } from '#renderer/kit/api/use-centre-query.ts';
import { Administration, Freshness, Head, Lesson } from '#renderer/kit/layout/administration.tsx';
import { ProviderCheck } from './provider-check.tsx';
import { ProviderForm } from './provider-form.tsx';
import { fetchProvider } from './sign-in-settings-api.ts';

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

const STEPS = ['register', 'groups', 'keep'] as const;

function SignIn() {
  const { t } = useTranslation();
  const provider = useCentreQuery(['sign-in'], fetchProvider);
  const { value, isLive, refresh } = provider;
  return (
    <>
      <Head title={t('signIn.title')}>{null}</Head>
      <Freshness
        data={provider}
        nothing={t('signIn.offlineNothing')}
        kept={(at) => t('signIn.offlineKept', { at })}
        unread={t('signIn.unread')}
      />
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
