import { z } from 'zod';
import { command, heads, officials, query, staff, timekeepers } from '../kernel/operation';
import { retirementReason } from '../kernel/reason';
import {
  caseNo,
  digest,
  listOf,
  mergedMaterialCode,
  oneThingCode,
  oneThingNo,
  page,
  pageOf,
  sha256Hex,
  stepId,
  version,
} from '../kernel/scalars';
import { consultation } from '../kernel/versioned';
import { oneThingCaseRecord, oneThingContent, oneThingRecord } from './records';

const oneThings = { plural: 'one-things', key: 'code' } as const;
const oneThingCases = { plural: 'one-thing-cases', key: 'no' } as const;

/** The parts that are opened, each with the number of its new case. */
export const openedParts = listOf(z.strictObject({ node: stepId, caseNo }), 16, ({ node }) => node);

export const cosignOneThingInput = z.strictObject({
  code: oneThingCode,
  version,
  contentDigest: sha256Hex,
});
export const oneThingConsultationInput = z.strictObject({
  ...cosignOneThingInput.shape,
  ...consultation,
});
export const publishOneThingInput = z.strictObject({ code: oneThingCode, version });
export const retireOneThingInput = z.strictObject({
  code: oneThingCode,
  version,
  reasonCode: retirementReason,
});
export const submitOneThingInput = z.strictObject({
  /** `<code>-<YYYYMMDD>-<4 to 9 digits>`, made by the caller; the ledger refuses one that exists. */
  no: oneThingNo,
  code: oneThingCode,
  version,
  form: digest,
  /** The applicant's signed promise to bring what is missing, for every part that may tolerate it. */
  pledge: digest.exactOptional(),
  /** The one material set, by the template's codes. */
  materials: listOf(
    z.strictObject({ code: mergedMaterialCode, document: digest }),
    200,
    (material) => material.code,
  ),
  /** Exactly the parts without priors. */
  cases: openedParts,
});
export const advanceOneThingInput = z.strictObject({
  no: oneThingNo,
  /** Exactly the parts whose priors were all granted; none when only endings are recorded. */
  cases: openedParts,
});

const common = { of: oneThings, output: oneThingRecord } as const;

export const commands = {
  'oneThing.draft': command({
    ...common,
    creates: true,
    input: oneThingContent,
    roles: officials,
    summary: {
      zh: '起草“一件事”，合并材料',
      en: 'Draft a one thing: matters joined into one graph with one material set',
    },
    leadsTo: 'cosign',
  }),
  'oneThing.cosign': command({
    ...common,
    input: cosignOneThingInput,
    roles: heads,
    summary: {
      zh: '牵头部门、各实施主体和编办会签“一件事”',
      en: 'The lead, each owner and the Establishment Office cosign a one thing',
    },
    leadsTo: 'publish',
  }),
  'oneThing.recordConsultation': command({
    ...common,
    input: oneThingConsultationInput,
    roles: officials,
    summary: {
      zh: '登记“一件事”草案公示和征求意见的情况',
      en: 'Record how the draft of a one thing was consulted on in public',
    },
  }),
  'oneThing.publish': command({
    ...common,
    input: publishOneThingInput,
    roles: officials,
    summary: { zh: '公布已会签的“一件事”', en: 'Publish a one thing that all have cosigned' },
  }),
  'oneThing.retire': command({
    ...common,
    input: retireOneThingInput,
    roles: heads,
    summary: { zh: '停用“一件事”', en: 'Retire a published one thing' },
  }),
  'oneThing.submit': command({
    of: oneThingCases,
    creates: true,
    issued: ['no', 'cases'],
    input: submitOneThingInput,
    output: oneThingCaseRecord,
    roles: staff,
    summary: {
      zh: '申报“一件事”：一张表、一套材料、一次提交',
      en: 'File a one thing: one form, one material set, one submission',
    },
    done: { zh: '已申报“一件事”', en: 'Filed a one thing' },
  }),
  'oneThing.advance': command({
    of: oneThingCases,
    issued: ['cases'],
    input: advanceOneThingInput,
    output: oneThingCaseRecord,
    roles: timekeepers,
    summary: {
      zh: '推进“一件事”：前置事项办结后启动后续事项',
      en: 'Move a one thing on: open the parts whose priors were granted',
    },
  }),
} as const;

export const queries = {
  'oneThing.get': query({
    audience: 'members',
    input: z.strictObject({ code: oneThingCode, version: version.exactOptional() }),
    output: oneThingRecord,
    summary: {
      zh: '查询“一件事”（缺省为最新公布版本）',
      en: 'One version of a one thing, by default the newest published one',
    },
  }),
  'oneThing.list': query({
    audience: 'members',
    input: z.strictObject({ code: oneThingCode.exactOptional(), ...page }),
    output: pageOf(oneThingRecord),
    summary: { zh: '“一件事”清单', en: 'One things, all versions' },
  }),
  'oneThing.case': query({
    audience: 'concerned',
    input: z.strictObject({ no: oneThingNo }),
    output: oneThingCaseRecord,
    summary: { zh: '查询“一件事”办件', en: 'One thing that was filed, with its graph' },
  }),
} as const;
