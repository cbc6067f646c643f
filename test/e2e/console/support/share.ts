import { shanghaiDate } from '@yici/domain/model';
import type { RunningGateway } from '../../../support/gateway/running-gateway.js';
import { yiciAs } from './stage.js';

/** A share that the Establishment Office was granted by the Data Bureau. */
export async function grantShare(
  gateway: RunningGateway,
  shareId: string,
  fields: readonly string[],
): Promise<void> {
  const today = shanghaiDate(new Date().toISOString());
  const term = { from: today, to: today };
  const by = (user: string, args: readonly string[], input?: object) =>
    yiciAs(gateway, user, ['sharing', ...args, ...(input ? ['--file', '-'] : [])], input);
  await by('establishment.clerk1', ['request', 'data-case-traces'], {
    ...{ shareId, datasetId: 'data-case-traces', scenario: '协调职责争议', method: 'interface' },
    ...{ fields: [...fields], term },
    basis: { law: '地方各级人民政府机构设置和编制管理条例', clause: '第十条', text: '协商解决。' },
  });
  await by('establishment.head1', ['consent', shareId]);
  await by('data.clerk1', ['grant', shareId], {
    ...{ shareId, purpose: '协调职责争议', period: term, uses: ['职责分工协调'] },
    retention: { value: 5, unit: 'workingDay' },
    conditions: ['caseOnly', 'noRetention'],
  });
  await by('data.head1', ['consent-reply', shareId, '--seq', '2']);
}

/** The same, with values that were delivered. */
export async function deliverShare(
  gateway: RunningGateway,
  shareId: string,
  values: Readonly<Record<string, string>>,
): Promise<void> {
  await grantShare(gateway, shareId, Object.keys(values));
  const fields = Object.entries(values).flatMap((one) => ['--field', one.join('=')]);
  await yiciAs(gateway, 'data.clerk1', ['sharing', 'deliver', shareId, ...fields]);
}
