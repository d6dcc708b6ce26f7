import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import classes from '#renderer/kit/layout/administration.module.css';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { CopyLine } from '#renderer/kit/layout/copy-line.tsx';
import { HealthLine } from '#renderer/kit/layout/health-line.tsx';
import { agencyName } from '#renderer/kit/context/reference.ts';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { useLanguage, useWhen } from '#renderer/kit/words/use-words.ts';
import { useCentreAddress } from '#renderer/host/use-centre-address.ts';
import { checkPage, type ChannelProblem, type ListedPage } from '#renderer/kit/api/channels-api.ts';
import { useCentreAction } from '#renderer/kit/api/use-centre-action.ts';
import { EventLog } from './event-log.tsx';
import { PageMenu } from './page-menu.tsx';
import { caughtUpWords, healthNotes, healthOf, pageProblemWords } from './page-words.ts';

interface Props {
  readonly page: ListedPage;
  readonly isLive: boolean;
  /** Just added: its address still has to be given to the network. */
  readonly isNew: boolean;
  readonly onEdit: () => void;
  readonly onChanged: () => void;
}

/** One page: how it fares, a check of its settings, its log. */
export function PageCard({ page, isLive, isNew, onEdit, onChanged }: Props) {
  const { t } = useTranslation();
  const reference = useReference();
  const [isLogShown, setLogShown] = useState(false);
  const [problems, setProblems] = useState<readonly ChannelProblem[] | null>(null);
  const check = useCentreAction(
    () => checkPage(page.id),
    (answer) => setProblems(answer.problems),
  );
  const isAddressWanted =
    page.reception === 'callback' &&
    (isNew ||
      page.lastEventAt === null ||
      problems?.some(({ kind }) => kind === 'no_callback' || kind === 'callback_failing') === true);
  const about = [
    t(`network.${page.network}`, { defaultValue: page.network }),
    t('channels.pageNumber', { id: page.pageId }),
    page.agency === null ? '' : agencyName(reference, page.agency),
  ];
  return (
    <section className={classes['part']} aria-label={page.name} data-page={page.id}>
      <div className={classes['head']}>
        <div>
          <h2>{page.name}</h2>
          <p className={classes['hint']}>{about.filter(Boolean).join(' · ')}</p>
        </div>
        <div className={classes['tools']}>
          <Button variant="default" loading={check.isPending} disabled={!isLive} onClick={() => check.run()}>
            {t('channels.check')}
          </Button>
          <Button variant="default" aria-expanded={isLogShown} onClick={() => setLogShown(!isLogShown)}>
            {t('channels.log')}
          </Button>
          <PageMenu page={page} isLive={isLive} onEdit={onEdit} onChanged={onChanged} />
        </div>
      </div>
      <HealthStrip page={page} />
      {isAddressWanted && <Callback page={page} />}
      {problems !== null && <Checked problems={problems} network={page.network} />}
      {isLogShown && <EventLog page={page.id} isLive={isLive} />}
    </section>
  );
}

function HealthStrip({ page }: { readonly page: ListedPage }) {
  const { t } = useTranslation();
  const readers = { t, when: useWhen(), now: useNow(), language: useLanguage() };
  const { tone, text } = healthOf(page, readers);
  return (
    <HealthLine tone={tone} text={text} notes={healthNotes(page, readers)}>
      {page.health.needsYou > 0 && <Link href="/sending">{t('channels.health.look')}</Link>}
      {page.health.unread > 0 && <Link href="/unread">{t('channels.health.lookUnread')}</Link>}
      <span>{caughtUpWords(page, readers)}</span>
    </HealthLine>
  );
}

/** The address that the network is given, whole, to be copied into its settings. */
function Callback({ page }: { readonly page: ListedPage }) {
  const { t } = useTranslation();
  return (
    <CopyLine
      label={t(`channels.callbackHint.${page.network}`, { defaultValue: t('channels.callbackHint.other') })}
      value={useCentreAddress(page.callback)}
      action={t('channels.copyAddress')}
    />
  );
}

interface CheckedProps {
  readonly problems: readonly ChannelProblem[];
  readonly network: string;
}

function Checked({ problems, network }: CheckedProps) {
  const { t } = useTranslation();
  return (
    <div role="status" className={classes['checked']} data-good={problems.length === 0 ? '' : undefined}>
      <strong>
        {problems.length === 0 ? t('channels.allGood') : t('channels.missing', { count: problems.length })}
      </strong>
      {problems.length > 0 && (
        <ul>
          {problems.map((problem) => (
            <li key={problem.kind}>{pageProblemWords(problem, network, t)}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
