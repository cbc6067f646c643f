import { Skeleton } from 'antd';

export function Waiting() {
  return <Skeleton active paragraph={{ rows: 8 }} />;
}
