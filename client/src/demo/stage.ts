import { z } from 'zod';
import { collected } from '../api/ask.js';
import { checkCaseChain } from '../chain/chain.js';
import { seal, type Sealed } from '../documents/digest.js';
import { matchDisclosure, type Disclosure } from '../documents/disclosure.js';
import { ClientError } from '../errors.js';
import type { Cast } from './cast.js';
import type { Narrator } from './narrator.js';

export interface Stage {
  readonly cast: Cast;
  readonly narrator: Narrator;
}

/** A document of the demo: only its salted digest is sent. */
export function document(text: string): Sealed['sealed'] {
  return seal(`演示文件：${text}`).sealed;
}

/** A matter's version in force. */
export async function publishedVersion({ cast }: Stage, taskCode: string): Promise<number> {
  const { client } = await cast.as('data.clerk1');
  return (await client.read('matters.get', { taskCode })).version;
}

/** What a source department attests for a case in place of a document. */
export const attestation = z.strictObject({
  code: z.string(),
  datasetId: z.string(),
  issuer: z.string(),
  requester: z.string(),
  caseNo: z.string(),
  purpose: z.string(),
  /** Field code and value; the values are not recorded on the ledger. */
  values: z.record(z.string(), z.string()),
});

const validityMs = 30 * 24 * 60 * 60 * 1000;

/**
 * The source department attests field values for a case. The requester receives values and salts off the ledger, reads
 * the attestation from the ledger and compares the values with it.
 * @throws ClientError CHECK_FAILED when they differ.
 */
export async function attest(
  stage: Stage,
  { code, datasetId, issuer, requester, caseNo, purpose, values }: z.output<typeof attestation>,
): Promise<void> {
  const attestationId = `${caseNo}-${code}`;
  const sealed = Object.entries(values).map(([field, value]) => ({ field, value, ...seal(value) }));
  const now = Date.now();
  await stage.narrator.act(
    `${issuer}.clerk1`,
    'attestation.issue',
    {
      attestationId,
      datasetId,
      requester,
      caseNo,
      purpose,
      fields: sealed.map((one) => ({ code: one.field, ...one.sealed })),
      validFrom: new Date(now).toISOString(),
      validTo: new Date(now + validityMs).toISOString(),
    },
    { zh: `签发存证“${code}”，代替提交材料`, en: `attests "${code}" instead of a document` },
  );
  const fields = sealed.map(({ field, value, salt }) => ({
    code: field,
    value,
    salt: Buffer.from(salt).toString('base64'),
  }));
  await compare(stage, `${requester}.clerk1`, { v: 1, attestationId, fields });
}

async function compare(
  { cast, narrator }: Stage,
  user: string,
  disclosure: Disclosure,
): Promise<void> {
  const { attestationId } = disclosure;
  const { client } = await cast.as(user);
  const record = await client.read('attestations.get', { attestationId });
  const matches = matchDisclosure(disclosure, record.fields);
  if (!matches.every(({ match }) => match)) {
    throw new ClientError(
      'CHECK_FAILED',
      `The values given for ${attestationId} are not those attested.`,
    );
  }
  narrator.checked({
    zh: `${user} 核对 ${matches.length} 项内容，与账本上的加盐校验值一致`,
    en: `${user} found ${matches.length} values to be those attested`,
  });
}

/**
 * The supervision office recomputes a case's chain independently.
 * @throws ClientError CHECK_FAILED with the findings.
 */
export async function verifyChain({ cast, narrator }: Stage, caseNo: string): Promise<void> {
  const { client } = await cast.as('supervision.supervisor1');
  const record = await client.read('cases.get', { caseNo });
  const events = await collected(client.list('cases.events', { caseNo, limit: 200 }));
  const check = checkCaseChain(record, events);
  if (check.findings.length > 0) {
    throw new ClientError('CHECK_FAILED', `The chain of ${caseNo} does not hold.`, {
      details: { findings: check.findings },
    });
  }
  narrator.checked({
    zh: `督查室复算办件 ${caseNo} 的 ${check.events} 条办理记录，完整、未被改动，记录校验值 ${check.head}`,
    en: `the supervision office recomputed the chain of ${caseNo}: ${check.events} events, head ${check.head}`,
  });
}
