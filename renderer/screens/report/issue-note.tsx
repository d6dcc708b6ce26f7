import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Issue } from '#shared/protocol/issues.ts';
import { issueName } from '#shared/report/paper/issue-mark.ts';
import type { ReportDiff } from '#shared/report/summary/report-diff.ts';
import { useReference, useStatus } from '#renderer/kit/context/console-context.tsx';
import { KEY_MAP } from '#renderer/kit/keys/keys.ts';
import { useLanguage } from '#renderer/kit/words/use-words.ts';
import { partList } from './part-list.ts';
import classes from '#renderer/kit/summary/report.module.css';
import type { IssuedState } from './use-issued.ts';

interface Props {
  /** The issue spoken of: the one on the screen, else the newest. */
  readonly issue: Issue;
  readonly state: IssuedState;
  /** Null until both summaries are at hand. */
  readonly diff: ReportDiff | null;
  readonly view: 'now' | 'issue' | 'changes';
  readonly onShow: (view: 'now' | 'issue' | 'changes') => void;
}

/** One line that says how the sheet and the issue stand to each other, and the ways between them. */
export function IssueNote({ issue, state, diff, view, onShow }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { zone } = useReference();
  const name = issueName(issue, zone, language);
  const isChanged = diff !== null && diff.lines.length + diff.others.length > 0;
  return (
    <div className={classes['issueNote']} data-changed={isChanged || undefined} data-view={view}>
      <span role="status">
        {view === 'issue' && <b>{t('report.issue.shown', { name })} </b>}
        {view === 'changes' && <b>{t('report.issue.changesSince', { name })} </b>}
        <Standing name={name} state={state} diff={diff} view={view} />
      </span>
      {view !== 'now' && (
        <Way label={t('report.issue.toNow')} cap={KEY_MAP.back.shown[0]} onClick={() => onShow('now')} />
      )}
      {view !== 'issue' && <Way label={t('report.issue.toIssue')} onClick={() => onShow('issue')} />}
      {view !== 'changes' && isChanged && (
        <Way
          label={t('report.issue.toChanges')}
          cap={KEY_MAP.changes.shown[0]}
          onClick={() => onShow('changes')}
        />
      )}
    </div>
  );
}

const Way = ({
  label,
  cap,
  onClick,
}: {
  readonly label: string;
  readonly cap?: string;
  readonly onClick: () => void;
}) => (
  <Button variant="subtle" size="compact-sm" onClick={onClick}>
    {label}
    {cap !== undefined && <kbd className={classes['cap']}>{cap}</kbd>}
  </Button>
);

/** Says whether anything has changed since, or why that cannot be told. */
function Standing({
  name,
  state,
  diff,
  view,
}: Pick<Props, 'state' | 'diff' | 'view'> & { readonly name: string }) {
  const { t } = useTranslation();
  const { archiveComplete } = useStatus();
  if (state.kind === 'reading') return t('report.issue.comparing', { name });
  if (state.kind === 'trouble')
    return state.error === 'never_seen'
      ? t('report.issue.neverSeen', { name })
      : `${t('report.issue.unread', { name })} ${t(`error.${state.error}`)}`;
  if (!archiveComplete) return t('report.issue.incomplete', { name });
  if (diff === null) return t('report.issue.comparing', { name });
  const count = diff.lines.length;
  if (count > 0)
    return t(view === 'now' ? 'report.issue.differs' : 'report.issue.differsShort', { name, count });
  if (diff.others.length > 0)
    return t('report.issue.differsElse', {
      name,
      parts: partList(diff.others, t),
    });
  return t(view === 'now' ? 'report.issue.unchanged' : 'report.issue.unchangedShort', { name });
}
