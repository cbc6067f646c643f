import { shanghaiDate } from '@yici/domain/model';
import { expect } from 'chai';
import type { RunningGateway } from '../../../support/gateway/running-gateway.js';

/** A share that the Establishment Office was granted and the Data Bureau has delivered values for, by the command line. */
export async function deliverShare(
  gateway: RunningGateway,
  shareId: string,
  values: Readonly<Record<string, string>>,
): Promise<void> {
  const today = shanghaiDate(new Date().toISOString());
  const term = { from: today, to: today };
  const by = async (user: string, args: readonly string[], input?: object) => {
    const given = input === undefined ? [] : ['--file', '-'];
    const done = await gateway.yici(
      ['sharing', ...args, ...given, '--identity', gateway.identity(user)],
      JSON.stringify(input ?? {}),
    );
    expect(done.exitCode, done.err).to.equal(0);
  };
  await by('establishment.clerk1', ['request', 'data-case-traces'], {
    ...{ shareId, datasetId: 'data-case-traces', scenario: '协调职责争议', method: 'interface' },
    ...{ fields: Object.keys(values), term },
    basis: { law: '地方各级人民政府机构设置和编制管理条例', clause: '第十条', text: '协商解决。' },
  });
  await by('establishment.head1', ['consent', shareId]);
  await by('data.clerk1', ['grant', shareId], {
    ...{ shareId, purpose: '协调职责争议', period: term, uses: ['职责分工协调'] },
    retention: { value: 5, unit: 'workingDay' },
    conditions: ['caseOnly', 'noRetention'],
  });
  await by('data.head1', ['consent-reply', shareId, '--seq', '2']);
  const fields = Object.entries(values).flatMap((one) => ['--field', one.join('=')]);
  await by('data.clerk1', ['deliver', shareId, ...fields]);
}
