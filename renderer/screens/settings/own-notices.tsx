import { useTranslation } from 'react-i18next';
import { MAILED_KINDS, type NoticeChoice, type MailedKind } from '#shared/protocol/notices.ts';
import { useCentreAction } from '#renderer/kit/api/use-centre-action.ts';
import { useCentreQuery } from '#renderer/kit/api/use-centre-query.ts';
import { CentreLog } from '#renderer/kit/layout/centre-log.tsx';
import { NoticeKinds } from '#renderer/kit/mail/notice-kinds.tsx';
import { tellDone } from '#renderer/kit/toasts/toasts.tsx';
import { readOwnNotices, saveOwnKinds } from './notices-api.ts';
import { OwnAddress } from './own-address.tsx';
import classes from './settings.module.css';

/** Where and of what the person is told by mail while the console is closed. */
export function OwnNotices() {
  const { t } = useTranslation();
  const choice = useCentreQuery(['own-notices'], readOwnNotices);
  return (
    <section className={classes['part']} aria-label={t('notices.title')}>
      <h2>{t('notices.title')}</h2>
      <p className={classes['hint']}>{t('notices.hint')}</p>
      <CentreLog log={choice} offline={t('notices.offline')} empty="" isEmpty={() => false}>
        {(value) => <Choice choice={value} isLive={choice.isLive} refresh={choice.refresh} />}
      </CentreLog>
    </section>
  );
}

interface Props {
  readonly choice: NoticeChoice;
  readonly isLive: boolean;
  readonly refresh: () => Promise<void>;
}

function Choice({ choice, isLive, refresh }: Props) {
  const { t } = useTranslation();
  const saving = useCentreAction(
    (off: readonly MailedKind[]) => saveOwnKinds(off),
    async () => {
      await refresh();
      tellDone(t('notices.kept'));
    },
  );
  return (
    <>
      {!choice.isMailOn && <p className={classes['hint']}>{t('notices.mailOff')}</p>}
      <OwnAddress choice={choice} isLive={isLive} refresh={refresh} />
      {choice.address !== null && (
        <>
          <NoticeKinds off={choice.off} disabled={!isLive || saving.isPending} onChange={saving.run} />
          {choice.off.length === MAILED_KINDS.length && (
            <p className={classes['hint']}>{t('notices.none')}</p>
          )}
        </>
      )}
    </>
  );
}
