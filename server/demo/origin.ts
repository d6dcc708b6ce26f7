import type { Author, Place, Source } from '#shared/domain/incident.ts';
import type { Random } from './random.ts';
import { municipality } from './scene.ts';
import type { Theme } from './themes/theme.ts';

/** The author of a story's message, its source, and the place it is about. */
export interface StoryOrigin {
  /** Short name of the municipality. */
  readonly town: string;
  readonly place: Place;
  readonly source: Source;
  readonly author: Author;
}

/** A message of somebody new. */
export function inventOrigin(town: string, theme: Theme, random: Random): StoryOrigin {
  const source = inventSource(random);
  const author = { name: inventName(random), url: inventAddress(source.network, random) };
  return { town, place: inventPlace(town, theme, random), source, author };
}

/** The same resident writing again about the same place, in the same network. */
export function writesAgain(before: StoryOrigin, random: Random): StoryOrigin {
  let source = inventSource(random);
  while (source.network !== before.source.network) source = inventSource(random);
  return { ...before, source };
}

/** A neighbour writing about the same place. */
export const neighbourOf = (before: StoryOrigin, theme: Theme, random: Random): StoryOrigin => ({
  ...inventOrigin(before.town, theme, random),
  place: before.place,
});

/** A place inside a municipality: every second message names a street, every fifth a house. */
function inventPlace(shortName: string, theme: Theme, random: Random): Place {
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
const inventName = (random: Random): string => `${random.pick(FIRST_NAMES)} ${random.pick([...INITIALS])}.`;

/** An address nobody has, by which a resident who writes again is known. */
function inventAddress(network: Source['network'], random: Random): string {
  const id = random.below(10_000_000);
  if (network === 'vk') return `https://vk.com/id99${String(id).padStart(8, '0')}`;
  if (network === 'ok') return `https://ok.ru/profile/99${String(id).padStart(10, '0')}`;
  return `https://t.me/pult_resident_${id}`;
}

/**
 * Invents the source of a message. Addresses have the networks' shape and lead to nobody: the ids are far
 * beyond those in use.
 */
function inventSource(random: Random): Source {
  const post = 1000 + random.below(9000);
  const reply = 10_000 + random.below(90_000);
  const draw = random.next();
  const audience = random.chance(0.7) ? 20_000 + random.below(3_000) : 50 + random.below(4_000);
  const base = { audience, engagement: null, hasMedia: random.chance(0.14) };
  if (draw < 0.6) {
    const placeUrl = 'https://vk.com/club990000079';
    const kind = random.chance(0.85) ? 'comment' : 'post';
    const url = `https://vk.com/wall-990000079_${post}${kind === 'comment' ? `?reply=${reply}` : ''}`;
    return { ...base, network: 'vk', kind, url, placeUrl };
  }
  if (draw < 0.7) {
    return {
      ...base,
      audience: 2,
      network: 'vk',
      kind: 'direct',
      url: `https://vk.com/gim990000079?msgid=${reply}&sel=${post}`,
      placeUrl: 'https://vk.com/club990000079',
    };
  }
  if (draw < 0.88) {
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
