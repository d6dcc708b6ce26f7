import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FactorBegun, OwnFactor } from '#shared/protocol/second-factor.ts';
import { useCentreQuery } from '#renderer/kit/api/use-centre-query.ts';
import { useSession } from '#renderer/kit/context/console-context.tsx';
import { FormDrawer } from '#renderer/kit/forms/form-drawer.tsx';
import administration from '#renderer/kit/layout/administration.module.css';
import { CentreLog } from '#renderer/kit/layout/centre-log.tsx';
import { readOwnFactor } from '#renderer/kit/second-factor/factor-api.ts';
import { FactorSetup } from '#renderer/kit/second-factor/factor-setup.tsx';
import { SpareList } from '#renderer/kit/second-factor/spare-list.tsx';
import { tellDone } from '#renderer/kit/toasts/toasts.tsx';
import { FactorActForm, type FactorActName } from './factor-act-form.tsx';

/** One's own second factor: whether there is one, and what can be done with it. */
export function OwnFactorSection() {
  const { t } = useTranslation();
  const { judgedBy } = useSession();
  const factor = useCentreQuery(['own-factor'], readOwnFactor);
  const [act, setAct] = useState<FactorActName | null>(null);
  // Somebody else's system asks for its own.
  if (judgedBy !== undefined) return null;
  return (
    <section className={administration['part']} aria-label={t('secondFactor.title')}>
      <h2>{t('secondFactor.title')}</h2>
      <p className={administration['hint']}>{t('secondFactor.hint')}</p>
      <CentreLog log={factor} offline={t('secondFactor.offline')} empty="" isEmpty={() => false}>
        {(value) => (
          <>
            <State factor={value} isLive={factor.isLive} onAct={setAct} />
            {act !== null && (
              <FactorDrawer
                act={act}
                isOn={value.isOn}
                onClose={() => {
                  setAct(null);
                  void factor.refresh();
                }}
              />
            )}
          </>
        )}
      </CentreLog>
    </section>
  );
}

interface StateProps {
  readonly factor: OwnFactor;
  readonly isLive: boolean;
  readonly onAct: (act: FactorActName) => void;
}

function State({ factor: { isOn, isDemanded, spares }, isLive, onAct }: StateProps) {
  const { t } = useTranslation();
  const acts: readonly FactorActName[] = isOn
    ? ['move', 'spares', ...(isDemanded ? [] : ['remove' as const])]
    : ['begin'];
  return (
    <>
      <p>
        {[
          t(isOn ? 'secondFactor.isOn' : 'secondFactor.isOff'),
          ...(isOn ? [t('secondFactor.sparesLeft', { count: spares })] : []),
          ...(isDemanded ? [t('secondFactor.isDemanded')] : []),
        ].join(' ')}
      </p>
      <div className={administration['tools']}>
        {acts.map((act) => (
          <Button key={act} variant="default" disabled={!isLive} onClick={() => onAct(act)}>
            {t(`secondFactor.act.${act}`)}
          </Button>
        ))}
      </div>
    </>
  );
}

interface DrawerProps {
  readonly act: FactorActName;
  readonly isOn: boolean;
  readonly onClose: () => void;
}

/** An act: who one is, then what comes of it. */
function FactorDrawer({ act, isOn, onClose }: DrawerProps) {
  const { t } = useTranslation();
  const [begun, setBegun] = useState<FactorBegun | null>(null);
  const [spares, setSpares] = useState<readonly string[] | null>(null);
  const finish = (): void => {
    tellDone(t(`secondFactor.done.${act}`));
    onClose();
  };
  return (
    <FormDrawer title={t('secondFactor.title')} onClose={onClose}>
      {begun !== null ? (
        <FactorSetup begun={begun} onDone={finish} />
      ) : spares !== null ? (
        <SpareList spares={spares} onKept={finish} />
      ) : (
        <FactorActForm act={act} isOn={isOn} onBegun={setBegun} onSpares={setSpares} onDone={finish} />
      )}
    </FormDrawer>
  );
}
