/** What a promise gives within a time, or `late`. The promise goes on, and whoever has it hears of its failure. */
export async function within<T, Late>(ms: number, promise: Promise<T>, late: Late): Promise<T | Late> {
  const timer = Promise.withResolvers<Late>();
  const handle = setTimeout(() => timer.resolve(late), ms);
  try {
    return await Promise.race([promise, timer.promise]);
  } finally {
    clearTimeout(handle);
  }
}
