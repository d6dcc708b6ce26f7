import { describe, expect, it } from 'vitest';
import { eaoDirectory } from '#shared/domain/data/eao-directory.ts';
import { directorySchema, existsAt } from '#shared/domain/directory.ts';

describe('the directory of the region', () => {
  it('is valid data with ids of its own', () => {
    expect(directorySchema.parse(eaoDirectory)).toEqual(eaoDirectory);
    const ids = [...eaoDirectory.agencies, ...eaoDirectory.municipalities].map((entry) => entry.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('has six municipalities of about 150,000 people and the rest of the region', () => {
    const real = eaoDirectory.municipalities.filter((municipality) => municipality.kind !== 'other');
    expect(real).toHaveLength(6);
    const people = real.reduce((sum, municipality) => sum + (municipality.population?.count ?? 0), 0);
    expect(Math.abs(people - 150_453)).toBeLessThan(1000);
    expect(eaoDirectory.municipalities.find(({ name }) => name === 'ЕАО, другое')?.kind).toBe('other');
  });

  it('has the names people write', () => {
    const mayor = eaoDirectory.agencies.find(({ shortName }) => shortName === 'Мэрия Биробиджана');
    expect(mayor).toMatchObject({ id: 'meriya-birobidzhan', genitive: 'мэрии города Биробиджана' });
    const district = eaoDirectory.municipalities.find(({ name }) => name === 'Ленинский район');
    expect(district?.id).toBe('leninskiy-rayon');
  });
});

describe('existsAt', () => {
  it.each([
    [{}, true],
    [{ validFrom: 10 }, true],
    [{ validFrom: 11 }, false],
    [{ validTo: 10 }, false],
    [{ validTo: 11 }, true],
  ])('%j at 10 is %s', (validity, expected) => {
    expect(existsAt(validity, 10)).toBe(expected);
  });
});
