/** Slack sends an event again for hours when it was not acknowledged. */
const REMEMBERED = 5_000;

/** Whether something came before. */
export function createMemory(): (id: string) => boolean {
  const known = new Set<string>();
  return (id) => {
    if (known.has(id)) return true;
    known.add(id);
    const [oldest] = known;
    if (known.size > REMEMBERED && oldest !== undefined) known.delete(oldest);
    return false;
  };
}
