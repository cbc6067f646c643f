import { randomUUID } from 'node:crypto';
import {
  calendarVersionRecord,
  canonicalDigest,
  caseRecord,
  datasetVersionRecord,
  matterRecord,
  possessionMessage,
  type CalendarVersionRecord,
  type DatasetVersionRecord,
  type MatterRecord,
} from '@yici/chaincode/model';
import type { YiciClient } from '../../api/client.js';
import { ClientError } from '../../errors.js';
import { createSm2Signer, readSm2Key } from '../../signers/sm2.js';
import type { OptionValues } from '../form/values.js';

export type Input = Readonly<Record<string, unknown>>;

/** Fills in values that a person need not type; never overrides given ones. */
export type Prepare = (
  input: Input,
  values: OptionValues,
  client: YiciClient,
) => Promise<Input> | Input;

/** Files against the currently published version. */
export const withPublishedVersion: Prepare = async (input, _values, client) => {
  if (input['matterVersion'] !== undefined) return input;
  const matter = await readMatter(client, input);
  return { ...input, matterVersion: matter.version };
};

/** The newest version, and its content digest recomputed here: a head signs what was read, not what the gateway says. */
export const withMatterDigest: Prepare = async (input, _values, client) => {
  const matter = await newestVersion(client, input);
  return { version: matter.version, contentDigest: canonicalDigest(matter.content), ...input };
};

export const withNewestVersion: Prepare = async (input, _values, client) => {
  if (input['version'] !== undefined) return input;
  return { version: (await newestVersion(client, input)).version, ...input };
};

export const withPublishedMatterVersion: Prepare = async (input, _values, client) => {
  if (input['version'] !== undefined) return input;
  return { version: (await readMatter(client, input)).version, ...input };
};

/** The newest proposal of a year's calendar, and its digest recomputed here. */
export const withCalendarDigest: Prepare = async (input, _values, client) => {
  const asked = input['version'];
  const path = `/v1/calendars/${pathPart(input, 'year')}/versions`;
  let chosen: CalendarVersionRecord | undefined;
  for await (const item of client.list(path)) {
    const calendar = calendarVersionRecord.parse(item);
    if (asked === undefined ? calendar.status === 'proposed' : calendar.version === asked)
      chosen = calendar;
  }
  if (chosen === undefined) {
    throw new ClientError(
      'USAGE',
      `没有待确认的日历 no calendar waits: ${pathPart(input, 'year')}`,
    );
  }
  const { year, days, notice, version } = chosen;
  return { version, contentDigest: canonicalDigest({ year, days, notice }), ...input };
};

/** The newest version of a data set, and its digest recomputed here. */
export const withDatasetDigest: Prepare = async (input, _values, client) => {
  const newest = await newestDatasetVersion(client, input);
  return { version: newest.version, contentDigest: canonicalDigest(newest.content), ...input };
};

export const withNewestDatasetVersion: Prepare = async (input, _values, client) => {
  if (input['version'] !== undefined) return input;
  return { version: (await newestDatasetVersion(client, input)).version, ...input };
};

/** A new attestation's id and its validity: from now, for `--valid-days`. */
const withValidity: Prepare = (input, values) => {
  const days = Number(values['validDays'] ?? 30);
  if (!Number.isFinite(days) || days <= 0)
    throw new ClientError('USAGE', '--valid-days 须为正数 takes a positive number.');
  const from = new Date();
  const to = new Date(from.getTime() + days * 24 * 60 * 60 * 1000);
  return {
    attestationId: `att-${randomUUID()}`,
    validFrom: from.toISOString(),
    validTo: to.toISOString(),
    ...input,
  };
};

/** Requests the attestation for the owner of the case by default. */
export const forOwnerOfCase: Prepare = async (input, values, client) => {
  const filled = await withValidity(input, values, client);
  if (filled['requester'] !== undefined) return filled;
  const { owner } = await client.get(caseRecord, `/v1/cases/${pathPart(input, 'caseNo')}`);
  return { ...filled, requester: owner };
};

/** A key's owner, public key and proof of possession, from its file. */
export const withSm2Key: Prepare = async (input, values, client) => {
  const { key: file } = values;
  if (typeof file !== 'string') return input;
  const key = readSm2Key(file);
  const { user, publicKey } = key;
  const { department } = await client.session();
  if (department === null) {
    throw new ClientError('USAGE', '本部门尚未登记 the department is not registered yet.');
  }
  const message = possessionMessage({ department: department.id, user, publicKey });
  return { user, publicKey, proof: await createSm2Signer(key).sign(message), ...input };
};

export const withUseId: Prepare = (input) => ({ useId: `use-${randomUUID()}`, ...input });

export const withDelegationId: Prepare = (input) => ({
  delegationId: `dlg-${randomUUID()}`,
  ...input,
});

export const withShareId: Prepare = (input) => ({ shareId: `share-${randomUUID()}`, ...input });

/** A delivery may consist of a package only. */
export const withFields: Prepare = (input) => ({ fields: [], ...input });

export const withChallengeId: Prepare = (input) => ({
  challengeId: `challenge-${randomUUID()}`,
  ...input,
});

export const withDisputeId: Prepare = (input) => ({
  disputeId: `dispute-${randomUUID()}`,
  ...input,
});

function readMatter(client: YiciClient, input: Input): Promise<MatterRecord> {
  return client.get(matterRecord, `/v1/matters/${pathPart(input, 'taskCode')}`);
}

async function newestVersion(client: YiciClient, input: Input): Promise<MatterRecord> {
  const version = input['version'];
  const path = `/v1/matters/${pathPart(input, 'taskCode')}/versions`;
  if (typeof version === 'number') return client.get(matterRecord, `${path}/${version}`);
  let newest: MatterRecord | undefined;
  for await (const item of client.list(path)) {
    const matter = matterRecord.parse(item);
    if (newest === undefined || matter.version > newest.version) newest = matter;
  }
  if (newest === undefined)
    throw new ClientError('USAGE', `没有事项 there is no matter ${pathPart(input, 'taskCode')}.`);
  return newest;
}

async function newestDatasetVersion(
  client: YiciClient,
  input: Input,
): Promise<DatasetVersionRecord> {
  const asked = input['version'];
  const id = pathPart(input, 'datasetId');
  let newest: DatasetVersionRecord | undefined;
  for await (const item of client.list(`/v1/datasets/${id}/versions`)) {
    const version = datasetVersionRecord.parse(item);
    if (asked === undefined || version.version === asked) newest = version;
  }
  if (newest === undefined)
    throw new ClientError('USAGE', `没有数据集 there is no data set ${id}.`);
  return newest;
}

export function pathPart(input: Input, name: string): string {
  const value = input[name];
  if (typeof value === 'string' || typeof value === 'number') return encodeURIComponent(value);
  throw new ClientError('USAGE', `缺少 missing: ${name}`);
}
