import { useTranslation } from 'react-i18next';
import type { Municipality } from '#shared/domain/directory.ts';
import { judgeMunicipality } from '#shared/domain/records/judge-municipality.ts';
import type { MunicipalityUse } from '#shared/domain/records/place-surroundings.ts';
import type { RefusalKind } from '#shared/domain/refusal.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { useJudgedForm, type JudgedForm } from '#renderer/kit/forms/use-judged-form.ts';
import { useNow } from '#renderer/kit/words/use-now.ts';
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

/** The form with the judge of the command behind it, who knows what is called by the name. */
export function usePlaceForm(
  seen: Municipality | null,
  use: MunicipalityUse | null,
): JudgedForm<PlaceFields, Municipality> {
  const { t } = useTranslation();
  const { municipalities, zone } = useReference();
  const now = useNow();
  const byId = new Map(municipalities.map((one) => [one.id, one]));
  return useJudgedForm<PlaceFields, Municipality>({
    initialValues: placeFieldsOf(seen, zone),
    read: (fields) => readPlace(fields, { seen, zone, taken: new Set(byId.keys()) }),
    isReady: seen === null || use !== null,
    judge: (row) => {
      const uses = use === null ? null : new Map([[row.id, use]]);
      const places = { municipalities: byId, uses };
      return judgeMunicipality(row, seen, { at: now, agencies: new Map(), works: null, places });
    },
    fieldOf: FIELD_OF,
    otherwise: 'name',
    words: {
      label: (field) => t(`places.field.${field}`),
      hint: (field) => t(`places.formHint.${field}`, { defaultValue: '' }),
      rule: (field) => t(`places.formWrong.${field}`),
    },
  });
}
