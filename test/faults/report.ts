import { renderFields, sayIn, type Field } from '@yici/terminal';
import type { DiskFigures, FaultReport } from './run.js';

/** At most so many violations are shown; `--json` has all. */
const shown = 20;

/** The figures of a run for a person. */
export function reportLines(report: FaultReport): string[] {
  const { kills, violations, disks } = report;
  return [
    disks === null ? 'kill -9 under load' : 'full disks under load',
    ...renderFields(
      [
        ['rounds', report.rounds],
        ['seed', report.seed],
        ...(disks === null ? killFields(kills) : diskFields(disks)),
        ['restarts', report.restarts],
        ['acknowledged', report.acknowledged],
        ['in doubt, resolved', report.resolved],
        ['recovery', `median ${report.medianRecovery} ms, longest ${report.longestRecovery} ms`],
        ...(disks === null ? [chaincodeGap(report)] : []),
        ['chain', `${report.blocks} blocks, ${report.transactions} transactions`],
        ['verifier', report.verdict],
        ['violations', violations.length],
        ['took', `${report.seconds} s`],
      ],
      sayIn('en'),
    ),
    ...violations.slice(0, shown).map((text) => `✗ ${text}`),
    ...(violations.length > shown ? [`… and ${violations.length - shown} more`] : []),
    ...(violations.length > 0
      ? [
          `kept in ${String(report.folder)}`,
          `repeat the schedule with: npm run faults -- ${disks === null ? '' : '--fault disk '}--rounds ${report.rounds} --seed ${report.seed}`,
        ]
      : []),
  ];
}

function killFields(kills: FaultReport['kills']): Field[] {
  return [
    ['kills: gateway', `${kills.gateway}, of a start ${kills.starting}`],
    ['kills: chaincode', kills.chaincode],
  ];
}

function chaincodeGap({ longestChaincodeGap }: FaultReport): Field {
  return ['longest gap of chaincode', `${longestChaincodeGap} ms to 20 more acknowledged`];
}

function diskFields(disks: DiskFigures): Field[] {
  const stores = Object.entries(disks.full).map(([store, full]): Field => [
    `full: ${store}`,
    `${full}, met and said ${new Map(Object.entries(disks.met)).get(store) ?? 0}`,
  ]);
  return [
    ['disks', disks.kind],
    ...stores,
    ['killed while full', `${disks.killed}, started on a full disk ${disks.started}`],
    [
      'healed without a restart',
      `median ${disks.medianHealing} ms, longest ${disks.longestHealing} ms`,
    ],
    ['documents kept', disks.documents],
    ['supervisor reads', disks.reads],
  ];
}
