/** What people who mean no good, or hold the cat on the keyboard, put into an option. */
export const HOSTILE: Readonly<Record<string, string>> = {
  empty: '',
  blank: ' \n\t ',
  everyone: '@everyone <@&1> <!channel>',
  markdown: '**bold** [x](https://evil.example) ```js\n``` ||spoiler|| <https://evil.example>',
  'right to left': '\u202egnihtyna\u202c \u2066x\u2069 عربي',
  '6,000 characters': 'kenya '.repeat(1_000),
  '6,000 of one': 'x'.repeat(6_000),
  sql: "'; drop table subscriptions; --",
  'zero width': '\u200b\u200d\ufeff\u2060',
  'half a pair': '\ud83d',
  'marks on marks': `e${'\u0301'.repeat(5_000)}`,
  icu: "{typed, plural, other {#}} <b>'{'",
  null: '\u0000',
  prototype: '__proto__',
};
