/** Browsers may refuse storage in a frame of another site: the page then works without it. */
export function storage<T>(use: (store: Storage) => T): T | undefined {
  try {
    return use(localStorage);
  } catch (refused) {
    if (refused instanceof DOMException) return undefined;
    throw refused;
  }
}

/**
 * Does something that only one page of this browser may do at a time: the others wait for their turn.
 * Where the browser has no locks (no secure address), the server alone keeps repeats apart.
 */
export async function alone<T>(name: string, act: () => Promise<T>): Promise<T> {
  try {
    return await (navigator.locks ? navigator.locks.request(name, act) : act());
  } catch (refused) {
    if (refused instanceof DOMException) return act();
    throw refused;
  }
}
