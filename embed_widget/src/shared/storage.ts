/** Browsers may refuse storage in a frame of another site: the page then works without it. */
export function storage<T>(use: (store: Storage) => T): T | undefined {
  try {
    return use(localStorage);
  } catch (refused) {
    if (refused instanceof DOMException) return undefined;
    throw refused;
  }
}
