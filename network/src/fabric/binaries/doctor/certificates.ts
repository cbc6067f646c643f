import type { Words } from '@yici/domain/model';
import { shellWord } from '@yici/terminal';
import { endsWithin, nodeCertificates, warnDays, type HeldCertificate } from '../../../pki/held.js';
import type { DataFolder } from '../../../supervisor/data-folder.js';
import type { Topology } from '../../../topology/schema.js';
import type { Check } from './check.js';

/** Whether the certificates of this host's nodes, signing and TLS, are in force; a start is refused with one that is not. */
export function checkCertificates(topology: Topology, folder: DataFolder, now: Date): Check {
  const all = nodeCertificates(topology, folder.root);
  const expired = all.filter((each) => endsWithin(each, 0, now));
  const soon = all.filter((each) => endsWithin(each, warnDays, now));
  const few = expired.length > 0 ? expired : soon;
  return {
    name: 'certificates',
    status: expired.length > 0 ? 'missing' : soon.length > 0 ? 'warning' : 'ok',
    found: few.length > 0 ? ended(few) : allGood(all.length),
    mend: few.length > 0 ? mend(few, folder.root) : undefined,
    details: { checked: all.length, ending: few },
  };
}

const allGood = (count: number): Words =>
  count === 0
    ? { zh: '此目录尚无节点证书', en: 'there are no certificates of nodes in this folder yet' }
    : {
        zh: `${count} 份节点证书均在有效期内`,
        en: `the ${count} certificates of the nodes are in force`,
      };

function ended(few: readonly HeldCertificate[]): Words {
  const list = few.map(({ file, ends }) => `${file} ${ends.toISOString().slice(0, 10)}`);
  return {
    zh: `证书已到期或者将到期：${list.join('、')}`,
    en: `certificates have ended, or end soon: ${list.join(', ')}`,
  };
}

/** A root's end is mended by the channel's configuration, everything else by its department alone. */
function mend(few: readonly HeldCertificate[], root: string): Words {
  const departments = [...new Set(few.map(({ department }) => department))];
  return {
    zh: `由 ${departments.join('、')} 换发：在存放根密钥的目录执行 yici-network keys renew；逐项查看：yici-network keys status --dir ${shellWord(root)}`,
    en: `have ${departments.join(', ')} renew them where the roots' keys are (yici-network keys renew); one by one: yici-network keys status --dir ${shellWord(root)}`,
  };
}
