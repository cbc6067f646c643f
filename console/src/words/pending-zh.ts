/** 待签名的通道更改。 */
export const pending = {
  title: '待签名的通道更改',
  how: '以下内容由本浏览器从待签名的字节解码，并与已核验的现行配置比对。签名前请与提出部门口头核对指纹。',
  none: '没有待签名的更改。',
  of: '更改：{{name}}',
  until: '{{day}} 前有效',
  fingerprint: '指纹',
  element: '配置项',
  what: '更改内容',
  and: '、',
  nobody: '（无）',
  signed: '已签名：{{names}}',
  sure: '已核对指纹，签名同意以上更改？',
  sign: '签名',
  submit: '提交生效',
  save: '保存更改文件',
  admins: '由部门管理员签名、提交。',
};
