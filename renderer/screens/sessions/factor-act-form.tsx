import { Button, PasswordInput, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FactorAct, FactorBegun } from '#shared/protocol/second-factor.ts';
import type { CentreAnswer } from '#renderer/kit/api/ask-centre.ts';
import { shownInForm, useCentreAction } from '#renderer/kit/api/use-centre-action.ts';
import administration from '#renderer/kit/layout/administration.module.css';
import { CodeInput } from '#renderer/kit/second-factor/code-input.tsx';
import { beginFactor, removeFactor, renewSpares } from '#renderer/kit/second-factor/factor-api.ts';

/** Acts on one's own factor. `move`: to another telephone. */
export type FactorActName = 'begin' | 'move' | 'spares' | 'remove';

interface Props {
  readonly act: FactorActName;
  readonly isOn: boolean;
  readonly onBegun: (begun: FactorBegun) => void;
  readonly onSpares: (spares: readonly string[]) => void;
  readonly onDone: () => void;
}

/** The centre's answer to an act: one of these. */
type Outcome = Partial<FactorBegun> & { readonly spares?: readonly string[] };

async function send(act: FactorActName, { password, code }: FactorAct): Promise<CentreAnswer<Outcome>> {
  if (act === 'spares') return renewSpares({ password, code });
  if (act === 'remove') {
    const answer = await removeFactor({ password, code });
    return answer.ok ? { ok: true, value: {} } : answer;
  }
  return beginFactor({ password, ...(code === '' ? {} : { code }) });
}

/** Asks once more who one is: by the password, and a code where there is a factor. */
export function FactorActForm({ act, isOn, onBegun, onSpares, onDone }: Props) {
  const { t } = useTranslation();
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const acting = useCentreAction(
    () => send(act, { password, code: code.trim() }),
    ({ secret, address, spares }) => {
      if (secret !== undefined && address !== undefined) onBegun({ secret, address });
      else if (spares !== undefined) onSpares(spares);
      else onDone();
    },
    shownInForm,
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        acting.run();
      }}
    >
      <Stack gap="sm">
        <p className={administration['hint']}>{t(`secondFactor.does.${act}`)}</p>
        <PasswordInput
          label={t('session.own.current')}
          autoComplete="current-password"
          data-autofocus
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': t('session.showPassword') }}
        />
        {isOn && <CodeInput takesSpares value={code} onChange={setCode} />}
        {acting.failure !== null && (
          <p className={administration['bad']} role="alert">
            {t(`error.${acting.failure}`)}
          </p>
        )}
        <div>
          <Button
            type="submit"
            loading={acting.isPending}
            disabled={password === '' || (isOn && code.trim() === '')}
          >
            {t(`secondFactor.do.${act}`)}
          </Button>
        </div>
      </Stack>
    </form>
  );
}
