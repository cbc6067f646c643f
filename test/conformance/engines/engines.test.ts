import { expect } from 'chai';
import { behavesAsANetwork, comparable } from './behaviour.js';
import {
  embedded,
  fabric,
  Keys,
  steppingClock,
  type Clock,
  type EngineUnderTest,
} from './stand.js';

describe('one path, two engines', () => {
  const begun = new Date();
  begun.setMilliseconds(0);
  const keys = new Keys();

  after(() => {
    keys.remove();
  });

  const run = (engine: EngineUnderTest) => {
    const clock: Clock = steppingClock(begun);
    return behavesAsANetwork(
      engine,
      () => keys,
      () => clock,
    );
  };
  const ours = run(embedded);
  const theirs = run(fabric);

  describe('the embedded engine beside real Fabric', () => {
    before(function () {
      fabric.requires(this);
    });

    it('gave callers the same answers', () => {
      expect(comparable(ours).answers).to.equal(comparable(theirs).answers);
    });

    it('told listeners of the same events', () => {
      expect(comparable(ours).events).to.equal(comparable(theirs).events);
    });

    it('committed the same transactions with the same codes and the same read-write sets, byte for byte', () => {
      expect(theirs.entries).to.have.length.greaterThan(30);
      expect(comparable(ours).entries).to.deep.equal(comparable(theirs).entries);
    });
  });
});
