import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { IncidentCommandName } from '#shared/domain/command.ts';
import type { HistoryEntry, Incident } from '#shared/domain/incident.ts';
import { useIncident } from '#renderer/kit/context/console-context.tsx';
import { useDraft, useDraftBase, useDraftFiles, useDraftTemplate } from '#renderer/kit/forms/drafts.ts';
import { tellDone } from '#renderer/kit/toasts/toasts.tsx';
import { useHistoryWords } from '#renderer/triage/messages/history.tsx';
import styles from '#renderer/triage/messages/incident.module.css';

/** Events after which a text that was being written may have no field any more. */
const MOVES: ReadonlySet<string> = new Set([
  'routed',
  'returned_to_centre',
  'deferred',
  'reply_submitted',
  'reply_approved',
  'reply_sent_back',
  'reply_published',
  'satisfaction_reached',
  'closed',
  'reopened',
  'rejected',
  'merged',
]);

const lastMove = ({ history }: Incident): HistoryEntry | undefined =>
  history.findLast(({ event, undone }) => MOVES.has(event) && undone === undefined);

/** A text under this key that is nowhere else; null where there is none. */
function useKept(incident: Incident, key: string) {
  const [text, , forgetText] = useDraft(key, '');
  const [, , forgetBase] = useDraftBase(key, '');
  const [, , forgetTemplate] = useDraftTemplate(key, '');
  const [files, , forgetFiles] = useDraftFiles(key, []);
  const isSaid = incident.replies.some((reply) => reply.text.trim() === text.trim());
  if (text.trim() === '' || isSaid) return null;
  const forget = (): void => {
    forgetText();
    forgetBase();
    forgetTemplate();
    forgetFiles();
  };
  return { text, files, forget };
}

/** Carries the text over to the incident that this one was joined to, behind what is being written there. */
const CarryOver = ({ into, text, forget }: { into: string; text: string; forget: () => void }) => {
  const { t } = useTranslation();
  const [, goTo] = useLocation();
  const target = useIncident(into);
  const [begun, setBegun] = useDraft(`${into}.reply`, '');
  const carry = (): void => {
    setBegun([begun, text].filter((part) => part.trim() !== '').join('\n\n'));
    forget();
    goTo(`/incident/${into}`);
  };
  if (!target) return null;
  return (
    <Button size="compact-sm" variant="default" onClick={carry}>
      {t('keptDraft.carry', { number: target.number ?? '' })}
    </Button>
  );
};

interface KeptProps {
  readonly incident: Incident;
  /** The key of the draft; see {@link useDraft}. */
  readonly draft: string;
  readonly kind: 'reply' | 'edit';
}

/** A text whose field is gone, what has happened since, and what can be done with it. */
const Kept = ({ incident, draft, kind }: KeptProps) => {
  const { t } = useTranslation();
  const wordsOf = useHistoryWords(incident.source.network);
  const kept = useKept(incident, draft);
  if (kept === null) return null;
  const move = lastMove(incident);
  const words = move === undefined ? null : wordsOf(move);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(kept.text);
    tellDone(t('keptDraft.copied'));
  };
  return (
    <section className={styles['work']} aria-label={t(`keptDraft.${kind}`)}>
      <h2>{t(`keptDraft.${kind}`)}</h2>
      {words !== null && <div>{[words.what, words.who, words.at].filter(Boolean).join(' · ')}</div>}
      <blockquote className={styles['kept']} lang="ru">
        {kept.text}
      </blockquote>
      {kept.files.length > 0 && <div>{t('keptDraft.files', { count: kept.files.length })}</div>}
      <div className={styles['row']}>
        {incident.step.name === 'merged' && (
          <CarryOver into={incident.step.into} text={kept.text} forget={kept.forget} />
        )}
        <Button size="compact-sm" variant="default" onClick={() => void copy()}>
          {t('keptDraft.copy')}
        </Button>
        <Button size="compact-sm" variant="default" onClick={kept.forget}>
          {t('keptDraft.drop')}
        </Button>
      </div>
    </section>
  );
};

interface KeptDraftsProps {
  readonly incident: Incident;
  readonly allowed: ReadonlySet<IncidentCommandName>;
}

/**
 * Offers again what this person has begun to write here and somebody else's act has left without a field: a
 * reply, or an approver's edit of one. It stays until he drops it.
 */
export const KeptDrafts = ({ incident, allowed }: KeptDraftsProps) => {
  const { id, step, replies } = incident;
  const canWrite = step.name === 'in_progress' && allowed.has('draftReply');
  const canMend = step.name === 'approval' && allowed.has('approve');
  return (
    <>
      {!canWrite && <Kept incident={incident} draft={`${id}.reply`} kind="reply" />}
      {!canMend && <Kept incident={incident} draft={`${id}.approval.${replies.length}`} kind="edit" />}
    </>
  );
};
