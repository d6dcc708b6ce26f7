/**
 * An object whose unknown members throw with their name: what the host does not have must not pass for
 * working.
 */
export function strict<T extends object>(name: string, members: T): T {
  return new Proxy(members, {
    get: (target, key) => {
      // A promise is recognised by `then`, and printing asks for symbols; neither is a use of Electron.
      if (typeof key === 'symbol' || key === 'then' || key === 'toJSON' || key in target) {
        // Bound, because private fields belong to the object and not to this wrapping of it.
        const value: unknown = Reflect.get(target, key);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      }
      throw new Error(`The test host has no electron.${name}.${key}`);
    },
  });
}
