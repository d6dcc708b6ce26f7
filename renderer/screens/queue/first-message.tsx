import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { CENTRE_ROLES } from '#shared/domain/actor.ts';
import { useLaneCounts, useSession } from '#renderer/kit/context/console-context.tsx';
import { RegisterButton } from '#renderer/triage/register/register-button.tsx';
import classes from './queue.module.css';

/** No message has ever come, as far as this console knows. */
export function useIsBeforeFirst(): boolean {
  const { all, closed } = useLaneCounts();
  return all === 0 && closed === 0;
}

/** Says to people of the centre how messages get here, each way with its link. */
export function FirstMessage() {
  const { t } = useTranslation();
  const { role } = useSession().account;
  const isOfCentre = CENTRE_ROLES.includes(role);
  return (
    <>
      <h2>{t('empty.first.title')}</h2>
      <p>{t(isOfCentre ? 'empty.first.text' : 'empty.first.wait')}</p>
      {isOfCentre && (
        <ul className={classes['ways']}>
          <li>
            {role === 'administrator' ? (
              <Link href="/channels">{t('empty.first.page')}</Link>
            ) : (
              t('empty.first.pageByAdministrator')
            )}
          </li>
          <li>
            <Link href="/import">{t('empty.first.import')}</Link>
          </li>
          <li>
            {t('empty.first.byHand')} <RegisterButton />
          </li>
        </ul>
      )}
    </>
  );
}
