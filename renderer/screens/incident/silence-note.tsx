import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Incident } from '#shared/domain/incident.ts';
import { HOLD_TAG, silenceOf } from '#shared/domain/silence.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { useWhen } from '#renderer/kit/words/use-words.ts';
import { useAct } from '#renderer/triage/acts/use-act.ts';

/** Says when the author's silence closes the incident, and holds it by hand or lets it go again. */
export const SilenceNote = ({
  incident,
  canHold,
}: {
  readonly incident: Incident;
  readonly canHold: boolean;
}) => {
  const { t } = useTranslation();
  const { regulation } = useReference();
  const when = useWhen();
  const now = useNow();
  const act = useAct();
  const silence = silenceOf(incident, regulation);
  if (silence === null) return null;
  const isHeld = silence.kind === 'held';
  const hold = (): void => {
    const args = isHeld ? { add: [], remove: [HOLD_TAG] } : { add: [HOLD_TAG], remove: [] };
    void act(incident, { name: 'tag', args }, t(isHeld ? 'authorSilence.released' : 'authorSilence.heldNow'));
  };
  return (
    <Group gap="sm" mb="sm" role="group" aria-label={t('authorSilence.title')}>
      <span>{t(`authorSilence.${silence.kind}`, isHeld ? {} : { at: when.short(silence.at, now) })}</span>
      {canHold && (
        <Button size="compact-sm" variant="default" onClick={hold}>
          {t(isHeld ? 'authorSilence.release' : 'authorSilence.hold')}
        </Button>
      )}
    </Group>
  );
};
