import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { IncidentCommand } from '#shared/domain/command.ts';
import { isOwnReply, type Incident } from '#shared/domain/incident.ts';
import { submissionMark, submissionOf, type Submission } from '#shared/domain/submission.ts';
import { useReference, useSession } from '#renderer/kit/context/console-context.tsx';
import { useDraft, useDraftBase } from '#renderer/kit/forms/drafts.ts';
import { useAct } from '#renderer/triage/acts/use-act.ts';
import { useKeepPace } from './use-keep-pace.ts';
import type { Leaving } from '#renderer/triage/card/use-triage-actions.ts';

type Leave = Pick<Leaving, 'onLeaving' | 'onLeft'>;

/** An approver's work on one submission. */
export interface Approval {
  /** The submission on the screen, the only one that is approved or sent back from here. */
  readonly seen: Submission;
  /** The text on the screen: as it was submitted, or as the approver has mended it. */
  readonly text: string;
  readonly setText: (text: string) => void;
  readonly isMended: boolean;
  /** The approver's edit of a submission before this one; null where there is none. */
  readonly earlierEdit: {
    readonly text: string;
    readonly take: () => void;
    readonly drop: () => void;
  } | null;
  readonly isOwn: boolean;
  /** One's own reply, where the centre's rules let nobody approve theirs. */
  readonly isForbidden: boolean;
  readonly approve: () => Promise<boolean>;
  readonly sendBack: (reason: string) => Promise<boolean>;
}

/** Carries out what is decided about a reply: it leaves its lane, and counts as handled in this shift. */
function useDecision(incident: Incident, { onLeaving, onLeft }: Leave) {
  const act = useAct();
  const keepPace = useKeepPace();
  const isDeciding = useRef(false);
  return async (command: IncidentCommand, what: string): Promise<boolean> => {
    // A second Enter while the first is being written is about the same reply.
    if (isDeciding.current) return false;
    isDeciding.current = true;
    onLeaving(true);
    const isDone = await act(incident, command, what, true);
    isDeciding.current = false;
    if (!isDone) onLeaving(false);
    else {
      keepPace([incident]);
      onLeft();
    }
    return isDone;
  };
}

/**
 * Gives the work on the submission an incident stands at. Mount it anew for every submission
 * (`submissionMark`): a text mended over one of them never counts for another.
 */
export function useApproval(incident: Incident, leave: Leave): Approval {
  const { t } = useTranslation();
  const decide = useDecision(incident, leave);
  const { account } = useSession();
  const { ownApproval } = useReference().regulation;
  const seen = submissionOf(incident);
  const stands = submissionMark(seen);
  const key = `${incident.id}.approval.${incident.replies.length}`;
  const [kept, keepText, forgetText] = useDraft(key, seen.text);
  const [base, keepBase, forgetBase] = useDraftBase(key, stands);
  const isEarlier = base !== stands;
  const text = isEarlier ? seen.text : kept;
  const isOwn = isOwnReply(incident, account);
  const setText = (next: string): void => {
    keepBase(stands);
    keepText(next);
  };
  return {
    seen,
    text,
    setText,
    isMended: text.trim() !== seen.text.trim(),
    earlierEdit: isEarlier ? { text: kept, take: () => setText(kept), drop: () => setText(seen.text) } : null,
    isOwn,
    isForbidden: isOwn && ownApproval === 'refused',
    approve: async () => {
      const args = { text: text.trim(), submission: seen };
      if (args.text === '' || !(await decide({ name: 'approve', args }, t('approval.approved'))))
        return false;
      forgetText();
      forgetBase();
      return true;
    },
    sendBack: (reason) =>
      decide({ name: 'sendBack', args: { reason, submission: seen } }, t('approval.sentBack')),
  };
}
