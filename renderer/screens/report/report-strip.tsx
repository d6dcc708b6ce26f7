import { Button } from '@mantine/core';
import { IconTable } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { Issue } from '#shared/protocol/issues.ts';
import { issueName } from '#shared/report/paper/issue-mark.ts';
import type { ReportRequest } from '#shared/report/facts/period.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { KEY_MAP } from '#renderer/kit/keys/keys.ts';
import { tellDone } from '#renderer/kit/toasts/toasts.tsx';
import { useKeys } from '#renderer/kit/keys/use-keys.ts';
import { useLanguage } from '#renderer/kit/words/use-words.ts';
import { ComparePicker } from './compare-picker.tsx';
import { IssueDialog } from './issue-dialog.tsx';
import { IssueMenu } from './issue-menu.tsx';
import { IssueNote } from './issue-note.tsx';
import { addressOf, pathOf, type ReportPlace } from '#renderer/kit/summary/report-address.ts';
import classes from '#renderer/kit/summary/report.module.css';
import type { IssueView } from './use-issue-view.ts';
import { useMayIssue, useReader } from './use-issues.ts';

interface Props {
  readonly request: ReportRequest;
  readonly place: ReportPlace;
  readonly view: IssueView;
  readonly today: string;
}

/**
 * Under the bar: how large the sheet is, what the summary is compared with, what was issued of it, and how
 * the two stand to each other.
 */
export function ReportStrip({
  request,
  place,
  view,
  today,
  children,
}: Props & { readonly children: ReactNode }) {
  const { t } = useTranslation();
  const [, goTo] = useLocation();
  const go = (change: Partial<ReportPlace>, next: ReportRequest = request): void =>
    goTo(pathOf(next, { ...place, figure: null, ...change }));
  const { form, from, to } = request;
  const openPivot = (): void => goTo(`/reports/pivot/${addressOf(request)}`);
  const show = (next: 'now' | 'issue' | 'changes'): void =>
    go({ issue: next === 'now' ? null : (view.issue?.number ?? null), isDiff: next === 'changes' });
  useKeys({
    pivot: openPivot,
    changes: () => view.changes !== null && show('changes'),
    ...(place.issue === null ? {} : { back: () => show('now') }),
  });
  return (
    <>
      <div className={classes['strip']}>
        {children}
        {place.issue === null && (
          <ComparePicker
            request={request}
            onPick={(compare) => go({}, { form, from, to, ...(compare === null ? {} : { compare }) })}
          />
        )}
        <Issuing request={request} place={place} view={view} today={today} onGo={go} />
        <Button
          variant="default"
          size="compact-md"
          leftSection={<IconTable size={16} aria-hidden />}
          onClick={openPivot}
        >
          {t('nav.pivot')} <kbd className={classes['cap']}>{KEY_MAP.pivot.shown[0]}</kbd>
        </Button>
      </div>
      {view.issue !== null && view.state !== null && (
        <IssueNote
          issue={view.issue}
          state={view.state}
          diff={view.changes?.diff ?? null}
          view={place.issue === null ? 'now' : place.isDiff ? 'changes' : 'issue'}
          onShow={show}
        />
      )}
      {view.issue === null && place.issue !== null && (
        <NoIssue number={place.issue} view={view} onBack={() => show('now')} />
      )}
    </>
  );
}

function Issuing({
  request,
  place,
  view,
  today,
  onGo,
}: Props & { readonly onGo: (change: Partial<ReportPlace>) => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { zone } = useReference();
  const mayIssue = useMayIssue();
  const reader = useReader();
  const [isIssuing, setIssuing] = useState(false);
  const hasBegun = request.from <= today;
  const open = (): void => {
    if (mayIssue && hasBegun) setIssuing(true);
  };
  useKeys({ issue: open });
  if (reader === null || !hasBegun) return null;
  const done = (issue: Issue): void => {
    setIssuing(false);
    view.issues.add(issue);
    tellDone(t('report.issue.done', { name: issueName(issue, zone, language) }));
    onGo({ issue: issue.number, isDiff: false });
  };
  const { diff } = view.changes ?? {};
  const isSame = diff !== undefined && diff.lines.length + diff.others.length === 0 && place.issue === null;
  return (
    <>
      <IssueMenu
        issues={view.issues}
        shown={place.issue}
        onIssue={open}
        onPick={(issue) => onGo({ issue, isDiff: false })}
      />
      {isIssuing && (
        <IssueDialog
          request={request}
          isUnfinished={today <= request.to}
          sameAs={isSame ? (view.issue?.number ?? null) : null}
          onIssued={done}
          onClose={() => setIssuing(false)}
        />
      )}
    </>
  );
}

/** The address names an issue that is not known here. */
function NoIssue({
  number,
  view: { state },
  onBack,
}: {
  readonly number: number;
  readonly view: IssueView;
  readonly onBack: () => void;
}) {
  const { t } = useTranslation();
  if (state?.kind !== 'trouble') return null;
  const name = t('report.issue.numbered', { number });
  return (
    <div className={classes['issueNote']} data-changed>
      <span role="status">
        {state.error === 'never_seen'
          ? t('report.issue.neverSeen', { name })
          : `${t('report.issue.unread', { name })} ${t(`error.${state.error}`)}`}
      </span>
      <Button variant="subtle" size="compact-sm" onClick={onBack}>
        {t('report.issue.toNow')}
      </Button>
    </div>
  );
}
