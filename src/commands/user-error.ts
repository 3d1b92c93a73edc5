/** Something a person typed cannot be answered. The message is for them: what was wrong and what to do. */
export class UserError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UserError';
  }
}
