/** Changes of the channel that wait for signatures. */
export const pending = {
  title: 'Changes of the channel that wait for signatures',
  how: 'Decoded in this browser from the bytes that are signed, against the verified config in force. Compare the fingerprint with the department that proposed it, by voice.',
  none: 'No change waits.',
  of: 'Change: {{name}}',
  until: 'Until {{day}}',
  fingerprint: 'Fingerprint',
  element: 'Element',
  what: 'What changes',
  and: ', ',
  nobody: '(nobody)',
  signed: 'Signed: {{names}}',
  sure: 'Is the fingerprint compared, and is this change to be signed?',
  sign: 'Sign',
  submit: 'Bring into force',
  save: 'Save the file of the change',
  admins: "Departments' administrators sign and submit.",
};
