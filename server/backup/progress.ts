/** Rows after which progress is told. */
const TELL_EVERY = 50_000;

/** Passes rows on and tells how many there were, every so many. */
export async function* withProgress<T>(
  rows: AsyncIterable<T>,
  tell: (rows: number) => void,
): AsyncGenerator<T> {
  let count = 0;
  for await (const row of rows) {
    yield row;
    count += 1;
    if (count % TELL_EVERY === 0) tell(count);
  }
}
