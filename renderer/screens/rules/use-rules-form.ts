import { useForm, type UseFormReturnType } from '@mantine/form';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { judgeRegulation } from '#shared/domain/records/judge-regulation.ts';
import type { RefusalKind } from '#shared/domain/refusal.ts';
import type { Regulation } from '#shared/domain/regulation.ts';
import { formSentences, type FormReading } from '#renderer/kit/forms/read-form.ts';
import { useRefusalWords } from '#renderer/triage/acts/use-command.ts';
import {
  changedRules,
  readRules,
  rebasedRules,
  rulesFieldsOf,
  type RulesField,
  type RulesFields,
} from './rules-draft.ts';

export type TypedRules = UseFormReturnType<RulesFields>;

/** The field that stands for a refusal, so that its sentence is read where it belongs. */
const FIELD_OF: Partial<Record<RefusalKind, RulesField>> = {
  arms_unfit: 'arms',
  rating_sum: 'rating',
  rating_backwards: 'rating',
  rating_twice: 'rating',
};

/** The form with the judge of the command behind it. */
interface OpenRules {
  readonly form: TypedRules;
  readonly read: (fields: RulesFields) => FormReading<Regulation>;
  /** The settings as the form was opened with, or as it followed them since. */
  readonly seen: Regulation;
  /** Fields that somebody else changed while something was being typed. */
  readonly changed: readonly RulesField[];
}

/** The form that follows what another administrator saves, but for what was typed here. */
export function useRulesForm(regulation: Regulation): OpenRules {
  const { t } = useTranslation();
  const wordsOf = useRefusalWords();
  const [seen, setSeen] = useState(regulation);
  const [changed, setChanged] = useState<readonly RulesField[]>([]);
  const read = (fields: RulesFields): FormReading<Regulation> => readRules(fields, seen);
  const form = useForm<RulesFields>({
    initialValues: rulesFieldsOf(regulation),
    validate: (fields) => {
      const reading = read(fields);
      if (reading.value === null) return formSentences(reading, (field) => ruleWords(field), t);
      const refusal = judgeRegulation(reading.value, seen);
      return refusal === null ? {} : { [FIELD_OF[refusal.kind] ?? 'header']: wordsOf(refusal) };
    },
  });
  const ruleWords = (field: string): string => t(`rules.${field.split('.')[0] ?? field}.wrong`);
  const isDirty = form.isDirty();
  useEffect(() => {
    const others = changedRules(seen, regulation);
    if (others.length === 0) return;
    const next = rebasedRules(form.getValues(), seen, regulation);
    form.setInitialValues(rulesFieldsOf(regulation));
    form.resetDirty(rulesFieldsOf(regulation));
    form.setValues(next);
    setSeen(regulation);
    setChanged(others);
    // The form is another object at every drawing.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [regulation, seen]);
  return { form, read, seen, changed: isDirty ? changed : [] };
}
