import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { isSensibleYear } from '#shared/domain/bounds.ts';
import type { Municipality } from '#shared/domain/directory.ts';
import { isSensible } from '#shared/domain/instant.ts';
import { judgeMunicipality } from '#shared/domain/records/judge-municipality.ts';
import { RECORD_RULES } from '#shared/domain/records/record-rules.ts';
import type { MunicipalityUse } from '#shared/domain/records/place-surroundings.ts';
import type { RefusalKind } from '#shared/domain/refusal.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { formSentences } from '#renderer/kit/forms/read-form.ts';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { useRefusalWords } from '#renderer/triage/acts/use-command.ts';
import { placeFieldsOf, readPlace, type PlaceFields } from './place-draft.ts';

/** The field that stands for a refusal, so that its sentence is read where it belongs. */
const FIELD_OF: Partial<Record<RefusalKind, keyof PlaceFields>> = {
  place_taken: 'name',
  place_in_use: 'name',
  short_place_taken: 'shortName',
  short_name_long: 'shortName',
  settlement_twice: 'settlements',
  ends_before_beginning: 'lastDay',
  place_needs_successor: 'successor',
  places_in_ring: 'successor',
  place_closed: 'successor',
};

/** The field that names a day or a year of no use. */
function insensibleOf({ population, validFrom }: Municipality): 'year' | 'firstDay' | 'lastDay' {
  if (population !== null && !isSensibleYear(population.year)) return 'year';
  return validFrom === undefined || isSensible(validFrom) ? 'lastDay' : 'firstDay';
}

/** The form with the judge of the command behind it, who knows what is called by the name. */
export function usePlaceForm(seen: Municipality | null, use: MunicipalityUse | null) {
  const { t } = useTranslation();
  const { municipalities, zone } = useReference();
  const wordsOf = useRefusalWords();
  const now = useNow();
  const byId = new Map(municipalities.map((one) => [one.id, one]));
  const read = (fields: PlaceFields) => readPlace(fields, { seen, zone, taken: new Set(byId.keys()) });
  const form = useForm<PlaceFields>({
    initialValues: placeFieldsOf(seen, zone),
    validateInputOnBlur: true,
    validate: (fields) => {
      const reading = read(fields);
      const { value } = reading;
      if (value === null) return formSentences(reading, (field) => t(`places.formWrong.${field}`), t);
      if (!RECORD_RULES.municipality.hasSensibleDays(value)) {
        const field = insensibleOf(value);
        return { [field]: t(`places.formWrong.${field}`) };
      }
      const uses = use === null ? null : new Map([[value.id, use]]);
      const refusal = judgeMunicipality(value, seen, {
        at: now,
        agencies: new Map(),
        works: null,
        places: { municipalities: byId, uses },
      });
      return refusal === null ? {} : { [FIELD_OF[refusal.kind] ?? 'name']: wordsOf(refusal) };
    },
  });
  return { form, read };
}
