import { expect, it } from 'vitest';
import { templateProposals } from '#shared/domain/templates/proposals.ts';

const lamp = (name: string, house: number): string =>
  `Здравствуйте, ${name}! Подрядчик городских сетей заменит светильник и провод на опоре у дома ${house}, ` +
  'работы проверит отдел благоустройства мэрии.';
const snow = 'Здравствуйте! Снег с тротуара вывезли, дорожный участок посыпан песком и солью до остановки.';
const said = (...texts: readonly string[]) => texts.map((text, place) => ({ incident: `i${place}`, text }));

it('proposes what three or more were answered by hand, the most frequent first', () => {
  const replies = said(lamp('Анна', 1), snow, lamp('Игорь', 2), snow, lamp('Ольга', 3), snow, snow);
  expect(templateProposals(replies, []).map(({ incident, count }) => [incident, count])).toEqual([
    ['i1', 4],
    ['i0', 3],
  ]);
  expect(templateProposals(said(snow, snow), [])).toEqual([]);
});

it('proposes nothing that a template says, though with variables', () => {
  const replies = said(snow, snow, snow);
  const text = '{обращение} Снег с тротуара вывезли, дорожный участок посыпан песком и солью до {адрес}.';
  expect(templateProposals(replies, [{ text }])).toEqual([]);
  expect(templateProposals(replies, [{ text: '{обращение} Передали в {ведомство}.' }])).toHaveLength(1);
});
