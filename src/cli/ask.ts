import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

/** One for the whole process: what a pipe holds beyond the first line would be lost with another. */
let lines: AsyncIterator<string> | null = null;
let isSecret = false;

/** What is typed in secret is not shown; the line break is. */
const screen = new Writable({
  write: (chunk: Buffer, _encoding, done) => {
    if (!isSecret) process.stdout.write(chunk);
    done();
  },
});

/** Asks on standard output for a line of standard input; null at its end. */
export async function askLine(question: string, { secret = false }: { readonly secret?: boolean } = {}): Promise<string | null> {
  lines ??= createInterface({ input: process.stdin, output: screen, terminal: process.stdin.isTTY })[Symbol.asyncIterator]();
  process.stdout.write(question);
  isSecret = secret && process.stdin.isTTY;
  const { value, done } = await lines.next();
  if (isSecret) process.stdout.write('\n');
  isSecret = false;
  return done === true ? null : value;
}
