import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';
import { demoRoles } from '../identity/demo-roles.js';
import { useWords } from '../words/language.js';

/** Whether this is the demo's gateway, and whom a visitor may be there. */
export const useDemoRoles = () =>
  useQuery({ queryKey: ['demo-roles'], queryFn: demoRoles, retry: false, staleTime: Infinity });

/** On every page of a demo: nothing there is real. */
export function DemoBanner() {
  const { t } = useWords();
  const { data = [] } = useDemoRoles();
  if (data.length === 0) return null;
  return <Alert banner type="warning" title={t('demo.banner')} className="demo-banner" />;
}
