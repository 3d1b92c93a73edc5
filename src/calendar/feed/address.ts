/**
 * Which addresses a feed may come from: those of the public internet. Everything that the registries of special addresses
 * name is refused (RFC 6890 and the IANA registries it set up; metadata services of hosts), in every way of writing it,
 * also as an IPv4 address inside an IPv6 one (RFC 4291 §2.5.5.2, RFC 6052, RFC 3056, RFC 4380).
 */
import type { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';

/** Asks for every address of a name. */
export type Resolve = (host: string) => Promise<readonly LookupAddress[]>;

export const resolveName: Resolve = (host) => lookup(host, { all: true });

const SPECIAL_4 = [
  ['0.0.0.0', 8], // this network
  ['10.0.0.0', 8], // private
  ['100.64.0.0', 10], // shared between a provider and its customers
  ['127.0.0.0', 8], // loopback
  ['168.63.129.16', 32], // Azure's own service
  ['169.254.0.0', 16], // link-local, and where most hosts answer for metadata
  ['172.16.0.0', 12], // private
  ['192.0.0.0', 24], // protocol assignments
  ['192.0.2.0', 24], // documentation
  ['192.88.99.0', 24], // 6to4 relays
  ['192.168.0.0', 16], // private
  ['198.18.0.0', 15], // benchmarks
  ['198.51.100.0', 24], // documentation
  ['203.0.113.0', 24], // documentation
  ['224.0.0.0', 4], // multicast
  ['240.0.0.0', 4], // reserved, broadcast
] as const;

/** Public IPv6 is 2000::/3; within it, these are not. */
const SPECIAL_6 = [
  ['2001::', 23], // protocol assignments; Teredo, ORCHID, benchmarks
  ['2001:db8::', 32], // documentation
  ['2002::', 16], // 6to4, which holds an IPv4 address
  ['3fff::', 20], // documentation
] as const;

const special4 = new BlockList();
for (const [net, prefix] of SPECIAL_4) special4.addSubnet(net, prefix, 'ipv4');
const special6 = new BlockList();
for (const [net, prefix] of SPECIAL_6) special6.addSubnet(net, prefix, 'ipv6');
const public6 = new BlockList();
public6.addSubnet('2000::', 3, 'ipv6');

/** True for an address of the public internet; false also for what is no address. */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !special4.check(address, 'ipv4');
    case 6:
      return !address.includes('%') && public6.check(address, 'ipv6') && !special6.check(address, 'ipv6');
    default:
      return false;
  }
}
