import { withCalendars } from '../calendar/load';
import { openReviewOf } from '../duty/load';
import { found } from '../kernel/caller';
import { applied, pages, type CommandHandlers, type QueryHandlers } from '../kernel/handler';
import { padded } from '../kernel/keys';
import type { RecordStore } from '../kernel/store';
import { cosignMatter } from './cosign';
import { draftMatter } from './draft';
import { loadCoverage, loadLink, loadLinked, loadReferences } from './load';
import { publishMatter } from './publish';
import { retireMatter } from './retire';
import { markForReview, reviewMatter } from './review';

export const commandHandlers: CommandHandlers<'matter'> = {
  'matter.draft': {
    run: async (command, member, store) => {
      const head = await store.get('matterHead', command.taskCode);
      return draftMatter(
        {
          head,
          latest: await versionOf(store, command.taskCode, head?.latest),
          published: await versionOf(store, command.taskCode, head?.published),
          establishment: await store.get('functionHolder', 'establishment'),
          leadAuthority: await store.get('functionHolder', 'leadAuthority'),
          references: await loadReferences(store, command, member.department),
        },
        command,
        member,
      );
    },
  },
  'matter.cosign': applied(cosignMatter, async (store, command) => ({
    matter: await versionOf(store, command.taskCode, command.version),
  })),
  'matter.publish': {
    run: async (command, member, store) => {
      const head = await store.get('matterHead', command.taskCode);
      const matter = await versionOf(store, command.taskCode, command.version);
      const published = await versionOf(store, command.taskCode, head?.published);
      const dutyCode = matter?.content.dutyCode;
      return publishMatter(
        {
          head,
          matter,
          published,
          duty:
            matter === undefined || dutyCode === undefined
              ? undefined
              : await store.get('duty', matter.owner, dutyCode),
          linked: await loadLinked(store, published),
          coverage: await loadCoverage(store, matter?.content),
        },
        command,
        member,
      );
    },
  },
  'matter.retire': {
    run: async (command, member, store) => {
      const matter = await versionOf(store, command.taskCode, command.version);
      return retireMatter({ matter, linked: await loadLinked(store, matter) }, command, member);
    },
  },
  'matter.review': {
    run: async (command, member, store) => {
      const { taskCode, version, dutyVersion } = command;
      const link = await loadLink(store, await versionOf(store, taskCode, version));
      const review = await store.get('review', taskCode, padded(version), padded(dutyVersion));
      return reviewMatter({ link, review }, command, member);
    },
  },
  'matter.markForReview': {
    run: async (command, member, store) => {
      const head = await store.get('matterHead', command.taskCode);
      const link = await loadLink(store, await versionOf(store, command.taskCode, head?.published));
      const duty = link && (await store.get('duty', link.department, link.code));
      const open = link && (await openReviewOf(store, link));
      return withCalendars(store, [], (calendar) =>
        markForReview({ link, duty, open, calendar }, command, member),
      );
    },
  },
};

export const queryHandlers: QueryHandlers<'matter'> = {
  'matter.get': {
    answer: async ({ taskCode, version }, store) => {
      const head = version === undefined ? await store.get('matterHead', taskCode) : undefined;
      const wanted = version ?? head?.published ?? head?.latest;
      return found(await versionOf(store, taskCode, wanted), { taskCode });
    },
  },
  'matter.list': { answer: pages('matter', 'taskCode') },
  'matter.reviews': { answer: pages('review', 'taskCode') },
};

async function versionOf(store: RecordStore, taskCode: string, version: number | undefined) {
  return version === undefined ? undefined : store.get('matter', taskCode, padded(version));
}
