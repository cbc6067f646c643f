import {
  attestationRecord,
  commandNames,
  commands,
  delegationRecord,
  plainReasonWords,
} from '@yici/domain/model';
import { expect } from 'chai';
import { z } from 'zod';

const caseNo = 'YC33110000000007-20260302-0001';

/** The commands whose input says why by a code alone, with the codes. */
const reasoned = commandNames.flatMap((name) => {
  const { input } = commands[name];
  const field: unknown =
    input instanceof z.ZodObject
      ? new Map(Object.entries(input.shape)).get('reasonCode')
      : undefined;
  const bare = field instanceof z.ZodExactOptional ? field.unwrap() : field;
  return bare === undefined ? [] : [[name, bare] as const];
});

describe('a reason that is a code alone', () => {
  it('is of a closed list, each with its word, and 其他 in every one', () => {
    expect(reasoned.map(([name]) => name)).to.include.members(['case.withdraw', 'delegation.end']);
    for (const [name, list] of reasoned) {
      const codes = list instanceof z.ZodEnum ? list.options.map(String) : [];
      expect(codes, name).to.include('other');
      expect(Object.keys(plainReasonWords), name).to.include.members(codes);
    }
  });

  it('fits the act', () => {
    const { input } = commands['case.withdraw'];
    expect(input.safeParse({ caseNo, reasonCode: 'notNeeded' }).success).to.equal(true);
    expect(input.safeParse({ caseNo, reasonCode: 'leave' }).success).to.equal(false);
    expect(input.safeParse({ caseNo, reasonCode: 'demoOver' }).success).to.equal(false);
  });

  it('is read in a record of before whatever it was', () => {
    expect(delegationRecord.shape.reasonCode.parse('demoOver')).to.equal('demoOver');
    const change = attestationRecord.shape.changes.element.shape.reasonCode;
    expect(change.parse('check')).to.equal('check');
  });
});
