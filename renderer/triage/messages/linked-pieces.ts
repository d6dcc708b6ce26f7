/** An address, or a place on the map as the centre writes it (server/channels/networks/shared-content.ts). */
const LINK = /https?:\/\/[^\s<>«»[\]]+|\[Место на карте: (?<place>[^[\]\n]{1,1100})\]/gu;
const COORDINATES = /(?<lat>-?\d{1,2}(?:\.\d{1,20})?), (?<long>-?\d{1,3}(?:\.\d{1,20})?)$/u;
/** Signs after an address belong to the sentence. */
const AFTER = '.,;:!?)\'"';
/** Buttons in one text; a resident's has a few, and thousands of them would hold up the page. */
const MAX_LINKS = 200;

/** A stretch of a text and where it leads, if anywhere. */
export interface LinkedPiece {
  readonly from: number;
  readonly text: string;
  readonly url: string | null;
}

/** An address without the signs that follow it. */
function addressIn(found: string): { readonly shown: string; readonly url: string | null } {
  let end = found.length;
  while (AFTER.includes(found[end - 1] ?? '')) end -= 1;
  const shown = found.slice(0, end);
  return { shown, url: URL.canParse(shown) ? shown : null };
}

/** The coordinates at the end of a place, and the map that shows them. */
function coordinatesIn(place: string): { readonly shown: string; readonly url: string | null } {
  const { 0: shown = '', groups } = COORDINATES.exec(place.slice(-60)) ?? {};
  const { lat, long } = groups ?? {};
  return { shown, url: lat === undefined ? null : `https://yandex.ru/maps/?pt=${long},${lat}&z=17&l=map` };
}

/** Parts a text at its addresses and coordinates. */
export function linkedPieces(text: string): readonly LinkedPiece[] {
  const pieces: LinkedPiece[] = [];
  let from = 0;
  let links = 0;
  for (const { 0: found, index, groups } of text.matchAll(LINK)) {
    const place = groups?.['place'];
    const { shown, url } = place === undefined ? addressIn(found) : coordinatesIn(place);
    if (url === null) continue;
    if ((links += 1) > MAX_LINKS) break;
    const start = place === undefined ? index : index + found.length - 1 - shown.length;
    if (start > from) pieces.push({ from, text: text.slice(from, start), url: null });
    pieces.push({ from: start, text: shown, url });
    from = start + shown.length;
  }
  return from < text.length ? [...pieces, { from, text: text.slice(from), url: null }] : pieces;
}
