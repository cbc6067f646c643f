import { readIdentityFolder } from '@yici/client';
import {
  Narrator,
  playAct,
  Programme,
  readFolder,
  shownRules,
  storyAct,
} from '@yici/client/testing';
import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import type { RunningGateway } from '../../../support/gateway/running-gateway.js';
import { CastAtBrowsers } from '../support/cast-at-browsers.js';
import { openStage } from '../support/stage.js';

describe('the demo’s story at the console', function () {
  this.timeout(600_000);
  let gateway: RunningGateway;
  let browser: Browser;

  before(async () => {
    ({ browser, gateway } = await openStage('story'));
  });

  it('is played by clicking, each act by its own department, and refused where the rules refuse it', async () => {
    const identities = (user: string) => readIdentityFolder(gateway.identity(user));
    const cast = new CastAtBrowsers(browser, { baseUrl: gateway.url, identities });
    const programme = new Programme(() => undefined);
    const acts = await readFolder('story', storyAct);
    const cases = await programme.play(
      acts.map((act) => (tell) => playAct({ cast, narrator: new Narrator(cast, tell) }, act)),
    );
    await cast.close();
    expect(acts).to.have.length(7);
    expect(new Set(cases.flat()).size).to.equal(10);
    const refused = programme.steps.flatMap((step) => (step.kind === 'refused' ? step : []));
    expect(refused.map(({ rule }) => rule)).to.include.members([...shownRules]);
    // A ground that the law does not know cannot be chosen.
    const { stopped } = cast.played;
    expect(stopped).to.deep.equal(['sharing.refuse']);
    // The gateway's own clock may be first to go on with a one thing, which the story minds no more than an official.
    const atForms = cast.played.refused.filter((code) => code !== 'ONE_THING_NOTHING_DUE');
    const sent = refused.filter(({ command }) => !stopped.includes(command));
    expect(atForms).to.have.members(sent.map(({ code }) => code));
    expect(cast.played.signed).to.be.greaterThan(100);
  });
});
