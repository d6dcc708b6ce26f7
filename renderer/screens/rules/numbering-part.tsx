import { Button, NumberInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FIRST_NUMBERS } from '#shared/domain/incident-number.ts';
import { numberingSchema, type Numbering } from '#shared/protocol/numbering.ts';
import { askCentre, type CentreAnswer } from '#renderer/kit/api/ask-centre.ts';
import { shownInForm, useCentreAction } from '#renderer/kit/api/use-centre-action.ts';
import { useCentreQuery } from '#renderer/kit/api/use-centre-query.ts';
import { Freshness } from '#renderer/kit/layout/administration.tsx';
import { tellDone } from '#renderer/kit/toasts/toasts.tsx';
import { useLanguage } from '#renderer/kit/words/use-words.ts';
import classes from './rules.module.css';

const PATH = '/api/v1/numbering';
const readNumbering = (): Promise<CentreAnswer<Numbering>> => askCentre(PATH, numberingSchema);
const saveNumbering = (next: number): Promise<CentreAnswer<Numbering>> =>
  askCentre(PATH, numberingSchema, { method: 'PUT', body: { next } });

/** Numbers that messages registered here get: only the centre gives them, so they are asked there. */
export function NumberingPart() {
  const { t } = useTranslation();
  const number = new Intl.NumberFormat(useLanguage());
  const data = useCentreQuery(['numbering'], readNumbering);
  return (
    <section className={classes['part']} aria-label={t('rules.numbering.title')}>
      <h2>{t('rules.numbering.title')}</h2>
      <p className={classes['hint']}>{t('rules.numbering.hint')}</p>
      <Freshness
        data={data}
        nothing={t('rules.numbering.away')}
        kept={(at) => t('rules.numbering.kept', { at })}
        unread={t('rules.numbering.unread')}
      />
      {data.value !== null && (
        <>
          <p>
            {data.value.highest === null
              ? t('rules.numbering.none')
              : t('rules.numbering.highest', { number: number.format(data.value.highest) })}
          </p>
          <NextNumber
            key={data.value.next}
            numbering={data.value}
            isLive={data.isLive}
            onSaved={data.refresh}
          />
        </>
      )}
    </section>
  );
}

interface NextProps {
  readonly numbering: Numbering;
  readonly isLive: boolean;
  readonly onSaved: () => unknown;
}

function NextNumber({ numbering: { next }, isLive, onSaved }: NextProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<number | string>(next);
  const saving = useCentreAction(
    saveNumbering,
    () => {
      tellDone(t('rules.numbering.saved'));
      return onSaved();
    },
    shownInForm,
  );
  const { lowest, highest } = FIRST_NUMBERS;
  const isFit = typeof typed === 'number' && typed >= lowest && typed <= highest;
  const wrong = isFit ? null : t('rules.numbering.wrong', { lowest, highest });
  const failed = saving.failure === null ? null : t(`error.${saving.failure}`);
  return (
    <form
      className={classes['acts']}
      onSubmit={(event) => {
        event.preventDefault();
        if (isFit) saving.run(typed);
      }}
    >
      <NumberInput
        label={t('rules.numbering.next')}
        value={typed}
        onChange={setTyped}
        error={wrong ?? failed ?? undefined}
        allowDecimal={false}
        allowNegative={false}
        clampBehavior="none"
        thousandSeparator=" "
        hideControls
      />
      <Button
        type="submit"
        variant="default"
        loading={saving.isPending}
        disabled={!isLive || !isFit || typed === next}
      >
        {t('rules.numbering.save')}
      </Button>
    </form>
  );
}
