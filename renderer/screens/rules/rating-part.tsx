import { NumberInput, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import {
  RATING_MEASURES,
  RATING_POINTS,
  RATING_PRESETS,
  type RatingMeasure,
  type RatingPreset,
} from '#shared/domain/rating-rules.ts';
import { sameJson } from '#shared/domain/same-json.ts';
import { ScrollTable } from '#renderer/kit/layout/scroll-table.tsx';
import { ratingFieldsOf, type RulesFields } from './rules-draft.ts';
import classes from './rules.module.css';
import type { TypedRules } from './use-rules-form.ts';

const PRESETS = Object.keys(RATING_PRESETS) as RatingPreset[];
const COLUMNS = ['max', 'full', 'none'] as const;

/** The preset that the fields say, if they say one. */
const presetOf = ({ minimum, rating }: RulesFields): RatingPreset | null =>
  PRESETS.find(
    (name) =>
      RATING_PRESETS[name].minimum === minimum && sameJson(ratingFieldsOf(RATING_PRESETS[name]), rating),
  ) ?? null;

/** How agencies are rated: points of each measure, and where they begin and end. */
export function RatingRulesPart({ form }: { readonly form: TypedRules }) {
  const { t } = useTranslation();
  const { values } = form;
  const sum = RATING_MEASURES.reduce(
    (points, measure) => points + (Number(values.rating[measure].max) || 0),
    0,
  );
  const put = (name: RatingPreset): void => {
    form.setFieldValue('minimum', RATING_PRESETS[name].minimum);
    form.setFieldValue('rating', ratingFieldsOf(RATING_PRESETS[name]));
  };
  const errors = Object.entries(form.errors).filter(([field]) => field.startsWith('rating'));
  return (
    <section className={classes['part']} aria-label={t('rules.part.rating')}>
      <h2>{t('rules.part.rating')}</h2>
      <p className={classes['hint']}>{t('rules.rating.hint')}</p>
      <div className={classes['fields']}>
        <Select
          label={t('rules.rating.preset')}
          placeholder={t('rules.rating.own')}
          value={presetOf(values)}
          data={PRESETS.map((name) => ({ value: name, label: t(`rules.rating.presets.${name}`) }))}
          onChange={(name) => name !== null && put(name)}
          allowDeselect={false}
        />
        <NumberInput
          {...form.getInputProps('minimum')}
          label={t('rules.minimum.label')}
          allowDecimal={false}
          allowNegative={false}
          clampBehavior="none"
        />
      </div>
      <div className={classes['rating']}>
        <ScrollTable
          label={t('rules.part.rating')}
          heads={[t('rules.rating.measure'), ...COLUMNS.map((column) => t(`rules.rating.column.${column}`))]}
        >
          {RATING_MEASURES.map((measure) => (
            <Measure key={measure} form={form} measure={measure} />
          ))}
        </ScrollTable>
      </div>
      <p className={classes['sum']}>{t('rules.rating.sum', { sum, points: RATING_POINTS })}</p>
      {errors.map(([field, words]) => (
        <p key={field} className={classes['bad']} role="alert">
          {words}
        </p>
      ))}
    </section>
  );
}

function Measure({ form, measure }: { readonly form: TypedRules; readonly measure: RatingMeasure }) {
  const { t } = useTranslation();
  const name = t(`rules.rating.measures.${measure}`);
  const typed = form.values.rating[measure];
  const isCounted = typed.max !== '' && typed.max !== 0;
  return (
    <tr>
      <td>{name}</td>
      {COLUMNS.map((column) => (
        <td key={column}>
          <NumberInput
            aria-label={`${name}: ${t(`rules.rating.column.${column}`)}`}
            value={typed[column]}
            onChange={(value) => form.setFieldValue(`rating.${measure}.${column}`, value)}
            disabled={column !== 'max' && !isCounted}
            suffix={column === 'max' ? '' : measure === 'speed' ? t('rules.rating.minutes') : ' %'}
            allowDecimal={column !== 'max' && measure !== 'speed'}
            allowNegative={false}
            clampBehavior="none"
            hideControls
          />
        </td>
      ))}
    </tr>
  );
}
