import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ApiErrorKind } from '#shared/protocol/errors.ts';
import { tellTrouble } from '#renderer/kit/toasts/toasts.tsx';
import type { CentreAnswer } from './ask-centre.ts';
import { isSessionOver } from './centre-queries.tsx';

/** An action that the centre carries out at once, past the outbox. */
export interface CentreAction<V> {
  readonly run: (variables: V) => void;
  readonly isPending: boolean;
  /** Failure of the last run; null while it runs and when it succeeded. */
  readonly failure: ApiErrorKind | null;
}

/**
 * Sends an action to the centre and waits for `onDone`, which may read lists again. A failure goes to
 * `onFailure`, by default a toast with its sentence. An answer that comes after the logout goes nowhere: the
 * next person must not be told of it.
 */
export function useCentreAction<T, V = void>(
  send: (variables: V) => Promise<CentreAnswer<T>>,
  onDone: (value: T, variables: V) => unknown = () => undefined,
  onFailure?: (error: ApiErrorKind) => unknown,
): CentreAction<V> {
  const { t } = useTranslation();
  const client = useQueryClient();
  const tell = onFailure ?? ((error) => tellTrouble(t(`error.${error}`), t('common.close')));
  const { mutate, isPending, data } = useMutation({
    mutationFn: async (variables: V) => {
      const answer = await send(variables);
      if (isSessionOver(client)) return null;
      await (answer.ok ? onDone(answer.value, variables) : tell(answer.error));
      return answer.ok ? null : answer.error;
    },
  });
  return { run: mutate, isPending, failure: data ?? null };
}

/** For `onFailure` of a form, which shows `failure` itself, beside what was typed. */
export const shownInForm = (): void => undefined;
