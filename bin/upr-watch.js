#!/usr/bin/env node
// Plain JavaScript that an old Node can read: asks for the right Node, then hands over to src/main.ts.
import module from 'node:module';

const WANTED = 24;
const has = Number(process.versions.node.split('.')[0]);

if (has < WANTED) {
  console.error(
    `UPR Watch needs Node ${WANTED} or newer; this is Node ${process.versions.node}. ` +
      'Run `npm ci` and start it with `npm start` or `npx upr-watch` (they bring the right Node on Linux and Windows), or install Node 24.',
  );
  process.exitCode = 2;
} else {
  module.enableCompileCache();
  const { main } = await import('../src/main.ts');
  await main();
}
