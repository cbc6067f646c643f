import { verdictWords, type AttestationRecord } from '@yici/domain/model';
import {
  exampleOf,
  renderTable,
  type Column,
  type Say,
  type SpokenCommand as Command,
} from '@yici/terminal';
import { verdictOf } from '../../chain/attestation-verdict.js';
import { disclosureSchema, matchDisclosure } from '../../documents/disclosure.js';
import { ClientError } from '../../errors.js';
import { attestationColumns, contestColumns, presentAttestation } from '../../present/registry.js';
import { matchWords, receiptColumns } from '../../present/sharing.js';
import { readJson, type Terminal } from '../../terminal/terminal.js';
import { namesOfVersion } from '../names-of-dataset.js';
import { lists, reads, textOption, type ReadValues, type Shown, names } from './read.js';

export function addAttestationReads(group: Command, terminal: Terminal): void {
  lists(group.command('list'), terminal, {
    read: 'attestations.list',
    columns: attestationColumns,
    description: { zh: '存证', en: 'attestations that this department issued or asked for' },
    example: 'yici attestation list --status active',
  });
  addShow(group, terminal);
  addVerify(group, terminal);
  lists(group.command('uses'), terminal, {
    read: 'attestations.uses',
    columns: receiptColumns,
    description: { zh: '存证的使用记录', en: 'recorded uses of an attestation' },
    example: 'yici attestation uses att-0001',
  });
  lists(group.command('contests'), terminal, {
    read: 'contests.list',
    columns: contestColumns,
    description: { zh: '申报部门对共享数据的异议', en: 'what applicants contest of shared data' },
    example: 'yici attestation contests --dataset establishment-headcount',
  });
}

function addShow(group: Command, terminal: Terminal): void {
  const shown = names(group.command('show'), 'attestations.get').description({
    zh: '存证详情',
    en: 'one attestation',
  });
  reads(shown, terminal, async ({ client, say }, [attestationId = '']) => {
    const record = await client.read('attestations.get', { attestationId });
    const named = say.knowing(await namesOfVersion(client, record));
    return { json: record, lines: presentAttestation(record, named) };
  });
  exampleOf(shown, 'yici attestation show att-0001');
}

function addVerify(group: Command, terminal: Terminal): void {
  const verify = names(group.command('verify'), 'attestations.get')
    .option('--at <time>', {
      zh: '核验时刻，缺省为现在',
      en: 'the instant to judge, ISO 8601 (default: now)',
    })
    .option('--disclosure <file>', {
      zh: '核对披露的字段值',
      en: 'compare the values and salts that the source department handed over',
    })
    .description({
      zh: '核验存证的效力',
      en: 'whether an attestation is valid; exit code 1 when it is not',
    });
  reads(verify, terminal, async ({ client, say }, [attestationId = ''], values) => {
    const record = await client.read('attestations.get', { attestationId });
    return judge(record, values, terminal, say.knowing(await namesOfVersion(client, record)));
  });
  exampleOf(verify, 'yici attestation verify att-0001 --disclosure headcount.json');
}

async function judge(
  record: AttestationRecord,
  values: ReadValues,
  terminal: Terminal,
  say: Say,
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
      {
        zh: `存证 ${attestationId}：${verdictWords[verdict].zh}`,
        en: `attestation ${attestationId}: ${verdictWords[verdict].en}`,
      },
      ...(fields.length === 0 ? [] : renderTable(fieldColumns, fields, say)),
    ],
    ...(!holds && { failed: { zh: '存证无效或者不符。', en: 'The attestation does not hold.' } }),
  };
}

interface Matched {
  readonly code: string;
  readonly match: boolean;
}

const fieldColumns: readonly Column<Matched>[] = [
  [{ zh: '字段', en: 'field' }, ({ code }, say) => say.withId('field', code)],
  [{ zh: '是否一致', en: 'match' }, ({ match }) => matchWords[`${match}`]],
];

async function compare(record: AttestationRecord, file: string, terminal: Terminal) {
  const parsed = disclosureSchema.safeParse(await readJson(terminal, file));
  if (!parsed.success)
    throw new ClientError('USAGE', {
      zh: `${file} 不是披露文件。`,
      en: `${file} is no disclosure.`,
    });
  return matchDisclosure(parsed.data, record.fields);
}

function instantOf(text: string | undefined): string {
  const at = text === undefined ? new Date() : new Date(text);
  if (Number.isNaN(at.getTime())) {
    throw new ClientError('USAGE', {
      zh: '--at 须为时间',
      en: 'takes a time, as 2026-03-02T08:00:00Z.',
    });
  }
  return at.toISOString();
}
