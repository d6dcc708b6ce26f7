import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { MailLog, SentMail } from '#shared/protocol/notices.ts';
import { useCentreAction } from '#renderer/kit/api/use-centre-action.ts';
import { useMailLog } from '#renderer/kit/api/use-mail.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { personName } from '#renderer/kit/context/reference.ts';
import classes from '#renderer/kit/layout/administration.module.css';
import { CentreLog } from '#renderer/kit/layout/centre-log.tsx';
import { HealthLine } from '#renderer/kit/layout/health-line.tsx';
import { ScrollTable } from '#renderer/kit/layout/scroll-table.tsx';
import { problemWords } from '#renderer/kit/mail/outcome-words.ts';
import { tellDone } from '#renderer/kit/toasts/toasts.tsx';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { useWhen } from '#renderer/kit/words/use-words.ts';
import { sendMailAgain } from './mail-api.ts';

/** Fate of the mails: what did not go out and why, how many people are reached at all. */
export function MailDeliveries({ isLive }: { readonly isLive: boolean }) {
  const { t } = useTranslation();
  const log = useMailLog();
  const again = useCentreAction(
    async (id: string) => {
      const answer = await sendMailAgain(id);
      // Also after a failure: the mail may have gone out meanwhile.
      void log.refresh();
      return answer;
    },
    () => tellDone(t('mail.log.sentAgain')),
  );
  return (
    <section className={classes['part']} aria-label={t('mail.log.title')}>
      <h2>{t('mail.log.title')}</h2>
      <CentreLog log={log} offline={t('mail.offlineNothing')} empty="" isEmpty={() => false}>
        {(value) => (
          <>
            <Reach log={value} />
            {value.mails.length === 0 ? (
              <p className={classes['hint']}>{t('mail.log.empty')}</p>
            ) : (
              <MailTable mails={value.mails} isLive={isLive} again={again.run} />
            )}
          </>
        )}
      </CentreLog>
    </section>
  );
}

const isStuck = ({ state }: SentMail): boolean => state === 'dead' || state === 'waiting';

function Reach({ log: { mails, people, reached, lastSentAt } }: { readonly log: MailLog }) {
  const { t } = useTranslation();
  const when = useWhen();
  const now = useNow();
  const stuck = mails.filter(isStuck).length;
  const text = [
    t('mail.log.reached', { reached, count: people }),
    lastSentAt === null ? t('mail.log.never') : t('mail.log.last', { at: when.short(lastSentAt, now) }),
  ].join(' ');
  const notes = stuck > 0 ? [t('mail.log.stuck', { count: stuck })] : [];
  return (
    <HealthLine tone={stuck > 0 ? 'bad' : lastSentAt === null ? 'waiting' : 'good'} text={text} notes={notes}>
      <Link to="/people">{t('mail.log.toPeople')}</Link>
    </HealthLine>
  );
}

interface TableProps {
  readonly mails: readonly SentMail[];
  readonly isLive: boolean;
  readonly again: (id: string) => void;
}

function MailTable({ mails, isLive, again }: TableProps) {
  const { t } = useTranslation();
  const when = useWhen();
  const now = useNow();
  const reference = useReference();
  const name = ({ account }: SentMail): string => personName(reference, account);
  const words = ({ notBefore, attempts }: SentMail) => ({ at: when.short(notBefore, now), count: attempts });
  return (
    <ScrollTable
      label={t('mail.log.table')}
      heads={['when', 'who', 'what', 'state', 'todo'].map((head) => t(`mail.log.${head}`))}
    >
      {mails.map((mail) => (
        <tr key={mail.id} data-state={mail.state}>
          <td>{when.short(mail.changedAt, now)}</td>
          <td>
            <Link to={`/people/${mail.account}`}>{name(mail)}</Link>
          </td>
          <td>{t(`mail.log.kind.${mail.kind}`)}</td>
          <td>
            {t(`mail.log.in.${mail.state}`, words(mail))}{' '}
            {mail.state !== 'sent' && problemWords(mail, name(mail), t)}
          </td>
          <td>
            {isStuck(mail) && (
              <Button size="compact-sm" variant="default" disabled={!isLive} onClick={() => again(mail.id)}>
                {t('mail.log.again')}
              </Button>
            )}
          </td>
        </tr>
      ))}
    </ScrollTable>
  );
}
