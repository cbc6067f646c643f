import { randomUUID } from 'node:crypto';
import {
  canonicalDigest,
  possessionMessage,
  type DatasetVersionRecord,
  type MatterRecord,
  type OneThingRecord,
  type Words,
  roleWords,
  type Language,
} from '@yici/domain/model';
import { sayIn } from '@yici/terminal';
import { collected } from '../../api/ask.js';
import type { YiciClient } from '../../api/client.js';
import { verifyArchive } from '../../archive/verify.js';
import { auditRunReport, recordOf } from '../../audit/run-report.js';
import { ClientError } from '../../errors.js';
import { createSm2Signer } from '../../signers/sm2.js';
import { readSm2Key } from '../../signers/sm2-file.js';
import { fieldText } from '../form/fields.js';
import type { FiledDocument } from '../documents/filed-documents.js';
import type { OptionValues } from '../form/values.js';

export type Input = Readonly<Record<string, unknown>>;

/** Seals what an act is given, and has what was sealed for it. */
export interface Sealing {
  seal(content: string, label: string): Promise<unknown>;
  documents(input: Input): readonly FiledDocument[];
}

type Fill = (
  input: Input,
  values: OptionValues,
  client: YiciClient,
  sealing?: Sealing,
) => Promise<Input> | Input;

/** Completes an input before it is checked. */
export interface Prepare {
  /** Fields that a person need not give. */
  readonly fills: readonly string[];
  readonly run: Fill;
}

/** Fills in what was not given; never overrides what was. */
function filling(fills: readonly string[], fill: Fill): Prepare {
  return {
    fills,
    async run(input, values, client) {
      if (fills.every((name) => input[name] !== undefined)) return input;
      return { ...(await fill(input, values, client)), ...input };
    },
  };
}

/** A random id, such as `use-…`. */
export const newId = (field: string, prefix: string): Prepare =>
  filling([field], () => ({ [field]: `${prefix}-${randomUUID()}` }));

/**
 * A new delegation, between officials who are known to be enrolled: both have to sign it, and for somebody who does not
 * exist it would wait for ever.
 */
export const knownEnds: Prepare = {
  fills: ['delegationId'],
  async run(input, values, client) {
    if (values['notKnown'] !== true) await assertKnown(input, client);
    return newId('delegationId', 'dlg').run(input, values, client);
  },
};

/** @throws ClientError CHECK_FAILED naming whom the gateway knows */
async function assertKnown({ from, role, to }: Input, client: YiciClient): Promise<void> {
  const known = await collected(client.list('delegations.candidates', { limit: 200 }));
  const holds = known.some((one) => one.user === from && one.role === role);
  const unknown = [
    ...(holds ? [] : [from]),
    ...(known.some(({ user }) => user === to) ? [] : [to]),
  ];
  if (unknown.length === 0) return;
  const names = (language: Language) => {
    const say = sayIn(language);
    return say.list(known.map((one) => say.aside(one.user, say.member(roleWords, one.role))));
  };
  const message = {
    zh: `本网关没有以下人员或者其角色的记录：${unknown.map(String).join('、')}。已知人员：${names('zh')}。确已在册的，加 --not-known。`,
    en: `Not known here as enrolled, or in that role: ${unknown.map(String).join(', ')}. Known: ${names('en')}. Add --not-known if enrolled for certain.`,
  };
  throw new ClientError('CHECK_FAILED', message);
}

/** A delivery may consist of a package only. */
export const noFields = filling(['fields'], () => ({ fields: [] }));

/** Finds the version of a record that a command is about: the newest, or the one that was asked for. */
type FindVersion = (
  input: Input,
  client: YiciClient,
) => Promise<{ readonly version: number; readonly content: unknown }>;

export const versionOf = (find: FindVersion): Prepare =>
  filling(['version'], async (input, _values, client) => {
    const { version } = await find(input, client);
    return { version };
  });

/** With the content's digest recomputed here: a head signs what was read, not what the gateway says. */
export const digestOf = (find: FindVersion): Prepare =>
  filling(['version', 'contentDigest'], async (input, _values, client) => {
    const { version, content } = await find(input, client);
    return { version, contentDigest: canonicalDigest(content) };
  });

export async function newestMatter(input: Input, client: YiciClient): Promise<MatterRecord> {
  const { version } = input;
  const taskCode = idIn(input, 'taskCode');
  if (typeof version === 'number') return client.read('matters.version', { taskCode, version });
  const newest = (await collected(client.list('matters.versions', { taskCode }))).at(-1);
  return newest ?? missing({ zh: `没有事项 ${taskCode}。`, en: `There is no matter ${taskCode}.` });
}

export async function newestOneThing(input: Input, client: YiciClient): Promise<OneThingRecord> {
  const { version } = input;
  const code = idIn(input, 'code');
  if (typeof version === 'number') return client.read('oneThings.version', { code, version });
  const newest = (await collected(client.list('oneThings.versions', { code }))).at(-1);
  return newest ?? missing({ zh: `没有“一件事”${code}。`, en: `There is no one thing ${code}.` });
}

export async function newestDataset(
  input: Input,
  client: YiciClient,
): Promise<DatasetVersionRecord> {
  const { version: asked } = input;
  const datasetId = idIn(input, 'datasetId');
  const all = await collected(client.list('datasets.versions', { datasetId }));
  const newest = all.filter(({ version }) => asked === undefined || version === asked).at(-1);
  return (
    newest ??
    missing({ zh: `没有政务数据目录项 ${datasetId}。`, en: `There is no data set ${datasetId}.` })
  );
}

/** The newest proposal of a year's calendar. */
export const proposedCalendar: FindVersion = async (input, client) => {
  const { version: asked } = input;
  const all = await collected(client.list('calendars.versions', { year: idIn(input, 'year') }));
  const chosen = all
    .filter(({ status, version }) =>
      asked === undefined ? status === 'proposed' : version === asked,
    )
    .at(-1);
  if (chosen === undefined)
    missing({
      zh: `没有待确认的 ${idIn(input, 'year')} 年日历。`,
      en: `No calendar of ${idIn(input, 'year')} waits.`,
    });
  const { year, days, notice, version } = chosen;
  return { version, content: { year, days, notice } };
};

/** Files against the currently published version. */
export const matterVersion = filling(['matterVersion'], async (input, _values, client) => {
  const { version } = await client.read('matters.get', { taskCode: idIn(input, 'taskCode') });
  return { matterVersion: version };
});

export const publishedMatter = filling(['version'], async (input, _values, client) => {
  const { version } = await client.read('matters.get', { taskCode: idIn(input, 'taskCode') });
  return { version };
});

export const publishedOneThing = filling(['version'], async (input, _values, client) => {
  const { version } = await client.read('oneThings.get', { code: idIn(input, 'code') });
  return { version };
});

/** The version under review and the duty version that it is compared with: those of the open review. */
export const openReview = filling(['version', 'dutyVersion'], async (input, _values, client) => {
  const taskCode = idIn(input, 'taskCode');
  for await (const { status, version, dutyVersion } of client.list('matters.reviews', {
    taskCode,
  })) {
    if (status === 'open') return { version, dutyVersion };
  }
  return missing({
    zh: `事项 ${taskCode} 没有待办的复核。`,
    en: `No review of ${taskCode} is open.`,
  });
});

/** A new attestation's id and its validity, from now for `--valid-days`; it is for the owner of the case by default. */
export const newAttestation = filling(
  ['attestationId', 'requester', 'validFrom', 'validTo'],
  async (input, values, client) => {
    const days = Number(values['validDays'] ?? 30);
    if (!Number.isFinite(days) || days <= 0)
      throw new ClientError('USAGE', {
        zh: '--valid-days 须为正数',
        en: 'takes a positive number.',
      });
    const from = new Date();
    const to = new Date(from.getTime() + days * 24 * 60 * 60 * 1000);
    const requester =
      input['requester'] ??
      (await client.read('cases.get', { caseNo: idIn(input, 'caseNo') })).owner;
    return {
      attestationId: `att-${randomUUID()}`,
      requester,
      validFrom: from.toISOString(),
      validTo: to.toISOString(),
    };
  },
);

/** A key's owner, public key and proof of possession, from its file. */
export const sm2Key = filling(['user', 'publicKey', 'proof'], async (_input, values, client) => {
  const { key: file } = values;
  if (typeof file !== 'string') return {};
  const key = readSm2Key(file);
  const { user, publicKey } = key;
  const { department } = await client.session();
  if (department === null)
    missing({ zh: '本部门尚未登记', en: 'the department is not registered yet.' });
  const message = possessionMessage({ department: department.id, user, publicKey });
  return { user, publicKey, proof: await createSm2Signer(key).sign(message) };
});

/** The digest of a package's manifest, and the head it was made of, once all of it holds. */
export const archivePackage = (...fills: readonly ('package' | 'head')[]): Prepare =>
  filling(fills, async (input, { folder }) => {
    if (typeof folder !== 'string') return {};
    const { findings, digest, manifest } = await verifyArchive(folder);
    if (findings.length > 0 || manifest === undefined || manifest.caseNo !== input['caseNo']) {
      const message = {
        zh: `${folder} 不是该办件的完整归档信息包，请用 yici archive verify 核验。`,
        en: `${folder} is no sound package of that case: yici archive verify`,
      };
      throw new ClientError('CHECK_FAILED', message, { details: { findings } });
    }
    const known = { package: { digestAlg: 'sha256', digest }, head: manifest.head };
    return Object.fromEntries(fills.map((name) => [name, known[name]]));
  });

/** Takes what `yici audit verify --report` saved as the input of the command. */
export const savedReport: Prepare = {
  fills: [],
  run(input) {
    const report = auditRunReport.safeParse(input);
    return report.success ? recordOf(report.data) : input;
  },
};

/** What names a record in an input. @throws ClientError USAGE when it is not there */
function idIn(input: Input, name: string): string {
  const value = input[name];
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  return missing({ zh: `缺少“${fieldText({ name }, sayIn('zh'))}”。`, en: `missing: ${name}` });
}

function missing(what: Words): never {
  throw new ClientError('USAGE', what);
}
