import type { CommandInput } from '../kernel/commands';
import type { Rule } from '../kernel/caller';
import { actorOf, eventOf, found, requireDepartment, requireHolder } from '../kernel/caller';
import { actOf, nowFor, type Now } from '../kernel/chain';
import { ContractError } from '../kernel/errors';
import { openShare, recordShareAct, type ShareAndGrant, type ShareRule } from './chain';
import type { PrivateDelivery } from './inputs';
import { requireMatching, valuesToBoth } from './private';
import type { ShareGrantRecord } from './records';

export interface DeliverState extends ShareAndGrant {
  /** The values that came beside the command, if any. */
  readonly values: PrivateDelivery['values'] | undefined;
}

const mostDeliveries = 50;

/**
 * The provider delivers within the grant (Order 809 art 22): salted digests of single values, or the digest of a batch or
 * file that travels over the sharing platform. Values that come along go into the private collections of the readers at
 * provider and requester; nothing is written but the grant's key, so no third peer is asked to endorse.
 * @throws ContractError NOT_FOUND, WRONG_STATE, WRONG_DEPARTMENT, SHARE_OUT_OF_TERM, SHARE_SCOPE_EXCEEDED,
 *   DELIVERY_MISMATCH, LIMIT_REACHED
 */
export const deliverShare: Rule<'sharing.deliver', DeliverState, ShareGrantRecord> = (
  state,
  input,
  member,
) => {
  const { shareId, fields, note } = input;
  const share = openShare(state.share, shareId, ['GRANTED']);
  const grant = found(state.grant, { shareId, part: 'grant' });
  requireHolder(member, share.provider, { of: 'dataset', id: share.datasetId });
  const now = nowFor(member);
  checkScope(grant, input, now);
  if (state.values !== undefined) requireMatching(fields, state.values);
  const no = nextDelivery(grant);
  const delivery: ShareGrantRecord['deliveries'][number] = {
    no,
    fields,
    ...(input.package === undefined ? {} : { package: input.package }),
    ...(note === undefined ? {} : { note }),
    privately: state.values !== undefined,
    by: actorOf(member),
    at: now.at,
    txId: member.txId,
    follows: share.head,
    late: no === 1 && now.today > grant.dueOn,
  };
  return {
    main: { ...grant, deliveries: [...grant.deliveries, delivery] },
    also: [],
    event: {
      ...eventOf('sharing.deliver', member, now.at),
      shareId,
      datasetId: share.datasetId,
      parties: share.parties,
    },
    ...(state.values === undefined
      ? {}
      : { privately: valuesToBoth(share, grant, { shareId, no, values: state.values }) }),
  };
};

/** @throws ContractError LIMIT_REACHED */
function nextDelivery({ deliveries }: ShareGrantRecord): number {
  if (deliveries.length < mostDeliveries) return deliveries.length + 1;
  throw new ContractError('LIMIT_REACHED', { held: 'deliveries', most: mostDeliveries });
}

function checkScope(
  grant: ShareGrantRecord,
  input: CommandInput<'sharing.deliver'>,
  { today }: Now,
): void {
  const { from, to } = grant.terms.period;
  if (today > to) throw new ContractError('SHARE_OUT_OF_TERM', { from, to, today });
  const codes = input.fields.map(({ code }) => code);
  const wider = codes.filter((code) => !grant.fields.includes(code));
  if (wider.length > 0) throw new ContractError('SHARE_SCOPE_EXCEEDED', { codes: wider });
  if (codes.length === 0 && input.package === undefined) {
    throw new ContractError('DELIVERY_MISMATCH', {
      problem: 'nothing',
      missing: ['fields', 'package'],
    });
  }
}

/**
 * The requester confirms what was delivered since the chain last moved.
 * @throws ContractError NOT_FOUND, WRONG_STATE, WRONG_DEPARTMENT, NOTHING_DELIVERED
 */
export const confirmDelivery: ShareRule<'sharing.confirm'> = (state, input, member) => {
  const { shareId } = input;
  const before = openShare(state.share, shareId, ['GRANTED', 'SUSPENDED', 'ENDED']);
  requireDepartment(member, before.requester);
  const delivered = state.grant?.deliveries.length ?? 0;
  if (delivered === before.deliveries) {
    throw new ContractError('NOTHING_DELIVERED', { shareId, confirmed: before.deliveries });
  }
  const act = actOf('sharing.confirm', input, member);
  return recordShareAct(state, act, before);
};
