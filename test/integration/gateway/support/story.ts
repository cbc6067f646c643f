import { createHash } from 'node:crypto';
import type { CommandInput, MatterContent } from '@yici/domain/model';
import { provisionalCalendar, yearsInReach } from '@yici/client/testing';
import { expect } from 'chai';
import type { Answer, Door } from './api.js';
import { ordinaryMatter, workingDays } from '../../../support/matter.js';

export const taskCode = 'LEASE0001';

export const digestOf = (text: string) => ({
  digestAlg: 'sha256' as const,
  digest: createHash('sha256').update(text).digest('hex'),
});

/** A matter of the offices with one opinion step of the Establishment Office. */
export const leaseMatter: MatterContent = {
  ...ordinaryMatter,
  taskCode,
  catalogCode: 'LEASE',
  name: { zh: '办公用房租用审批', en: 'Office-space lease approval' },
  legalBasis: [{ law: '机关事务管理条例', clause: '第二十一条', text: '（条文）' }],
  acceptConditions: { zh: '市级机关', en: 'A city organ' },
  resultName: { zh: '批复', en: 'Reply' },
  promisedLimit: workingDays(7),
  materials: [
    {
      code: 'application',
      name: { zh: '租用申请', en: 'Lease application' },
      required: true,
      tolerable: false,
      source: 'applicant',
      form: 'electronic',
    },
  ],
  flow: [
    {
      id: 'headcount',
      name: { zh: '核定编制', en: 'Headcount' },
      department: 'establishment',
      kind: 'opinion',
      mode: 'parallel',
      after: [],
      limit: workingDays(3),
    },
  ],
  effectiveFrom: '2020-01-01',
};

/** What a case is filed with; the gateway gives it its number. */
export const filing = {
  taskCode,
  matterVersion: 1,
  form: digestOf('form'),
  materials: [{ code: 'application', document: digestOf('application') }],
};

const departments = {
  establishment: ['establishment'],
  offices: [],
  data: ['leadAuthority'],
  supervision: ['supervision'],
} as const;

/** Runs a command that must be committed. */
export async function commit(
  api: Door,
  user: string,
  path: string,
  body: unknown,
): Promise<Answer> {
  const done = await api.run(user, path, body);
  expect(done.at('state'), `${path}: ${done.text}`).to.equal('committed');
  return done;
}

/** Departments with their functions in force, calendars, and a published matter. */
export async function seed(api: Door): Promise<void> {
  for (const [id, functions] of Object.entries(departments)) {
    const name = { zh: id, en: id };
    const body = { id, name, level: 'city', regionCode: '331100', functions };
    await commit(api, `${id}.head1`, '/v1/departments', body);
  }
  await confirmFunctions(api);
  for (const year of yearsInReach(new Date())) {
    const proposed = await commit(api, 'data.clerk1', '/v1/calendars', provisionalCalendar(year));
    const body = { version: 1, contentDigest: proposed.at('result.contentDigest') };
    await commit(api, 'establishment.head1', `/v1/calendars/${year}/confirm`, body);
  }
  await publishMatter(api, leaseMatter);
}

async function confirmFunctions(api: Door): Promise<void> {
  for (const [id, functions] of Object.entries(departments)) {
    if (functions.length === 0) continue;
    for (const other of Object.keys(departments)) {
      const claimed = (await api.get('data.head1', `/v1/departments/${id}`)).list('claims');
      if (other === id || claimed.length === 0) continue;
      await commit(api, `${other}.head1`, `/v1/departments/${id}/confirm`, { functions });
    }
  }
}

/** Drafted by the owner's clerk, cosigned by the heads of owner and Establishment Office, published. */
export async function publishMatter(
  api: Door,
  content: MatterContent,
  owner = 'offices',
): Promise<void> {
  const draft = await commit(api, `${owner}.clerk1`, '/v1/matters', content);
  const version = draft.at('result.version');
  const body = { version, contentDigest: draft.at('result.contentDigest') };
  const path = `/v1/matters/${content.taskCode}`;
  await commit(api, `${owner}.head1`, `${path}/cosign`, body);
  await commit(api, 'establishment.head1', `${path}/cosign`, body);
  if (content.matterType === '01') {
    await commit(api, `${owner}.clerk1`, `${path}/record-consultation`, {
      ...{ ...body, organ: '市人民政府', from: '2020-12-01', to: '2020-12-31' },
      ...{ place: '浙江政务服务网', result: digestOf('consultation') },
    });
  }
  await commit(api, `${owner}.clerk1`, `${path}/publish`, { version });
}

/** A data set that every department may have. */
export const openDataset = (
  datasetId: string,
  field: string,
): CommandInput<'dataset.register'> => ({
  datasetId,
  name: { zh: datasetId, en: datasetId },
  fields: [{ code: field, name: { zh: field, en: field } }],
  format: 'structured',
  methods: ['interface'],
  updateFrequency: 'monthly',
  shareClass: 'unconditional',
  grade: 1,
  secrecyLevel: 'none',
  covers: [],
  issuers: [],
});

/** Worded by the source's clerk, approved by its head, published by the lead authority. */
export async function publishDataset(
  api: Door,
  source: string,
  content: CommandInput<'dataset.register'>,
): Promise<void> {
  const registered = await commit(api, `${source}.clerk1`, '/v1/datasets', content);
  const version = registered.at('result.version');
  const body = { version, contentDigest: registered.at('result.contentDigest') };
  const path = `/v1/datasets/${content.datasetId}`;
  const approval = { ...body, secrecyReview: digestOf('secrecy review') };
  await commit(api, `${source}.head1`, `${path}/approve`, approval);
  await commit(api, 'data.clerk1', `${path}/publish`, body);
}

/** Files a case; gives its number. */
export async function fileCase(api: Door, user: string): Promise<string> {
  return (await commit(api, user, '/v1/cases', filing)).str('result.caseNo');
}
