import { Button, Flex } from 'antd';
import { useParams } from 'react-router';
import { Acts } from '../../forms/open-acts.js';
import { useLive, useRead } from '../../session/reads.js';
import { Failure } from '../../shell/failed.js';
import { printPage } from '../../shell/paper.js';
import { Waiting } from '../../shell/waiting.js';
import { useWords } from '../../words/language.js';
import { Clocks } from './clocks.js';
import { Facts } from './facts.js';
import { FiledForm } from './filed-form.js';
import { Flow } from './flow.js';
import { History } from './history.js';
import { Materials } from './materials.js';
import { PapersOfCase } from './papers.js';
import { Related } from './related.js';

export default function CasePage() {
  const { caseNo = '' } = useParams();
  const { t } = useWords();
  const found = useRead('cases.get', { caseNo });
  const { refetch } = found;
  useLive(refetch);
  if (found.error !== null) return <Failure error={found.error} again={() => void refetch()} />;
  if (found.data === undefined) return <Waiting />;
  return (
    <Flex vertical gap={16}>
      <Facts record={found.data} />
      <Acts read="cases.acts" asked={{ caseNo }} />
      <Flow record={found.data} />
      <Clocks record={found.data} />
      <FiledForm record={found.data} />
      <Materials caseNo={caseNo} />
      <PapersOfCase caseNo={caseNo} />
      <Related caseNo={caseNo} />
      <History caseNo={caseNo} />
      <Button className="no-print" style={{ alignSelf: 'start' }} onClick={() => void printPage()}>
        {t('case.print')}
      </Button>
    </Flex>
  );
}
