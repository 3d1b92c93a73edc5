import { previewFiles } from '../calendar/preview.ts';
import { previewToJson, writePreview } from './calendar-effect.ts';
import { inRoom, readFiles } from './calendar-room.ts';
import type { Io } from './io.ts';

/** Shows what applying some files would do; nothing is changed. */
export async function previewPaths(io: Io, paths: readonly string[], options: { readonly config: string; readonly json: boolean }): Promise<void> {
  const files = await readFiles(paths);
  await inRoom(io, { ...options, looking: true }, async ({ store, home, now, voice }) => {
    const preview = await previewFiles(store, { home, files }, now);
    const speaking = await voice(preview.facts);
    if (options.json) io.write(`${JSON.stringify(previewToJson(preview, speaking), null, 2)}\n`);
    else writePreview(io, preview, speaking);
  });
}
