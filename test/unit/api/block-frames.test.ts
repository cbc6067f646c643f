import { framed, unframed } from '@yici/api';
import { expect } from 'chai';
import fc from 'fast-check';

describe('api: blocks one behind the other', () => {
  const blocks = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 8 });

  it('are read as they were written', () => {
    fc.assert(
      fc.property(blocks, (given) => {
        expect(unframed(framed(given))?.map((each) => [...each])).to.deep.equal(
          given.map((each) => [...each]),
        );
      }),
    );
  });

  it('have their length in four bytes before each', () => {
    expect([...framed([Uint8Array.of(7, 8)])]).to.deep.equal([0, 0, 0, 2, 7, 8]);
  });

  it('are none when they are cut off anywhere but between two', () => {
    fc.assert(
      fc.property(blocks, fc.nat(), (given, at) => {
        const whole = framed(given);
        const length = at % (whole.length + 1);
        const ends = given.map((_, index) => framed(given.slice(0, index + 1)).length);
        const isBetween = length === 0 || ends.includes(length);
        expect(unframed(whole.subarray(0, length)) !== undefined).to.equal(isBetween);
      }),
    );
  });
});
