// Ends with 0 when the bot of this container answers. Where its web server is off, that the container runs is all there is to say.
const port = process.env.PORT || '3000';
const isSpoken = process.env.WEB !== 'off' || (process.env.SLACK_SIGNING_SECRET ?? '') !== '';
if (isSpoken) {
  const response = await fetch(`http://127.0.0.1:${port}/healthz`, { signal: AbortSignal.timeout(4_000) }).catch(() => null);
  if (response?.ok !== true) {
    console.error(`Nobody answers at port ${port}.`);
    process.exitCode = 1;
  }
}
