import { compileCalendar, type CompiledCalendar } from '#shared/domain/calendar.ts';
import { defaultDictionary } from '#shared/domain/data/default-dictionary.ts';
import { defaultPolicies } from '#shared/domain/data/default-policies.ts';
import { eaoDirectory } from '#shared/domain/data/eao-directory.ts';
import { eaoRoutes } from '#shared/domain/data/eao-routes.ts';
import { defaultWorkingCalendar } from '#shared/domain/data/russian-holidays.ts';
import type { DeadlinePolicy } from '#shared/domain/deadline.ts';
import { groupOf } from '#shared/domain/dictionary.ts';
import type { Place, Source } from '#shared/domain/incident.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { must } from '#shared/domain/must.ts';
import { suggestRoutes } from '#shared/domain/routing.ts';
import type { Random } from './random.ts';
import type { Theme } from './themes.ts';

export const DEMO_ZONE = 'Asia/Vladivostok';
export const demoCalendar: CompiledCalendar = compileCalendar(defaultWorkingCalendar(DEMO_ZONE));
export const demoPolicies: readonly DeadlinePolicy[] = defaultPolicies;

/** The municipality of the registry, by the short name people use. */
export function municipality(shortName: string): (typeof eaoDirectory.municipalities)[number] {
  return must(
    eaoDirectory.municipalities.find((one) => one.shortName === shortName),
    `municipality ${shortName}`,
  );
}

/** A place inside a municipality: every second message names a street, every fifth a house. */
export function inventPlace(shortName: string, theme: Theme, random: Random): Place {
  const home = municipality(shortName);
  const settlement = home.settlements.length === 0 ? null : random.pick(home.settlements.slice(0, 6));
  const street =
    settlement?.streets !== undefined && random.chance(0.75) ? random.pick(settlement.streets) : '';
  const object = theme.objects !== undefined && random.chance(0.5) ? random.pick(theme.objects) : '';
  return {
    municipality: home.name,
    settlement: settlement?.name ?? '',
    street,
    house: street !== '' && random.chance(0.4) ? String(1 + random.below(90)) : '',
    object,
  };
}

/** «на улице Ленина, 5», «в селе Амурзет», «у нас» — as a resident would say it. */
export function placePhrase(place: Place): string {
  if (place.street !== '') return `на ${place.street}${place.house === '' ? '' : `, ${place.house}`}`;
  return place.settlement === '' ? 'у нас' : `(${place.settlement})`;
}

const FIRST_NAMES = [
  'Анна',
  'Ольга',
  'Сергей',
  'Ирина',
  'Дмитрий',
  'Наталья',
  'Виктор',
  'Елена',
  'Павел',
  'Галина',
  'Игорь',
  'Юлия',
];
const INITIALS = 'АБВГДЕЗИКЛМНПРСТ';

/** A name of nobody: first name and initial. */
export const inventName = (random: Random): string =>
  `${random.pick(FIRST_NAMES)} ${random.pick([...INITIALS])}.`;

/** Where it was written. Addresses have the networks' shape and lead to nobody: the ids are far beyond those in use. */
export function inventSource(random: Random): Source {
  const post = 1000 + random.below(9000);
  const reply = 10_000 + random.below(90_000);
  const draw = random.next();
  const audience = random.chance(0.7) ? 20_000 + random.below(3_000) : 50 + random.below(4_000);
  const base = { audience, engagement: null, hasMedia: random.chance(0.14) };
  if (draw < 0.62) {
    const placeUrl = 'https://vk.com/club990000079';
    const kind = random.chance(0.85) ? 'comment' : 'post';
    const url = `https://vk.com/wall-990000079_${post}${kind === 'comment' ? `?reply=${reply}` : ''}`;
    return { ...base, network: 'vk', kind, url, placeUrl };
  }
  if (draw < 0.68) {
    return {
      ...base,
      audience: 2,
      network: 'vk',
      kind: 'direct',
      url: `https://vk.com/gim990000079?msgid=${reply}&sel=${post}`,
      placeUrl: 'https://vk.com/club990000079',
    };
  }
  if (draw < 0.87) {
    const placeUrl = 'https://ok.ru/group/99000000000079';
    return { ...base, network: 'ok', kind: 'comment', url: `${placeUrl}/topic/99${post}#${reply}`, placeUrl };
  }
  const placeUrl = 'https://t.me/pult_demo_79';
  return {
    ...base,
    network: 'telegram',
    kind: 'comment',
    url: `${placeUrl}/${post}?comment=${reply}`,
    placeUrl,
  };
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
