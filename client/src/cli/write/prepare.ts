import { randomUUID } from 'node:crypto';
import {
  canonicalDigest,
  possessionMessage,
  type DatasetVersionRecord,
  type MatterRecord,
} from '@yici/domain/model';
import { collected } from '../../api/ask.js';
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
  const year = idIn(input, 'year');
  const all = await collected(client.list('calendars.versions', { year }));
  const chosen = all
    .filter(({ status, version }) =>
      asked === undefined ? status === 'proposed' : version === asked,
    )
    .at(-1);
  if (chosen === undefined) {
    throw new ClientError('USAGE', `没有待确认的日历 no calendar waits: ${year}`);
  }
  const { days, notice, version } = chosen;
  const content = { year: chosen.year, days, notice };
  return { version, contentDigest: canonicalDigest(content), ...input };
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
  const { owner } = await client.read('cases.get', { caseNo: idIn(input, 'caseNo') });
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

const readMatter = (client: YiciClient, input: Input): Promise<MatterRecord> =>
  client.read('matters.get', { taskCode: idIn(input, 'taskCode') });

async function newestVersion(client: YiciClient, input: Input): Promise<MatterRecord> {
  const version = input['version'];
  const taskCode = idIn(input, 'taskCode');
  if (typeof version === 'number') return client.read('matters.version', { taskCode, version });
  const newest = (await collected(client.list('matters.versions', { taskCode }))).at(-1);
  if (newest !== undefined) return newest;
  throw new ClientError('USAGE', `没有事项 there is no matter ${taskCode}.`);
}

async function newestDatasetVersion(
  client: YiciClient,
  input: Input,
): Promise<DatasetVersionRecord> {
  const asked = input['version'];
  const datasetId = idIn(input, 'datasetId');
  const all = await collected(client.list('datasets.versions', { datasetId }));
  const newest = all.filter(({ version }) => asked === undefined || version === asked).at(-1);
  if (newest !== undefined) return newest;
  throw new ClientError('USAGE', `没有数据集 there is no data set ${datasetId}.`);
}

/** What names a record in an input. @throws ClientError USAGE when it is not there */
export function idIn(input: Input, name: string): string {
  const value = input[name];
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  throw new ClientError('USAGE', `缺少 missing: ${name}`);
}
