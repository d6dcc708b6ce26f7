import { must } from '#shared/domain/must.ts';

/** The pages of a provider, walked as a browser does: by addresses, forms and cookies. */
export class ProviderPages {
  readonly #cookies = new Map<string, string>();

  async #call(url: string, form?: Readonly<Record<string, string>>): Promise<Response> {
    const answer = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) }),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      this.#cookies.set(name, value);
    }
    return answer;
  }

  /**
   * Signs in as `person` and gives the address that the provider sends the browser back to. `cancel`: turns
   * round at its first page.
   */
  async signIn(url: string, person: string, { cancel = false } = {}): Promise<string> {
    const { origin } = new URL(url);
    let [at, form]: [string, Record<string, string>?] = [url];
    for (let step = 0; step < 12; step += 1) {
      const answer = await this.#call(at, form);
      const to = answer.headers.get('location');
      form = undefined;
      if (to !== null) {
        at = new URL(to, at).href;
        if (!at.startsWith(origin)) return at;
        continue;
      }
      const page = await answer.text();
      const prompt = must(/name="prompt" value="(\w+)"/.exec(page)?.[1], page);
      if (cancel) at = `${at}/abort`;
      else form = { prompt, login: person, password: 'any' };
    }
    throw new Error(`No way back from ${at}`);
  }
}
