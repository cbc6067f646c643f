import { dateOfDay, dayNumber, isWeekend, shanghaiDate } from '@yici/domain/rules';
import { expect } from 'chai';
import fc from 'fast-check';

describe('days', () => {
  it('number and date are each other’s inverse and agree with the platform calendar', () => {
    fc.assert(
      fc.property(fc.integer({ min: -100_000, max: 200_000 }), (number) => {
        const platform = new Date(number * 86_400_000);
        expect(dateOfDay(number)).to.equal(platform.toISOString().slice(0, 10));
        expect(dayNumber(dateOfDay(number))).to.equal(number);
        expect(isWeekend(dateOfDay(number))).to.equal([0, 6].includes(platform.getUTCDay()));
      }),
    );
  });

  it('a day in Shanghai begins eight hours before the day in UTC', () => {
    expect(shanghaiDate('2026-03-02T15:59:59.999Z')).to.equal('2026-03-02');
    expect(shanghaiDate('2026-03-02T16:00:00.000Z')).to.equal('2026-03-03');
    expect(shanghaiDate('2025-12-31T16:00:00.000Z')).to.equal('2026-01-01');
  });
});
