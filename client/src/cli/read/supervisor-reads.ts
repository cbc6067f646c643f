import { createHash } from 'node:crypto';
import { canonicalJson } from '@yici/chaincode/model';
import type { Command } from 'commander';
import { z } from 'zod';
import type { YiciClient } from '../../api/client.js';
import { ClientError } from '../../errors.js';
import { localTime } from '../present/words.js';
import type { Column } from '../table.js';
import type { Terminal } from '../terminal.js';
import {
  exampleOf,
  listOf,
  parsed,
  reads,
  textOption,
  withListOptions,
  type ReadValues,
  type Shown,
} from './read.js';

const path = '/v1/reads';

/** One line of a gateway's journal of supervisors' reads. */
export const supervisorRead = z.strictObject({
  seq: z.number(),
  prev: z.string(),
  at: z.string(),
  requestId: z.string(),
  by: z.strictObject({ department: z.string(), role: z.string().nullable(), user: z.string() }),
  route: z.string(),
  asked: z.record(z.string(), z.string()),
  records: z.array(z.string()),
  departments: z.array(z.string()),
});
export type SupervisorRead = z.infer<typeof supervisorRead>;

const columns: readonly Column<SupervisorRead>[] = [
  { title: '序号 seq', value: (row) => row.seq },
  { title: '时间 at', value: (row) => localTime(row.at) },
  { title: '督查 by', value: (row) => row.by.user },
  { title: '查阅 read', value: (row) => row.route },
  { title: '记录 records', value: (row) => row.records.join(' '), max: 60 },
  { title: '涉及部门 departments', value: (row) => row.departments.join(' '), max: 40 },
];

/** `yici supervise reads`: who of the supervisors read what, as this gateway noted it down. */
export function addSupervisorReads(group: Command, terminal: Terminal): void {
  const command = withListOptions(group.command('reads'))
    .description(
      '督查查阅记录 what supervisors read of this department (supervisors: of all), newest first; this gateway’s own record',
    )
    .option('--department <id>', '部门 reads of one department’s records, for supervisors')
    .option('--user <user>', '督查人员 reads by one supervisor')
    .option('--record <id>', '记录 reads that showed one record')
    .option('--check', '核对链 recompute the chain; exit code 1 when a line is missing or changed');
  reads(command, terminal, ({ client }, _args, values) => {
    const query = Object.fromEntries(
      ['department', 'user', 'record'].map((name) => [name, textOption(values, name)]),
    );
    if (values['check'] === true) return checked(client, values);
    return listOf(client, supervisorRead, columns, { path, query, values });
  });
  exampleOf(command, 'yici supervise reads --record YC33110000000007-20260302-0001');
}

async function checked(client: YiciClient, values: ReadValues): Promise<Shown> {
  if (values['user'] !== undefined || values['record'] !== undefined) {
    const message = '--check 核对整条链 takes the whole chain: no --user, no --record.';
    throw new ClientError('USAGE', message);
  }
  const lines: SupervisorRead[] = [];
  const query = { department: textOption(values, 'department'), limit: 200 };
  for await (const item of client.list(path, query)) {
    lines.push(parsed(supervisorRead, item, path));
  }
  const broken = brokenAt(lines.reverse());
  const said = `${lines.length} 行 lines`;
  if (broken === undefined) {
    return {
      json: { lines: lines.length, broken: null },
      lines: [`✓ 链完整 the chain holds: ${said}`],
    };
  }
  return {
    json: { lines: lines.length, broken },
    lines: [
      `✗ 第 ${broken} 行之前有缺失或者改动 what stands before line ${broken} was taken out or changed`,
    ],
    failed: 'The chain of reads does not hold.',
  };
}

/** The first line, oldest first, that does not follow from the one before it; undefined when all do. */
export function brokenAt(lines: readonly SupervisorRead[]): number | undefined {
  let prev = '0'.repeat(64);
  for (const [seq, line] of lines.entries()) {
    if (line.seq !== seq || line.prev !== prev) return line.seq;
    prev = createHash('sha256').update(canonicalJson(line)).digest('hex');
  }
  return undefined;
}
