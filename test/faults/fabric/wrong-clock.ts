/**
 * Loaded into a Node process (`--import`), it puts the clock that the process reads wrong, and turns it at every SIGUSR2: right,
 * wrong, right. Fabric's own programs read the clock by the vDSO: only another machine could give them another one.
 */

/** Arguments of node; `from` says whether the clock is wrong from the start, or from the first signal on. */
export const wrongClock = (seconds: number, from: 'start' | 'signal'): readonly string[] => [
  '--import',
  `${import.meta.url}?seconds=${String(seconds)}&from=${from}`,
];

const asked = new URL(import.meta.url).searchParams;
if (asked.has('seconds')) {
  const wrong = Number(asked.get('seconds')) * 1_000;
  let off = asked.get('from') === 'start' ? wrong : 0;
  process.on('SIGUSR2', () => {
    off = wrong - off;
  });
  const right = Date.now.bind(Date);
  Date.now = () => right() + off;
  globalThis.Date = new Proxy(Date, {
    construct: (target, given: unknown[], as) =>
      Reflect.construct(target, given.length === 0 ? [Date.now()] : given, as) as object,
  });
}
