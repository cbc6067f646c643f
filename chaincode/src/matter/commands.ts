import { z } from 'zod';
import { reviewRecord } from '../duty/records';
import { command, heads, officials, query, timekeepers } from '../kernel/operation';
import { retirementReason } from '../kernel/reason';
import { page, pageOf, sha256Hex, taskCode, text, version } from '../kernel/scalars';
import { consultation } from '../kernel/versioned';
import { matterContent, matterRecord } from './records';

const matters = { plural: 'matters', key: 'taskCode' } as const;

export const cosignMatterInput = z.strictObject({ taskCode, version, contentDigest: sha256Hex });
export const matterConsultationInput = z.strictObject({
  ...cosignMatterInput.shape,
  ...consultation,
});
export const publishMatterInput = z.strictObject({ taskCode, version });
export const retireMatterInput = z.strictObject({
  taskCode,
  version,
  reasonCode: retirementReason,
});

export const reviewMatterInput = z.strictObject({
  taskCode,
  version,
  /** The changed duty the matter was read against. */
  dutyVersion: version,
  note: text(500).exactOptional(),
});
export const markForReviewInput = z.strictObject({ taskCode });

export const commands = {
  'matter.draft': command({
    of: matters,
    creates: true,
    input: matterContent,
    output: matterRecord,
    roles: officials,
    summary: {
      zh: '起草事项新版本，或者修改草案',
      en: 'Draft the next version of a matter, or replace a draft',
    },
    leadsTo: 'cosign',
  }),
  'matter.cosign': command({
    of: matters,
    input: cosignMatterInput,
    output: matterRecord,
    roles: heads,
    summary: {
      zh: '实施主体负责人和编办会签事项',
      en: "The owner's head and the Establishment Office cosign a matter",
    },
    leadsTo: 'publish',
  }),
  'matter.recordConsultation': command({
    of: matters,
    input: matterConsultationInput,
    output: matterRecord,
    roles: officials,
    summary: {
      zh: '登记事项草案公示和征求意见的情况',
      en: 'Record how the draft of a matter was consulted on in public',
    },
  }),
  'matter.publish': command({
    of: matters,
    input: publishMatterInput,
    output: matterRecord,
    roles: officials,
    summary: { zh: '公布已会签的事项', en: 'Publish a cosigned matter' },
  }),
  'matter.retire': command({
    of: matters,
    input: retireMatterInput,
    output: matterRecord,
    roles: heads,
    summary: { zh: '停用事项版本', en: 'Retire a published matter version' },
  }),
  'matter.review': command({
    of: matters,
    input: reviewMatterInput,
    output: reviewRecord,
    roles: heads,
    summary: {
      zh: '职责变更后复核事项（实施主体负责人、编办）',
      en: "The owner's head and the Establishment Office find that a matter agrees with its changed duty",
    },
  }),
  'matter.markForReview': command({
    of: matters,
    input: markForReviewInput,
    output: reviewRecord,
    roles: timekeepers,
    summary: {
      zh: '标记职责已变更、须复核的事项',
      en: 'Mark a matter whose duty changed and that the change itself did not mark',
    },
  }),
} as const;

export const queries = {
  'matter.get': query({
    audience: 'members',
    input: z.strictObject({ taskCode, version: version.exactOptional() }),
    output: matterRecord,
    summary: {
      zh: '查询事项（缺省为最新公布版本）',
      en: 'One matter version, by default the newest published one',
    },
  }),
  'matter.list': query({
    audience: 'members',
    input: z.strictObject({ taskCode: taskCode.exactOptional(), ...page }),
    output: pageOf(matterRecord),
    summary: { zh: '事项清单', en: 'Matters, all versions' },
  }),
  'matter.reviews': query({
    audience: 'members',
    input: z.strictObject({ taskCode: taskCode.exactOptional(), ...page }),
    output: pageOf(reviewRecord),
    summary: { zh: '事项复核', en: 'Reviews of matters whose duty changed' },
  }),
} as const;
