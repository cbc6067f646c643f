import { tellsMerger } from '../../support/domain/reform.js';
import { openTimedWorld, type TimedWorld } from './support/timed-world.js';

describe('a merger of departments, on the embedded network', function () {
  this.timeout(180_000);
  let opened: TimedWorld;

  before(async () => {
    opened = await openTimedWorld();
  });
  after(() => opened.close());

  tellsMerger(() => opened.stand());
});
