import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CheckedLdap } from '#shared/protocol/ldap.ts';
import { useCentreAction } from '#renderer/kit/api/use-centre-action.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import classes from '#renderer/kit/layout/administration.module.css';
import { HealthLine } from '#renderer/kit/layout/health-line.tsx';
import { askDirectory } from './directory-api.ts';
import own from './sign-in.module.css';

/** Has the centre look for somebody in the directory by the settings that are kept; says what it found. */
export function DirectoryCheck({ isLive }: { readonly isLive: boolean }) {
  const { t } = useTranslation();
  const [login, setLogin] = useState('');
  const [checked, setChecked] = useState<CheckedLdap | null>(null);
  const checking = useCentreAction(askDirectory, setChecked);
  return (
    <section className={classes['part']} aria-label={t('signIn.check.title')}>
      <h2>{t('signIn.check.title')}</h2>
      <p className={classes['hint']}>{t('signIn.directory.check.hint')}</p>
      <form
        className={own['line']}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setChecked(null);
          checking.run(login.trim());
        }}
      >
        <TextInput
          label={t('signIn.directory.check.login')}
          autoComplete="off"
          maxLength={100}
          value={login}
          onChange={(event) => setLogin(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" loading={checking.isPending} disabled={!isLive}>
          {t('signIn.directory.check.do')}
        </Button>
      </form>
      <div role="status">{checked !== null && <Checked {...checked} />}</div>
    </section>
  );
}

function Checked({ problem, found }: CheckedLdap) {
  const { t } = useTranslation();
  if (problem !== null) return <HealthLine tone="bad" text={t(`error.sign_in_${problem}`)} />;
  if (found === null) return <HealthLine tone="good" text={t('signIn.directory.check.good')} />;
  return <Found found={found} />;
}

function Found({ found }: { readonly found: NonNullable<CheckedLdap['found']> }) {
  const { t } = useTranslation();
  const { agencies } = useReference();
  const { login, displayName, groups, role, agency } = found;
  const agencyName = agencies.find(({ id }) => id === agency)?.name ?? agency ?? '';
  const right = [role === null ? '' : t(`role.${role}`), agencyName].filter((part) => part !== '').join(', ');
  return (
    <>
      <HealthLine
        tone={role === null ? 'warn' : 'good'}
        text={t('signIn.directory.check.found', { name: displayName, login })}
        notes={role === null ? [t('signIn.directory.check.noRight')] : []}
      >
        {role === null ? undefined : t('signIn.directory.check.right', { right })}
      </HealthLine>
      <p className={classes['hint']}>
        {t(groups.length === 0 ? 'signIn.directory.check.noGroups' : 'signIn.directory.check.groups')}
      </p>
      {groups.length > 0 && (
        <ul className={own['groups']}>
          {groups.map((group) => (
            <li key={group}>
              <code>{group}</code>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
