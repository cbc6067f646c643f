import { renderFields } from '@yici/client';
import type { FaultReport } from './run.js';

/** At most so many violations are shown; `--json` has all. */
const shown = 20;

/** The figures of a run for a person. */
export function reportLines(report: FaultReport): string[] {
  const { kills, violations } = report;
  return [
    'kill -9 under load',
    ...renderFields([
      ['rounds', report.rounds],
      ['seed', report.seed],
      ['kills: gateway', `${kills.gateway}, of a start ${kills.starting}`],
      ['kills: chaincode', kills.chaincode],
      ['restarts', report.restarts],
      ['acknowledged', report.acknowledged],
      ['in doubt, resolved', report.resolved],
      ['recovery', `median ${report.medianRecovery} ms, longest ${report.longestRecovery} ms`],
      ['longest gap of chaincode', `${report.longestChaincodeGap} ms to 20 more acknowledged`],
      ['chain', `${report.blocks} blocks, ${report.transactions} transactions`],
      ['verifier', report.verdict],
      ['violations', violations.length],
      ['took', `${report.seconds} s`],
    ]),
    ...violations.slice(0, shown).map((text) => `✗ ${text}`),
    ...(violations.length > shown ? [`… and ${violations.length - shown} more`] : []),
    ...(violations.length > 0
      ? [
          `kept in ${String(report.folder)}`,
          `repeat the schedule with: npm run faults -- --rounds ${report.rounds} --seed ${report.seed}`,
        ]
      : []),
  ];
}
