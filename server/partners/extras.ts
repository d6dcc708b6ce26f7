import { z } from 'zod';
import { Open311Failure } from './failures.ts';
import { valuesOf, type Form } from './form.ts';

/** `media_url`, `media_url[]` or `media_url[0]`: each may come several times, in one request all of them. */
const MEDIA = /^media_url(?:\[\d{0,4}\])?$/;
const MAX_MEDIA = 20;
const MAX_ADDRESS = 2000;

const ATTRIBUTE = /^attribute\[([^[\]]{1,100})\](?:\[\d{0,4}\])?$/;
/** Attributes that mean something to us; each has one value. */
const OWN = new Set(['external_id', 'municipality']);
const MAX_ATTRIBUTES = 50;
const MAX_VALUE = 1000;

const addressSchema = z.url({ protocol: /^https?$/ }).max(MAX_ADDRESS);

/** Addresses of all that is attached, in their order, each once. Throws Open311Failure. */
export function mediaIn(form: Form): readonly string[] {
  const found = [...form.keys()]
    .filter((name) => MEDIA.test(name))
    .flatMap((name) => valuesOf(form, name).map((address) => ({ name, address })));
  for (const { name, address } of found)
    if (!addressSchema.safeParse(address).success) throw new Open311Failure('invalid', name);
  const media = [...new Set(found.map(({ address }) => address))];
  if (media.length > MAX_MEDIA) throw new Open311Failure('too_many_media', String(MAX_MEDIA));
  return media;
}

/** An attribute that means nothing to us: the operator reads it came. */
export interface Attribute {
  readonly name: string;
  readonly value: string;
}

/**
 * Attributes beside our own, which are judged where they are used. Throws Open311Failure for what cannot be
 * kept.
 */
export function attributesIn(form: Form): readonly Attribute[] {
  const names = [...form.keys()].filter((name) => name.startsWith('attribute['));
  const found = names.flatMap((name) => {
    const code = ATTRIBUTE.exec(name)?.[1];
    if (code === undefined) throw new Open311Failure('invalid', name.slice(0, 100));
    const values = valuesOf(form, name);
    if (OWN.has(code) && new Set(values).size > 1) throw new Open311Failure('repeated', name);
    if (values.some((value) => value.length > MAX_VALUE)) throw new Open311Failure('invalid', name);
    return OWN.has(code) ? [] : values.map((value) => ({ name: code, value }));
  });
  if (found.length > MAX_ATTRIBUTES) throw new Open311Failure('too_many_attributes', String(MAX_ATTRIBUTES));
  return found;
}

/** Lines put together into as few notes as they fit in. */
export function notesOf(lines: readonly string[], max: number): readonly string[] {
  const notes: string[] = [];
  for (const line of lines) {
    const last = notes.at(-1);
    const together = last === undefined ? line : `${last}\n${line}`;
    if (last !== undefined && together.length <= max) notes[notes.length - 1] = together;
    else notes.push(line.slice(0, max));
  }
  return notes;
}
