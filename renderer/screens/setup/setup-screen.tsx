import { IconCircleCheck, IconCircleDashed, IconAlertTriangle, IconHelpCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { Administration, Head } from '#renderer/kit/layout/administration.tsx';
import type { SetupFinding, SetupState } from './verdict.ts';
import classes from './setup.module.css';
import type { SetupLine } from './subjects.ts';
import { useIsBare, useSetup } from './use-setup.ts';

/** Screen of what is set up, what is missing, and what does not work without it. Address: `/setup`. */
export function SetupScreen() {
  const { t } = useTranslation();
  return (
    <Administration
      title={t('setup.title')}
      documentTitle={t('setup.documentTitle')}
      mayNot={t('setup.mayNot')}
    >
      <Setup />
    </Administration>
  );
}

function Setup() {
  const { t } = useTranslation();
  const lines = useSetup();
  const isBare = useIsBare();
  const working = lines.filter(({ state }) => state === 'works').length;
  return (
    <>
      <Head title={t('setup.title')}>
        <span className={classes['sum']}>{t('setup.sum', { working, count: lines.length })}</span>
      </Head>
      <p className={classes['hint']} role="status">
        {t(isBare ? 'setup.bare' : 'setup.ready')}
      </p>
      <ol className={classes['lines']} aria-label={t('setup.title')}>
        {lines.map((line) => (
          <Line key={line.id} line={line} />
        ))}
      </ol>
    </>
  );
}

const ICONS = {
  works: IconCircleCheck,
  partly: IconAlertTriangle,
  missing: IconCircleDashed,
  unknown: IconHelpCircle,
} as const satisfies Record<SetupState, unknown>;

/** One subject: how it stands, what does not work until it does, and the way to its screen. */
function Line({ line: { id, to, isEssential, state, findings } }: { readonly line: SetupLine }) {
  const { t } = useTranslation();
  const Icon = ICONS[state];
  return (
    <li data-state={state} data-essential={isEssential || undefined}>
      <Icon size={20} aria-hidden />
      <div>
        <h2>{t(`setup.line.${id}.title`)}</h2>
        {findings.map((finding) => (
          <p key={finding.kind}>{foundWords(finding)}</p>
        ))}
        {state !== 'works' && <p className={classes['hint']}>{t(`setup.line.${id}.without`)}</p>}
      </div>
      <div className={classes['side']}>
        <span className={classes['state']}>{t(`setup.state.${state}`)}</span>
        {!isEssential && state !== 'works' && (
          <span className={classes['hint']}>{t('setup.notEssential')}</span>
        )}
        <Link href={to}>{t(`setup.line.${id}.open`)}</Link>
      </div>
    </li>
  );

  function foundWords({ kind, ...values }: SetupFinding): string {
    return t(`setup.found.${kind}`, { ...values });
  }
}
