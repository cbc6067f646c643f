import type { Role } from '@yici/domain/model';
import {
  canonicalDigest,
  canonicalJson,
  caseEventTypes,
  caseStates,
  closedStates,
  commandNames,
  commands,
  compositeKey,
  contractErrorCodes,
  contractErrors,
  ContractError,
  functionName,
  nationalNumber,
  parseContractError,
  queries,
  refusalWords,
  waitsOfCard,
  withSentence,
} from '@yici/domain/model';
import { expect } from 'chai';
import fc from 'fast-check';
import { z } from 'zod';
import { leaseMatter, submission } from './support/story.js';

describe('canonical JSON', () => {
  // RFC 8785 section 3.2.3: property names sort by UTF-16 code units.
  it('sorts property names as RFC 8785 does', () => {
    const value = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    };
    expect(Object.values(JSON.parse(canonicalJson(value)) as object)).to.have.length(7);
    expect(canonicalJson(value)).to.equal(
      '{"\\r":"Carriage Return","1":"One","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis","\u20ac":"Euro Sign","\ud83d\ude00":"Emoji: Grinning Face","\ufb33":"Hebrew Letter Dalet With Dagesh"}',
    );
  });

  it('is one text for one value, whatever the order it was built in', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).reverse());
        expect(canonicalJson(reversed)).to.equal(canonicalJson(value));
        expect(canonicalDigest(reversed)).to.match(/^[0-9a-f]{64}$/);
      }),
    );
  });
});

describe('the registry', () => {
  const all = Object.entries({ ...commands, ...queries });

  it('names every operation by its contract and its transaction', () => {
    for (const [name] of all) {
      expect(name).to.match(/^[a-z]\w+\.[a-z]\w+$/);
      expect(functionName(name)).to.equal(name.replace('.', ':'));
    }
  });

  it('has a summary in both languages and a JSON schema for each input and output', () => {
    for (const [name, { summary, input, output }] of all) {
      expect(summary.zh, name).to.match(/\p{Script=Han}/u);
      expect(summary.en, name).to.match(/^[A-Z]/);
      expect(z.toJSONSchema(input), name).to.include({
        type: 'object',
        additionalProperties: false,
      });
      expect(z.toJSONSchema(output), name).to.include({ type: 'object' });
    }
  });

  it('gives a supervisor nothing but supervision, and a gateway what time makes due (R15)', () => {
    const may = (role: Role) =>
      commandNames.filter((name) => commands[name].roles.includes(role)).sort();
    expect(may('supervisor')).to.deep.equal([
      'audit.record',
      'card.raise',
      'card.raiseOther',
      'card.rule',
      'order.conclude',
      'order.issue',
      'urge.send',
    ]);
    expect(may('gateway')).to.deep.equal([
      'card.raise',
      'card.raiseOther',
      'case.deemAccepted',
      'case.deemWithdrawn',
      'case.lapseStep',
      'case.recount',
      'case.succeed',
      'journal.anchor',
      'matter.markForReview',
      'oneThing.advance',
      'reform.moveDataset',
      'reform.moveDuty',
      'reform.moveMatter',
      'reform.takeName',
      'sharing.end',
      'sharing.purgeExpired',
      'sharing.succeed',
      'time.beacon',
    ]);
  });

  it('leaves every input without a field of its own for the delegation it is done under', () => {
    for (const name of commandNames)
      expect(commands[name].input.shape).to.not.have.property('under');
  });

  it('has an event type for every command on a case', () => {
    const onCase = commandNames.filter(
      (name) => name.startsWith('case.') || name.startsWith('dutyRuling.'),
    );
    expect([...caseEventTypes].sort()).to.deep.equal([...onCase].sort());
  });

  it('refuses unknown fields at every depth', () => {
    const draft = commands['matter.draft'].input;
    expect(draft.safeParse(leaseMatter).success).to.equal(true);
    expect(draft.safeParse({ ...leaseMatter, extra: 1 }).success).to.equal(false);
    const limit = { ...leaseMatter.promisedLimit, extra: 1 };
    expect(draft.safeParse({ ...leaseMatter, promisedLimit: limit }).success).to.equal(false);
  });

  it('takes no matter that is a secret', () => {
    const draft = commands['matter.draft'].input;
    const secret = draft.safeParse({ ...leaseMatter, secrecyLevel: 'workSecret' });
    expect(secret.error?.issues.map(({ path }) => path)).to.deep.equal([['secrecyLevel']]);
  });

  it('takes whole safe numbers, real dates, and each name once', () => {
    const draft = commands['matter.draft'].input;
    const wrong: object[] = [
      { promisedLimit: { value: 1.5, unit: 'workingDay' } },
      { promisedLimit: { value: 2 ** 60, unit: 'workingDay' } },
      { promisedLimit: { value: 7, unit: 'day' } },
      { effectiveFrom: '2025-02-29' },
      { materials: [leaseMatter.materials[0], leaseMatter.materials[0]] },
      { flow: [leaseMatter.flow[0], leaseMatter.flow[0]] },
      { name: { zh: '\u0000', en: 'x' } },
      { name: { zh: '\ud800', en: 'x' } },
      { name: { zh: 'x'.repeat(201), en: 'x' } },
    ];
    for (const change of wrong) {
      const parsed = draft.safeParse({ ...leaseMatter, ...change });
      expect(parsed.success, JSON.stringify(change)).to.equal(false);
    }
  });

  it('keeps a material’s digest and nothing else of it', () => {
    const submit = commands['case.submit'].input;
    const [first] = submission().materials;
    const salted = { ...first, document: { ...first?.document, salt: 'x' } };
    expect(submit.safeParse({ ...submission(), materials: [salted] }).success).to.equal(false);
  });
});

describe('refusals as text', () => {
  it('say their code and sentence, and read back with their details', () => {
    for (const code of contractErrorCodes) {
      const details = { ids: ['a', 'b'], nested: { line: 'one\ntwo' } };
      const { message } = withSentence(new ContractError(code, details));
      expect(message.split('\n')).to.have.length(2);
      const { sentence } = refusalWords({ code, details }, 'en') ?? {};
      const expected = { code, sentence, details };
      expect(parseContractError(message)).to.deep.equal(expected);
      expect(parseContractError(`chaincode response 500, ${message}`)).to.deep.equal(expected);
    }
  });

  it('have a sentence in both languages for every code', () => {
    for (const { zh, en } of Object.values(contractErrors)) {
      expect(zh).to.match(/\p{Script=Han}.*。\]?$/u);
      expect(en).to.match(/^[A-Z{[].*\.\]?$/);
    }
  });

  it('are not found in any other text, and no text breaks the reader', () => {
    expect(parseContractError('Expected 1 parameters, but 0 have been supplied')).to.equal(
      undefined,
    );
    expect(parseContractError('NO_SUCH_CODE: sentence')).to.equal(undefined);
    expect(parseContractError('NOT_FOUND: gone\n{broken')?.details).to.deep.equal({});
    const piece = fc.oneof(fc.constantFrom('NOT_FOUND: ', '\n', '{', '}', 'A_', ': '), fc.string());
    fc.assert(fc.property(fc.array(piece), (pieces) => void parseContractError(pieces.join(''))));
    expect(parseContractError('A'.repeat(1_000_000))).to.equal(undefined);
  });
});

describe('case states', () => {
  it('each have a number of the national set', () => {
    const facts = {
      accepted: false,
      supplemented: false,
      granted: false,
      refusedForCause: false,
      tolerant: false,
      procedureEnded: false,
    };
    for (const state of caseStates) {
      expect(nationalNumber(state, facts), state).to.be.within(1, 15);
    }
  });

  it('follow what came before where the national set does', () => {
    const facts = {
      accepted: true,
      supplemented: true,
      granted: true,
      refusedForCause: true,
      tolerant: false,
      procedureEnded: false,
    };
    expect(nationalNumber('RECEIVED', facts)).to.equal(7);
    expect(nationalNumber('NOT_ACCEPTED', facts)).to.equal(5);
    expect(nationalNumber('WITHDRAWN', facts)).to.equal(14);
    expect(nationalNumber('COMPLETED', facts)).to.equal(11);
    expect(nationalNumber('DELIVERED', { ...facts, granted: false })).to.equal(13);
    expect(nationalNumber('ARCHIVED', { ...facts, tolerant: true })).to.equal(12);
    expect(nationalNumber('SPECIAL_PROCEDURE', facts)).to.equal(9);
    expect(nationalNumber('SPECIAL_PROCEDURE', { ...facts, procedureEnded: true })).to.equal(9);
    expect(nationalNumber('IN_REVIEW', { ...facts, procedureEnded: true })).to.equal(10);
    expect(nationalNumber('DECISION_REVOKED', facts)).to.equal(15);
  });

  it('end in states that take corrections only', () => {
    expect(closedStates).to.include.members(['NOT_ACCEPTED', 'DELIVERED', 'WITHDRAWN']);
    expect(closedStates).to.not.include.members(['COMPLETED']);
  });
});

describe('what a card waits for', () => {
  const card = { colour: 'red' } as const;
  const act = {
    by: { department: 'd', role: 'clerk', user: 'u' },
    at: '2026-03-02T01:00:00.000Z',
  } as const;
  const text = { digestAlg: 'sha256', digest: 'a'.repeat(64) } as const;
  const explanation = { code: 'workload', text, late: false, ...act } as const;
  const appeal = { ground: 'factsWrong', text, decideBy: '2026-04-01', ...act } as const;
  const ruling = { outcome: 'upheld', document: text, ...act } as const;

  it('is its explanation and the ruling on an appeal, each until it is there, and nothing once it was ruled on', () => {
    expect(waitsOfCard(card)).to.deep.equal(['explanation']);
    expect(waitsOfCard({ ...card, appeal })).to.deep.equal(['explanation', 'ruling']);
    expect(waitsOfCard({ ...card, explanation })).to.deep.equal([]);
    expect(waitsOfCard({ ...card, explanation, appeal })).to.deep.equal(['ruling']);
    expect(waitsOfCard({ ...card, appeal, ruling })).to.deep.equal([]);
    expect(waitsOfCard({ colour: 'yellow' })).to.deep.equal([]);
    expect(waitsOfCard({ colour: 'yellow', appeal })).to.deep.equal(['ruling']);
  });
});

describe('composite keys', () => {
  // fabric-shim chaincode.js createCompositeKey: U+0000, then each part ended by U+0000.
  it('are those of Fabric', () => {
    const key = compositeKey({ objectType: 'case', attributes: ['a', 'b'] });
    expect(key).to.equal('\u0000case\u0000a\u0000b\u0000');
  });
});
