import { useTranslation } from 'react-i18next';
import { Administration, Freshness, Head, Lesson } from '#renderer/kit/layout/administration.tsx';
import { useMail } from '#renderer/kit/api/use-mail.ts';
import { BotNotices } from './bot-notices.tsx';
import { MailCheck } from './mail-check.tsx';
import { MailDeliveries } from './mail-deliveries.tsx';
import { MailForm } from './mail-form.tsx';

/** The centre's mail: how it goes out, and whether it does. */
export function MailScreen() {
  const { t } = useTranslation();
  return (
    <Administration title={t('mail.title')} documentTitle={t('mail.documentTitle')} mayNot={t('mail.mayNot')}>
      <Mail />
    </Administration>
  );
}

const STEPS = ['server', 'check', 'people'] as const;

function Mail() {
  const { t } = useTranslation();
  const mail = useMail();
  const { value, isLive, refresh } = mail;
  return (
    <>
      <Head title={t('mail.title')}>{null}</Head>
      <Freshness
        data={mail}
        nothing={t('mail.offlineNothing')}
        kept={(at) => t('mail.offlineKept', { at })}
        unread={t('mail.unread')}
      />
      {value !== null && value.settings === null && (
        <Lesson
          title={t('mail.empty.title')}
          lead={t('mail.empty.lead')}
          steps={STEPS.map((step) => t(`mail.empty.${step}`))}
        />
      )}
      {value !== null && (
        // What another administrator has set meanwhile is shown, not written over.
        <MailForm key={JSON.stringify(value)} mail={value} isLive={isLive} onSaved={refresh} />
      )}
      {value !== null && value.settings !== null && (
        <>
          <MailCheck isLive={isLive} />
          <MailDeliveries isLive={isLive} />
          <BotNotices />
        </>
      )}
    </>
  );
}
