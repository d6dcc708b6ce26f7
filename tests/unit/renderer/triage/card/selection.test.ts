import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  chosenAt,
  selectionIn,
  steppedSelection,
  type Chosen,
  type List,
  type Selection,
} from '#renderer/triage/card/selection.ts';

/** An event at one of two consoles: of the network, the colleague or the person's own hands, in any order. */
type DeskEvent =
  | { readonly do: 'ask'; readonly query: number }
  | { readonly do: 'answer' | 'place' | 'down' | 'up' | 'handle' }
  | { readonly do: 'move'; readonly row: number; readonly to: number }
  | { readonly do: 'take' | 'bring'; readonly row: number }
  | { readonly do: 'press'; readonly index: number };

const ROWS = 9;
/** Rows read at a time: the list is longer than what is known of it. */
const PAGE = 3;
const row = fc.nat(ROWS - 1);
const events: fc.Arbitrary<readonly DeskEvent[]> = fc.array(
  fc.oneof(
    fc.record({ do: fc.constant('ask' as const), query: fc.nat(3) }),
    fc.record({
      do: fc.constantFrom(
        'answer' as const,
        'place' as const,
        'down' as const,
        'up' as const,
        'handle' as const,
      ),
    }),
    fc.record({ do: fc.constant('move' as const), row, to: row }),
    fc.record({ do: fc.constantFrom('take' as const, 'bring' as const), row }),
    fc.record({ do: fc.constant('press' as const), index: row }),
  ),
  { maxLength: 60 },
);

const id = (n: number): string => `r${n}`;
/** Every question shows other rows: all, even, odd, those below five. */
const FITS: readonly ((n: number) => boolean)[] = [
  () => true,
  (n) => n % 2 === 0,
  (n) => n % 2 === 1,
  (n) => n < 5,
];

/** One console over rows that change under it; `shown` is what the screen says. */
class Desk {
  #order = Array.from({ length: ROWS }, (_, n) => n);
  #query = 0;
  /** The store's last answer, the question it was for, and from where its rows were read. */
  #answer: { readonly query: number; readonly ids: readonly string[]; readonly from: number } | null = null;
  #far: { readonly id: string; readonly place: number | null } | null = null;
  #chosen: Chosen | null = null;
  #handled: string | null = null;
  #isNew = true;
  selection: Selection | null = null;

  get list(): List {
    const answer = this.#answer?.query === this.#query ? this.#answer : null;
    const known = (index: number): boolean =>
      answer !== null && index >= answer.from && index < answer.from + PAGE;
    return {
      query: String(this.#query),
      total: answer?.ids.length ?? null,
      idAt: (index) => (known(index) ? answer?.ids[index] : undefined),
      placeOf: (wanted) => {
        const index = answer?.ids.indexOf(wanted) ?? -1;
        if (index !== -1 && known(index)) return index;
        if (this.#far?.id === wanted) return this.#far.place;
        return answer !== null && answer.ids.length <= PAGE && answer.from === 0 ? null : undefined;
      },
    };
  }

  /** Ids of the list on the screen; nothing while the store has not answered its question. */
  get shown(): readonly string[] {
    return this.#answer?.query === this.#query ? this.#answer.ids : [];
  }

  /** True when a row was under the hand yet: a list that is entered chooses its first row. */
  get hasTarget(): boolean {
    return !this.#isNew && this.selection !== null;
  }

  get handled(): string | null {
    return this.#handled;
  }

  get query(): string {
    return String(this.#query);
  }

  /** The row that a key acts on at once. */
  get target(): string | null {
    return this.selection?.standing === 'here' ? this.selection.id : null;
  }

  #draw(): void {
    const before = this.#chosen;
    this.selection = selectionIn(before, this.list, { handled: this.#handled, isNew: this.#isNew });
    if (this.list.total === null || this.selection?.standing === 'unknown') return;
    this.#isNew = false;
    this.#chosen = this.selection;
    if (before?.id === this.#handled && this.selection?.id !== this.#handled) this.#handled = null;
  }

  run(event: DeskEvent): void {
    if (event.do === 'ask') this.#query = event.query;
    else if (event.do === 'answer') this.#read();
    else if (event.do === 'place') this.#find();
    else if (event.do === 'move') {
      this.#order = this.#order.filter((n) => n !== event.row);
      this.#order.splice(event.to, 0, event.row);
    } else if (event.do === 'take') this.#order = this.#order.filter((n) => n !== event.row);
    else if (event.do === 'bring') this.#order = [...this.#order.filter((n) => n !== event.row), event.row];
    else if (event.do === 'press') this.#chosen = chosenAt(this.list, event.index) ?? this.#chosen;
    else if (event.do === 'handle') this.#handle();
    else
      this.#chosen =
        steppedSelection(this.selection, this.list, event.do === 'down' ? 1 : -1) ?? this.#chosen;
    this.#draw();
  }

  #ids(): readonly string[] {
    return this.#order.filter(FITS[this.#query] ?? (() => true)).map(id);
  }

  #read(): void {
    this.#answer = {
      query: this.#query,
      ids: this.#ids(),
      from: Math.max(0, (this.#chosen?.index ?? 0) - 1),
    };
    this.#far = null;
  }

  #find(): void {
    if (this.#answer?.query !== this.#query || this.#chosen === null) return;
    const place = this.#answer.ids.indexOf(this.#chosen.id);
    this.#far = { id: this.#chosen.id, place: place === -1 ? null : place };
  }

  #handle(): void {
    if (this.target === null) return;
    const target = this.target;
    this.#handled = target;
    this.#order = this.#order.filter((n) => id(n) !== target);
  }
}

/** Lets it happen and says what is wrong with the selection then, if anything is. */
function faultOf(desk: Desk, event: DeskEvent): string | null {
  const { selection: before, query, handled, hasTarget } = desk;
  desk.run(event);
  const { selection, target, shown } = desk;
  if (target !== null && shown[selection?.index ?? -1] !== target)
    return `${JSON.stringify(event)} leaves ${target} under the hand, which the list does not show`;
  // A card stays as «taken away» only beside the list it was chosen in.
  if (selection?.standing === 'gone' && (selection.query !== desk.query || shown.includes(selection.id)))
    return `${JSON.stringify(event)} calls ${selection.id} taken away, and it is not`;
  const isOwn = ['down', 'up', 'press', 'handle'].includes(event.do) || before?.id === handled;
  if (!isOwn && hasTarget && target !== null && query === desk.query && target !== before?.id)
    return `${JSON.stringify(event)} puts ${target} under the hand instead of ${before?.id ?? 'nothing'}`;
  return null;
}

test('whatever the network, a colleague and the person do, a key acts at once only on a row of the list on the screen', () => {
  fc.assert(
    fc.property(events, (sequence) => {
      const desk = new Desk();
      expect(sequence.map((event) => faultOf(desk, event)).filter((fault) => fault !== null)).toEqual([]);
    }),
    { numRuns: 3000 },
  );
});

const listOf = (query: string, ids: readonly string[] | null): List => ({
  query,
  total: ids?.length ?? null,
  idAt: (index) => ids?.[index],
  placeOf: (wanted) => (ids === null ? undefined : ids.includes(wanted) ? ids.indexOf(wanted) : null),
});
const WORKING = { handled: null, isNew: false };

test('after a change of the question the chosen row is in the new list or there is none', () => {
  const chosen = { query: 'all', id: 'b', index: 1 };
  expect(selectionIn(chosen, listOf('snow', null), WORKING)?.standing).toBe('unknown');
  expect(selectionIn(chosen, listOf('snow', ['x', 'y', 'b']), WORKING)).toEqual({
    query: 'snow',
    id: 'b',
    index: 2,
    standing: 'here',
  });
  expect(selectionIn(chosen, listOf('snow', ['x', 'y']), WORKING)).toBeNull();
  expect(selectionIn(null, listOf('snow', ['x', 'y']), WORKING)).toBeNull();
});

test('a row somebody took away stays between its neighbours; one sent away by the own hand gives its place to the next', () => {
  const chosen = { query: 'all', id: 'b', index: 1 };
  const list = listOf('all', ['a', 'c']);
  const gone = selectionIn(chosen, list, WORKING);
  expect(gone).toEqual({ ...chosen, standing: 'gone' });
  expect(steppedSelection(gone, list, 1)?.id).toBe('c');
  expect(steppedSelection(gone, list, -1)?.id).toBe('a');
  expect(selectionIn(chosen, list, { handled: 'b', isNew: false })?.id).toBe('c');
  expect(selectionIn({ ...chosen, index: 5 }, list, { handled: 'b', isNew: false })?.id).toBe('c');
  expect(selectionIn(chosen, listOf('all', []), { handled: 'b', isNew: false })).toBeNull();
});

test('a list that is entered begins where it was left, else with its first row', () => {
  const list = listOf('all', ['a', 'c']);
  const entering = { handled: null, isNew: true };
  expect(selectionIn(null, list, entering)?.id).toBe('a');
  expect(selectionIn({ query: 'all', id: 'c', index: 0 }, list, entering)?.index).toBe(1);
  expect(selectionIn({ query: 'all', id: 'b', index: 1 }, list, entering)?.id).toBe('c');
  expect(selectionIn({ query: 'other', id: 'b', index: 1 }, list, entering)?.id).toBe('a');
  expect(steppedSelection(null, list, 1)?.id).toBe('a');
  expect(steppedSelection(null, list, -1)?.id).toBe('c');
});
