import { createHash } from 'node:crypto';
import type { DemoCalendar } from './data.js';

const day = 24 * 60 * 60 * 1000;

/** Maximum number of days that the demo's due dates reach ahead. */
const reachDays = 60;

/** The years that due dates computed now can reach, in Asia/Shanghai. */
export function yearsInReach(now: Date): number[] {
  const first = shanghaiYear(now.getTime());
  const last = shanghaiYear(now.getTime() + reachDays * day);
  return first === last ? [first] : [first, last];
}

/**
 * A provisional calendar for a year whose official notice is not published yet: weekends only, and marked as
 * provisional. It must be replaced by the official calendar, which becomes the next version.
 */
export function provisionalCalendar(year: number): DemoCalendar {
  const title = `${year}年暂定工作日历（演示用，仅含周末，待国务院办公厅通知公布后以新版本替换）`;
  return {
    year,
    days: { offDays: weekendsOf(year), makeUpDays: [] },
    notice: {
      number: '暂定',
      title,
      digestAlg: 'sha256',
      digest: createHash('sha256').update(title, 'utf8').digest('hex'),
    },
  };
}

function weekendsOf(year: number): string[] {
  const weekends: string[] = [];
  for (let at = Date.UTC(year, 0, 1); at < Date.UTC(year + 1, 0, 1); at += day) {
    const date = new Date(at);
    if (date.getUTCDay() % 6 === 0) weekends.push(date.toISOString().slice(0, 10));
  }
  return weekends;
}

/** Asia/Shanghai is UTC+8 all year. */
function shanghaiYear(at: number): number {
  return new Date(at + 8 * 60 * 60 * 1000).getUTCFullYear();
}
