import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { defaultDictionary } from '#shared/domain/data/default-dictionary.ts';
import { russianStem } from '#shared/text/russian-stem.ts';
import { isStopWord, normaliseText, searchTerms, stemOf, tokenise } from '#shared/text/tokens.ts';

type Stemmers = { newStemmer: (language: string) => { stem: (word: string) => string } };
const published = (createRequire(import.meta.url)('snowball-stemmers') as Stemmers).newStemmer('russian');

const MESSAGES = `
Который год не чистят перекрёсток, автобусы не могут проехать, люди идущие на работу падают, вернувшись \
домой с травмами.
Почему в подъезде прорвало трубу, а управляющая компания не отвечает; обещавшие устранить аварию так и не \
приехали.
Собаки бросаются на детей, сделайте что-нибудь, пожалуйста! Важнейшая обязанность мэрии — чистить дороги и \
тротуары.
Отключили горячую воду третьего дня, обогревшись чайником, сидим. Прошу разобраться и наказать виновных. \
Спасибо сотрудникам.
Задерживают выплаты мобилизованным, в поликлинике километровые очереди, невозможность записаться, \
крайность, радость, гадость,
длиннейшие заборы, читавшие, читаемый, написанный, ограниченность, стоимость, ответственность, скользкость, \
кочующий, ищущие.`;

describe('russianStem', () => {
  const words = new Set<string>();
  for (const text of [MESSAGES, ...defaultDictionary.topics.map((topic) => topic.name)]) {
    for (const { norm } of tokenise(text)) {
      if (/^[а-я]+$/.test(norm)) {
        words.add(norm);
      }
    }
  }

  it('agrees with the published stemmer on every word of the dictionary and of sample messages', () => {
    expect(words.size).toBeGreaterThan(800);
    const different = [...words].filter((word) => russianStem(word) !== published.stem(word));
    expect(different.map((word) => [word, russianStem(word), published.stem(word)])).toEqual([]);
  });

  it('agrees on words with every ending the algorithm knows', () => {
    const endings =
      `ившись ывши ив вшись вши ся сь ими ого ему ее ая яя ующ ющая анный аемый ейте уйте ила ена ешь
      нно ть ишь ю иями ией иях ость ости ейший ейше ннейший и ь нн`.split(/\s+/);
    for (const root of ['дорог', 'чита', 'постро', 'вя', 'сне', 'мокр', 'красн']) {
      for (const ending of endings) {
        expect(russianStem(root + ending), root + ending).toBe(published.stem(root + ending));
      }
    }
  });
});

describe('tokenise', () => {
  it('gives positions in the text as written', () => {
    const text = 'Ул. Шолом-Алейхема, 45: ЁЛКА!';
    const tokens = tokenise(text);
    expect(tokens.map((token) => token.norm)).toEqual(['ул', 'шолом', 'алейхема', '45', 'елка']);
    for (const token of tokens) {
      expect(text.slice(token.start, token.end)).toBe(token.text);
    }
  });

  it('sees one word in a letter written with a combining sign', () => {
    expect(tokenise('трамваи\u0306')[0]?.norm).toBe('трамвай');
  });
});

describe('searchTerms', () => {
  it('joins forms of a word, drops stop words and repetitions, keeps numbers and Latin', () => {
    expect(searchTerms('Не чистят дорогу и дороги у школы № 58, VK')).toEqual([
      'чист',
      'дорог',
      'школ',
      '58',
      'vk',
    ]);
  });

  it('finds the same stem for what people type', () => {
    expect(stemOf(normaliseText('Сосулёк'))).toBe(stemOf('сосулек'));
    expect(isStopWord('чтобы')).toBe(true);
    expect(isStopWord('снег')).toBe(false);
  });
});
