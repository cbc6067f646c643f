import { expect } from 'chai';
import fc from 'fast-check';
import {
  compileSignaturePolicy,
  coveredBy,
  decodeSignaturePolicy,
  encodeSignaturePolicy,
  LedgerError,
  rolePrincipal,
  smallestEndorserSet,
  type SignatureRule,
  parseSignaturePolicy,
  metaRule,
} from '@yici/ledger';
import {
  distinctSigners,
  implicitMetaPolicy,
  principalText,
  type PolicySigner,
  type SignaturePolicy,
} from '@yici/ledger/testing';

/** A signer who has exactly the roles named, each as `MSP.role`. */
function signer(name: string, ...roles: readonly string[]): PolicySigner {
  const mspId = roles[0]?.split('.')[0] ?? '';
  const satisfies = (principal: Parameters<typeof principalText>[0]): boolean =>
    roles.includes(principalText(principal));
  return { identity: { mspId, id: name, satisfies }, bytes: Buffer.from(name) };
}

const member = (mspId: string): PolicySigner =>
  signer(`peer0.${mspId}`, `${mspId}.member`, `${mspId}.peer`);

function satisfied(text: string, ...signers: readonly PolicySigner[]): boolean {
  return compileSignaturePolicy(parseSignaturePolicy(text)).evaluate(signers).satisfied;
}

function refusal(run: () => unknown): LedgerError {
  try {
    run();
  } catch (error) {
    if (error instanceof LedgerError) return error;
  }
  throw new TypeError('expected a LedgerError');
}

describe('signature policies', () => {
  it('want every part of AND, one of OR and n of OutOf', () => {
    expect(satisfied(`AND('A.member', 'B.member')`, member('A'), member('B'))).to.equal(true);
    expect(satisfied(`AND('A.member', 'B.member')`, member('A'))).to.equal(false);
    expect(satisfied(`OR('A.member', 'B.member')`, member('B'))).to.equal(true);
    expect(satisfied(`OR('A.member', 'B.member')`, member('C'))).to.equal(false);
    const two = `OutOf(2, 'A.member', 'B.member', 'C.member')`;
    expect(satisfied(two, member('A'), member('C'))).to.equal(true);
    expect(satisfied(two, member('A'))).to.equal(false);
  });

  it('let one signer count only once', () => {
    expect(satisfied(`AND('A.member', 'A.member')`, member('A'))).to.equal(false);
    const [first, second] = [signer('1', 'A.member'), signer('2', 'A.member')];
    expect(satisfied(`AND('A.member', 'A.member')`, first, second)).to.equal(true);
  });

  it('give a rule the first signer that fits, so that the order of signers matters as it does in Fabric', () => {
    const admin = signer('admin', 'A.member', 'A.admin');
    const clerk = signer('clerk', 'A.member');
    const text = `AND('A.member', 'A.admin')`;
    expect(satisfied(text, clerk, admin)).to.equal(true);
    expect(satisfied(text, admin, clerk)).to.equal(false);
  });

  it('use up signers in every rule of a gate that holds, even beyond what it needs', () => {
    const text = `AND(OutOf(1, 'A.member', 'B.member'), 'B.member')`;
    expect(satisfied(text, member('A'), member('B'))).to.equal(false);
    expect(satisfied(text, member('A'))).to.equal(false);
  });

  it('give back the signers that a failed gate had taken', () => {
    const text = `OR(AND('A.member', 'C.member'), 'A.member')`;
    expect(satisfied(text, member('A'))).to.equal(true);
  });

  it('hold for nobody when nothing is wanted, and say in a sentence what is missing', () => {
    const accepting: SignaturePolicy = {
      version: 0,
      rule: { kind: 'outOf', n: 0, rules: [] },
      principals: [],
    };
    expect(compileSignaturePolicy(accepting).evaluate([]).satisfied).to.equal(true);
    const verdict = compileSignaturePolicy(
      parseSignaturePolicy(`AND('A.peer', 'B.peer')`),
    ).evaluate([member('A')]);
    expect(verdict.reason).to.equal('signed by A, but 2 of (A.peer, B.peer) is needed');
  });

  it('are refused when a rule points at no principal', () => {
    const error = refusal(() =>
      compileSignaturePolicy({
        version: 0,
        rule: { kind: 'signedBy', index: 1 },
        principals: [rolePrincipal('A', 'peer')],
      }),
    );
    expect(error.code).to.equal('MALFORMED_POLICY');
  });

  it('are refused without a rule, and when they nest without end', () => {
    expect(refusal(() => decodeSignaturePolicy(new Uint8Array(0))).code).to.equal(
      'MALFORMED_POLICY',
    );
    let rule: SignatureRule = { kind: 'signedBy', index: 0 };
    for (let depth = 0; depth < 1000; depth += 1) rule = { kind: 'outOf', n: 1, rules: [rule] };
    const bytes = encodeSignaturePolicy({ version: 0, rule, principals: [] });
    expect(refusal(() => decodeSignaturePolicy(bytes)).code).to.equal('MALFORMED_POLICY');
  });
});

describe('implicit meta policies', () => {
  const policies = ['A', 'B', 'C', 'D'].map((mspId) =>
    compileSignaturePolicy(parseSignaturePolicy(`OR('${mspId}.member')`)),
  );
  const holds = (rule: number, ...mspIds: readonly string[]): boolean =>
    implicitMetaPolicy({ subPolicy: 'Endorsement', rule }, policies).evaluate(mspIds.map(member))
      .satisfied;

  it('want one, all, or more than half of the sub-policies', () => {
    expect(holds(metaRule.any, 'B')).to.equal(true);
    expect(holds(metaRule.any, 'X')).to.equal(false);
    expect(holds(metaRule.majority, 'A', 'B')).to.equal(false);
    expect(holds(metaRule.majority, 'A', 'B', 'C')).to.equal(true);
    expect(holds(metaRule.all, 'A', 'B', 'C')).to.equal(false);
    expect(holds(metaRule.all, 'A', 'B', 'C', 'D')).to.equal(true);
  });

  it('hold when there is nobody to ask, and count a missing sub-policy as not satisfied', () => {
    const nobody = implicitMetaPolicy({ subPolicy: 'Admins', rule: metaRule.majority }, []);
    expect(nobody.evaluate([]).satisfied).to.equal(true);
    const missing = implicitMetaPolicy({ subPolicy: 'Admins', rule: metaRule.all }, [
      policies[0],
      undefined,
    ]);
    expect(missing.evaluate([member('A'), member('B')]).satisfied).to.equal(false);
  });
});

describe('the policy language', () => {
  it('numbers the principals of inner gates first and repeats what is repeated, as Fabric does', () => {
    const policy = parseSignaturePolicy(`OR('A.member', AND('B.peer', 'A.member'))`);
    expect(policy.principals.map(principalText)).to.deep.equal(['B.peer', 'A.member', 'A.member']);
    expect(policy.rule).to.deep.equal({
      kind: 'outOf',
      n: 1,
      rules: [
        { kind: 'signedBy', index: 2 },
        {
          kind: 'outOf',
          n: 2,
          rules: [
            { kind: 'signedBy', index: 0 },
            { kind: 'signedBy', index: 1 },
          ],
        },
      ],
    });
  });

  it('takes the spellings, quotes and spaces that Fabric takes', () => {
    const texts = [
      `OutOf(2, 'A.peer', 'B.peer')`,
      `outof('2', "A.peer", "B.peer")`,
      ` AND ( 'A.peer' ,'B.peer' ) `,
      `And('A.peer','B.peer')`,
    ];
    const bytes = texts.map((text) => encodeSignaturePolicy(parseSignaturePolicy(text)));
    for (const other of bytes)
      expect(Buffer.from(other)).to.deep.equal(Buffer.from(bytes[0] ?? []));
  });

  for (const text of [
    '',
    `'A.member'`,
    `OR()`,
    `OR('A.member'`,
    `OR('A.member') x`,
    `XOR('A.member')`,
    `OR('A.boss')`,
    `OR('A member.peer')`,
    `OutOf('A.member')`,
    `OutOf(4, 'A.member', 'B.member')`,
    `OutOf(-1, 'A.member')`,
    `OR('A.member',)`,
    `oR('A.member')`,
  ]) {
    it(`refuses ${text === '' ? 'an empty text' : text}`, () => {
      expect(refusal(() => parseSignaturePolicy(text)).code).to.equal('MALFORMED_POLICY');
    });
  }

  it('allows one more than there are, which nobody can satisfy', () => {
    const everybody = [member('A'), member('B'), member('C')];
    expect(satisfied(`OutOf(3, 'A.member', 'B.member')`, ...everybody)).to.equal(false);
  });
});

describe('planning endorsers', () => {
  const policy = compileSignaturePolicy(
    parseSignaturePolicy(`AND('A.peer', OR('B.peer', 'C.member'))`),
  );

  it('names the fewest MSPs that satisfy several policies', () => {
    const other = compileSignaturePolicy(parseSignaturePolicy(`OR('D.peer', 'C.peer')`));
    expect(coveredBy(policy, ['A', 'B'])).to.equal(true);
    expect(smallestEndorserSet([policy, other], ['D', 'A', 'B', 'C'])).to.deep.equal(['A', 'C']);
    expect(smallestEndorserSet([policy], ['B', 'C'])).to.equal(undefined);
  });

  it('cannot plan for roles that no peer has', () => {
    const admins = compileSignaturePolicy(parseSignaturePolicy(`OR('A.admin')`));
    expect(smallestEndorserSet([admins], ['A'])).to.equal(undefined);
  });
});

describe('policies, whatever they are', () => {
  const mspIds = ['A', 'B', 'C', 'D', 'E'];

  /** Trees in which every MSP stands at most once, with the set of MSPs that sign. */
  const disjoint = fc
    .record({
      order: fc.shuffledSubarray(mspIds, { minLength: 1 }),
      cuts: fc.array(fc.nat({ max: 4 }), { minLength: 8, maxLength: 8 }),
      signing: fc.subarray(mspIds),
    })
    .map(({ order, cuts, signing }) => ({ ...tree(order, [...cuts]), signing }));

  function tree(
    order: readonly string[],
    cuts: number[],
  ): { rule: SignatureRule; principals: SignaturePolicy['principals'] } {
    const build = (from: number, to: number, depth: number): SignatureRule => {
      if (to - from === 1) return { kind: 'signedBy', index: from };
      const rules: SignatureRule[] = [];
      const middle = depth > 3 ? from + 1 : from + 1 + ((cuts.pop() ?? 0) % (to - from - 1));
      rules.push(build(from, middle, depth + 1), build(middle, to, depth + 1));
      return { kind: 'outOf', n: (cuts.pop() ?? 1) % 4, rules };
    };
    return {
      rule: build(0, order.length, 0),
      principals: order.map((mspId) => rolePrincipal(mspId, 'member')),
    };
  }

  /** The plain meaning of a rule when no two rules compete for a signer. */
  function means(rule: SignatureRule, holds: (index: number) => boolean): boolean {
    if (rule.kind === 'signedBy') return holds(rule.index);
    return rule.rules.filter((inner) => means(inner, holds)).length >= rule.n;
  }

  it('mean what their gates say when no two rules compete for a signer', () => {
    fc.assert(
      fc.property(disjoint, ({ rule, principals, signing }) => {
        const policy = compileSignaturePolicy({ version: 0, rule, principals });
        const named = principals.map(principalText);
        const expected = means(rule, (index) =>
          signing.some((mspId) => `${mspId}.member` === named[index]),
        );
        expect(policy.evaluate(signing.map(member)).satisfied).to.equal(expected);
      }),
    );
  });

  it('survive being written and read', () => {
    fc.assert(
      fc.property(disjoint, ({ rule, principals }) => {
        const policy: SignaturePolicy = { version: 0, rule, principals };
        const again = decodeSignaturePolicy(encodeSignaturePolicy(policy));
        expect(again.rule).to.deep.equal(rule);
        expect(again.principals.map(principalText)).to.deep.equal(principals.map(principalText));
      }),
    );
  });

  it('are never helped by a signer who stands twice', () => {
    const repeated = fc.array(fc.constantFrom('A', 'B', 'C'), { maxLength: 8 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), repeated, (n, signing) => {
        const text = `OutOf(${n}, 'A.member', 'A.member', 'B.member', 'C.member')`;
        const policy = compileSignaturePolicy(parseSignaturePolicy(text));
        const distinct = distinctSigners(signing.map(member));
        expect(distinct).to.have.length(new Set(signing).size);
        if (policy.evaluate(distinct).satisfied) expect(new Set(signing).size).to.be.at.least(n);
      }),
    );
  });
});
