import type { ChannelConfig } from '@yici/ledger';
import { z } from 'zod';
import type { DepartmentMaterial } from '../../genesis/material.js';
import { certificatesFile } from '../../pki/certificates-shape.js';
import { departmentSchema } from '../../topology/schema.js';
import { changeRefused } from '../refusals.js';
import type { ChangeArgument } from './model.js';

/** A department's file of certificates with its entry in the topology, and whether its orderer is one of the channel's. */
export const certified = z.strictObject({
  certificates: certificatesFile,
  department: departmentSchema,
  orders: z.boolean(),
});

export const certificatesArgument: ChangeArgument = {
  name: 'certificates',
  kind: 'certificates',
  words: {
    zh: '该部门以 keys export 写出的文件',
    en: 'what the department wrote with keys export',
  },
};

export const departmentArgument: ChangeArgument = {
  name: 'mspId',
  kind: 'text',
  words: { zh: '部门的 MSP 标识', en: "the department's MSP id" },
};

/** A department's material from its file; without the orderer's where that does not order. */
export function materialOf({
  certificates,
  department,
  orders,
}: z.output<typeof certified>): DepartmentMaterial {
  const { root, tlsRoot, orderer } = certificates;
  return {
    department,
    root: Buffer.from(root),
    tlsRoot: Buffer.from(tlsRoot),
    ...(orders &&
      orderer && {
        orderer: { identity: Buffer.from(orderer.identity), tls: Buffer.from(orderer.tls) },
      }),
  };
}

/** @throws NetworkError CHANGE_REFUSED when the channel has no such department */
export function refuseUnknown({ msps }: ChannelConfig, mspId: string): void {
  if (msps.has(mspId)) return;
  const known = [...msps.keys()];
  throw changeRefused({
    zh: `通道没有部门 ${mspId}；现有：${known.join('、')}。`,
    en: `The channel has no department ${mspId}; there are ${known.join(', ')}.`,
  });
}

/** @throws NetworkError CHANGE_REFUSED when the department has no consenter */
export function refuseNoConsenter({ consenters, orderer }: ChannelConfig, mspId: string): void {
  const ordering = orderer?.organizations.some((each) => each.mspId === mspId) === true;
  if (ordering && consenters.length > 0) return;
  throw changeRefused({
    zh: `${mspId} 没有排序节点。`,
    en: `${mspId} has no consenter.`,
  });
}
