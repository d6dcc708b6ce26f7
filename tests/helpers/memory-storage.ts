/** A page's storage in memory. */
export function storageOf(
  entries: Readonly<Record<string, string>>,
): Storage & { readonly all: () => Record<string, string> } {
  const kept = new Map(Object.entries(entries));
  return {
    get length() {
      return kept.size;
    },
    key: (index) => [...kept.keys()][index] ?? null,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
    clear: () => kept.clear(),
    all: () => Object.fromEntries(kept),
  };
}
