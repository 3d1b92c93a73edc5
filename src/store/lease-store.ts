/** What the house asks of a database for work that one process does at a time. */
export interface Lease {
  readonly name: string;
  readonly owner: string;
  /** Milliseconds until it runs out; 0 or less when it has. */
  readonly leftMs: number;
}

/** Claims that expire: what only one process may do at a time, by the database's clock where it has one. */
export interface LeaseStore {
  /** Takes the lease, or renews it, for so long; false when another owner holds it. */
  take(name: string, owner: string, forMs: number): Promise<boolean>;
  /** How long the owner still holds it; 0 when it does not. Inside a transaction nobody else takes it before the end. */
  left(name: string, owner: string): Promise<number>;
  /** Who holds each, or held it last. */
  all(): Promise<readonly Lease[]>;
  /** Gives it back at once; nothing when somebody else has it. */
  release(name: string, owner: string): Promise<void>;
}
