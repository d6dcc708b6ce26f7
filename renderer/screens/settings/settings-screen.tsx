import { Button, SegmentedControl, TextInput, useMantineColorScheme } from '@mantine/core';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { changeLanguage } from '#renderer/kit/words/i18n.ts';
import { Column } from '#renderer/kit/layout/column.tsx';
import {
  useConsole,
  useLaneCounts,
  useProfile,
  useSession,
  useStatus,
} from '#renderer/kit/context/console-context.tsx';
import { useTruth } from '#renderer/kit/context/use-truth.ts';
import { tellDone, tellTrouble } from '#renderer/kit/toasts/toasts.tsx';
import { useLanguage } from '#renderer/kit/words/use-words.ts';
import { CentreJobs } from './centre-jobs.tsx';
import { OwnBot } from './own-bot.tsx';
import { OwnNotices } from './own-notices.tsx';
import { ShellSettings } from './shell-settings.tsx';
import { DENSITIES, setDensity, useDensity } from '#renderer/kit/preferences/density.ts';
import { quietHours, setQuietHours } from '#renderer/kit/preferences/quiet-hours.ts';
import { memberOf } from '#renderer/kit/words/member-of.ts';
import classes from './settings.module.css';

const Line = ({ label, children }: { readonly label: string; readonly children: ReactNode }) => (
  <div className={classes['line']}>
    <span>{label}</span>
    {children}
  </div>
);

const LANGUAGES = ['ru', 'en'] as const;
const SCHEMES = ['auto', 'light', 'dark'] as const;

const Looks = () => {
  const { t, i18n } = useTranslation();
  const language = useLanguage();
  const density = useDensity();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <section className={classes['part']}>
      <h2>{t('settings.looks')}</h2>
      <Line label={t('settings.language')}>
        <SegmentedControl
          aria-label={t('settings.language')}
          data={LANGUAGES.map((choice) => ({ value: choice, label: t(`settings.languages.${choice}`) }))}
          value={language}
          onChange={(value) => void changeLanguage(i18n, value === 'en' ? 'en' : 'ru')}
        />
      </Line>
      <Line label={t('settings.theme')}>
        <SegmentedControl
          aria-label={t('settings.theme')}
          data={SCHEMES.map((choice) => ({ value: choice, label: t(`settings.scheme.${choice}`) }))}
          value={colorScheme}
          onChange={(value) => setColorScheme(memberOf(SCHEMES, value) ?? 'auto')}
        />
      </Line>
      <Line label={t('settings.density')}>
        <SegmentedControl
          aria-label={t('settings.density')}
          data={DENSITIES.map((choice) => ({ value: choice, label: t(`settings.densities.${choice}`) }))}
          value={density}
          onChange={(value) => setDensity(memberOf(DENSITIES, value) ?? 'normal')}
        />
      </Line>
    </section>
  );
};

const Shift = () => {
  const { t } = useTranslation();
  const { host } = useConsole();
  const profile = useProfile();
  const [quiet, setQuiet] = useState(() => quietHours(profile));
  const change = (next: typeof quiet): void => {
    setQuiet(next);
    if (next.from !== '' && next.to !== '') setQuietHours(profile, next);
  };
  const askToNotify = async (): Promise<void> => {
    const answer = await host.askToNotify();
    if (answer === 'granted') tellDone(t('settings.notify.granted'));
    else tellTrouble(t(`settings.notify.${answer}`), t('common.close'));
  };
  return (
    <section className={classes['part']}>
      <h2>{t('settings.shift')}</h2>
      <Line label={t('settings.quietFrom')}>
        <TextInput
          type="time"
          aria-label={t('settings.quietFrom')}
          value={quiet.from}
          onChange={(event) => change({ ...quiet, from: event.currentTarget.value })}
        />
      </Line>
      <Line label={t('settings.quietTo')}>
        <TextInput
          type="time"
          aria-label={t('settings.quietTo')}
          value={quiet.to}
          onChange={(event) => change({ ...quiet, to: event.currentTarget.value })}
        />
      </Line>
      <Line label={t('settings.notifications')}>
        <Button variant="default" onClick={() => void askToNotify()}>
          {t('settings.allowNotifications')}
        </Button>
      </Line>
      <p className={classes['hint']}>{t('settings.quietHint')}</p>
    </section>
  );
};

const About = () => {
  const { t } = useTranslation();
  const { host, session, hub } = useConsole();
  const status = useStatus();
  const counts = useLaneCounts();
  const language = useLanguage();
  const truth = useTruth();
  const number = new Intl.NumberFormat(language);
  const [used, setUsed] = useState<number | null>(null);
  useEffect(() => {
    void navigator.storage.estimate().then(({ usage }) => setUsed(usage ?? null));
  }, []);
  return (
    <section className={classes['part']}>
      <h2>{t('settings.about')}</h2>
      <Line label={t('settings.version')}>
        <span>{host.appVersion}</span>
      </Line>
      <Line label={t('settings.account')}>
        <span>{`${session.account.displayName} · ${t(`role.${session.account.role}`)}`}</span>
      </Line>
      <Line label={t('settings.region')}>
        <span>{`${session.region.name} · ${session.region.timeZone}`}</span>
      </Line>
      <Line label={t('settings.state')}>
        <span>{truth.text}</span>
      </Line>
      <Line label={t('settings.localCopy')}>
        <span>
          {t('settings.localRows', { open: number.format(counts.all), closed: number.format(counts.closed) })}
        </span>
      </Line>
      <Line label={t('settings.archive')}>
        <span>{t(status.archiveComplete ? 'settings.archiveHere' : 'settings.archiveComing')}</span>
      </Line>
      {used !== null && (
        <Line label={t('settings.disk')}>
          <span>{t('settings.megabytes', { size: number.format(Math.round(used / 1_048_576)) })}</span>
        </Line>
      )}
      <Button mt="sm" variant="default" onClick={() => void hub.store.syncNow()}>
        {t('settings.syncNow')}
      </Button>
    </section>
  );
};

/** Choices of this workstation, and what runs here. */
export function SettingsScreen() {
  const { t } = useTranslation();
  const { account } = useSession();
  useEffect(() => {
    document.title = t('settings.documentTitle');
  }, [t]);
  return (
    <Column width={640}>
      <h1>{t('nav.settings')}</h1>
      <Looks />
      <Shift />
      <OwnNotices />
      <OwnBot />
      <ShellSettings />
      <About />
      {account.role === 'administrator' && <CentreJobs />}
    </Column>
  );
}
