import { mostHeld, numberAt, NumberBook, placeOf } from '@yici/gateway/testing';
import { expect } from 'chai';
import fc from 'fast-check';

const none = () => false;

describe('the numbers of a code and day', () => {
  it('are given out lowest first, past those that the ledger has', () => {
    const book = new NumberBook();
    const ledger = new Set([1, 3, 9999]);
    const take = () => book.take({ owner: 'a', until: 10, now: 0, used: (n) => ledger.has(n) });
    expect([take(), take(), take()]).to.deep.equal([2, 4, 5]);
  });

  it('come back when their time is over, but for those that were committed', () => {
    const book = new NumberBook();
    const take = (now: number, used: (n: number) => boolean = none) =>
      book.take({ owner: 'a', until: now + 10, now, used });
    expect([take(0), take(1), take(2)]).to.deep.equal([1, 2, 3]);
    expect(take(9)).to.equal(4);
    const committed = (n: number) => n === 2;
    const later = Array.from({ length: 3 }, () => take(12, committed));
    expect(later).to.deep.equal([1, 3, 5]);
  });

  it('come back at once when their act is refused, to whoever files next, and only from their holder', () => {
    const book = new NumberBook();
    const take = (owner: string) => book.take({ owner, until: 10, now: 0, used: none });
    expect([take('a'), take('b'), take('a')]).to.deep.equal([1, 2, 3]);
    book.giveBack(1, 'b');
    expect(take('b')).to.equal(4);
    book.giveBack(1, 'a');
    book.giveBack(1, 'a');
    expect([take('b'), take('c')]).to.deep.equal([1, 5]);
  });

  it('are held by one caller up to a bound, and by others all the same', () => {
    const book = new NumberBook();
    const take = (owner: string) => book.take({ owner, until: 10, now: 0, used: none });
    const mine = Array.from({ length: 3 * mostHeld }, () => take('flood'));
    expect(Math.max(...mine)).to.equal(mostHeld);
    expect(take('other')).to.equal(mostHeld + 1);
  });

  it('pass over some where one met another’s, which stay free', () => {
    const book = new NumberBook();
    const take = (apart: number) => book.take({ owner: 'a', until: 10, now: 0, used: none, apart });
    expect([take(0), take(3), take(0), take(0), take(0), take(0)]).to.deep.equal([
      1, 5, 2, 3, 4, 6,
    ]);
  });

  it('are in rows of a hundred, each of one department, and each number is somebody’s', () => {
    const rows = [1, 2, 100, 101, 201].map((at) => numberAt(at, { position: 2, count: 4 }));
    expect(rows).to.deep.equal([201, 202, 300, 601, 1_001]);
    expect(rows.map((number) => placeOf(number, { position: 2, count: 4 }))).to.deep.equal([
      1, 2, 100, 101, 201,
    ]);
    expect(placeOf(201, { position: 1, count: 4 }), 'another department’s').to.equal(undefined);
    const all = [0, 1, 2].flatMap((position) =>
      Array.from({ length: 250 }, (_, at) => numberAt(at + 1, { position, count: 3 })),
    );
    expect(new Set(all).size).to.equal(750);
    expect(Math.min(...all)).to.equal(1);
  });

  it('are never two callers’ at once, nor one that the ledger has', () => {
    const act = fc.record({
      owner: fc.constantFrom('a', 'b', 'c'),
      later: fc.nat(3),
      commits: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(act, { maxLength: 200 }), (acts) => {
        const book = new NumberBook();
        const ledger = new Set<number>();
        const held = new Map<number, number>();
        let now = 0;
        for (const { owner, later, commits } of acts) {
          now += later;
          const given = book.take({ owner, until: now + 10, now, used: (n) => ledger.has(n) });
          expect(ledger.has(given)).to.equal(false);
          expect(held.get(given) ?? 0).to.be.at.most(now);
          for (let below = 1; below < given; below += 1) {
            expect(ledger.has(below) || (held.get(below) ?? 0) > now, `${below}`).to.equal(true);
          }
          held.set(given, now + 10);
          if (commits) ledger.add(given);
        }
      }),
    );
  });
});
