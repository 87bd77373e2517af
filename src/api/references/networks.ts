/** Networks: those that are made, and those that a container joins. */
import { links } from './host-config.ts';
import { network } from './namespaces.ts';
import {
  each,
  entriesOf,
  harmless,
  hostNetwork,
  named,
  privileged,
  referencesIn,
  textIn,
  unknownPart,
  unless,
  within,
} from './reference.ts';
import type { Reference, Rule, Rules } from './reference.ts';

const memberOptions: Rule = (value) =>
  entriesOf(value).flatMap(([name]) => {
    if (/^com\.docker\.network\.endpoint\.(?:sysctls|ifname)$/.test(name)) return [];
    throw unknownPart(`the network option ${name}`);
  });

/** How a container takes part in a network. The later ones are what the engine says of it. */
const member: Rules = {
  Aliases: harmless,
  DriverOpts: memberOptions,
  GwPriority: harmless,
  IPAMConfig: harmless,
  Links: links,
  MacAddress: harmless,
  NetworkID: named(network),
  EndpointID: harmless,
  Gateway: harmless,
  IPAddress: harmless,
  IPPrefixLen: harmless,
  IPv6Gateway: harmless,
  GlobalIPv6Address: harmless,
  GlobalIPv6PrefixLen: harmless,
  DNSNames: harmless,
};

export const memberOf = within(member, 'EndpointConfig');

const byNetwork: Rule = (value) =>
  entriesOf(value).flatMap(([name, one]) => [...network(name), ...referencesIn(one, member, 'EndpointConfig')]);

export const networkingConfig = within({ EndpointsConfig: byNetwork }, 'NetworkingConfig');

/** Puts containers on the network of the engine's machine. */
const throughHost = ['macvlan', 'ipvlan', 'host'];

const driver = unless(['bridge', 'overlay', 'null', 'none', 'nat'], (name) => [
  throughHost.includes(name)
    ? hostNetwork(`puts containers on the network of the engine’s machine (${name})`)
    : { of: 'driver', name, how: `makes a network with the driver ${name}` },
]);

/** Options of the engine's drivers that concern the network alone. */
const plainOptions =
  /^(?:encrypted|com\.docker\.network\.(?:driver\.mtu|container_iface_prefix|container_interface_prefix|enable_ipv[46]|host_ipv[46]|internal|bridge\.(?:enable_icc|enable_ip_masquerade|host_binding_ipv4|gateway_mode_ipv[46]|inhibit_ipv4)))$/;

/** A device that is there already, and its traffic: `parent`, the name of a bridge, the number of an overlay. */
const options: Rule = (value) =>
  entriesOf(value).flatMap(([name, text]) => {
    if (plainOptions.test(name)) return [];
    if (
      /^(?:parent|(?:mac|ip)vlan_(?:mode|flag)|com\.docker\.network\.(?:bridge\.(?:name|default_bridge|trusted_host_interfaces)|driver\.overlay\.vxlanid_list))$/.test(
        name,
      )
    )
      return [hostNetwork(`uses a device of the engine’s machine (${name}=${textIn(text)})`)];
    throw unknownPart(`the network option ${name}`);
  });

const addresses: Rules = {
  Driver: unless(['default'], (name) => [{ of: 'driver', name, how: `has its addresses given by the driver ${name}` }]),
  Options: (value) =>
    entriesOf(value).map(([name]) => {
      throw unknownPart(`the option ${name} of an address driver`);
    }),
  Config: each(
    within(
      {
        Subnet: named((subnet) =>
          isPrivate(subnet) ? [] : [hostNetwork(`takes the addresses ${subnet} from the engine’s machine`)],
        ),
        IPRange: harmless,
        Gateway: harmless,
        AuxiliaryAddresses: harmless,
        AuxAddress: harmless,
      },
      'IPAM.Config',
    ),
  ),
};

/** Addresses that no other machine of the internet has. Sources: RFC 1918, 2544, 3849, 3927, 4193, 5737, 6598, 9637. */
function isPrivate(subnet: string): boolean {
  return /^(?:10\.|172\.(?:1[6-9]|2\d|3[01])\.|192\.168\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|192\.0\.2\.|198\.51\.100\.|203\.0\.113\.|198\.1[89]\.|169\.254\.|f[cd][0-9a-f]{2}:|fe80:|2001:db8:|3fff:)/i.test(
    subnet,
  );
}

export const newNetwork: Rules = {
  Name: harmless,
  Attachable: harmless,
  CheckDuplicate: harmless,
  ConfigFrom: within({ Network: named(network) }, 'ConfigFrom'),
  ConfigOnly: harmless,
  Driver: driver,
  EnableIPv4: harmless,
  EnableIPv6: harmless,
  IPAM: within(addresses, 'IPAM'),
  Ingress: (value) => (value === true ? [ingress] : []),
  Internal: harmless,
  Labels: harmless,
  Options: options,
  Scope: harmless,
};

const ingress: Reference = privileged('takes the place of the swarm’s own network for published ports');
