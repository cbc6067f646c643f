import { parseCertificate, parseCrl, readCrl, type ChannelConfig } from '@yici/ledger';
import { z } from 'zod';
import { editMsp } from '../edit.js';
import { changeRefused } from '../refusals.js';
import { channelChange } from './model.js';
import { departmentArgument, refuseUnknown } from './departments.js';

export const revocationList = channelChange({
  name: 'revocation-list',
  arguments: [
    departmentArgument,
    {
      name: 'list',
      kind: 'file',
      words: { zh: 'CRL 文件（PEM）', en: 'the CRL as a PEM file' },
    },
  ],
  example: 'HrssMSP crl.pem',
  given: z.strictObject({
    mspId: z.string(),
    list: z.string().max(1_000_000).startsWith('-----BEGIN X509 CRL-----'),
  }),
  apply: (config, { mspId, list }) => {
    refuseUnknown(config, mspId);
    const bytes = Buffer.from(list);
    if (!isFrom(config, mspId, bytes)) {
      throw changeRefused({
        zh: `该清单不是 ${mspId} 的证书机构签发的。`,
        en: `The list is from no authority of ${mspId}.`,
      });
    }
    const before = config.msps.get(mspId)?.definition.revocationList ?? [];
    const replaced = before.filter((each) => isOfSameAuthority(each, bytes));
    refuseLess(replaced, bytes);
    const others = before.filter((each) => !replaced.includes(each));
    return editMsp(config.tree, mspId, (definition) => ({
      ...definition,
      revocationList: [...others, bytes],
    }));
  },
});

/**
 * Fabric takes a list of somebody else without a word, as one that does not name its authority by exactly that certificate's key
 * identifier, and revokes nothing by it (msp/mspimplvalidate.go).
 */
function isFrom({ msps }: ChannelConfig, mspId: string, list: Uint8Array): boolean {
  const { rootCerts = [], intermediateCerts = [] } = msps.get(mspId)?.definition ?? {};
  const crl = parseCrl(list);
  return [...rootCerts, ...intermediateCerts]
    .map((pem) => parseCertificate(pem))
    .some((authority) => isSame(crl.authorityKeyId, authority.ski) && crl.isFrom(authority));
}

const isOfSameAuthority = (left: Uint8Array, right: Uint8Array): boolean =>
  isSame(parseCrl(left).authorityKeyId, parseCrl(right).authorityKeyId);

const isSame = (left: Uint8Array | undefined, right: Uint8Array | undefined): boolean =>
  left !== undefined && right !== undefined && Buffer.compare(left, right) === 0;

/** An older list would let those in again whom the one in force keeps out. */
function refuseLess(inForce: readonly Uint8Array[], list: Uint8Array): void {
  const serials = new Set(readCrl(list).revoked.map(({ serial }) => serial));
  const missing = inForce
    .flatMap((each) => readCrl(each).revoked.map(({ serial }) => serial))
    .filter((serial) => !serials.has(serial));
  if (missing.length === 0) return;
  throw changeRefused({
    zh: `该清单缺少已经吊销的证书：${missing.join('、')}。`,
    en: `The list lacks certificates that are revoked: ${missing.join(', ')}.`,
  });
}
