import { digest } from '@yici/ledger';
import { z } from 'zod';
import { editMsp } from '../edit.js';
import { changeRefused } from '../refusals.js';
import { channelChange } from './model.js';
import { unpinned } from './add-root.js';
import { departmentArgument, refuseUnknown } from './departments.js';

export const retireRoot = channelChange({
  name: 'retire-root',
  arguments: [
    departmentArgument,
    {
      name: 'fingerprint',
      kind: 'text',
      words: {
        zh: '该根证书的 SHA-256 指纹，64 位十六进制数字',
        en: 'SHA-256 fingerprint of that root, 64 hex digits',
      },
    },
  ],
  example: `HrssMSP ${'ab'.repeat(32)}`,
  given: z.strictObject({
    mspId: z.string(),
    fingerprint: z
      .string()
      .transform((text) => text.replaceAll(/[:\s]/g, '').toLowerCase())
      .pipe(z.string().regex(/^[0-9a-f]{64}$/, '64 hex digits')),
  }),
  apply: (config, { mspId, fingerprint }) => {
    refuseUnknown(config, mspId);
    const kept = (all: readonly Uint8Array[]) => all.filter((each) => digest(each) !== fingerprint);
    return editMsp(config.tree, mspId, ({ nodeOus, ...definition }) => {
      const { rootCerts, tlsRootCerts = [] } = definition;
      const known = [...rootCerts, ...tlsRootCerts];
      if (kept(known).length === known.length) throw noSuchRoot(mspId, known.map(digest));
      const left = { rootCerts: kept(rootCerts), tlsRootCerts: kept(tlsRootCerts) };
      if (Object.values(left).some(({ length }) => length === 0)) throw lastRoot(mspId);
      return { ...definition, ...left, ...(nodeOus && { nodeOus: unpinned(nodeOus) }) };
    });
  },
});

const lastRoot = (mspId: string) =>
  changeRefused({
    zh: `这是 ${mspId} 唯一的根证书；请先用 add-root 增加新的。`,
    en: `It is the only root of ${mspId}: add a new one with add-root first.`,
  });

const noSuchRoot = (mspId: string, known: readonly string[]) =>
  changeRefused({
    zh: `${mspId} 没有该根证书；现有：${known.join('、')}。`,
    en: `${mspId} has no such root; there are ${known.join(', ')}.`,
  });
