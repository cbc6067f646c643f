import type { AttestationRecord } from '@yici/domain/model';
import type { Command } from 'commander';
import { verdictOf } from '../../chain/attestation-verdict.js';
import { disclosureSchema, matchDisclosure } from '../../documents/disclosure.js';
import { ClientError } from '../../errors.js';
import { attestationColumns, contestColumns, presentAttestation } from '../../present/registry.js';
import { receiptColumns } from '../../present/sharing.js';
import { verdictText } from '../../present/words.js';
import { renderTable } from '../../terminal/table.js';
import { readJson, type Terminal } from '../../terminal/terminal.js';
import { exampleOf, lists, reads, textOption, type ReadValues, type Shown } from './read.js';

export function addAttestationReads(group: Command, terminal: Terminal): void {
  lists(group.command('list'), terminal, {
    read: 'attestations.list',
    columns: attestationColumns,
    description: '存证 attestations that this department issued or asked for',
    example: 'yici attestation list --status active',
  });
  addShow(group, terminal);
  addVerify(group, terminal);
  lists(group.command('uses'), terminal, {
    read: 'attestations.uses',
    columns: receiptColumns,
    description: '存证的使用记录 recorded uses of an attestation',
    example: 'yici attestation uses att-0001',
  });
  lists(group.command('contests'), terminal, {
    read: 'contests.list',
    columns: contestColumns,
    description: '申请人对共享数据的异议 what applicants contest of shared data',
    example: 'yici attestation contests --dataset establishment-headcount',
  });
}

function addShow(group: Command, terminal: Terminal): void {
  const shown = group.command('show <attestationId>').description('存证详情 one attestation');
  reads(shown, terminal, async ({ client }, [attestationId = '']) => {
    const record = await client.read('attestations.get', { attestationId });
    return { json: record, lines: presentAttestation(record) };
  });
  exampleOf(shown, 'yici attestation show att-0001');
}

function addVerify(group: Command, terminal: Terminal): void {
  const verify = group
    .command('verify <attestationId>')
    .option('--at <time>', '核验时刻，缺省为现在 the instant to judge (ISO 8601), now unless told')
    .option(
      '--disclosure <file>',
      '核对披露的字段值 compare the values and salts that the source department handed over',
    )
    .description('核验存证的效力 whether an attestation is valid; exit code 1 when it is not');
  reads(verify, terminal, async ({ client }, [attestationId = ''], values) => {
    const record = await client.read('attestations.get', { attestationId });
    return judge(record, values, terminal);
  });
  exampleOf(verify, 'yici attestation verify att-0001 --disclosure headcount.json');
}

async function judge(
  record: AttestationRecord,
  values: ReadValues,
  terminal: Terminal,
): Promise<Shown> {
  const at = instantOf(textOption(values, 'at'));
  const verdict = verdictOf(record, at);
  const file = textOption(values, 'disclosure');
  const fields = file === undefined ? [] : await compare(record, file, terminal);
  const { attestationId, issuer, requester, caseNo } = record;
  const holds = verdict === 'valid' && fields.every(({ match }) => match);
  return {
    json: { attestationId, issuer, requester, caseNo, at, verdict, fields },
    lines: [
      `存证 attestation ${attestationId}: ${verdictText(verdict)}`,
      ...(fields.length === 0 ? [] : renderTable(fieldColumns, fields)),
    ],
    ...(!holds && { failed: 'The attestation does not hold.' }),
  };
}

const fieldColumns = [
  { title: '字段 field', value: ({ code }: { code: string }) => code },
  {
    title: '是否一致 match',
    value: ({ match }: { match: boolean }) => (match ? '一致 yes' : '不一致 NO'),
  },
] as const;

async function compare(record: AttestationRecord, file: string, terminal: Terminal) {
  const parsed = disclosureSchema.safeParse(await readJson(terminal, file));
  if (!parsed.success) throw new ClientError('USAGE', `${file} 不是披露文件 is no disclosure.`);
  return matchDisclosure(parsed.data, record.fields);
}

function instantOf(text: string | undefined): string {
  const at = text === undefined ? new Date() : new Date(text);
  if (Number.isNaN(at.getTime())) {
    throw new ClientError('USAGE', '--at 须为时间 takes a time, as 2026-03-02T08:00:00Z.');
  }
  return at.toISOString();
}
