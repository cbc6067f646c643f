import { randomUUID } from 'node:crypto';
import { seal } from '../documents/digest.js';
import { refusalCode } from '../contract-refusal.js';
import { ClientError } from '../errors.js';
import type { Stage } from './stage.js';

/**
 * No. 12, sharing of conditional data: one request granted and used until its end, one refused and disputed. The
 * granting provider is the Data Bureau because, on real Fabric, confidential values pass only through the gateway of
 * their own department, and the demo's only gateway is the Data Bureau's.
 */
export async function playSharing(stage: Stage): Promise<readonly string[]> {
  stage.narrator.heading(
    '数据共享（事项 12） Data sharing: 数据局向编办提供办件轨迹，医保局不同意建设局 one request granted, one refused',
  );
  await playGranted(stage);
  await playRefused(stage);
  return [];
}

/** A request without its ids: basis, scenario, scope, method, term (政务数据共享条例第二十条). */
function request(shareId: string, datasetId: string, scenario: string, fields: readonly string[]) {
  const from = new Date();
  const day = (date: Date) => date.toISOString().slice(0, 10);
  return {
    ...{ shareId, datasetId, scenario, fields },
    basis: {
      law: '政务数据共享条例（国务院令第809号）',
      clause: '第二十条',
      text: '演示值：此处填写条文原文。 Demo value: the wording of the article goes here.',
    },
    method: 'interface',
    term: { from: day(from), to: day(new Date(from.getTime() + 90 * 24 * 60 * 60 * 1000)) },
  };
}

/** The requester's head consents, the provider grants and delivers off the ledger, and the share ends with its purpose. */
async function playGranted(stage: Stage): Promise<void> {
  const { narrator } = stage;
  const shareId = `share-${randomUUID()}`;
  const scenario = '裁定职责争议时查看办件轨迹 to rule on a question of duty';
  const asked = request(shareId, 'data-case-traces', scenario, ['caseNo', 'head']);
  await narrator.attempt(
    '809-14',
    {
      user: 'establishment.clerk1',
      command: 'sharing.request',
      input: { ...asked, datasetId: 'medical-claim-details', fields: ['claims'] },
    },
    'SHARE_CLASS_REFUSED',
    '申请不予共享的数据 asks for data that a law keeps from being shared',
  );
  await narrator.act('establishment.clerk1', 'sharing.request', asked);
  await narrator.attempt(
    '809-20',
    { user: 'data.clerk1', command: 'sharing.grant', input: grantTerms(asked) },
    'WRONG_STATE',
    '需求部门负责人尚未同意就答复 answers before the requester’s head has consented',
  );
  await narrator.act('establishment.head1', 'sharing.consent', { shareId });
  await narrator.act('data.clerk1', 'sharing.grant', grantTerms(asked));
  await deliver(stage, shareId);
  await use(stage, shareId, asked.scenario);
}

function grantTerms({ shareId, scenario, term }: ReturnType<typeof request>) {
  return {
    ...{ shareId, purpose: scenario, period: term, uses: ['职责裁定 duty ruling'] },
    retention: { value: 5, unit: 'workingDay' },
    conditions: ['caseOnly', 'noRetention'],
  };
}

/** The values go to the two departments' private collections; the ledger gets salted digests. */
async function deliver(stage: Stage, shareId: string): Promise<void> {
  const { narrator } = stage;
  const values = {
    caseNo: '演示办件 demo case',
    head: '演示值：链头 demo value: head of its chain',
  };
  const sealed = Object.entries(values).map(([code, value]) => ({ code, value, ...seal(value) }));
  await narrator.act(
    'data.clerk1',
    'sharing.deliver',
    {
      shareId,
      fields: sealed.map(({ code, sealed: digest }) => ({ code, ...digest })),
      private: {
        values: sealed.map(({ code, value, salt }) => ({
          ...{ code, value },
          salt: Buffer.from(salt).toString('hex'),
        })),
      },
    },
    '提供数据：数值只进入双方的私有数据集合，账本上只有加盐摘要 values go to the two departments only, digests to the ledger',
  );
  await narrator.act('establishment.clerk1', 'sharing.confirm', { shareId });
  await compareValues(stage, shareId, values);
}

/** The requester reads the delivered values; where they are stored only at its own peer, the provider reads its copy. */
async function compareValues(
  { cast, narrator }: Stage,
  shareId: string,
  values: Readonly<Record<string, string>>,
): Promise<void> {
  const readAs = async (user: string) => {
    const { client } = await cast.as(user);
    return client.shareValues(shareId);
  };
  let reader = '编办 the requester';
  const { deliveries } = await readAs('establishment.clerk1').catch((error: unknown) => {
    if (refusalCode(error) !== 'PRIVATE_VALUES_ELSEWHERE') throw error;
    reader =
      '数据局（编办须经本部门网关读取） the provider; the requester’s copy is read through its own gateway';
    return readAs('data.clerk1');
  });
  const read = deliveries.flatMap((delivery) => delivery.values);
  if (
    !Object.entries(values).every(([code, value]) =>
      read.some((one) => one.code === code && one.value === value),
    )
  ) {
    throw new ClientError('CHECK_FAILED', `${shareId} gave other values than were delivered.`);
  }
  narrator.checked(
    `${reader} 从私有数据集合读到所提供的数值 reads the values in the private collection`,
  );
}

async function use(stage: Stage, shareId: string, scenario: string): Promise<void> {
  const { narrator } = stage;
  const receipt = {
    ...{ shareId, scenario, fields: ['head'] },
    process: '核对事件链链头 compared the head of the chain',
    effect: '免交办件说明一份 one statement not asked for',
    storage: '不留存 not kept',
  };
  await narrator.act('establishment.clerk1', 'sharing.receipt', {
    ...receipt,
    useId: `use-${shareId}`,
  });
  await narrator.attempt(
    '809-27',
    { user: 'data.clerk1', command: 'sharing.end', input: { shareId, reason: 'notNeeded' } },
    'SHARE_STOP_REFUSED',
    '提供部门无故停止共享 the provider stops a share without a ground',
  );
  await narrator.act('establishment.clerk1', 'sharing.end', { shareId, reason: 'purposeMet' });
  await narrator.act('establishment.clerk1', 'sharing.dispose', {
    shareId,
    note: '用后即删，双方私有数值同时清除 disposed of; the private values are purged',
  });
}

/** Refused on a legal ground, disputed, negotiated without agreement, coordinated by the lead authority (第二十八条). */
async function playRefused(stage: Stage): Promise<void> {
  const { narrator } = stage;
  const shareId = `share-${randomUUID()}`;
  const scenario = '安置房分配时核查家庭情况 allocation of housing';
  const asked = request(shareId, 'medical-insured-status', scenario, ['person', 'since']);
  await narrator.act('construction.clerk1', 'sharing.request', asked);
  await narrator.act('construction.head1', 'sharing.consent', { shareId });
  const reason =
    '参保起始年月与安置房分配无关 the start of insurance has no bearing on the allocation';
  await narrator.attempt(
    '809-21-refusal',
    {
      user: 'medical.clerk1',
      command: 'sharing.refuse',
      input: { shareId, basis: 'inconvenient', reason },
    },
    'REFUSAL_BASIS_REQUIRED',
    '没有法定依据就不同意 refuses without a legal ground',
  );
  await narrator.act(
    'medical.clerk1',
    'sharing.refuse',
    { shareId, basis: 'scopeTooWide', reason },
    '不同意共享：超出所需范围（条例第二十、二十五条；个人信息保护法第六条） refused: the scope is too wide',
  );
  await dispute(stage, shareId);
}

async function dispute({ narrator }: Stage, shareId: string): Promise<void> {
  const disputeId = `dispute-${shareId}`;
  const on = { shareId, disputeId };
  await narrator.act('construction.clerk1', 'sharing.dispute', {
    ...{ ...on, subject: 'refusal' },
    claim: '分配办法要求核查参保情况 the allocation rules ask for it',
  });
  await narrator.act('construction.clerk1', 'sharing.escalateDispute', {
    ...on,
    note: '协商未果，提请数据局协调 negotiation failed; the lead authority coordinates',
  });
  await narrator.act(
    'data.head1',
    'sharing.decideDispute',
    {
      ...{ ...on, order: 'none' },
      note: '维持不同意；如只需参保状态，可重新申请 the refusal stands; the status alone may be asked for',
    },
    '数据局协调：维持不同意（第二十八条） the lead authority: the refusal stands',
  );
}
