import { Returns, Transaction } from 'fabric-contract-api';
import { YiciContext } from '../context';
import { found } from '../kernel/caller';
import { answerChallenge, challengeShare } from '../sharing/challenge';
import { confirmDelivery, deliverShare } from '../sharing/deliver';
import { decideDispute, escalateDispute, openDispute } from '../sharing/dispute';
import { disposeShare, endShare, purgeExpired } from '../sharing/end';
import { allowExtension, extendReply } from '../sharing/extension';
import {
  askMissing,
  consentToRequest,
  supplementRequest,
  withdrawRequest,
} from '../sharing/filing';
import { grantShare } from '../sharing/grant';
import { deliverPrivately } from '../sharing/inputs';
import { moveValues } from '../sharing/move';
import { recordReceipt } from '../sharing/receipt';
import { refuseShare } from '../sharing/refuse';
import { requestShare } from '../sharing/request';
import { mendShare, resumeShare, suspendShare } from '../sharing/suspend';
import { useSubject } from '../sharing/use-records';
import { YiciContract } from './base';
import {
  loadDispute,
  loadHeldBefore,
  loadLadder,
  loadRequest,
  loadShare,
  privateDeliveries,
} from './load-share';
import { privateInput, runCommand, runQuery } from './run';
import { runOnShare, runTimedOnShare } from './run-share';

/** Data sharing between departments (Order 809): request, reply, use and end. */
export class SharingContract extends YiciContract {
  constructor() {
    super('sharing');
  }

  @Transaction()
  @Returns('string')
  request(context: YiciContext, input: string): Promise<string> {
    return runCommand(context, 'sharing.request', input, async (command, member, store) =>
      requestShare(await loadRequest(store, command, member), command, member),
    );
  }

  @Transaction()
  @Returns('string')
  consent(context: YiciContext, input: string): Promise<string> {
    return runTimedOnShare(context, 'sharing.consent', input, consentToRequest);
  }

  @Transaction()
  @Returns('string')
  withdraw(context: YiciContext, input: string): Promise<string> {
    return runOnShare(context, 'sharing.withdraw', input, withdrawRequest);
  }

  @Transaction()
  @Returns('string')
  askMissing(context: YiciContext, input: string): Promise<string> {
    return runOnShare(context, 'sharing.askMissing', input, askMissing);
  }

  @Transaction()
  @Returns('string')
  supplement(context: YiciContext, input: string): Promise<string> {
    return runTimedOnShare(context, 'sharing.supplement', input, supplementRequest, {
      also: async (store, { share }) => ({
        dataset: share === undefined ? undefined : await store.get('dataset', share.datasetId),
      }),
    });
  }

  @Transaction()
  @Returns('string')
  extend(context: YiciContext, input: string): Promise<string> {
    return runOnShare(context, 'sharing.extend', input, extendReply);
  }

  @Transaction()
  @Returns('string')
  allowExtension(context: YiciContext, input: string): Promise<string> {
    return runTimedOnShare(context, 'sharing.allowExtension', input, allowExtension);
  }

  @Transaction()
  @Returns('string')
  grant(context: YiciContext, input: string): Promise<string> {
    return runTimedOnShare(context, 'sharing.grant', input, grantShare);
  }

  @Transaction()
  @Returns('string')
  refuse(context: YiciContext, input: string): Promise<string> {
    return runOnShare(context, 'sharing.refuse', input, refuseShare);
  }

  @Transaction()
  @Returns('string')
  deliver(context: YiciContext, input: string): Promise<string> {
    return runCommand(context, 'sharing.deliver', input, async (command, member, store) => {
      const values = privateInput(context, deliverPrivately)?.values;
      return deliverShare({ ...(await loadShare(store, command)), values }, command, member);
    });
  }

  @Transaction()
  @Returns('string')
  confirm(context: YiciContext, input: string): Promise<string> {
    return runOnShare(context, 'sharing.confirm', input, confirmDelivery);
  }

  @Transaction()
  @Returns('string')
  receipt(context: YiciContext, input: string): Promise<string> {
    return runOnShare(context, 'sharing.receipt', input, recordReceipt, {
      also: async (store, _loaded, { shareId, useId }) => ({
        existing: await store.get('use', useSubject({ shareId }), useId),
      }),
    });
  }

  @Transaction()
  @Returns('string')
  challenge(context: YiciContext, input: string): Promise<string> {
    return runTimedOnShare(context, 'sharing.challenge', input, challengeShare, {
      also: async (store, _loaded, { shareId, challengeId }) => ({
        challenge: await store.get('challenge', shareId, challengeId),
      }),
    });
  }

  @Transaction()
  @Returns('string')
  answerChallenge(context: YiciContext, input: string): Promise<string> {
    return runOnShare(context, 'sharing.answerChallenge', input, answerChallenge, {
      also: async (store, _loaded, { shareId, challengeId }) => ({
        challenge: await store.get('challenge', shareId, challengeId),
      }),
    });
  }

  @Transaction()
  @Returns('string')
  suspend(context: YiciContext, input: string): Promise<string> {
    return runTimedOnShare(context, 'sharing.suspend', input, suspendShare);
  }

  @Transaction()
  @Returns('string')
  mend(context: YiciContext, input: string): Promise<string> {
    return runOnShare(context, 'sharing.mend', input, mendShare);
  }

  @Transaction()
  @Returns('string')
  resume(context: YiciContext, input: string): Promise<string> {
    return runOnShare(context, 'sharing.resume', input, resumeShare);
  }

  @Transaction()
  @Returns('string')
  dispute(context: YiciContext, input: string): Promise<string> {
    return runOnShare(context, 'sharing.dispute', input, openDispute, { also: loadDispute });
  }

  @Transaction()
  @Returns('string')
  escalateDispute(context: YiciContext, input: string): Promise<string> {
    return runOnShare(context, 'sharing.escalateDispute', input, escalateDispute, {
      also: loadLadder,
    });
  }

  @Transaction()
  @Returns('string')
  decideDispute(context: YiciContext, input: string): Promise<string> {
    return runTimedOnShare(context, 'sharing.decideDispute', input, decideDispute, {
      also: loadLadder,
    });
  }

  @Transaction()
  @Returns('string')
  end(context: YiciContext, input: string): Promise<string> {
    return runTimedOnShare(context, 'sharing.end', input, endShare);
  }

  @Transaction()
  @Returns('string')
  dispose(context: YiciContext, input: string): Promise<string> {
    return runOnShare(context, 'sharing.dispose', input, disposeShare);
  }

  @Transaction()
  @Returns('string')
  purgeExpired(context: YiciContext, input: string): Promise<string> {
    return runTimedOnShare(context, 'sharing.purgeExpired', input, purgeExpired);
  }

  @Transaction()
  @Returns('string')
  moveValues(context: YiciContext, input: string): Promise<string> {
    return runCommand(context, 'sharing.moveValues', input, async (command, member, store) => {
      const loaded = await loadShare(store, command);
      const held = await loadHeldBefore(store, loaded, member.mspId);
      return moveValues({ ...loaded, held }, command, member);
    });
  }

  @Transaction(false)
  @Returns('string')
  get(context: YiciContext, input: string): Promise<string> {
    return runQuery(context, 'sharing.get', input, async ({ shareId }, store) =>
      found(await store.get('share', shareId), { shareId }),
    );
  }

  @Transaction(false)
  @Returns('string')
  grantOf(context: YiciContext, input: string): Promise<string> {
    return runQuery(context, 'sharing.grantOf', input, async ({ shareId }, store) =>
      found(await store.get('shareGrant', shareId), { shareId }),
    );
  }

  @Transaction(false)
  @Returns('string')
  events(context: YiciContext, input: string): Promise<string> {
    return runQuery(context, 'sharing.events', input, ({ shareId, ...page }, store) =>
      store.list('shareEvent', [shareId], page),
    );
  }

  @Transaction(false)
  @Returns('string')
  receipts(context: YiciContext, input: string): Promise<string> {
    return runQuery(context, 'sharing.receipts', input, ({ shareId, ...page }, store) =>
      store.list('use', [useSubject({ shareId })], page),
    );
  }

  /** Only the provider's and the requester's own peers hold the values, each in a collection of each reading role. */
  @Transaction(false)
  @Returns('string')
  values(context: YiciContext, input: string): Promise<string> {
    return runQuery(context, 'sharing.values', input, async ({ shareId }, store) => ({
      shareId,
      deliveries: await privateDeliveries(store, shareId, context.caller),
    }));
  }
}
