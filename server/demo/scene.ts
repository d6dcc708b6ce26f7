import { compileCalendar, type CompiledCalendar } from '#shared/domain/calendar.ts';
import { defaultDictionary } from '#shared/domain/data/default-dictionary.ts';
import { defaultPolicies } from '#shared/domain/data/default-policies.ts';
import { eaoDirectory } from '#shared/domain/data/eao-directory.ts';
import { eaoRoutes } from '#shared/domain/data/eao-routes.ts';
import { defaultWorkingCalendar } from '#shared/domain/data/russian-holidays.ts';
import type { CentreSettings } from '#shared/domain/decide-context.ts';
import { groupOf } from '#shared/domain/dictionary.ts';
import type { Place } from '#shared/domain/incident.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { must } from '#shared/domain/must.ts';
import { DEFAULT_REGULATION } from '#shared/domain/regulation.ts';
import { suggestRoutes } from '#shared/domain/routing.ts';
import { dateOfDay, localDayAt } from '#shared/domain/time-zone.ts';
import type { Theme } from './themes/theme.ts';

/** Time zone of the demo region. */
export const DEMO_ZONE = 'Asia/Vladivostok';
/** Production calendar of the demo region, compiled. */
export const demoCalendar: CompiledCalendar = compileCalendar(defaultWorkingCalendar(DEMO_ZONE));

/** Reference data of the demo region, as its story is decided by. */
export const DEMO_SETTINGS: CentreSettings = {
  calendar: demoCalendar,
  policies: defaultPolicies,
  agencies: new Map(eaoDirectory.agencies.map((agency) => [agency.id, agency])),
  regulation: DEFAULT_REGULATION,
};

/** The month of the year, 1 … 12, of a moment in the demo region. */
export const monthOf = (at: Instant): number => Number(dateOfDay(localDayAt(DEMO_ZONE, at)).slice(5, 7));

/** The municipality of the registry, by the short name people use. */
export function municipality(shortName: string): (typeof eaoDirectory.municipalities)[number] {
  return must(
    eaoDirectory.municipalities.find((entry) => entry.shortName === shortName),
    `municipality ${shortName}`,
  );
}

const SETTLEMENTS: Readonly<Record<string, string>> = {
  г: 'в городе',
  пгт: 'в посёлке',
  п: 'в посёлке',
  с: 'в селе',
  ст: 'на станции',
};

/** «на улице Ленина, 5», «в селе Амурзет», «у нас» — as a resident would say it. */
export function placePhrase({ municipality: name, settlement, street, house }: Place): string {
  if (street === 'Биршоссе') return house === '' ? 'на Биршоссе' : `на Биршоссе, ${house}`;
  if (street !== '') {
    const declined = street.replace(/ая$/, 'ой').replace(/яя$/, 'ей');
    return `на улице ${declined}${house === '' ? '' : `, ${house}`}`;
  }
  const home = eaoDirectory.municipalities.find((entry) => entry.name === name);
  const found = home?.settlements.find((entry) => entry.name === settlement);
  return found === undefined ? 'у нас' : `${SETTLEMENTS[found.kind] ?? 'в'} ${settlement}`;
}

/** Topic and group as the dictionary in force at that moment has them. */
export function classify(theme: Theme, at: Instant): { readonly topic: string; readonly group: string } {
  const topic = at < Date.UTC(2024, 0, 1) ? theme.topic2022 : theme.topic2024;
  return { topic, group: must(groupOf(defaultDictionary, topic, at), `group of «${topic}»`) };
}

/** The agencies the routing table proposes, best first. */
export function routesFor(
  topic: string,
  group: string,
  place: Place,
  at: Instant,
): readonly { readonly agency: string; readonly unit: string }[] {
  const candidates = suggestRoutes(eaoRoutes, { topic, group, municipality: place.municipality, at });
  return candidates.map(({ agency, unit }) => ({ agency, unit: unit ?? '' }));
}
