import type { BenchDocument } from '../documents.ts';
import { install } from '../page.ts';
import { PultStore } from '../pult-store.ts';

/**
 * The same store in the page itself: only there can its memory be read, and there the journal cannot be
 * written.
 */
class InlinePult extends PultStore {
  override updateStrict(document: BenchDocument): Promise<void> {
    return this.update(document);
  }
}

install(new InlinePult());
